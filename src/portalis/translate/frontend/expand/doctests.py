"""`doctest.testmod()` as a function for each docstring of its module: the examples, each in a
`try` with its output kept, and the comparison with what they should print.

CPython runs the examples of a docstring in a copy of the module's names; here the names that
they bind are those of the function. Where that would differ, the call is left as it is.
"""

from __future__ import annotations

import ast
import doctest
from collections.abc import Iterator
from dataclasses import dataclass

from portalis.core import syntax, trees
from portalis.translate.frontend.binders import bound_names
from portalis.translate.frontend.expand.star_imports import is_main_block
from portalis.translate.frontend.expand.supplements import bring
from portalis.translate.frontend.expand.unit import Unit, fill, load, parse_at

_Holder = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
# Decorators behind which `testmod` finds the function that is written.
_SEEN_THROUGH = frozenset(
    """property staticmethod classmethod functools.cache functools.lru_cache functools.wraps
    functools.cached_property functools.total_ordering dataclasses.dataclass abc.abstractmethod
    contextlib.contextmanager typing.overload""".split()
)


class _LeftError(Exception):
    """A test whose meaning would differ."""


@dataclass(frozen=True, slots=True)
class _Test:
    name: str
    # The line of the docstring's first line, counted from one.
    line: int
    examples: tuple[doctest.Example, ...]


def expand(unit: Unit) -> bool:
    brought = unit.units.get("doctest")
    if brought is None or not brought.is_library:
        return False
    calls = [n for n in unit.every(ast.Call) if unit.path(n.func) == "doctest.testmod"]
    calls = [node for node in calls if _flags(node) is not None]
    if not calls or unit.is_library:
        return False
    try:
        tests = sorted(_tests(unit, "__main__", unit.tree), key=lambda test: test.name)
        names = [unit.fresh("doctest") for _ in tests]
        runner, main = unit.fresh("Runner"), unit.fresh("testmod")
        made: list[ast.stmt] = []
        may_end = _may_end(tests, calls)
        for test, name in zip(tests, names, strict=True):
            made += _function(unit, test, name, calls[0], may_end)
    except (_LeftError, ValueError, SyntaxError):
        return False
    made += _main(runner, main, names, calls[0])
    for imported in unit.every(ast.ImportFrom):
        if imported.module == "doctest":
            # What is written out takes its place; a name that is bound to something else
            # would be used by nobody.
            for alias in imported.names:
                if alias.name == "testmod":
                    alias.name, alias.asname = "Runner", alias.asname or "testmod"
    bring(unit, "doctest", "Runner", runner)
    body = unit.tree.body
    at = next((i for i, s in enumerate(body) if is_main_block(s)), len(body))
    body[at:at] = made
    for call in calls:
        flags = _flags(call)
        assert flags is not None
        call.func, call.args, call.keywords = load(main, call.func), [flags], []
    return True


def _flags(call: ast.Call) -> ast.expr | None:
    """The options of a call that says nothing else that matters."""
    flags: ast.expr = ast.copy_location(ast.Constant(0), call)
    if call.args:
        return None
    for keyword in call.keywords:
        if keyword.arg == "optionflags":
            flags = keyword.value
        elif keyword.arg != "verbose" or ast.unparse(keyword.value) not in ("False", "None"):
            return None
    return flags


def _tests(unit: Unit, name: str, node: _Holder) -> Iterator[_Test]:
    text = ast.get_docstring(node, clean=False)
    if text:
        first = node.body[0]
        examples = doctest.DocTestParser().get_examples(text, name)
        if examples:
            yield _Test(name, first.lineno, tuple(examples))
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return
    found: dict[str, _Holder] = {}
    for child in node.body:
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if not (child.name in found and _is_accessor(child)):
                found[child.name] = child
        elif _hides_tests(child) or "__test__" in bound_names([child]):
            raise _LeftError
    for child_name, inner in found.items():
        tests = list(_tests(unit, f"{name}.{child_name}", inner))
        if tests and not _is_seen(unit, inner):
            raise _LeftError
        yield from tests


def _is_accessor(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """`@x.setter` and its kin: the property keeps the text of its getter."""
    return any(
        isinstance(d, ast.Attribute) and isinstance(d.value, ast.Name) and d.value.id == node.name
        for d in node.decorator_list
    )


def _hides_tests(node: ast.stmt) -> bool:
    """Whether a statement may define what has examples."""
    if is_main_block(node):
        return False
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    inner = [n for n in trees.walk(node) if isinstance(n, kinds)]
    return any(">>>" in (ast.get_docstring(n, clean=False) or "") for n in inner)


def _is_seen(unit: Unit, node: _Holder) -> bool:
    for decorator in getattr(node, "decorator_list", []):
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        path = unit.path(target) or (target.id if isinstance(target, ast.Name) else None)
        if path not in _SEEN_THROUGH and not (
            isinstance(target, ast.Attribute) and target.attr in ("setter", "getter")
        ):
            return False
    return True


def _may_end(tests: list[_Test], calls: list[ast.Call]) -> bool:
    """Whether a failure may be the last example of all (`FAIL_FAST`)."""
    return any(ast.unparse(flags) != "0" for call in calls if (flags := _flags(call))) or any(
        example.options.get(doctest.FAIL_FAST) for test in tests for example in test.examples
    )


def _function(unit: Unit, test: _Test, name: str, at: ast.Call, may_end: bool) -> list[ast.stmt]:
    examples = [e for e in test.examples if not e.options.get(doctest.SKIP)]
    bodies = [syntax.parse(example.source).body for example in examples]
    _check_names(unit, [statement for body in bodies for statement in body])
    made = parse_at(
        f"def {name}(_portalis_runner):\n    _portalis_runner.begin({test.name!r})\n"
        "    _examples\n    _portalis_runner.finish()",
        at,
    )
    inside: list[ast.stmt] = []
    for example, body in zip(examples, bodies, strict=True):
        inside += _example(unit, test, example, body, at, may_end)
    function = made[0]
    assert isinstance(function, ast.FunctionDef)
    function.body = fill(function.body, {"_examples": inside})
    return made


_EXAMPLE = """\
_portalis_runner.start({line}, {source!r}, {want!r}{more})
try:
    _body
except BaseException as {raised}:
    _portalis_runner.failed({raised})
"""
# Where one failure may be the last example of all.
_EXAMPLE_UNLESS_OVER = """\
if _portalis_runner.start({line}, {source!r}, {want!r}{more}):
    try:
        _body
    except BaseException as {raised}:
        _portalis_runner.failed({raised})
"""


def _example(
    unit: Unit,
    test: _Test,
    example: doctest.Example,
    body: list[ast.stmt],
    at: ast.Call,
    may_end: bool,
) -> list[ast.stmt]:
    for statement in body:
        # So that messages name the docstring's line.
        for node in trees.walk(statement):
            if hasattr(node, "lineno"):
                node.lineno = node.end_lineno = test.line + example.lineno  # type: ignore[attr-defined]
    text = (_EXAMPLE_UNLESS_OVER if may_end else _EXAMPLE).format(
        line=test.line + example.lineno,
        source=example.source.removesuffix("\n"),
        want=example.want.removesuffix("\n"),
        more=_more(example),
        raised=unit.fresh("raised"),
    )
    shown = _Shown(unit)
    inside = [part for statement in body for part in shown.of(statement)]
    return fill(parse_at(text, at), {"_body": inside})


def _more(example: doctest.Example) -> str:
    """What few examples have: where the message of the exception is in what they want, and
    options of their own."""
    options = example.options
    on = sum(flag for flag, is_on in options.items() if is_on)
    off = sum(flag for flag, is_on in options.items() if not is_on)
    at = -1
    if example.exc_msg is not None:
        at = len(example.want) - len(example.exc_msg)
        assert example.want[at:] == example.exc_msg, "the message is the end of what is wanted"
    values = (at, on, off) if on or off else (at,) if at >= 0 else ()
    return "".join(f", {value}" for value in values)


class _Shown(trees.Transformer):
    """Expressions that stand alone show what they give, as at the prompt; not within
    functions."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def of(self, statement: ast.stmt) -> list[ast.stmt]:
        made = self.visit(statement)
        return made if isinstance(made, list) else [made]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AsyncFunctionDef:
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | list[ast.stmt]:
        if isinstance(node.value, ast.Call) and self.unit.is_builtin(node.value.func, "print"):
            return node
        name = self.unit.fresh("shown")
        text = f"{name} = _value\nif {name} is not None:\n    _portalis_runner.put(repr({name}))"
        made = parse_at(text, node)
        first = made[0]
        assert isinstance(first, ast.Assign)
        first.value = node.value
        return made


def _check_names(unit: Unit, body: list[ast.stmt]) -> None:
    """A name of the module that the examples bind is theirs from the start here: what reads
    it first would find nothing."""
    whole = set(bound_names(unit.tree.body)) | set(unit.imports)
    if any(isinstance(n, (ast.Global, ast.Nonlocal)) for s in body for n in trees.walk(s)):
        raise _LeftError
    for name, binders in bound_names(body).items():
        if name not in whole:
            continue
        for statement in body:
            nodes = [n for n in trees.walk(statement) if isinstance(n, ast.Name) and n.id == name]
            reads = any(isinstance(n.ctx, ast.Load) for n in nodes)
            binds = any(b in trees.walk(statement) for b in binders)
            if reads and not _is_own(statement, name):
                raise _LeftError
            if binds:
                break


def _is_own(statement: ast.stmt, name: str) -> bool:
    return isinstance(statement, (ast.FunctionDef, ast.ClassDef)) and statement.name == name


def _main(runner: str, main: str, names: list[str], at: ast.Call) -> list[ast.stmt]:
    calls = "".join(f"    {name}(_portalis_runner)\n" for name in names)
    return parse_at(
        f"def {main}(_portalis_flags):\n    _portalis_runner = {runner}(_portalis_flags)\n{calls}"
        "    return _portalis_runner.results()",
        at,
    )
