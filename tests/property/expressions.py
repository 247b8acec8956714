"""Expressions of a wanted kind, by a weighted grammar.

Every expression is closed over the names of its scope and pure but for calls of the
program's own functions; those that may raise appear only where the scope is risky.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.property import literals
from tests.property.kinds import BOOL, FLOAT, INT, STR, Kind, dict_of, list_of, set_of, tuple_of
from tests.property.scope import Function, Scope, Tables

Rule = tuple[int, Callable[[Scope, int], str | None]]


class Expressions:
    """Writes expressions over the tables of one program."""

    def __init__(self, rng: random.Random, tables: Tables) -> None:
        self.rng = rng
        self.tables = tables
        self.fresh = 0
        self.rules: dict[str, tuple[Rule, ...]] = {
            "int": (
                (5, self._int_binary),
                (2, self._int_division),
                (2, self._int_bits),
                (2, self._int_unary),
                (2, self._int_length),
                (2, self._int_from_items),
                (1, self._int_from_text),
                (1, self._int_power),
                (1, self._int_sum),
                (2, self._item),
                (1, self._lambda_call),
                (1, self._int_risky),
            ),
            "float": (
                (5, self._float_binary),
                (3, self._float_division),
                (2, self._float_call),
                (1, self._float_from_items),
                (1, self._item),
            ),
            "bool": (
                (5, self._comparison),
                (2, self._chained),
                (3, self._logic),
                (2, self._membership),
                (1, self._str_test),
                (1, self._quantifier),
                (1, self._truth),
            ),
            "str": (
                (3, self._str_binary),
                (3, self._str_method),
                (2, self._str_slice),
                (3, self._f_string),
                (1, self._str_of),
                (1, self._str_join),
                (1, self._percent),
                (1, self._item),
            ),
            "list": (
                (3, self._list_display),
                (2, self._comprehension),
                (2, self._list_slice),
                (1, self._list_binary),
                (1, self._list_made),
            ),
            "dict": ((3, self._dict_display), (1, self._dict_comprehension), (1, self._dict_merge)),
            "tuple": ((3, self._tuple_display), (1, self._tuple_made)),
            "set": ((2, self._set_display), (2, self._set_binary), (1, self._set_made)),
            "object": ((1, self._construct),),
        }

    # The entry.

    def write(self, kind: Kind, scope: Scope, depth: int = 3) -> str:
        """An expression of the kind, nested at most `depth` deep."""
        rng = self.rng
        name = scope.pick(rng, kind)
        if depth <= 0 or rng.random() < 0.12:
            return name if name and rng.random() < 0.8 else self._leaf(kind, scope)
        if name and rng.random() < 0.35:
            return name
        if rng.random() < 0.08:
            called = self._call(kind, scope, depth)
            if called:
                return called
        if rng.random() < 0.05:
            return (
                f"({self.write(kind, scope, depth - 1)} if {self.write(BOOL, scope, depth - 1)} "
                f"else {self.write(kind, scope, depth - 1)})"
            )
        rules = self.rules[kind.name]
        self._wanted = kind
        for _ in range(4):
            rule = rng.choices(rules, weights=[w for w, _ in rules])[0][1]
            self._wanted = kind
            text = rule(scope, depth - 1)
            if text is not None:
                return text
        return self.literal(kind, scope)

    def _leaf(self, kind: Kind, scope: Scope) -> str:
        """A literal, but for bools a comparison with a variable, so that less code is dead."""
        number = scope.pick(self.rng, INT)
        if kind == BOOL and number and self.rng.random() < 0.8:
            op = self.rng.choice(("<", ">", "==", "!=", "<=", "% 2 ==", "% 3 !="))
            return f"({number} {op} {self.rng.randint(0, 5)})"
        return self.literal(kind, scope)

    def literal(self, kind: Kind, scope: Scope) -> str:
        """A literal, or the smallest display, of the kind."""
        rng = self.rng
        if kind == INT:
            return literals.int_literal(rng)
        if kind == FLOAT:
            return literals.float_literal(rng)
        if kind == BOOL:
            return rng.choice(("True", "False"))
        if kind == STR:
            return literals.str_literal(rng)
        if kind.name == "list":
            return self._items(kind.args[0], scope, 0, "[", "]")
        if kind.name == "dict":
            pairs = ", ".join(
                f"{self.literal(kind.args[0], scope)}: {self.literal(kind.args[1], scope)}"
                for _ in range(rng.randint(1, 3))
            )
            return "{" + pairs + "}"
        if kind.name == "tuple":
            return "(" + "".join(self.literal(a, scope) + ", " for a in kind.args) + ")"
        if kind.name == "set":
            return self._items(kind.args[0], scope, 0, "{", "}", least=1)
        return self._build(kind, scope, 0)

    def _new(self) -> str:
        self.fresh += 1
        return f"v{self.fresh}"

    def _items(
        self, item: Kind, scope: Scope, depth: int, left: str, right: str, least: int = 0
    ) -> str:
        n = self.rng.choice((0, 1, 2, 3, 3, 4, 5))
        parts = [self.write(item, scope, min(depth, 1)) for _ in range(max(least, n))]
        if not parts:
            parts = [self.literal(item, scope)]
        return left + ", ".join(parts) + right

    # Calls.

    def arguments(self, function: Function, scope: Scope, depth: int) -> str:
        """The arguments of a call, the fuel of a recursive function first."""
        texts = [self.write(p, scope, depth - 1) for p in function.params]
        if function.fueled:
            texts.insert(0, str(self.rng.randint(0, 5)))
        return ", ".join(texts)

    def _call(self, kind: Kind, scope: Scope, depth: int) -> str | None:
        if scope.loops > 1:
            return None
        options = [f for f in self.tables.functions if f.result == kind]
        if options and self.rng.random() < 0.6:
            function = self.rng.choice(options)
            return f"{function.name}({self.arguments(function, scope, depth)})"
        methods = [
            (name, m)
            for name, k in scope.variables.items()
            if k.name == "object"
            for m in self.tables.classes[k.cls].methods
            if m.result == kind
        ]
        if not methods:
            return None
        name, method = self.rng.choice(methods)
        return f"{name}.{method.name}({self.arguments(method, scope, depth)})"

    def _lambda_call(self, scope: Scope, depth: int) -> str:
        name = self._new()
        inner = scope.child()
        inner.variables[name] = INT
        return f"(lambda {name}: {self.write(INT, inner, depth)})({self.write(INT, scope, depth)})"

    def _build(self, kind: Kind, scope: Scope, depth: int) -> str:
        fields = self.tables.classes[kind.cls].fields
        return f"{kind.cls}({', '.join(self.write(k, scope, min(depth, 1)) for _, k in fields)})"

    def _construct(self, scope: Scope, depth: int) -> str:
        kind = self._wanted
        if self.tables.classes[kind.cls].addable and self.rng.random() < 0.3:
            return f"({self._build(kind, scope, depth)} + {self.write(kind, scope, depth)})"
        return self._build(kind, scope, depth)

    # Items of containers and fields of objects.

    def _item(self, scope: Scope, depth: int) -> str | None:
        kind = self._wanted
        rng = self.rng
        options: list[str] = []
        for name, k in scope.variables.items():
            if k.name == "object":
                fields = self.tables.classes[k.cls].fields
                options += [f"{name}.{f}" for f, fk in fields if fk == kind]
            elif k.name == "tuple":
                options += [f"{name}[{i}]" for i, a in enumerate(k.args) if a == kind]
            elif k.name == "list" and k.args[0] == kind and scope.risky:
                options += [f"{name}[{rng.choice((0, -1, 1, 2, -2, 7))}]"]
                options += [f"{name}[{self.write(INT, scope, 1)} % len({name})]"]
            elif k.name == "dict" and k.args[1] == kind:
                key = self.write(k.args[0], scope, min(depth, 1))
                default = self.literal(kind, scope)
                options.append(f"{name}.get({key}, {default})")
                if scope.risky:
                    options.append(f"{name}[{key}]")
        return rng.choice(options) if options else None

    # Ints.

    def _int_binary(self, scope: Scope, depth: int) -> str:
        op = self.rng.choice("++--*")
        return f"({self.write(INT, scope, depth)} {op} {self.write(INT, scope, depth)})"

    def _int_division(self, scope: Scope, depth: int) -> str:
        left = self.write(INT, scope, depth)
        risky = scope.risky and self.rng.random() < 0.4
        right = self.write(INT, scope, depth) if risky else literals.nonzero_literal(self.rng)
        if self.rng.random() < 0.15:
            return f"divmod({left}, {right})[{self.rng.choice((0, 1))}]"
        return f"({left} {self.rng.choice(('//', '%'))} {right})"

    def _int_bits(self, scope: Scope, depth: int) -> str:
        left = self.write(INT, scope, depth)
        if self.rng.random() < 0.4:
            op = self.rng.choice(("<<", ">>"))
            return f"({left} {op} {self.rng.choice((0, 1, 2, 5, 31, 64))})"
        return f"({left} {self.rng.choice('&|^')} {self.write(INT, scope, depth)})"

    def _int_unary(self, scope: Scope, depth: int) -> str:
        inner = self.write(INT, scope, depth)
        form = self.rng.choice(("-{}", "~{}", "abs({})", "+{}", "int({})", "({}).bit_length()"))
        return "(" + form.format(inner) + ")"

    def _int_length(self, scope: Scope, depth: int) -> str:
        sized = [n for n, k in scope.variables.items() if k.name in ("list", "dict", "set", "str")]
        if sized and self.rng.random() < 0.8:
            return f"len({self.rng.choice(sized)})"
        return f"len({self.write(self.rng.choice((STR, list_of(INT))), scope, depth)})"

    def _int_from_items(self, scope: Scope, depth: int) -> str:
        xs = self.write(list_of(INT), scope, depth)
        a, b = self.write(INT, scope, depth), self.write(INT, scope, depth)
        forms = [f"sum({xs})", f"max({xs}, default={a})", f"min({xs}, default={b})"]
        forms += [f"max({a}, {b})", f"min({a}, {b}, 3)", f"{xs}.count({a})", f"sum({xs}, {a})"]
        return self.rng.choice(forms)

    def _int_from_text(self, scope: Scope, depth: int) -> str:
        text = self.write(STR, scope, depth)
        part = self.rng.choice((literals.char_literal(self.rng), literals.str_literal(self.rng)))
        forms = [f"{text}.find({part})", f"{text}.count({part})", f"{text}.rfind({part})"]
        forms += [
            f"ord({literals.char_literal(self.rng)})",
            f"int({str(self.rng.randint(-99, 99))!r})",
        ]
        if scope.risky:
            forms += [f"int({text})", f"{text}.index({part})"]
        return self.rng.choice(forms)

    def _int_power(self, scope: Scope, depth: int) -> str:
        base = self.write(INT, scope, depth)
        if self.rng.random() < 0.5:
            return f"({base} ** {self.rng.randint(0, 4)})"
        modulus = self.rng.choice((7, 1000003, 2**61 - 1, -13))
        return f"pow({base}, {self.rng.randint(0, 40)}, {modulus})"

    def _int_sum(self, scope: Scope, depth: int) -> str:
        clause, inner = self.clause(scope, depth)
        if self.rng.random() < 0.3:
            return f"sum(1 {clause})"
        return f"sum({self.write(INT, inner, min(depth, 1))} {clause})"

    def _int_risky(self, scope: Scope, depth: int) -> str | None:
        if not scope.risky:
            return None
        xs, value = self.write(list_of(INT), scope, 1), self.write(INT, scope, 1)
        number = self.write(FLOAT, scope, depth)
        return self.rng.choice(
            (f"int({number})", f"round({number})", f"max({xs})", f"{xs}.index({value})")
        )

    # Floats.

    def _float_binary(self, scope: Scope, depth: int) -> str:
        kinds = self.rng.choice(((FLOAT, FLOAT), (FLOAT, INT), (INT, FLOAT)))
        left, right = (
            self.write(k, scope, depth) if k == FLOAT else self._modest_int(scope) for k in kinds
        )
        return f"({left} {self.rng.choice('+-*')} {right})"

    def _modest_int(self, scope: Scope) -> str:
        """An int that converts to float without overflow."""
        return f"({self.write(INT, scope, 1)} % {self.rng.choice((10, 1000, 10**15))})"

    def _float_division(self, scope: Scope, depth: int) -> str:
        rng = self.rng
        risky = scope.risky and rng.random() < 0.4
        if rng.random() < 0.4:
            right = self.write(INT, scope, 1) if risky else literals.nonzero_literal(rng)
            return f"({self._modest_int(scope)} / {right})"
        right = self.write(FLOAT, scope, depth) if risky else literals.nonzero_float(rng)
        return f"({self.write(FLOAT, scope, depth)} {rng.choice(('/', '/', '//', '%'))} {right})"

    def _float_call(self, scope: Scope, depth: int) -> str:
        x, y = self.write(FLOAT, scope, depth), self.write(FLOAT, scope, depth)
        forms = [f"abs({x})", f"round({x}, {self.rng.randint(-1, 4)})", f"max({x}, {y})", f"(-{x})"]
        forms += [f"min({x}, {y})", f"math.sqrt(abs({x}))", f"float({self._modest_int(scope)})"]
        if scope.risky:
            forms += [f"float({self.write(STR, scope, 1)})", f"({x} ** 2)", f"math.sqrt({x})"]
        return self.rng.choice(forms)

    def _float_from_items(self, scope: Scope, depth: int) -> str:
        xs = self.write(list_of(FLOAT), scope, depth)
        return self.rng.choice((f"sum({xs}, 0.0)", f"max({xs}, default=0.5)", f"min({xs} + [1.5])"))

    # Bools.

    def _comparison(self, scope: Scope, depth: int) -> str:
        kind = self.rng.choice((INT, INT, FLOAT, STR, list_of(INT), tuple_of(INT, STR)))
        other = self.rng.choice((INT, FLOAT)) if kind in (INT, FLOAT) else kind
        op = self.rng.choice(("<", "<=", ">", ">=", "==", "!="))
        return f"({self.write(kind, scope, depth)} {op} {self.write(other, scope, depth)})"

    def _chained(self, scope: Scope, depth: int) -> str:
        kind = self.rng.choice((INT, INT, FLOAT, STR))
        parts = [self.write(kind, scope, depth) for _ in range(self.rng.choice((3, 3, 4)))]
        text = parts[0]
        for part in parts[1:]:
            text += f" {self.rng.choice(('<', '<=', '>', '==', '!='))} {part}"
        return f"({text})"

    def _logic(self, scope: Scope, depth: int) -> str:
        a = self.write(BOOL, scope, depth)
        if self.rng.random() < 0.3:
            return f"(not {a})"
        return f"({a} {self.rng.choice(('and', 'or'))} {self.write(BOOL, scope, depth)})"

    def _membership(self, scope: Scope, depth: int) -> str:
        kind = self.rng.choice((STR, list_of(INT), list_of(STR), dict_of(STR, INT), set_of(INT)))
        item = STR if kind == STR else kind.args[0]
        container = self.write(kind, scope, depth)
        op = self.rng.choice(("in", "not in"))
        return f"({self.write(item, scope, 1)} {op} {container})"

    def _str_test(self, scope: Scope, depth: int) -> str:
        text = self.write(STR, scope, depth)
        test = self.rng.choice(
            ("isdigit()", "isalpha()", "isupper()", "islower()", "isspace()", "isalnum()")
        )
        part = literals.str_literal(self.rng)
        return self.rng.choice(
            (f"{text}.{test}", f"{text}.startswith({part})", f"{text}.endswith({part})")
        )

    def _quantifier(self, scope: Scope, depth: int) -> str:
        clause, inner = self.clause(scope, depth)
        return f"{self.rng.choice(('any', 'all'))}({self.write(BOOL, inner, 1)} {clause})"

    def _truth(self, scope: Scope, depth: int) -> str:
        kind = self.rng.choice((INT, STR, FLOAT, list_of(INT), dict_of(STR, INT)))
        return f"{self.rng.choice(('bool({})', '(not {})')).format(self.write(kind, scope, depth))}"

    # Texts.

    def _str_binary(self, scope: Scope, depth: int) -> str:
        left = self.write(STR, scope, depth)
        if self.rng.random() < 0.25:
            return f"({left} * {self.rng.choice((0, 1, 2, 3, '(-1)'))})"
        return f"({left} + {self.write(STR, scope, depth)})"

    def _str_method(self, scope: Scope, depth: int) -> str:
        text = self.write(STR, scope, depth)
        a, b = literals.str_literal(self.rng), literals.str_literal(self.rng)
        char = literals.char_literal(self.rng)
        n = self.rng.randint(0, 9)
        method = self.rng.choice(
            (
                "upper()",
                "lower()",
                "strip()",
                "title()",
                "capitalize()",
                "swapcase()",
                "lstrip()",
                "rstrip()",
                f"replace({a}, {b})",
                f"replace({char}, {b}, 1)",
                f"center({n}, {char})",
                f"ljust({n})",
                f"rjust({n}, {char})",
                f"zfill({n})",
                f"strip({a})" if a != "''" else "strip()",
                f"removeprefix({a})",
            )
        )
        return f"{text}.{method}"

    def _str_slice(self, scope: Scope, depth: int) -> str:
        text = self.write(STR, scope, depth)
        if scope.risky and self.rng.random() < 0.4:
            return f"{text}[{self.rng.choice((0, 1, -1, 3, -5))}]"
        return f"{text}[{literals.slice_text(self.rng)}]"

    def _f_string(self, scope: Scope, depth: int) -> str:
        out = ""
        for _ in range(self.rng.randint(1, 3)):
            kind, specs = self.rng.choice(
                (
                    (INT, literals.INT_SPECS),
                    (FLOAT, literals.FLOAT_SPECS),
                    (STR, literals.STR_SPECS),
                    (BOOL, literals.BOOL_SPECS),
                    (list_of(INT), ("", "!r")),
                    (tuple_of(INT, STR), ("",)),
                    (dict_of(STR, INT), ("",)),
                )
            )
            names = scope.of_kind(kind)
            value = self.rng.choice(names) if names else self.write(kind, scope, min(depth, 1))
            spec = self.rng.choice(specs)
            if any(c in value for c in "\"'\\{}:=!#"):
                out += self.rng.choice(("x", " é ", "-", "{{}}"))
                continue
            tail = spec if not spec or spec[0] == "!" else ":" + spec
            out += self.rng.choice(("", "", "n=", " ", "é:")) + "{" + f"({value})" + tail + "}"
        return f'f"{out}"'

    def _str_of(self, scope: Scope, depth: int) -> str:
        kind = self.rng.choice(
            (INT, FLOAT, BOOL, STR, list_of(STR), list_of(FLOAT), tuple_of(INT, STR))
        )
        return f"{self.rng.choice(('str', 'repr', 'str'))}({self.write(kind, scope, depth)})"

    def _str_join(self, scope: Scope, depth: int) -> str:
        separator = self.rng.choice(("''", "', '", "'-'"))
        if self.rng.random() < 0.4:
            return f"{separator}.join({self.write(list_of(STR), scope, depth)})"
        clause, inner = self.clause(scope, depth)
        return f"{separator}.join(str({self.write(INT, inner, 1)}) {clause})"

    def _percent(self, scope: Scope, depth: int) -> str:
        n, s = self.write(INT, scope, depth), self.write(STR, scope, depth)
        x = self.write(FLOAT, scope, depth)
        return self.rng.choice(
            (
                f"('%d|%s' % ({n}, {s}))",
                f"('%5.2f %r' % ({x}, {s}))",
                f"('%x %-6s|' % ({n}, {s}))",
                f"'{{}} {{!r}} {{:>6}}'.format({x}, {s}, {s})",
            )
        )

    # Containers.

    def clause(self, scope: Scope, depth: int, filtered: bool = True) -> tuple[str, Scope]:
        """A `for` clause of a comprehension and the scope of its element."""
        name = self._new()
        inner = scope.child(loops=scope.loops + 1)
        roll = self.rng.random()
        if roll < 0.4:
            source, kind = f"range({self.rng.randint(0, 7)})", INT
        elif roll < 0.75:
            source, kind = self.write(list_of(INT), scope, min(depth, 1)), INT
        else:
            source, kind = self.write(STR, scope, min(depth, 1)), STR
        inner.variables[name] = kind
        inner.constants.add(name)
        text = f"for {name} in {source}"
        if filtered and self.rng.random() < 0.4:
            text += f" if {self.write(BOOL, inner, 1)}"
        return text, inner

    def _list_display(self, scope: Scope, depth: int) -> str:
        item = self._wanted.args[0]
        if self.rng.random() < 0.08:
            spread = self.write(list_of(item), scope, depth)
            return f"[*{spread}, {self.write(item, scope, 1)}]"
        return self._items(item, scope, depth, "[", "]")

    def _comprehension(self, scope: Scope, depth: int) -> str:
        item = self._wanted.args[0]
        clause, inner = self.clause(scope, depth)
        return f"[{self.write(item, inner, min(depth, 2))} {clause}]"

    def _list_slice(self, scope: Scope, depth: int) -> str:
        kind = self._wanted
        return f"{self.write(kind, scope, depth)}[{literals.slice_text(self.rng)}]"

    def _list_binary(self, scope: Scope, depth: int) -> str:
        kind = self._wanted
        left = self.write(kind, scope, depth)
        if self.rng.random() < 0.3:
            return f"({left} * {self.rng.choice((0, 1, 2, 3))})"
        return f"({left} + {self.write(kind, scope, depth)})"

    def _list_made(self, scope: Scope, depth: int) -> str | None:
        kind = self._wanted
        item = kind.args[0]
        forms = [f"list(reversed({self.write(kind, scope, depth)}))"]
        if item.ordered:
            xs = self.write(kind, scope, depth)
            forms += [f"sorted({xs})", f"sorted({xs}, reverse=True)"]
        if item == INT:
            a, b = self.rng.randint(-5, 5), self.rng.randint(-5, 12)
            forms.append(f"list(range({a}, {b}, {self.rng.choice((1, 2, 3, -1, -2))}))")
            forms.append(f"list(map(abs, {self.write(kind, scope, depth)}))")
            forms.append(f"sorted({self.write(set_of(INT), scope, depth)})")
        elif item == STR:
            text = self.write(STR, scope, depth)
            forms += [f"list({text})", f"{text}.split()", f"{text}.split(',')"]
            forms.append(f"list({self.write(dict_of(STR, INT), scope, depth)})")
            forms.append(f"sorted({self.write(kind, scope, depth)}, key=len)")
        elif item == tuple_of(INT, STR):
            forms.append(f"list(enumerate({self.write(STR, scope, depth)}))")
            xs, ys = self.write(list_of(INT), scope, 1), self.write(list_of(STR), scope, 1)
            forms.append(f"list(zip({xs}, {ys}))")
        return self.rng.choice(forms)

    def _dict_display(self, scope: Scope, depth: int) -> str:
        key, value = self._wanted.args
        pairs = [
            f"{self.write(key, scope, 1)}: {self.write(value, scope, min(depth, 1))}"
            for _ in range(self.rng.randint(1, 4))
        ]
        return "{" + ", ".join(pairs) + "}"

    def _dict_comprehension(self, scope: Scope, depth: int) -> str:
        key, value = self._wanted.args
        clause, inner = self.clause(scope, depth)
        return f"{{{self.write(key, inner, 1)}: {self.write(value, inner, 1)} {clause}}}"

    def _dict_merge(self, scope: Scope, depth: int) -> str:
        kind = self._wanted
        a, b = self.write(kind, scope, depth), self.write(kind, scope, depth)
        return self.rng.choice((f"({a} | {b})", f"{{**{a}, **{b}}}", f"dict({a})"))

    def _tuple_display(self, scope: Scope, depth: int) -> str:
        items = [self.write(a, scope, min(depth, 2)) for a in self._wanted.args]
        return "(" + ", ".join(items) + ")"

    def _tuple_made(self, scope: Scope, depth: int) -> str | None:
        if self._wanted != tuple_of(INT, INT):
            return None
        left = self.write(INT, scope, depth)
        return f"divmod({left}, {literals.nonzero_literal(self.rng)})"

    def _set_display(self, scope: Scope, depth: int) -> str:
        return self._items(self._wanted.args[0], scope, depth, "{", "}", least=1)

    def _set_binary(self, scope: Scope, depth: int) -> str:
        kind = self._wanted
        op = self.rng.choice("|&-^")
        return f"({self.write(kind, scope, depth)} {op} {self.write(kind, scope, depth)})"

    def _set_made(self, scope: Scope, depth: int) -> str:
        item = self._wanted.args[0]
        if self.rng.random() < 0.4:
            return f"set({self.write(list_of(item), scope, depth)})"
        clause, inner = self.clause(scope, depth)
        return f"{{{self.write(item, inner, 1)} {clause}}}"
