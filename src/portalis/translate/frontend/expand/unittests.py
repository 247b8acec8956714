"""`unittest`: test cases as plain classes, their assertions as statements, and
`unittest.main()` as a function that runs one test after the other.

A module that uses more of it than is known here is left as it is, and refused.
"""

from __future__ import annotations

import ast
import copy
import unittest
from collections.abc import Sequence

from portalis.core import trees
from portalis.translate.frontend.expand import unittest_asserts as asserts
from portalis.translate.frontend.expand.star_imports import is_main_block
from portalis.translate.frontend.expand.supplements import bring
from portalis.translate.frontend.expand.unit import FunctionDef, Unit, copied, load, parse_at
from portalis.translate.frontend.expand.unittest_asserts import LeftError

_HOME = "unittest"
_CASE = f"{_HOME}.TestCase"
_SKIPS = frozenset(f"{_HOME}.{name}" for name in ("skip", "skipIf", "skipUnless"))
_FAILURE = f"{_HOME}.expectedFailure"
_FIXTURES = ("setUp", "tearDown", "setUpClass", "tearDownClass")
_OF_MODULE = frozenset(("setUpModule", "tearDownModule", "load_tests"))
# What a test case has from `TestCase`, but for what tests define themselves.
_OFFERED = frozenset(
    name for name in dir(unittest.TestCase("run")) if not name.startswith("__")
) - frozenset(_FIXTURES)
# Names that are known of other things, too.
_COMMON = frozenset(("debug", "fail", "id", "run"))


def expand(unit: Unit) -> bool:
    brought = unit.units.get(_HOME)
    if brought is None or not brought.is_library or unit.is_library:
        return False
    cases = [cls for cls in unit.every(ast.ClassDef) if _is_case(unit, cls)]
    mains = [n for n in unit.every(ast.Call) if unit.path(n.func) == f"{_HOME}.main"]
    if not cases and not mains:
        return False
    kept = copy.deepcopy(unit.tree.body)
    try:
        _Module(unit, cases).rewrite(mains)
    except LeftError:
        unit.tree.body = kept
        _refuse(unit)
    return True


def _is_case(unit: Unit, cls: ast.ClassDef) -> bool:
    own = hasattr(cls, "is_test_case") or any(unit.path(base) == _CASE for base in cls.bases)
    return own or any(_is_case(home, above) for home, above in unit.classes_above(cls))


def _refuse(unit: Unit) -> None:
    """Has each test case derive from what no library module of ours has."""
    unit.scan()
    cases = [cls for cls in unit.every(ast.ClassDef) if _is_case(unit, cls)]
    cases = [cls for cls in cases if not any(unit.path(base) == _CASE for base in cls.bases)]
    name = unit.fresh("TestCase")
    for cls in cases:
        cls.bases.append(load(name, cls))
    if cases:
        bring(unit, _HOME, "TestCase", name)


class _Module:
    def __init__(self, unit: Unit, cases: list[ast.ClassDef]) -> None:
        self.unit = unit
        self.cases = cases
        self.tools: dict[str, str] = {}

    def tool(self, name: str) -> str:
        """A member of the library module, or `re`, by its name here."""
        return self.tools.setdefault(name, self.unit.fresh(name))

    def rewrite(self, mains: list[ast.Call]) -> None:
        unit = self.unit
        tops = [s for s in unit.tree.body if isinstance(s, FunctionDef)]
        if any(function.name in _OF_MODULE for function in tops):
            raise LeftError
        made: list[ast.stmt] = []
        alone = {s.value for s in unit.every(ast.Expr)}
        if not alone.issuperset(mains):
            raise LeftError
        named = [s for s in unit.tree.body if isinstance(s, ast.ClassDef) and s in self.cases]
        plans = (
            [self._of_class(cls) for cls in sorted(named, key=lambda c: c.name)] if mains else []
        )
        for cls in self.cases:
            self._case(cls)
        if mains:
            made = self._main(plans, mains)
        self._check()
        body = unit.tree.body
        at = next((i for i, s in enumerate(body) if is_main_block(s)), len(body))
        at = min([at, *(i for i, s in enumerate(body) if any(m in trees.walk(s) for m in mains))])
        body[at:at] = made
        self._imports()

    def _case(self, cls: ast.ClassDef) -> None:
        """The class without its base, with its assertions written out."""
        unit = self.unit
        cls.is_test_case = True  # type: ignore[attr-defined]
        cls.bases = [base for base in cls.bases if unit.path(base) != _CASE]
        cls.decorator_list = [d for d in cls.decorator_list if not _is_mark(unit, d)]
        above = {
            s.name for _, c in unit.classes_above(cls) for s in c.body if isinstance(s, FunctionDef)
        }
        for statement in cls.body:
            if isinstance(statement, FunctionDef):
                if statement.name in _OFFERED or statement.name in ("__init__", "__call__"):
                    raise LeftError
                statement.decorator_list = [
                    d for d in statement.decorator_list if not _is_mark(unit, d)
                ]
                first = [*statement.args.posonlyargs, *statement.args.args][:1]
                _Body(self, first[0].arg if first else "", above).visit(statement)
            elif isinstance(statement, ast.Assign):
                if any(
                    isinstance(t, ast.Name) and t.id == "longMessage" for t in statement.targets
                ):
                    raise LeftError

    def _check(self) -> None:
        """Nothing may be left that only the real module has."""
        unit = self.unit
        mine = {
            n
            for cls in self.cases
            for n in trees.walk(cls)
            if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)
            and n.value.id in ("self", "cls", cls.name)
        }  # fmt: skip
        for node in trees.walk(unit.tree):
            if isinstance(node, ast.Attribute) and node.attr in _OFFERED:
                if node.attr not in _COMMON or node in mine:
                    if node.attr != "maxDiff":
                        raise LeftError
            path = unit.path(node)
            if path is not None and path.startswith(f"{_HOME}.") and path != f"{_HOME}.SkipTest":
                raise LeftError

    def _imports(self) -> None:
        for imported in self.unit.every(ast.ImportFrom):
            if imported.module == _HOME and not imported.level:
                for alias in imported.names:
                    if alias.name != "SkipTest":
                        # What is written out takes its place.
                        alias.name, alias.asname = "Runner", alias.asname or alias.name
        for name, alias_name in self.tools.items():
            if name == "re":
                made = ast.Import([ast.alias("re", alias_name)])
                ast.copy_location(made, self.unit.tree.body[0])
                ast.copy_location(made.names[0], made)
                bring(self.unit, _HOME, "Runner", self.unit.fresh("Runner"))
                at = next(
                    i
                    for i, s in enumerate(self.unit.tree.body)
                    if isinstance(s, ast.ImportFrom) and s.module == _HOME
                )
                self.unit.tree.body.insert(at, made)
            else:
                bring(self.unit, _HOME, name, alias_name)

    def _of_class(self, cls: ast.ClassDef) -> list[ast.stmt]:
        """The statements that run the tests of a class, in their order."""
        unit = self.unit
        methods: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = {}
        for each in (cls, *(above for _, above in unit.classes_above(cls))):
            for statement in each.body:
                if isinstance(statement, FunctionDef):
                    methods.setdefault(statement.name, statement)
        tests = sorted(name for name in methods if name.startswith("test"))
        if not tests:
            return []
        where = f"__main__.{cls.name}"
        of_class = _marks(unit, cls.decorator_list)
        calls: list[ast.stmt] = []
        for name in tests:
            method = methods[name]
            if isinstance(method, ast.AsyncFunctionDef) or not _takes_self_alone(method):
                raise LeftError
            marks = of_class + _marks(unit, method.decorator_list)
            calls += self._test(cls, name, method, methods, where, marks)
        if of_class:
            return calls
        enter = f"{cls.name}.setUpClass()" if "setUpClass" in methods else "None"
        leave = f"{cls.name}.tearDownClass()" if "tearDownClass" in methods else "None"
        made = parse_at(
            f"if _portalis_runner.enter({where!r}, lambda: {enter}):\n    _calls\n"
            f"    _portalis_runner.leave({where!r}, lambda: {leave})",
            cls,
        )
        block = made[0]
        assert isinstance(block, ast.If)
        block.body[:1] = calls
        return made

    def _test(
        self, cls: ast.ClassDef, name: str, method: FunctionDef,
        methods: dict[str, FunctionDef], where: str, marks: Sequence[ast.expr],
    ) -> list[ast.stmt]:  # fmt: skip
        case = self.unit.fresh("case")
        doc = (ast.get_docstring(method, clean=False) or "").strip().split("\n")[0].strip()
        shown = f"{name} ({where}.{name})"
        fails = any(self.unit.path(mark) == _FAILURE for mark in marks)
        parts = [
            f"lambda: {case}.{part}()" if part in methods else "lambda: None"
            for part in ("setUp", name, "tearDown")
        ]
        made = parse_at(
            f"{case} = {cls.name}()\n"
            f"_portalis_runner.run({shown!r}, {doc!r}, {fails}, {', '.join(parts)})",
            method,
        )
        for mark in marks:
            if self.unit.path(mark) == _FAILURE:
                continue
            assert isinstance(mark, ast.Call)
            condition, reason = _skip(self.unit, mark)
            test = parse_at(
                f"if _condition:\n    _portalis_runner.skip({shown!r}, {doc!r}, _reason)\n"
                "else:\n    _rest",
                method,
            )[0]
            assert isinstance(test, ast.If)
            test.test = condition
            told = test.body[0]
            assert isinstance(told, ast.Expr)
            assert isinstance(told.value, ast.Call)
            told.value.args[2] = reason
            test.orelse = made
            made = [test]
        return made

    def _main(self, plans: list[list[ast.stmt]], mains: list[ast.Call]) -> list[ast.stmt]:
        name = self.unit.fresh("main")
        runner = self.tool("Runner")
        at = mains[0]
        made = parse_at(
            f"def {name}(_portalis_verbosity, _portalis_stops, _portalis_exits):\n"
            f"    _portalis_runner = {runner}(_portalis_verbosity, _portalis_stops)\n"
            "    _portalis_runner.finish(_portalis_exits)",
            at,
        )
        function = made[0]
        assert isinstance(function, ast.FunctionDef)
        function.body[1:1] = [statement for plan in plans for statement in plan]
        for call in mains:
            given = (
                asserts.bound(call, ())
                if call.args
                else {k.arg or "": k.value for k in call.keywords}
            )
            if not given.keys() <= {"verbosity", "failfast", "exit", "argv", "buffer"}:
                raise LeftError
            argv = given.get("argv")
            if argv is not None and not (isinstance(argv, ast.List) and len(argv.elts) == 1):
                raise LeftError
            # As constants, not as values among which a bool would be some int.
            defaults = (
                ("verbosity", ast.Constant(1)),
                ("failfast", ast.Constant(False)),
                ("exit", ast.Constant(True)),
            )
            call.func = load(name, call.func)
            call.args = [
                given.get(key) or ast.copy_location(default, call) for key, default in defaults
            ]
            call.keywords = []
        return made


def _takes_self_alone(method: FunctionDef) -> bool:
    args = method.args
    required = len(args.posonlyargs) + len(args.args) - len(args.defaults)
    return required == 1 and not any(default is None for default in args.kw_defaults)


def _is_mark(unit: Unit, decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return unit.path(call) in _SKIPS or unit.path(decorator) == _FAILURE


def _marks(unit: Unit, decorators: Sequence[ast.expr]) -> list[ast.expr]:
    """The decorators that say how a test runs; the first is asked last."""
    marks = [d for d in decorators if _is_mark(unit, d)]
    if any(not isinstance(m, ast.Call) and unit.path(m) != _FAILURE for m in marks):
        raise LeftError
    return marks[::-1]


def _skip(unit: Unit, mark: ast.Call) -> tuple[ast.expr, ast.expr]:
    """When a test is skipped, and why."""
    name = unit.path(mark.func)
    params = ("reason",) if name == f"{_HOME}.skip" else ("condition", "reason")
    given = asserts.bound(mark, params)
    if len(given) != len(params) or any(
        isinstance(n, ast.Call) for v in given.values() for n in ast.walk(v)
    ):
        raise LeftError
    always: ast.expr = ast.copy_location(ast.Constant(True), mark)
    condition = copied(given.get("condition", always))
    if name == f"{_HOME}.skipUnless":
        condition = ast.copy_location(ast.UnaryOp(ast.Not(), condition), mark)
    return condition, copied(given["reason"])


class _Body(trees.Transformer):
    """The calls of what `TestCase` offers, in one method of a test case. `me`: its first
    parameter; `above`: the methods of the classes that the program has above."""

    def __init__(self, module: _Module, me: str, above: set[str]) -> None:
        self.module = module
        self.me = me
        self.above = above

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        call = node.value
        if not isinstance(call, ast.Call):
            return node
        if ast.unparse(call.func) in [f"super().{name}" for name in _FIXTURES]:
            assert isinstance(call.func, ast.Attribute)
            known = call.func.attr in self.above
            return node if known else ast.copy_location(ast.Pass(), node)
        name = self._offered(call)
        if name is None:
            return node
        return asserts.statement(self.module.unit, node, call, name, self.module.tool)

    def visit_With(self, node: ast.With) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        item = node.items[0]
        call = item.context_expr
        name = self._offered(call) if isinstance(call, ast.Call) else None
        if name is None:
            return node
        if len(node.items) > 1:
            raise LeftError
        assert isinstance(call, ast.Call)
        target = item.optional_vars
        return asserts.block(self.module.unit, node, call, name, target, self.module.tool)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if self._is_mine(node) and node.attr == "failureException":
            return ast.copy_location(ast.Name("AssertionError", ast.Load()), node)
        return node

    def _offered(self, call: ast.Call) -> str | None:
        func = call.func
        if isinstance(func, ast.Attribute) and self._is_mine(func) and func.attr in _OFFERED:
            return func.attr
        return None

    def _is_mine(self, node: ast.Attribute) -> bool:
        return isinstance(node.value, ast.Name) and node.value.id == self.me
