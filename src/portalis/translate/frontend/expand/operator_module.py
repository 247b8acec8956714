"""`operator` functions and `functools.partial` as the lambdas that they amount to.

`operator.add` is `lambda a, b: a + b`, `itemgetter(1)` is `lambda obj: obj[1]`, and
`partial(f, 1)` of a function of the module is a lambda over the parameters that are left.
"""

from __future__ import annotations

import ast
import itertools

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Members, Unit, copied, expr_at, is_constant

_TWO = {
    "add": "a + b", "concat": "a + b", "sub": "a - b", "mul": "a * b", "truediv": "a / b",
    "floordiv": "a // b", "mod": "a % b", "pow": "a ** b", "lshift": "a << b",
    "rshift": "a >> b", "and_": "a & b", "or_": "a | b", "xor": "a ^ b", "matmul": "a @ b",
    "lt": "a < b", "le": "a <= b", "eq": "a == b", "ne": "a != b", "gt": "a > b", "ge": "a >= b",
    "contains": "b in a", "getitem": "a[b]", "is_": "a is b", "is_not": "a is not b",
}  # fmt: skip
_ONE = {
    "neg": "-a", "pos": "+a", "invert": "~a", "inv": "~a", "not_": "not a", "truth": "bool(a)",
    "abs": "abs(a)",
}  # fmt: skip
_MEMBERS = Members(
    (
        *(f"operator.{n}" for n in (*_TWO, *_ONE, "methodcaller", "itemgetter", "attrgetter")),
        "functools.partial",
        "itertools.chain",
    )
)
# What is left to give to a partial of a builtin.
_BUILTINS = {"int": "x", "print": "*args", "round": "x", "str": "x", "float": "x"}


def expand(unit: Unit) -> bool:
    if not unit.names(_MEMBERS):
        return False
    expansion = _Expansion(unit)
    expansion.visit(unit.tree)
    return expansion.done


class _Expansion(trees.Transformer):
    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.done = False
        self.functions: dict[str, list[ast.FunctionDef]] = {}
        for node in unit.every(ast.FunctionDef):
            self.functions.setdefault(node.name, []).append(node)
        self.looked_into = _partials_looked_into(unit)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        path = self.unit.path(node.func) or ""
        module, _, name = path.rpartition(".")
        if module == "operator":
            made = self._called(node, name)
            if made is not None:
                self.done = True
                return self.generic_visit(made)
        if path == "functools.partial" and not self.looked_into:
            made = self._partial(node)
            if made is not None:
                self.done = True
                return self.generic_visit(made)
        if path == "itertools.chain" and any(isinstance(a, ast.Starred) for a in node.args):
            self.done = True
            return self.generic_visit(_chained(node))
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._named(node) if isinstance(node.ctx, ast.Load) else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        made = self._named(node) if isinstance(node.ctx, ast.Load) else node
        return made if made is not node else self.generic_visit(node)

    def _named(self, node: ast.expr) -> ast.expr:
        """A function of the module that is not called here."""
        module, _, name = (self.unit.path(node) or "").rpartition(".")
        if module != "operator" or (name not in _TWO and name not in _ONE):
            return node
        self.done = True
        if name in _TWO:
            return expr_at(f"lambda a, b: {_TWO[name]}", node)
        return expr_at(f"lambda a: {_ONE[name]}", node)

    def _called(self, node: ast.Call, name: str) -> ast.expr | None:
        plain = not node.keywords and not any(isinstance(a, ast.Starred) for a in node.args)
        if not plain or not node.args:
            return None
        if name == "methodcaller" and all(is_constant(a) for a in node.args):
            method = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            if not isinstance(method, str):
                return None
            rest = ", ".join(ast.unparse(a) for a in node.args[1:])
            return expr_at(f"lambda obj: obj.{method}({rest})", node)
        if name == "itemgetter" and all(is_constant(a) for a in node.args):
            return _getter([f"obj[{ast.unparse(a)}]" for a in node.args], node)
        if name == "attrgetter":
            values = [a.value for a in node.args if isinstance(a, ast.Constant)]
            names = [v for v in values if isinstance(v, str)]
            if len(names) == len(node.args):
                return _getter([f"obj.{n}" for n in names], node)
            return None
        text = _TWO.get(name) if len(node.args) == 2 else _ONE.get(name)
        if text is None or name == "contains" or len(node.args) > 2:
            return None
        made = expr_at(text, node)
        holes = dict(zip(("a", "b"), node.args, strict=False))
        return _Filled(holes).visit(made)  # type: ignore[no-any-return]

    def _partial(self, node: ast.Call) -> ast.expr | None:
        if not node.args or any(isinstance(a, ast.Starred) for a in node.args):
            return None
        if any(k.arg is None for k in node.keywords):
            return None
        target, *given = node.args
        if not isinstance(target, ast.Name):
            return None
        if self.unit.is_builtin(target, *_BUILTINS):
            left = _BUILTINS[target.id]
            if not all(is_constant(k.value) for k in node.keywords) or given:
                return None
            keywords = "".join(f", {k.arg}={ast.unparse(k.value)}" for k in node.keywords)
            return expr_at(f"lambda {left}: {target.id}({left}{keywords})", node)
        found = self.functions.get(target.id, [])
        if len(found) != 1:
            return None
        args = found[0].args
        if args.vararg or args.kwarg or args.posonlyargs or len(given) > len(args.args):
            return None
        return _bound(node, found[0], given)


def _partials_looked_into(unit: Unit) -> bool:
    """Whether the module asks a partial for what it is made of."""
    kept: set[str] = set()
    for node in unit.every(ast.Assign):
        if isinstance(node.value, ast.Call) and unit.path(node.value.func) == "functools.partial":
            kept |= {ast.unparse(t) for t in node.targets}
    return any(
        n.attr in ("func", "keywords") or (n.attr == "args" and ast.unparse(n.value) in kept)
        for n in unit.every(ast.Attribute)
    )


def _chained(node: ast.Call) -> ast.Call:
    """`chain(*xs)` walks xs once, before it chains."""
    function = ast.copy_location(ast.Attribute(node.func, "from_iterable", ast.Load()), node)
    made = expr_at("[*_]", node)
    assert isinstance(made, ast.List)
    made.elts = node.args
    return ast.copy_location(ast.Call(function, [made], node.keywords), node)


def _bound(node: ast.Call, function: ast.FunctionDef, given: list[ast.expr]) -> ast.expr | None:
    """The lambda over what a partial leaves of a function's parameters."""
    args = function.args
    defaults: dict[str, ast.expr] = {}
    positional = [a.arg for a in args.args]
    if args.defaults:
        defaults.update(zip(positional[-len(args.defaults) :], args.defaults, strict=True))
    for keyword, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        if default is not None:
            defaults[keyword.arg] = default
    fixed = {k.arg: k.value for k in node.keywords if k.arg is not None}
    names = [*positional[len(given) :], *(a.arg for a in args.kwonlyargs)]
    if not fixed.keys() <= set(names):
        return None
    values = {n: fixed.get(n) or defaults.get(n) for n in names}
    if any(n not in fixed and v is not None and not is_constant(v) for n, v in values.items()):
        return None
    # No position reaches a parameter that is fixed by name, nor one behind it.
    reached = list(itertools.takewhile(lambda n: n not in fixed, positional[len(given) :]))
    bound = [f"_given_{i}" for i in range(len(given))]
    by_name = [n for n in names if n not in reached]
    values |= dict(zip(bound, given, strict=True))
    params = [n if values[n] is None else f"{n}=None" for n in (*reached, *by_name, *bound)]
    if by_name or bound:
        params.insert(len(reached), "*")
    passed = [*bound, *(f"{n}={n}" for n in names)]
    made = expr_at(f"lambda {', '.join(params)}: {function.name}({', '.join(passed)})", node)
    assert isinstance(made, ast.Lambda)
    made.args.defaults = [copied(v) for n in reached if (v := values[n]) is not None]
    made.args.kw_defaults = [
        copied(v) if (v := values[n]) is not None else None for n in (*by_name, *bound)
    ]
    return made


def _getter(parts: list[str], node: ast.AST) -> ast.expr:
    body = parts[0] if len(parts) == 1 else f"({', '.join(parts)})"
    return expr_at(f"lambda obj: {body}", node)


class _Filled(trees.Transformer):
    """Puts the operands where the text had `a` and `b`."""

    def __init__(self, operands: dict[str, ast.expr]) -> None:
        self.operands = operands

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.operands.get(node.id, node)
