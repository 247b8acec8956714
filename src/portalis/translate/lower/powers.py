"""Powers that are complex: of a negative constant, to a constant that is no integer.

What only the run can tell (`x ** 0.5`) is a dynamic value in a module that speaks of complex
numbers. In others it is a float, and stops the program where Python would go on with a complex
number.
"""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import COMPLEX
from portalis.translate.ir import nodes as ir
from portalis.translate.lower.context import Frame, as_type, ty_of

# More digits than any float has are not computed with here.
_MOST = 1e300
_REAL = frozenset(("bool", "int", "float", "num"))


def complex_base(node: ast.AST) -> ir.Expr | None:
    """The base of `node`, `a ** b` or `pow(a, b)`, as a complex number, if the power is one."""
    if isinstance(node, ast.BinOp):
        operands = [node.left, node.right]
    elif isinstance(node, ast.Call):
        operands = node.args
    else:
        return None
    base, exponent = (_number(operand) for operand in operands)
    if base is None or exponent is None or base >= 0 or exponent == int(exponent):
        return None
    return ir.Lit(as_type(COMPLEX), complex(base))


def is_open(frame: Frame, left: ir.Expr, right: ir.Expr) -> bool:
    """Whether the run tells if a power is complex, in a module that looks for such."""
    kinds = ty_of(left).kind, ty_of(right).kind
    if kinds[0] not in _REAL or kinds[1] not in ("float", "num"):
        return False
    exponent, base = (v.value if isinstance(v, ir.Lit) else None for v in (right, left))
    if isinstance(exponent, float) and exponent == int(exponent):
        return False
    return not (isinstance(base, (int, float)) and base >= 0) and _speaks_of_complex(frame)


def _speaks_of_complex(frame: Frame) -> bool:
    nodes = frame.module.nodes
    return (
        "complex" in nodes.named()
        or not nodes.attributes().isdisjoint(("imag", "real"))
        or any(isinstance(n.value, complex) for n in nodes.every(ast.Constant))
    )


def _number(node: ast.expr) -> float | None:
    """The value of a signed number, or of a quotient of two."""
    found: float | None = None
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        value = node.value
        assert isinstance(value, (int, float))
        found = float(value) if abs(value) < _MOST else None
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _number(node.operand)
        found = None if inner is None else -inner
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        above, below = _number(node.left), _number(node.right)
        found = above / below if above is not None and below else None
    return found
