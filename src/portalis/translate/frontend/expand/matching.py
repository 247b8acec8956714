"""`match` as a chain of tests; the subject is evaluated once.

Source: the language reference, 8.6.4. A case is one condition and the captures that
its body starts with. Captures that the guard or a later part of the pattern needs
are made inside the condition; there, `(name := value, True)[1]` binds and holds.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from portalis.core import trees
from portalis.translate.frontend.expand.unit import (
    Unit,
    bodies,
    copied,
    expr_at,
    load,
    place,
)

# Classes whose one positional pattern is the subject itself.
_SELF_MATCH = frozenset(
    ("bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str",
     "tuple")
)  # fmt: skip
# Classes of the library that a sequence pattern takes.
_SEQUENCES = frozenset(("array.array", "collections.deque"))


class _Unknown(Exception):  # noqa: N818 - an outcome, not an error
    """A pattern that is left to be refused."""


def expand(unit: Unit) -> bool:
    if not unit.every(ast.Match):
        return False
    for body, _ in bodies(unit.tree):
        position = 0
        while position < len(body):
            statement = body[position]
            if isinstance(statement, ast.Match):
                try:
                    # What replaces it may start with another one: look again.
                    body[position : position + 1] = _Match(unit, statement).written_out()
                    continue
                except _Unknown:
                    pass
            position += 1
    return True


@dataclass(slots=True)
class _Case:
    """What one pattern needs: conditions in order, then captures."""

    tests: list[ast.expr] = field(default_factory=list)
    binds: list[tuple[str, ast.expr]] = field(default_factory=list)


class _Match:
    def __init__(self, unit: Unit, node: ast.Match) -> None:
        self.unit = unit
        self.node = node

    def written_out(self) -> list[ast.stmt]:
        node = self.node
        out: list[ast.stmt] = []
        subject = node.subject
        if not self._stable(subject):
            name = self.unit.fresh("subject")
            store = ast.Name(name, ast.Store())
            place(store, subject)
            out.append(ast.copy_location(ast.Assign([store], subject), subject))
            subject = load(name, subject)
        rest: list[ast.stmt] = []
        for case in reversed(node.cases):
            rest = self._case(case, subject, rest)
        return [*out, *(rest or [ast.copy_location(ast.Pass(), node)])]

    def _stable(self, subject: ast.expr) -> bool:
        """Reading the subject again, in any test, gives the same: a name nobody captures."""
        if not isinstance(subject, ast.Name):
            return False
        for case in self.node.cases:
            for part in (case.pattern, case.guard):
                for inner in trees.walk(part) if part is not None else ():
                    if isinstance(inner, (ast.MatchAs, ast.MatchStar)) and inner.name == subject.id:
                        return False
                    if isinstance(inner, (ast.NamedExpr, ast.Call)) and part is case.guard:
                        return False
        return True

    def _case(
        self, case: ast.match_case, subject: ast.expr, rest: list[ast.stmt]
    ) -> list[ast.stmt]:
        found = _Case()
        self.pattern(case.pattern, subject, found)
        binds = [self._store(name, value, case.pattern) for name, value in found.binds]
        tests = found.tests
        if case.guard is not None and not tests:
            # The pattern always matches: bind, then ask the guard.
            return [*binds, self._if(case, [case.guard], case.body, rest)]
        if case.guard is not None:
            tests = [*tests, *(self._bound(n, v, case.pattern) for n, v in found.binds)]
            tests.append(case.guard)
            binds = []
        if not tests:
            return [*binds, *case.body]
        return [self._if(case, tests, [*binds, *case.body], rest)]

    def _if(
        self,
        case: ast.match_case,
        tests: list[ast.expr],
        body: list[ast.stmt],
        rest: list[ast.stmt],
    ) -> ast.stmt:
        test = tests[0]
        if len(tests) > 1:
            test = ast.copy_location(ast.BoolOp(ast.And(), tests), case.pattern)
        made = ast.If(test, body, rest)
        return ast.copy_location(made, case.pattern)

    @staticmethod
    def _store(name: str, value: ast.expr, at: ast.AST) -> ast.stmt:
        target = ast.copy_location(ast.Name(name, ast.Store()), at)
        return ast.copy_location(ast.Assign([target], value), at)

    @staticmethod
    def _bound(name: str, value: ast.expr, at: ast.AST) -> ast.expr:
        """A condition that binds and holds."""
        made = expr_at(f"({name} := 0, True)[1]", at)
        assert isinstance(made, ast.Subscript)
        assert isinstance(made.value, ast.Tuple)
        walrus = made.value.elts[0]
        assert isinstance(walrus, ast.NamedExpr)
        walrus.value = value
        return made

    # -- patterns

    def pattern(self, node: ast.pattern, subject: ast.expr, out: _Case) -> None:
        """Adds what `subject` must satisfy, and what it binds."""
        method = getattr(self, f"p_{type(node).__name__}")
        method(node, subject, out)

    def _test(self, text: str, at: ast.AST, out: _Case, **parts: ast.expr) -> None:
        made = expr_at(text, at)
        out.tests.append(_Put(parts).visit(made))

    def p_MatchValue(self, node: ast.MatchValue, subject: ast.expr, out: _Case) -> None:
        self._test("_subject == _value", node, out, _subject=subject, _value=node.value)

    def p_MatchSingleton(self, node: ast.MatchSingleton, subject: ast.expr, out: _Case) -> None:
        self._test(f"_subject is {node.value!r}", node, out, _subject=subject)

    def p_MatchAs(self, node: ast.MatchAs, subject: ast.expr, out: _Case) -> None:
        if node.pattern is not None:
            self.pattern(node.pattern, subject, out)
        if node.name is not None:
            out.binds.append((node.name, copied(subject)))

    def p_MatchOr(self, node: ast.MatchOr, subject: ast.expr, out: _Case) -> None:
        ways: list[ast.expr] = []
        for pattern in node.patterns:
            way = _Case()
            self.pattern(pattern, subject, way)
            tests = [*way.tests, *(self._bound(n, v, pattern) for n, v in way.binds)]
            if not tests:
                return
            ways.append(_joined(tests, pattern))
        if len(ways) == 1:
            out.tests.append(ways[0])
        else:
            out.tests.append(ast.copy_location(ast.BoolOp(ast.Or(), ways), node))

    def p_MatchSequence(self, node: ast.MatchSequence, subject: ast.expr, out: _Case) -> None:
        self._builtins("list", "tuple", "range", "len")
        stars = [i for i, p in enumerate(node.patterns) if isinstance(p, ast.MatchStar)]
        others = self._other_sequences()
        kinds = ", ".join(("list", "tuple", "range", *others))
        self._test(f"isinstance(_subject, ({kinds}))", node, out, _subject=subject)
        count = len(node.patterns) - len(stars)
        sign = ">=" if stars else "=="
        if count or not stars:
            self._test(f"len(_subject) {sign} {count}", node, out, _subject=subject)
        for position, pattern in enumerate(node.patterns):
            if isinstance(pattern, ast.MatchStar):
                if pattern.name is not None:
                    tail = len(node.patterns) - position - 1
                    whole = "list(_subject)" if others else "_subject"
                    text = f"list({whole}[{position}:{-tail if tail else ''}])"
                    made = _Put({"_subject": subject}).visit(expr_at(text, pattern))
                    out.binds.append((pattern.name, made))
                continue
            index = position
            if stars and position > stars[0]:
                index = position - len(node.patterns)
            item = _Put({"_subject": subject}).visit(expr_at(f"_subject[{index}]", pattern))
            self._inside(pattern, item, out)

    def _other_sequences(self) -> list[str]:
        """What the module calls those of the library; a `deque` knows no slices."""
        names = self.unit.imports.keys() - self.unit.bound
        return sorted(n for n in names if self.unit.imports[n] in _SEQUENCES)

    def _builtins(self, *names: str) -> None:
        if any(n in self.unit.bound or n in self.unit.imports for n in names):
            raise _Unknown

    def _inside(self, pattern: ast.pattern, item: ast.expr, out: _Case) -> None:
        """A pattern for a part of the subject: named first if it is looked at repeatedly."""
        if isinstance(pattern, (ast.MatchValue, ast.MatchSingleton)) or (
            isinstance(pattern, ast.MatchAs) and pattern.pattern is None
        ):
            self.pattern(pattern, item, out)
            return
        if isinstance(pattern, ast.MatchOr) and all(
            isinstance(p, (ast.MatchValue, ast.MatchSingleton)) for p in pattern.patterns
        ):
            self.pattern(pattern, item, out)
            return
        if isinstance(pattern, ast.MatchAs) and isinstance(pattern.pattern, ast.MatchOr):
            inner = pattern.pattern
            if all(isinstance(p, (ast.MatchValue, ast.MatchSingleton)) for p in inner.patterns):
                self.pattern(pattern, item, out)
                return
        name = self.unit.fresh("part")
        out.tests.append(self._bound(name, item, pattern))
        self.pattern(pattern, load(name, pattern), out)

    def p_MatchMapping(self, node: ast.MatchMapping, subject: ast.expr, out: _Case) -> None:
        self._builtins("dict")
        self._test("isinstance(_subject, dict)", node, out, _subject=subject)
        for key in node.keys:
            self._test("_key in _subject", node, out, _subject=subject, _key=copied(key))
        for key, pattern in zip(node.keys, node.patterns, strict=True):
            if _is_wildcard(pattern):
                continue
            item = expr_at("_subject[_key]", pattern)
            item = _Put({"_subject": subject, "_key": key}).visit(item)
            self._inside(pattern, item, out)
        if node.rest is not None:
            key_name, value_name = self.unit.fresh("key"), self.unit.fresh("value")
            keys = ast.copy_location(ast.Tuple([copied(k) for k in node.keys], ast.Load()), node)
            test = f" if {key_name} not in _keys" if node.keys else ""
            pair = f"{key_name}, {value_name}"
            text = f"{{{key_name}: {value_name} for {pair} in _subject.items(){test}}}"
            made = expr_at(text, node)
            out.binds.append((node.rest, _Put({"_subject": subject, "_keys": keys}).visit(made)))

    def p_MatchClass(self, node: ast.MatchClass, subject: ast.expr, out: _Case) -> None:
        self._test("isinstance(_subject, _cls)", node, out, _subject=subject, _cls=node.cls)
        positional = list(node.patterns)
        if len(positional) == 1 and self.unit.is_builtin(node.cls, *_SELF_MATCH):
            self.pattern(positional.pop(), subject, out)
        names: list[str] = []
        if positional:
            found = self._match_args(node.cls)
            if found is None or len(found) < len(positional):
                raise _Unknown
            names = list(found[: len(positional)])
        pairs = list(zip(names, positional, strict=True))
        pairs += zip(node.kwd_attrs, node.kwd_patterns, strict=True)
        for name, pattern in pairs:
            if _is_wildcard(pattern):
                continue
            item = _Put({"_subject": subject}).visit(expr_at(f"_subject.{name}", pattern))
            self._inside(pattern, item, out)

    def _match_args(self, cls: ast.expr) -> tuple[str, ...] | None:
        home = self.unit.find_home(cls)
        above = () if home is None else (home, *home[0].classes_above(home[1]))
        for _, found in above:
            for statement in found.body:
                if isinstance(statement, ast.Assign) and any(
                    isinstance(t, ast.Name) and t.id == "__match_args__" for t in statement.targets
                ):
                    if isinstance(statement.value, (ast.Tuple, ast.List)) and all(
                        isinstance(e, ast.Constant) for e in statement.value.elts
                    ):
                        return tuple(
                            str(e.value)
                            for e in statement.value.elts
                            if isinstance(e, ast.Constant)
                        )
                    return None
        return None


def _is_wildcard(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None and pattern.name is None


def _joined(tests: list[ast.expr], at: ast.AST) -> ast.expr:
    if len(tests) == 1:
        return tests[0]
    return ast.copy_location(ast.BoolOp(ast.And(), tests), at)


class _Put(trees.Transformer):
    """Trees for names; every use gets a copy of its own."""

    def __init__(self, parts: dict[str, ast.expr]) -> None:
        self.parts = parts

    def visit_Name(self, node: ast.Name) -> ast.expr:
        found = self.parts.get(node.id)
        return copied(found) if found is not None else node
