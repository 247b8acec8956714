"""The methods of `unittest.TestCase` that a test calls, written out where they stand.

What is compared keeps its own type that way: a method that takes anything would make all that
is ever compared dynamic.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit, copied, expr_at, parse_at


class LeftError(Exception):
    """A use whose meaning would differ."""


@dataclass(frozen=True, slots=True)
class _Assert:
    """params: the names of what it takes before `msg`; fails: when it fails; says: what the
    exception says then; both over the parameters' names. `unequal` and `same_items` are
    functions of the library module, `re` is the module."""

    params: tuple[str, ...]
    fails: str
    says: str


_UNEQUAL = "unequal(repr(first), repr(second), type(first).__name__, type(second).__name__)"
_TWO = ("first", "second")
_EQUAL = _Assert(_TWO, "not first == second", _UNEQUAL)


def _typed(kind: str) -> _Assert:
    other = f"not isinstance(first, {kind}) or not isinstance(second, {kind})"
    return _Assert(_TWO, f"{other} or not first == second", _UNEQUAL)


def _ordered(operator: str, words: str) -> _Assert:
    return _Assert(("a", "b"), f"not a {operator} b", f"f'{{a!r}} {words} {{b!r}}'")


def _simple(params: str, fails: str, says: str) -> _Assert:
    return _Assert(tuple(params.split()), fails, says)


ASSERTS = {
    "assertEqual": _EQUAL,
    "assertNotEqual": _Assert(_TWO, "not first != second", "f'{first!r} == {second!r}'"),
    "assertTrue": _simple("expr", "not expr", "f'{expr!r} is not true'"),
    "assertFalse": _simple("expr", "expr", "f'{expr!r} is not false'"),
    "assertIs": _simple("expr1 expr2", "expr1 is not expr2", "f'{expr1!r} is not {expr2!r}'"),
    "assertIsNot": _simple("expr1 expr2", "expr1 is expr2", "f'unexpectedly identical: {expr1!r}'"),
    "assertIsNone": _simple("obj", "obj is not None", "f'{obj!r} is not None'"),
    "assertIsNotNone": _simple("obj", "obj is None", "'unexpectedly None'"),
    "assertIn": _simple(
        "member container", "member not in container", "f'{member!r} not found in {container!r}'"
    ),
    "assertNotIn": _simple(
        "member container",
        "member in container",
        "f'{member!r} unexpectedly found in {container!r}'",
    ),
    "assertIsInstance": _simple(
        "obj cls", "not isinstance(obj, cls)", "f'{obj!r} is not an instance of {cls!r}'"
    ),
    "assertNotIsInstance": _simple(
        "obj cls", "isinstance(obj, cls)", "f'{obj!r} is an instance of {cls!r}'"
    ),
    "assertLess": _ordered("<", "not less than"),
    "assertLessEqual": _ordered("<=", "not less than or equal to"),
    "assertGreater": _ordered(">", "not greater than"),
    "assertGreaterEqual": _ordered(">=", "not greater than or equal to"),
    "assertListEqual": _typed("list"),
    "assertTupleEqual": _typed("tuple"),
    "assertDictEqual": _typed("dict"),
    "assertMultiLineEqual": _typed("str"),
    "assertSetEqual": _EQUAL,
    "assertSequenceEqual": _Assert(
        _TWO, "not first == second and not list(first) == list(second)", _UNEQUAL
    ),
    "assertCountEqual": _Assert(
        _TWO, "not same_items(list(first), list(second))", "'Element counts were not equal'"
    ),
    "assertRegex": _simple(
        "text expected_regex",
        "re.search(expected_regex, text) is None",
        'f"Regex didn\'t match: {expected_regex!r} not found in {text!r}"',
    ),
    "assertNotRegex": _simple(
        "text unexpected_regex",
        "re.search(unexpected_regex, text) is not None",
        'f"Regex matched: {unexpected_regex!r} matches in {text!r}"',
    ),
}
_NEAR = ("first", "second", "places", "msg", "delta")
# What the texts above and below use of the library module; `re` is the module of that name.
TOOLS = frozenset(
    ("unequal", "same_items", "sub_failed", "described", "add_cleanup", "raised", "SkipTest", "re")
)
Bring = Callable[[str], str]


def statement(
    unit: Unit, node: ast.Expr, call: ast.Call, name: str, bring: Bring
) -> list[ast.stmt]:
    """What a call that stands alone means. `bring`: a tool of the library module, or `re`, to
    its name here.

    Raises:
        LeftError: not known here.
    """
    if any(isinstance(a, ast.Starred) for a in call.args):
        raise LeftError
    if name in ASSERTS:
        return _written(unit, node, call, ASSERTS[name], bring)
    if name in ("assertAlmostEqual", "assertNotAlmostEqual"):
        return _near(unit, node, call, name == "assertAlmostEqual", bring)
    if name == "fail":
        given = bound(call, ("msg",))
        return _filled("raise AssertionError(msg)", node, {"msg": given.get("msg")}, bring)
    if name == "skipTest":
        return _filled("raise SkipTest(reason)", node, dict(bound(call, ("reason",))), bring)
    if name == "addCleanup" and call.args:
        first, held = _held(unit, call.args, node)
        keywords, more = _held(unit, [k.value for k in call.keywords], node)
        inner = ast.copy_location(
            ast.Call(held[0], held[1:], [ast.keyword(k.arg, v) for k, v in
                                         zip(call.keywords, more, strict=True)]), node
        )  # fmt: skip
        made = _filled("add_cleanup(lambda: _call)", node, {"_call": inner}, bring)
        return [*first, *keywords, *made]
    if name in ("assertRaises", "assertRaisesRegex"):
        count = 1 if name == "assertRaises" else 2
        first, held = _held(unit, call.args[count + 1 :], node)
        keywords, more = _held(unit, [k.value for k in call.keywords], node)
        if len(call.args) <= count:
            raise LeftError
        body = ast.Expr(ast.Call(call.args[count], held, [
            ast.keyword(k.arg, v) for k, v in zip(call.keywords, more, strict=True)
        ]))  # fmt: skip
        ast.copy_location(body, node)
        ast.copy_location(body.value, node)
        regex = call.args[1] if count == 2 else None
        by = f" by {_called(call.args[count])}"
        return [
            *first,
            *keywords,
            *_raising(unit, node, call.args[0], regex, None, [body], bring, by),
        ]
    raise LeftError


def block(
    unit: Unit, node: ast.With, call: ast.Call, name: str, target: ast.expr | None, bring: Bring
) -> list[ast.stmt]:
    """What a `with` over such a call means.

    Raises:
        LeftError: not known here.
    """
    if any(isinstance(a, ast.Starred) for a in call.args):
        raise LeftError
    if name == "subTest" and target is None:
        return _sub_test(unit, node, call, bring)
    if name == "assertRaises":
        given = bound(call, ("expected_exception", "msg"))
    elif name == "assertRaisesRegex":
        given = bound(call, ("expected_exception", "expected_regex", "msg"))
    else:
        raise LeftError
    if "msg" in given or "expected_exception" not in given:
        raise LeftError
    expected, regex = given["expected_exception"], given.get("expected_regex")
    return _raising(unit, node, expected, regex, target, node.body, bring)


def bound(call: ast.Call, params: Sequence[str]) -> dict[str, ast.expr]:
    """The arguments by the names of their parameters."""
    if len(call.args) > len(params):
        raise LeftError
    given = dict(zip(params, call.args, strict=False))
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg in given or keyword.arg not in params:
            raise LeftError
        given[keyword.arg] = keyword.value
    return given


def _held(
    unit: Unit, values: Sequence[ast.expr], at: ast.AST
) -> tuple[list[ast.stmt], list[ast.expr]]:
    """Values that are evaluated now, and what stands for them afterwards."""
    first: list[ast.stmt] = []
    stand: list[ast.expr] = []
    for value in values:
        if isinstance(value, (ast.Name, ast.Constant)):
            stand.append(value)
            continue
        name = unit.fresh("given")
        made = ast.Assign([ast.Name(name, ast.Store())], value)
        ast.copy_location(made, at)
        ast.copy_location(made.targets[0], value)
        first.append(made)
        stand.append(expr_at(name, value))
    return first, stand


def _written(
    unit: Unit, node: ast.Expr, call: ast.Call, form: _Assert, bring: Bring
) -> list[ast.stmt]:
    given = bound(call, (*form.params, "msg"))
    if not all(name in given for name in form.params):
        raise LeftError
    first, stand = _held(unit, list(given.values()), node)
    holes = dict(zip(given, stand, strict=True))
    return first + _filled(_test(form.fails, form.says, "msg" in given), node, holes, bring)


def _test(fails: str, says: str, has_message: bool) -> str:
    plain = f"raise AssertionError({says})"
    if not has_message:
        return f"if {fails}:\n    {plain}"
    own = f"raise AssertionError({says} + f' : {{msg}}')"
    return f"if {fails}:\n    if msg is None:\n        {plain}\n    {own}"


def _near(
    unit: Unit, node: ast.Expr, call: ast.Call, is_near: bool, bring: Bring
) -> list[ast.stmt]:
    given = bound(call, _NEAR)
    if not {"first", "second"} <= given.keys() or {"places", "delta"} <= given.keys():
        raise LeftError
    first, stand = _held(unit, list(given.values()), node)
    holes = dict(zip(given, stand, strict=True))
    if "delta" in given:
        fits, within = "abs(first - second) <= delta", "{delta!r} delta"
    else:
        holes.setdefault("places", ast.copy_location(ast.Constant(7), node))
        fits, within = "round(abs(first - second), places) == 0", "{places!r} places"
    if is_near:
        fails = f"not (first == second or {fits})"
        says = (
            f"f'{{first!r}} != {{second!r}} within {within} ({{abs(first - second)!r}} difference)'"
        )
    else:
        fails = f"first == second or {fits}"
        says = f"f'{{first!r}} == {{second!r}} within {within}'"
    return first + _filled(_test(fails, says, "msg" in given), node, holes, bring)


_RAISING = """\
try:
    _body
except expected as {error}:
    _caught
else:
    raise AssertionError(names)
"""
_MATCHING = """\
if re.search(expected_regex, str({error})) is None:
    raise AssertionError(f'"{{expected_regex}}" does not match "{{{error}}}"')
"""


def _raising(
    unit: Unit, node: ast.stmt, expected: ast.expr, regex: ast.expr | None,
    target: ast.expr | None, body: list[ast.stmt], bring: Bring, by: str = "",
) -> list[ast.stmt]:  # fmt: skip
    """The body, which must raise; `target` holds the exception afterwards. by: what is said
    of who should have raised it."""
    names = ast.copy_location(ast.Constant(f"{_names(expected)} not raised{by}"), expected)
    error, caught = unit.fresh("error"), []
    first, stand = _held(unit, [] if regex is None else [regex], node)
    if target is not None:
        if not isinstance(target, ast.Name):
            raise LeftError
        caught += parse_at(f"{target.id} = raised({error})", node)
        caught = _filled_body(caught, {}, bring)
    if regex is not None:
        matching = _MATCHING.format(error=error)
        caught += _filled(matching, node, {"expected_regex": stand[0]}, bring)
    text = _RAISING.format(error=error)
    holes: dict[str, ast.expr | None] = {"expected": expected, "names": names}
    made = _filled(text, node, holes, bring)
    first += made
    attempt = made[0]
    assert isinstance(attempt, ast.Try)
    attempt.body = body
    attempt.handlers[0].body = caught or [ast.copy_location(ast.Pass(), node)]
    return first


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Lambda):
        return "<lambda>"
    return ast.unparse(function).rpartition(".")[2]


def _names(expected: ast.expr) -> str:
    """How a message calls the classes that an expression names.

    Raises:
        LeftError: it is not a name, or a tuple of names.
    """
    if isinstance(expected, ast.Tuple):
        classes = [getattr(builtins, _names(item), None) for item in expected.elts]
        if None in classes:
            raise LeftError
        return str(tuple(classes))
    if isinstance(expected, ast.Attribute):
        return expected.attr
    if isinstance(expected, ast.Name):
        return expected.id
    raise LeftError


def _sub_test(unit: Unit, node: ast.With, call: ast.Call, bring: Bring) -> list[ast.stmt]:
    if len(call.args) > 1 or any(k.arg is None for k in call.keywords):
        raise LeftError
    own = [k.value for k in call.keywords if k.arg == "msg"] + call.args
    params = [k for k in call.keywords if k.arg != "msg"]
    first, stand = _held(unit, [k.value for k in params], node)
    names = {f"_{i}": value for i, value in enumerate(stand)}
    shown = ", ".join(f"{p.arg}={{{n}!r}}" for p, n in zip(params, names, strict=True))
    error = unit.fresh("error")
    text = (
        f"try:\n    _body\nexcept Exception as {error}:\n"
        f"    sub_failed(described(own, f{shown!r}), {error})"
    )
    none: ast.expr = ast.copy_location(ast.Constant(None), node)
    holes: dict[str, ast.expr | None] = {"own": own[0] if own else none, **names}
    made = _filled(text, node, holes, bring)
    attempt = made[0]
    assert isinstance(attempt, ast.Try)
    attempt.body = node.body
    return [*first, *made]


def _filled(
    text: str, at: ast.AST, holes: Mapping[str, ast.expr | None], bring: Bring
) -> list[ast.stmt]:
    """Statements from text, with what stands for their names; a tool that they name is brought."""
    none: ast.expr = ast.copy_location(ast.Constant(None), at)
    known = {name: none if value is None else value for name, value in holes.items()}
    return _filled_body(parse_at(text, at), known, bring)


def _filled_body(
    body: list[ast.stmt], holes: Mapping[str, ast.expr], bring: Bring
) -> list[ast.stmt]:
    filler = _Filler(holes, bring)
    return [filler.visit(statement) for statement in body]


class _Filler(trees.Transformer):
    def __init__(self, holes: Mapping[str, ast.expr], bring: Bring) -> None:
        self.holes = holes
        self.bring = bring

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self.holes:
            return copied(self.holes[node.id])
        if node.id in TOOLS:
            return ast.copy_location(ast.Name(self.bring(node.id), node.ctx), node)
        return node
