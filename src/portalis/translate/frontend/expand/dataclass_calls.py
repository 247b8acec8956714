"""`dataclasses.replace`, `asdict`, `astuple`, `fields`: methods that the classes get."""

from __future__ import annotations

import ast

from portalis.core import syntax, trees
from portalis.translate.frontend.expand.dataclass_shape import Shape, decorator_of, last_name
from portalis.translate.frontend.expand.unit import Unit, parse_at


class Uses(trees.Transformer):
    """Calls of the module's functions become calls of methods that the classes then get."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        path = self.unit.path(node.func)
        if path == "dataclasses.replace" and len(node.args) == 1:
            names = [k.arg for k in node.keywords]
            if None in names:
                return node
            method = "_portalis_replace_" + "_".join(str(n) for n in names)
            wanted_methods(self.unit)[method] = [str(n) for n in names]
            made = ast.Call(ast.Attribute(node.args[0], method, ast.Load()), [], node.keywords)
        elif path in ("dataclasses.asdict", "dataclasses.astuple") and len(node.args) == 1:
            if node.keywords:
                return node
            method = "_portalis_" + path.rpartition(".")[2]
            wanted_methods(self.unit)[method] = []
            made = ast.Call(ast.Attribute(node.args[0], method, ast.Load()), [], [])
        elif path == "dataclasses.fields" and len(node.args) == 1:
            wanted_methods(self.unit)["_portalis_fields"] = []
            made = ast.Call(ast.Attribute(node.args[0], "_portalis_fields", ast.Load()), [], [])
        else:
            return node
        ast.copy_location(made, node)
        ast.copy_location(made.func, node)
        return made


def wanted_methods(unit: Unit) -> dict[str, list[str]]:
    """Methods that some module of the program asks of its dataclasses."""
    first = next(iter(unit.units.values()))
    found: dict[str, list[str]] | None = getattr(first.tree, "dataclass_methods", None)
    if found is None:
        found = {}
        first.tree.dataclass_methods = found  # type: ignore[attr-defined]
    return found


def on_demand(unit: Unit, shape: Shape) -> list[ast.stmt]:
    out: list[ast.stmt] = []
    for method, names in wanted_methods(unit).items():
        if method.startswith("_portalis_replace"):
            out += _replace(shape, method, names)
        elif method == "_portalis_fields":
            items = "".join(f"_PortalisField({f.name!r}), " for f in shape.real)
            out += parse_at(f"@staticmethod\ndef {method}():\n    return ({items})", shape.node)
        elif method == "_portalis_asdict":
            parts = [
                f"{f.name!r}: {_deep(unit, f'self.{f.name}', f.annotation, method)}"
                for f in shape.real
            ]
            out += parse_at(f"def {method}(self):\n    return {{{', '.join(parts)}}}", shape.node)
        else:
            items = "".join(
                _deep(unit, f"self.{f.name}", f.annotation, method) + ", " for f in shape.real
            )
            out += parse_at(f"def {method}(self):\n    return ({items})", shape.node)
    return out


def _replace(shape: Shape, method: str, names: list[str]) -> list[ast.stmt]:
    """Source: CPython's Lib/dataclasses.py (3.11), `replace`."""
    wanted = [f for f in shape.fields.values() if f.init]
    given = {f.name for f in wanted}
    fixed = next((f.name for f in shape.fields.values() if not f.init and f.name in names), None)
    unset = next(
        (f.name for f in wanted if f.is_init_var and f.name not in names and f.default is None),
        None,
    )
    error = ""
    if fixed is not None:
        error = f"field {fixed} is declared with init=False, it cannot be specified with replace()"
    elif unset is not None:
        error = f"InitVar {unset!r} must be specified with replace()"
    head = f"def {method}(self, {', '.join(names)}):\n"
    if error:
        return parse_at(f"{head}    raise ValueError({error!r})", shape.node)
    if not set(names) <= given or any(f.is_init_var and f.name not in names for f in wanted):
        return []
    parts = [f"{f.name}={f.name if f.name in names else 'self.' + f.name}" for f in wanted]
    return parse_at(f"{head}    return {shape.node.name}({', '.join(parts)})", shape.node)


_ATOMS = frozenset(("int", "float", "str", "bool", "bytes", "complex", "None"))
# How a value is copied of which the annotation does not tell enough. Source: CPython's
# Lib/dataclasses.py (3.11), `_asdict_inner`.
_DEEP = """
def _portalis_deep{method}(value):
    if hasattr(value, {method!r}):
        return value.{method}()
    if isinstance(value, list):
        return [_portalis_deep{method}(item) for item in value]
    if isinstance(value, tuple):
        return tuple([_portalis_deep{method}(item) for item in value])
    if isinstance(value, dict):
        return {{_portalis_deep{method}(k): _portalis_deep{method}(v) for k, v in value.items()}}
    if isinstance(value, set):
        return set(value)
    return value
"""


def _by_value(unit: Unit, value: str, method: str) -> str:
    name = f"_portalis_deep{method}"
    body = unit.tree.body
    if not any(isinstance(s, ast.FunctionDef) and s.name == name for s in body):
        at = sum(isinstance(s, ast.ImportFrom) and s.module == "__future__" for s in body[:9])
        at += bool(ast.get_docstring(unit.tree))
        body[at:at] = parse_at(_DEEP.format(method=method), body[0])
    return f"{name}({value})"


def _deep(unit: Unit, value: str, annotation: ast.expr, method: str, depth: int = 0) -> str:
    """How asdict and astuple copy a field, told by its annotation."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = syntax.parse_expression(annotation.value)
    head = last_name(annotation)
    if head in _ATOMS or isinstance(annotation, ast.Constant):
        return value
    found = unit.find_home(annotation)
    if found is not None:
        is_dataclass = decorator_of(*found) is not None or hasattr(found[1], "dataclass_shape")
        return f"{value}.{method}()" if is_dataclass else value
    if isinstance(annotation, ast.BinOp):
        parts = [annotation.left, annotation.right]
        rest = [p for p in parts if not (isinstance(p, ast.Constant) and p.value is None)]
        if len(rest) == 1:
            return _optional(unit, value, rest[0], method, depth)
        return _by_value(unit, value, method)
    if not isinstance(annotation, ast.Subscript):
        return _by_value(unit, value, method)
    args = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
    if head == "Optional":
        return _optional(unit, value, args[0], method, depth)
    item = f"_i{depth}"
    if head in ("list", "List"):
        return f"[{_deep(unit, item, args[0], method, depth + 1)} for {item} in {value}]"
    if head in ("dict", "Dict") and len(args) == 2:
        deep = _deep(unit, item, args[1], method, depth + 1)
        return f"{{_k{depth}: {deep} for _k{depth}, {item} in {value}.items()}}"
    if head in ("set", "Set"):
        return f"set({value})"
    return _by_value(unit, value, method)


def _optional(unit: Unit, value: str, inner: ast.expr, method: str, depth: int) -> str:
    deep = _deep(unit, value, inner, method, depth)
    return value if deep == value else f"({deep} if {value} is not None else None)"
