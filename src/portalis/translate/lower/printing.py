"""`print`: its parts are shown, not passed; what is printed to an object is written by it."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import BOOL, NONE, STR, VALUE, Ty
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import attribute, call, iteration, narrowing, row_calls, special
from portalis.translate.lower.coerce import coerce, diverge, none
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given
from portalis.translate.lower.match_rows import item_of


def print_(frame: Frame, node: ast.Call) -> ir.Expr:
    keywords = {k.arg: k.value for k in node.keywords}
    for keyword in keywords:
        if keyword not in ("sep", "end", "file", "flush"):
            raise Refusal("PT301", node, f"print does not take {keyword or '**'}")
    starred = any(isinstance(a, ast.Starred) for a in node.args)
    stderr = False
    if "file" in keywords:
        path = attribute.library_path(frame, keywords["file"])
        constant = keywords["file"]
        if path == "sys.stderr":
            stderr = True
        elif path != "sys.stdout" and not (
            isinstance(constant, ast.Constant) and constant.value is None
        ):
            return _print_to_object(frame, node, keywords, frame.expr(constant))
    if starred:
        parts = ir.Operand(_shown_list(frame, node), "ref")
        form = "print_strs({parts}, {sep}, {end}, {stderr}, {flush})"
    else:
        items = [frame.expr(a) for a in node.args]
        if any(ty_of(i).kind == "never" for i in items):
            return diverge(*items)
        parts = ir.Operand(ir.TupleLit(as_type(NONE), items), "shows", lends=True)
        form = "print_to(&[{parts}], {sep}, {end}, {stderr}, {flush})"
        if not (set(keywords) - {"file"}) and not stderr:
            return ir.Op(as_type(NONE), "print(&[{parts}])", {"parts": parts}, True, name="print")
    operands = {
        "parts": parts,
        "stderr": ir.Operand(ir.Lit(as_type(BOOL), stderr)),
        "flush": ir.Operand(_keyword(frame, keywords.get("flush"), ir.Lit(as_type(BOOL), False))),
    }
    for name in ("sep", "end"):
        value = _keyword(frame, keywords.get(name), none())
        if ty_of(value).kind == "none":
            operands[name] = ir.Operand(value, "rust_none")
        else:
            operands[name] = ir.Operand(coerce(frame, value, STR.or_none()), "optref")
    return ir.Op(as_type(NONE), form, operands, True, name="print")


def _print_to_object(
    frame: Frame, node: ast.Call, keywords: dict[str | None, ast.expr], file: ir.Expr
) -> ir.Expr:
    """`print(…, file=f)`: each piece is written by the object's own `write`; None is the
    standard output."""
    ty = ty_of(file)
    if ty.kind == "never":
        return diverge(file)
    if ty.kind == "union":
        file = coerce(frame, file, VALUE)
        ty = VALUE
    starred = any(isinstance(a, ast.Starred) for a in node.args)
    if ty.kind not in ("inst", "value", "none") or starred or None in keywords:
        raise Refusal("PT203", node, "print to this file object is not translated")
    if "flush" in keywords and (ty.cls is None or not ty.cls.module.is_library):
        raise Refusal("PT203", node, "print to this file object with flush is not translated")
    local = frame.temp(ty, "file")
    body: list[ir.Stmt] = [ir.Declare(frame.line, local, file)]
    values: list[ir.Expr] = []
    for arg in node.args:
        value = frame.expr(arg)
        if ty_of(value).kind == "never":
            return diverge(value)
        held = frame.temp(ty_of(value), "shown")
        body.append(ir.Declare(frame.line, held, value))
        values.append(ir.Var(held.ty, held))
    ends: dict[str, ir.Expr] = {}
    for name, default in (("sep", " "), ("end", "\n")):
        value = _keyword(frame, keywords.get(name), none())
        if ty_of(value).kind == "none":
            value = ir.Lit(as_type(STR), default)
        held = frame.temp(STR, name)
        body.append(ir.Declare(frame.line, held, coerce(frame, value, STR)))
        ends[name] = ir.Var(held.ty, held)
    me = ir.Var(local.ty, local)
    if ty.kind == "none":
        return ir.Block(as_type(NONE), [*body, _to_stdout(frame, values, ends)], none())
    writes = _writes(frame, node, me, values, ends)
    if ty.optional or ty.kind == "value":
        plain: list[ir.Stmt] = [_to_stdout(frame, values, ends)]
        writes = [ir.If(frame.line, narrowing.is_none(frame, me), plain, writes)]
    return ir.Block(as_type(NONE), [*body, *writes], none())


def _to_stdout(frame: Frame, values: list[ir.Expr], ends: dict[str, ir.Expr]) -> ir.Stmt:
    operands = {"parts": ir.Operand(ir.TupleLit(as_type(NONE), values), "shows", lends=True)}
    for name, value in ends.items():
        operands[name] = ir.Operand(coerce(frame, value, STR.or_none()), "optref")
    form = "print_to(&[{parts}], {sep}, {end}, false, false)"
    return ir.Eval(frame.line, ir.Op(as_type(NONE), form, operands, True, name="print"))


def _writes(
    frame: Frame, node: ast.Call, file: ir.Expr, values: list[ir.Expr], ends: dict[str, ir.Expr]
) -> list[ir.Stmt]:
    written: list[ir.Expr] = []
    for value in values:
        piece = special.text_of(frame, node, value)
        written += [ends["sep"], piece] if written else [piece]
    ty = ty_of(file)
    if ty.optional:
        file = coerce(frame, file, ty.required())
    out: list[ir.Stmt] = []
    for piece in (*written, ends["end"]):
        if ty.kind == "value":
            made = call.dynamic_method(frame, node, file, "write", Given([piece]))
        else:
            made = call.method_exprs(frame, node, file, "write", [piece])
        out.append(ir.Eval(frame.line, made))
    return out


def _keyword(frame: Frame, node: ast.expr | None, default: ir.Expr) -> ir.Expr:
    return frame.expr(node) if node is not None else default


def _shown_list(frame: Frame, node: ast.Call) -> ir.Expr:
    """`print(*xs, y)`: each item as text."""
    cell = frame.site(node, "shown")
    frame.flow(STR, cell)
    listed = Ty("list", (cell,))
    out = frame.temp(listed, "shown")
    me = ir.Var(out.ty, out)
    body: list[ir.Stmt] = [ir.Declare(frame.line, out, ir.ListLit(as_type(listed), []))]

    def push(value: ir.Expr) -> ir.Stmt:
        text = row_calls.builtin(frame, node, "str", [value])
        return ir.Eval(frame.line, row_calls.method(frame, node, "list.append", me, [text]))

    for arg in node.args:
        if isinstance(arg, ast.Starred):
            source = iteration.iterable(frame, arg, frame.expr(arg.value))

            item = item_of(frame, ty_of(source))
            if item is None or item.kind == "never":
                body.append(ir.Eval(frame.line, source))
                continue
            local = frame.temp(item, "item")
            body.append(
                ir.For(
                    frame.line,
                    frame.label("show"),
                    local,
                    source,
                    [push(ir.Var(local.ty, local))],
                    [],
                )
            )
        else:
            body.append(push(frame.expr(arg)))
    return ir.Block(as_type(listed), body, me)
