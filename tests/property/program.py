"""Whole random programs: classes, functions and an entry.

Every top-level name starts with `P_`, so that many programs can share one file.
"""

from __future__ import annotations

import ast
import random

from tests.property.idioms import Idioms
from tests.property.kinds import BOOL, FLOAT, INT, STR, Kind, any_kind, instance, list_of, tuple_of
from tests.property.scope import Class, Function, Scope, Tables
from tests.property.statements import Lines, indented

PREFIX = "P_"
FIELD_KINDS = (INT, STR, FLOAT, list_of(INT), BOOL)
RESULTS = (INT, INT, STR, FLOAT, BOOL, list_of(INT), tuple_of(INT, STR), list_of(STR))


class Author(Idioms):
    """Writes one program."""

    def __init__(self, rng: random.Random, small: bool = False) -> None:
        super().__init__(rng, Tables())
        self.small = small
        self.annotate = rng.choice((0.0, 0.3, 1.0))
        self.typed = self.annotate > 0.2
        self.uses = []

    def program(self) -> str:
        """The source of a program with the entry `P_main`."""
        lines: Lines = []
        if self.small:
            if self.rng.random() < 0.4:
                lines += [*self._function("P_f0"), ""]
            return _tidy([*lines, *self._main()])
        if self.rng.random() < 0.45:
            lines += [*self._class("P_A"), ""]
            if self.rng.random() < 0.3:
                lines += [*self._subclass("P_B", "P_A"), ""]
        for i in range(self.rng.choice((0, 1, 1, 2, 3))):
            lines += [*self._function(f"P_f{i}"), ""]
        if self.rng.random() < 0.3:
            lines += [*self._recursive("P_rec"), ""]
        if self.rng.random() < 0.2:
            lines += [*self._generator("P_gen"), ""]
        for i in range(self.rng.choice((0, 1, 2, 3))):
            lines += [*self.idiom(f"P_I{i}"), ""]
        return _tidy([*lines, *self._main()])

    def _signature(self, name: str, params: list[tuple[str, Kind]], result: Kind | None) -> str:
        shown = [f"{p}: {k.annotation()}" if self.typed else p for p, k in params]
        arrow = ""
        if self.typed:
            arrow = f" -> {result.annotation() if result else 'None'}"
        return f"def {name}({', '.join(shown)}){arrow}:"

    def _function(self, name: str) -> Lines:
        rng = self.rng
        classes = list(self.tables.classes)
        params = [(self._new(), any_kind(rng, classes)) for _ in range(rng.randint(0, 3))]
        result = rng.choice(RESULTS)
        scope = Scope(variables=dict(params), in_function=result, risky=rng.random() < 0.15)
        body = self.block(scope, rng.randint(1, 3))
        body.append(f"return {self.write(result, scope)}")
        self.tables.functions.append(Function(name, tuple(k for _, k in params), result))
        return [self._signature(name, params, result), *indented(body)]

    def _recursive(self, name: str) -> Lines:
        rng = self.rng
        result = rng.choice((INT, STR, list_of(INT)))
        fuel, other = self._new(), self._new()
        kind = rng.choice((INT, STR))
        params = [(fuel, INT), (other, kind)]
        scope = Scope(variables=dict(params), constants={fuel}, in_function=result)
        base = self.write(result, scope, 1)
        body = [f"if {fuel} <= 0:", f"    return {base}"]
        body += self.block(scope, rng.randint(0, 2))
        again = f"{name}({fuel} - 1, {self.write(kind, scope, 1)})"
        step = self.write(result, scope, 1)
        if result == INT:
            body.append(f"return ({again} * 3 + {step}) % {rng.choice((10007, 10**24))}")
        elif rng.random() < 0.5:
            body.append(f"return {again} + {step}")
        else:
            body.append(f"return {step} + {again}")
        self.tables.functions.append(Function(name, (kind,), result, fueled=True))
        return [self._signature(name, params, result), *indented(body)]

    def _generator(self, name: str) -> Lines:
        rng = self.rng
        limit, var = self._new(), self._new()
        scope = Scope(variables={limit: INT, var: INT}, constants={limit, var}, loops=1, depth=2)
        body = [f"for {var} in range({limit}):"]
        body += indented(self.block(scope, rng.randint(0, 2)))
        body += indented([f"yield {self.write(INT, scope, 2)}"])
        head = f"def {name}({limit}):"
        if self.typed:
            head = f"def {name}({limit}: int) -> Iterator[int]:"
        wrapper = f"{name}_items"
        use = rng.choice(
            (f"list({name}(n % 5))", f"[x % 100 for x in {name}(n % 6)]", f"sorted({name}(n % 4))")
        )
        self.tables.functions.append(Function(wrapper, (INT,), list_of(INT)))
        return [
            head,
            *indented(body),
            "",
            self._signature(wrapper, [("n", INT)], list_of(INT)),
            *indented([f"return {use}"]),
        ]

    def _class(self, name: str) -> Lines:
        rng = self.rng
        fields = [(f"a{i}", rng.choice(FIELD_KINDS)) for i in range(rng.randint(1, 3))]
        cls = Class(name, fields)
        lines: Lines = []
        dataclass = rng.random() < 0.3
        if dataclass:
            lines += ["@dataclass", f"class {name}:"]
            lines += indented([f"{f}: {k.annotation()}" for f, k in fields])
        else:
            lines += [f"class {name}:"]
            params = [("self", INT), *fields]
            shown = [f"{f}: {k.annotation()}" if self.typed else f for f, k in fields]
            head = f"def __init__({', '.join(['self', *shown])}){' -> None' if self.typed else ''}:"
            lines += indented([head, *indented([f"self.{f} = {f}" for f, _ in params[1:]])])
            shown_fields = ", ".join(f"{{self.{f}!r}}" for f, _ in fields)
            arrow = " -> str" if self.typed else ""
            dunder = rng.choice(("__repr__", "__repr__", "__str__"))
            text = f'return f"{name.removeprefix(PREFIX)}({shown_fields})"'
            lines += indented(["", f"def __repr__(self){arrow}:", *indented([text])])
            if dunder == "__str__":
                text = f'return f"<{{self.{fields[0][0]}}}>"'
                lines += indented(["", f"def __str__(self){arrow}:", *indented([text])])
        self.tables.classes[name] = cls
        if rng.random() < 0.4:
            lines += indented(self._operators(cls, dataclass))
        for i in range(rng.randint(0, 2)):
            lines += indented(["", *self._method(cls, f"m{i}")])
        return lines

    def _operators(self, cls: Class, dataclass: bool) -> Lines:
        first, kind = cls.fields[0]
        other = f"other: {cls.name!r}" if self.typed else "other"
        lines: Lines = []
        if kind in (INT, STR, FLOAT, list_of(INT)):
            cls.addable = True
            rest = ", ".join(
                [f"self.{first} + other.{first}"] + [f"self.{f}" for f, _ in cls.fields[1:]]
            )
            lines += ["", f"def __add__(self, {other}){f' -> {cls.name!r}' if self.typed else ''}:"]
            lines += indented([f"return {cls.name}({rest})"])
        if not dataclass:
            cls.ordered = True
            arrow = " -> bool" if self.typed else ""
            lines += ["", f"def __eq__(self, {'other: object' if self.typed else 'other'}){arrow}:"]
            test = f"isinstance(other, {cls.name}) and self.{first} == other.{first}"
            lines += indented([f"return {test}"])
            lines += ["", f"def __lt__(self, {other}){arrow}:"]
            lines += indented([f"return self.{first} < other.{first}"])
        return lines

    def _method(self, cls: Class, name: str) -> Lines:
        rng = self.rng
        result = rng.choice((INT, STR, BOOL, list_of(INT)))
        params = [(self._new(), rng.choice((INT, STR))) for _ in range(rng.randint(0, 2))]
        scope = Scope(variables=dict(params), in_function=result, depth=1)
        scope.variables["self"] = instance(cls.name)
        scope.constants.add("self")
        methods, cls.methods = cls.methods, []
        body = self.block(scope, rng.randint(0, 2))
        body.append(f"return {self.write(result, scope, 2)}")
        cls.methods = [*methods, Function(name, tuple(k for _, k in params), result)]
        shown = [f"{p}: {k.annotation()}" if self.typed else p for p, k in params]
        arrow = f" -> {result.annotation()}" if self.typed else ""
        return [f"def {name}({', '.join(['self', *shown])}){arrow}:", *indented(body)]

    def _subclass(self, name: str, base: str) -> Lines:
        parent = self.tables.classes[base]
        cls = Class(name, list(parent.fields), list(parent.methods))
        self.tables.classes[name] = cls
        lines = [f"class {name}({base}):"]
        overridden = [m for m in parent.methods if self.rng.random() < 0.6]
        body: Lines = []
        for method in overridden:
            names = [self._new() for _ in method.params]
            scope = Scope(variables=dict(zip(names, method.params, strict=True)), depth=2)
            scope.variables["self"] = instance(name)
            scope.constants.add("self")
            saved, cls.methods = cls.methods, []
            call = f"super().{method.name}({', '.join(names)})"
            value = self.write(method.result, scope, 1)
            cls.methods = saved
            combined = call if method.result == BOOL else f"{call} + {value}"
            shown = [
                f"{p}: {k.annotation()}" if self.typed else p
                for p, k in zip(names, method.params, strict=True)
            ]
            arrow = f" -> {method.result.annotation()}" if self.typed else ""
            body += [f"def {method.name}({', '.join(['self', *shown])}){arrow}:"]
            body += [*indented([f"return {combined}"]), ""]
        return lines + indented(body or ["pass"])

    def _main(self) -> Lines:
        scope = Scope(risky=self.rng.random() < 0.1)
        body = list(self.uses)
        body += self.prologue(scope, self.rng.randint(3, 6))
        body += self.block(scope, self.rng.randint(1, 3) if self.small else self.rng.randint(3, 8))
        for name, kind in scope.variables.items():
            body.append(f"print({name!r}, {self.shown(name, kind)})")
        return [f"def P_main(){' -> None' if self.typed else ''}:", *indented(body)]


def _tidy(lines: Lines) -> str:
    """The source without needless parentheses, so that precedence is tested too."""
    source = "\n".join(lines) + "\n"
    try:
        return ast.unparse(ast.parse(source)) + "\n"
    except ValueError:
        # Some nested f-strings have no other spelling.
        return source


def generate(seed: str, small: bool = False) -> str:
    """The program of the seed; small: a few statements and at most one function."""
    return Author(random.Random(seed), small).program()
