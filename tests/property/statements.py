"""Statements and blocks of random programs, as lists of indented lines."""

from __future__ import annotations

from collections.abc import Callable

from tests.property import literals
from tests.property.expressions import Expressions
from tests.property.kinds import (
    BOOL,
    FLOAT,
    INT,
    STR,
    Kind,
    any_kind,
    dict_of,
    list_of,
    set_of,
    tuple_of,
)
from tests.property.scope import Scope

Lines = list[str]
ERRORS = (
    "ValueError",
    "IndexError",
    "KeyError",
    "ZeroDivisionError",
    "(IndexError, KeyError)",
    "ArithmeticError",
    "LookupError",
    "Exception",
)


def indented(lines: Lines) -> Lines:
    """The lines one level deeper."""
    return ["    " + line for line in lines]


class Statements(Expressions):
    """Writes statements; `annotate` is the chance that a new name is annotated."""

    annotate = 0.5

    def shown(self, name: str, kind: Kind) -> str:
        """An expression that prints the variable with no dependence on hash order."""
        return f"sorted({name})" if kind.name == "set" else name

    def block(self, scope: Scope, size: int) -> Lines:
        """`size` statements, never empty; binds names in `scope`."""
        lines: Lines = []
        for _ in range(size):
            lines += self.statement(scope)
        return lines or ["pass"]

    def statement(self, scope: Scope) -> Lines:
        """One statement at random, compound ones only while shallow."""
        simple: list[tuple[int, Callable[[Scope], Lines | None]]] = [
            (5 if scope.depth == 0 else 2, self._bind),
            (4, self._rebind),
            (4, self._augment),
            (4, self._print),
            (4, self._mutate_list),
            (2, self._mutate_dict),
            (1, self._mutate_set),
            (2, self._alias),
            (2, self._unpack),
            (2, self._mutate_object),
            (1, self._leave),
            (1, self._raise),
            (1, self._empty_container),
            (1, self._nested_items),
        ]
        compound: list[tuple[int, Callable[[Scope], Lines | None]]] = [
            (5, self._if),
            (4, self._for),
            (2, self._while),
            (4, self._try),
            (2, self._closure),
            (1, self._lambdas),
        ]
        nested = (4, 3, 1, 0)[min(scope.depth, 3)]
        rules = simple + [(weight * nested // 2, rule) for weight, rule in compound]
        for _ in range(6):
            rule = self.rng.choices(rules, weights=[w for w, _ in rules])[0][1]
            lines = rule(scope)
            if lines is not None:
                return lines
        return ["pass"]

    def prologue(self, scope: Scope, count: int) -> Lines:
        """Bindings of the common kinds, for later statements to work on."""
        kinds = (INT, STR, list_of(INT), dict_of(STR, INT), FLOAT, INT, list_of(STR), BOOL)
        lines = []
        for kind in self.rng.sample(kinds, count):
            value = self.write(kind, scope, self.rng.choice((0, 1, 1, 2)))
            lines.append(self.bind(self._new(), kind, value, scope))
        return lines

    # Bindings.

    def bind(self, name: str, kind: Kind, value: str, scope: Scope) -> str:
        """An assignment that introduces the name."""
        scope.variables[name] = kind
        if self.rng.random() < self.annotate:
            return f"{name}: {kind.annotation()} = {value}"
        return f"{name} = {value}"

    def _guard(self, kind: Kind, value: str, scope: Scope) -> str:
        """Bounds the growth of values that a loop carries."""
        if not scope.loops:
            return value
        if kind == INT and any(op in value for op in ("*", "<<", "+", "-", "sum", "(")):
            return f"{value} % {self.rng.choice((97, 1000003, 2**61 - 1, -1009))}"
        if kind in (STR,) or kind.name == "list":
            return f"({value})[:{self.rng.choice((5, 9, 14))}]"
        return value

    def _bind(self, scope: Scope) -> Lines:
        kind = any_kind(self.rng, list(self.tables.classes))
        value = self.write(kind, scope)
        if kind == FLOAT and self.rng.random() < 0.04:
            value = literals.int_literal(self.rng) + " / 1"
        return [self.bind(self._new(), kind, value, scope)]

    def _rebind(self, scope: Scope) -> Lines | None:
        names = scope.assignable()
        if not names:
            return None
        name = self.rng.choice(names)
        kind = scope.variables[name]
        if kind in scope.no_grow:
            return None
        return [f"{name} = {self._guard(kind, self.write(kind, scope), scope)}"]

    def _augment(self, scope: Scope) -> Lines | None:
        rng = self.rng
        names = [n for n in scope.assignable() if scope.variables[n] in (INT, FLOAT, STR)]
        if not names:
            return None
        name = rng.choice(names)
        kind = scope.variables[name]
        if kind == INT:
            op = rng.choice(("+", "-", "+", "-", "*", "//", "%", "&", "|", "^", ">>"))
            if op in ("//", "%"):
                return [f"{name} {op}= {literals.nonzero_literal(rng)}"]
            if op == ">>":
                return [f"{name} >>= {rng.randint(0, 3)}"]
            lines = [f"{name} {op}= {self.write(INT, scope, 2)}"]
            return [*lines, f"{name} %= {10 ** rng.randint(3, 25)}"] if scope.loops else lines
        if kind == FLOAT:
            return [f"{name} {rng.choice('+-*')}= {self.write(FLOAT, scope, 2)}"]
        lines = [f"{name} += {self.write(STR, scope, 2)}"]
        return [f"if len({name}) < 30:", *indented(lines)] if scope.loops else lines

    def _empty_container(self, scope: Scope) -> Lines:
        kind = self.rng.choice((list_of(INT), list_of(STR), dict_of(STR, INT), dict_of(INT, STR)))
        name = self._new()
        value = self.rng.choice(("[]", "list()") if kind.name == "list" else ("{}", "dict()"))
        annotated = self.rng.random() < 0.6
        scope.variables[name] = kind
        head = f"{name}: {kind.annotation()} = {value}" if annotated else f"{name} = {value}"
        loop, inner = self.clause(scope, 1, filtered=False)
        inner.no_grow = inner.no_grow | {list_of(INT)}
        if kind.name == "list":
            body = f"{name}.append({self.write(kind.args[0], inner, 1)})"
        else:
            key = self.write(kind.args[0], inner, 1)
            body = f"{name}[{key}] = {self.write(kind.args[1], inner, 1)}"
        if name in loop:
            return [head]
        return [head, loop + ":", *indented([body])]

    def _alias(self, scope: Scope) -> Lines | None:
        names = [n for n, k in scope.variables.items() if k.name in ("list", "dict", "object")]
        if not names:
            return None
        source = self.rng.choice(names)
        kind = scope.variables[source]
        if kind == list_of(list_of(INT)) and self.rng.random() < 0.5 and scope.risky:
            return [self.bind(self._new(), kind.args[0], f"{source}[0]", scope)]
        return [self.bind(self._new(), kind, source, scope)]

    def _unpack(self, scope: Scope) -> Lines | None:
        rng = self.rng
        roll = rng.random()
        if roll < 0.4:
            ints = scope.assignable(INT)
            if len(ints) >= 2:
                a, b = rng.sample(ints, 2)
                if scope.loops:
                    return [f"{a}, {b} = {b}, ({a} + {b}) % {rng.choice((1009, 10**20))}"]
                return [f"{a}, {b} = {b}, {self.write(INT, scope, 2)}"]
        kind = rng.choice((tuple_of(INT, STR), tuple_of(INT, FLOAT, STR)))
        value = self.write(kind, scope, 2)
        names = [self._new() for _ in kind.args]
        for name, k in zip(names, kind.args, strict=True):
            scope.variables[name] = k
        if roll > 0.8:
            first, rest = names[0], self._new()
            xs = self.write(list_of(INT), scope, 1)
            scope.variables[rest] = list_of(INT)
            return [f"{', '.join(names)} = {value}", f"{first}, *{rest} = [{first}, *{xs}]"]
        return [f"{', '.join(names)} = {value}"]

    # Output and leaving.

    def _print(self, scope: Scope) -> Lines:
        rng = self.rng
        if scope.variables and rng.random() < 0.6:
            names = rng.sample(list(scope.variables), min(len(scope.variables), rng.randint(1, 3)))
            return [f"print({', '.join(self.shown(n, scope.variables[n]) for n in names)})"]
        kind = rng.choice((INT, STR, FLOAT, BOOL, list_of(INT), tuple_of(INT, STR), list_of(STR)))
        tail = rng.choice(("", "", "", ", sep='|'", ", end=';\\n'"))
        return [f"print({self.write(kind, scope)}, {self.write(INT, scope, 2)}{tail})"]

    def _leave(self, scope: Scope) -> Lines | None:
        options = []
        if scope.loops:
            options += ["break", "continue", "continue"]
        if scope.in_function is not None:
            options.append(f"return {self.write(scope.in_function, scope, 2)}")
        if not options or scope.depth == 0:
            return None
        return [f"if {self.write(BOOL, scope, 2)}:", *indented([self.rng.choice(options)])]

    def _raise(self, scope: Scope) -> Lines | None:
        if not scope.risky:
            return None
        test = self.write(BOOL, scope, 2)
        if self.rng.random() < 0.4:
            return [f"assert {test}, {self.write(STR, scope, 1)}"]
        error = self.rng.choice(("ValueError", "IndexError", "KeyError", "RuntimeError"))
        value = self.write(self.rng.choice((STR, INT)), scope, 1)
        return [f"if {test}:", *indented([f"raise {error}({value})"])]

    # Mutation.

    def _mutate_list(self, scope: Scope) -> Lines | None:
        rng = self.rng
        names = [n for n, k in scope.variables.items() if k.name == "list"]
        if not names:
            return None
        name = rng.choice(names)
        kind = scope.variables[name]
        item = kind.args[0]
        value = self.write(item, scope, 2)
        grow = [f"{name}.append({value})", f"{name}.insert({rng.choice((0, 1, -1, 9))}, {value})"]
        if name not in scope.constants:
            grow.append(f"{name} += [{value}]")
        grow.append(f"{name}.extend({self.write(kind, scope, 1)})")
        same = [
            f"{name}.reverse()",
            f"{name}[1:2] = [{value}]",
            f"del {name}[{rng.randint(2, 6)}:]",
        ]
        if item.ordered:
            same += [f"{name}.sort()", f"{name}.sort(reverse=True)"]
        if scope.risky:
            i = rng.choice((0, -1, 1, 5))
            same += [f"{name}[{i}] = {value}", f"del {name}[{i}]", f"{name}.pop()"]
            same += [f"{name}.remove({value})", f"{name}.pop({i})"]
            if item == INT:
                same.append(f"{name}[{i}] += {self.rng.randint(-3, 9)}")
        else:
            same.append(f"if {name}:\n    {name}[{rng.choice((0, -1))}] = {value}")
        if kind in scope.no_grow:
            chosen = rng.choice(same)
        elif scope.loops:
            text = rng.choice(grow)
            chosen = f"if len({name}) < 12:\n    {text}"
        else:
            chosen = rng.choice(grow + grow + same)
        return chosen.split("\n")

    def _nested_items(self, scope: Scope) -> Lines | None:
        kind = list_of(list_of(INT))
        name = scope.pick(self.rng, kind)
        if name is None:
            rows = self.rng.choice(
                (
                    "[[0] * 3 for v0 in range(2)]",
                    "[[1, 2]] * 3",
                    "[[v0 * v1 for v1 in range(3)] for v0 in range(3)]",
                )
            )
            return [self.bind(self._new(), kind, rows, scope)]
        value = self.write(INT, scope, 1)
        i, j = self.rng.choice((0, -1, 1)), self.rng.choice((0, -1))
        row = self._new()
        text = self.rng.choice(
            (f"{row}.append({value})", f"{row}[{j}:] = [{value}]", f"{name}[{i}][{j}:] = [{value}]")
        )
        return [
            f"if len({name}) > 1 and len({name}[{i}]) < 9:",
            *indented([f"{row} = {name}[{i}]", text, f"print({name}, {row})"]),
        ]

    def _mutate_dict(self, scope: Scope) -> Lines | None:
        names = [n for n, k in scope.variables.items() if k.name == "dict"]
        if not names:
            return None
        name = self.rng.choice(names)
        kind = scope.variables[name]
        key, value = self.write(kind.args[0], scope, 1), self.write(kind.args[1], scope, 2)
        options = [
            f"{name}[{key}] = {value}",
            f"{name}.setdefault({key}, {value})",
            f"{name}.update({self.write(kind, scope, 1)})",
        ]
        if kind.args[1] == INT:
            options.append(f"{name}[{key}] = {name}.get({key}, 0) + 1")
        if kind in scope.no_grow:
            options = []
        options += [f"if {key} in {name}:\n    del {name}[{key}]"] if not scope.no_grow else []
        if scope.risky and kind not in scope.no_grow:
            options += [f"del {name}[{key}]", f"{name}.pop({key})", f"{name}.popitem()"]
        return self.rng.choice(options).split("\n") if options else None

    def _mutate_set(self, scope: Scope) -> Lines | None:
        names = [n for n, k in scope.variables.items() if k.name == "set"]
        if not names:
            return None
        name = self.rng.choice(names)
        kind = scope.variables[name]
        value = self.write(kind.args[0], scope, 1)
        options = [f"{name}.add({value})", f"{name}.discard({value})"]
        if name not in scope.constants:
            options.append(f"{name} {self.rng.choice('|&-^')}= {self.write(kind, scope, 1)}")
        if scope.risky:
            options.append(f"{name}.remove({value})")
        return [self.rng.choice(options)]

    def _mutate_object(self, scope: Scope) -> Lines | None:
        names = [n for n, k in scope.variables.items() if k.name == "object"]
        if not names:
            return None
        name = self.rng.choice(names)
        cls = self.tables.classes[scope.variables[name].cls]
        field, kind = self.rng.choice(cls.fields)
        if kind == list_of(INT) and not scope.loops:
            return [f"{name}.{field}.append({self.write(INT, scope, 2)})"]
        if kind == INT and self.rng.random() < 0.5:
            return [f"{name}.{field} += {self.rng.randint(-5, 9)}"]
        if cls.methods and self.rng.random() < 0.4 and scope.loops < 2:
            method = self.rng.choice(cls.methods)
            return [f"{name}.{method.name}({self.arguments(method, scope, 2)})"]
        return [f"{name}.{field} = {self._guard(kind, self.write(kind, scope, 2), scope)}"]

    # Compound statements.

    def _if(self, scope: Scope) -> Lines:
        lines = [f"if {self.write(BOOL, scope)}:"]
        lines += indented(self.block(scope.child(), self.rng.randint(1, 3)))
        while self.rng.random() < 0.3:
            lines += [f"elif {self.write(BOOL, scope)}:"]
            lines += indented(self.block(scope.child(), self.rng.randint(1, 2)))
        if self.rng.random() < 0.5:
            lines += ["else:", *indented(self.block(scope.child(), self.rng.randint(1, 2)))]
        return lines

    def _for(self, scope: Scope) -> Lines:
        rng = self.rng
        a, b = self._new(), self._new()
        bound: dict[str, Kind]
        iterated: set[Kind] = set()
        roll = rng.random()
        if roll < 0.35:
            head, bound = f"for {a} in range({rng.randint(0, 3)}, {rng.randint(1, 7)}):", {a: INT}
        elif roll < 0.55:
            kind = rng.choice((list_of(INT), list_of(STR), list_of(list_of(INT))))
            iterated.add(kind)
            if kind == list_of(list_of(INT)):
                iterated.add(kind.args[0])
            head, bound = f"for {a} in {self.write(kind, scope, 1)}:", {a: kind.args[0]}
        elif roll < 0.65:
            iterated.add(list_of(STR))
            source = self.write(list_of(STR), scope, 1)
            head, bound = f"for {a}, {b} in enumerate({source}):", {a: INT, b: STR}
        elif roll < 0.75:
            iterated.add(dict_of(STR, INT))
            source = self.write(dict_of(STR, INT), scope, 1)
            head, bound = f"for {a}, {b} in {source}.items():", {a: STR, b: INT}
        elif roll < 0.85:
            iterated.add(list_of(INT))
            xs, text = self.write(list_of(INT), scope, 1), self.write(STR, scope, 1)
            head, bound = f"for {a}, {b} in zip({xs}, {text}):", {a: INT, b: STR}
        elif roll < 0.93:
            head, bound = f"for {a} in {self.write(STR, scope, 1)}:", {a: STR}
        else:
            source = self.write(set_of(INT), scope, 1)
            head, bound = f"for {a} in sorted({source}):", {a: INT}
        inner = scope.child(loops=scope.loops + 1, no_grow=scope.no_grow | iterated)
        inner.variables.update(bound)
        lines = [head, *indented(self.block(inner, rng.randint(1, 3)))]
        if rng.random() < 0.12:
            lines += ["else:", *indented(self.block(scope.child(), 1))]
        return lines

    def _while(self, scope: Scope) -> Lines:
        fuel = self._new()
        inner = scope.child(loops=scope.loops + 1)
        inner.variables[fuel] = INT
        inner.constants.add(fuel)
        test = f"{fuel} > 0"
        if self.rng.random() < 0.5:
            test += f" and {self.write(BOOL, scope, 2)}"
        body = [f"{fuel} -= 1", *self.block(inner, self.rng.randint(1, 3))]
        scope.variables[fuel] = INT
        scope.constants.add(fuel)
        lines = [f"{fuel} = {self.rng.randint(1, 6)}", f"while {test}:", *indented(body)]
        if self.rng.random() < 0.12:
            lines += ["else:", *indented(self.block(scope.child(), 1))]
        return lines

    def _try(self, scope: Scope) -> Lines:
        rng = self.rng
        body = self.block(scope.child(risky=True), rng.randint(1, 3))
        lines = ["try:", *indented(body)]
        name = self._new()
        for error in rng.sample(ERRORS[:-1], rng.randint(0, 2)):
            shown = error.strip("()").split(",")[0]
            lines += [f"except {error} as {name}:", f"    print({shown!r}, {name})"]
            lines += indented(self.block(scope.child(), 1) if rng.random() < 0.5 else [])
        lines += [f"except Exception as {name}:", f"    print(type({name}).__name__, {name})"]
        if rng.random() < 0.25:
            lines += ["else:", *indented(self.block(scope.child(), 1))]
        if rng.random() < 0.25:
            lines += ["finally:", *indented([f"print('finally', {self.write(INT, scope, 1)})"])]
        return lines

    def _closure(self, scope: Scope) -> Lines | None:
        if scope.loops or scope.depth > 1:
            return None
        rng = self.rng
        name, param = self._new(), self._new()
        captured = scope.assignable(INT)
        inner = scope.child(loops=0, in_function=INT, risky=False, depth=2)
        inner.variables[param] = INT
        # A nested function may rebind only its own names and the one declared nonlocal.
        inner.constants |= set(scope.variables)
        head = f"def {name}({param}):"
        if rng.random() < self.annotate:
            head = f"def {name}({param}: int) -> int:"
        body: Lines = []
        if captured and rng.random() < 0.7:
            target = rng.choice(captured)
            body += [f"nonlocal {target}", f"{target} = ({target} + {param}) % 1000003"]
        body += self.block(inner, rng.randint(0, 2))
        body.append(f"return {self.write(INT, inner, 2)}")
        calls = ", ".join(f"{name}({self.rng.randint(-3, 9)})" for _ in range(rng.randint(1, 3)))
        return [head, *indented(body), f"print({calls})"]

    def _lambdas(self, scope: Scope) -> Lines | None:
        if scope.loops > 1:
            return None
        name, var, call = self._new(), self._new(), self._new()
        inner = scope.child()
        inner.variables[var] = INT
        inner.variables[call] = INT
        body = self.write(INT, inner, 2)
        capture = self.rng.choice((f"{call}", f"{call}, {var}={var}"))
        return [
            f"{name} = [lambda {capture}: {body} for {var} in range({self.rng.randint(1, 4)})]",
            f"print([{call}({self.rng.randint(-2, 5)}) for {call} in {name}])",
        ]
