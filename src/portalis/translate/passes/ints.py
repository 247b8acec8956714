"""Ints that are proven small become `i64`, and their operators native.

`ranges` says what each int may be. A local all of whose values fit 64 bits is
declared `i64`; an operation whose operands and result fit is one machine
instruction. Where an `Int` is asked for, a conversion stands (`Coerce`), and the
other way `saturate`, which is exact for what is proven to fit. Where only a part of an
expression may be larger, it is computed in 128 bits.
"""

from __future__ import annotations

from portalis.translate.ir import nodes as ir
from portalis.translate.ir import types as t
from portalis.translate.ir.gathered import changed, of
from portalis.translate.ir.walk import bodies, locals_in, map_parts
from portalis.translate.passes import callers, ranges
from portalis.translate.passes import interval as iv
from portalis.translate.passes.held import Place, int_places, place_of
from portalis.translate.passes.ranges import Ranges

NATIVE = frozenset(("+", "-", "*", "&", "|", "^"))
COMPARISONS = frozenset(ranges.COMPARISONS)
# Any value that prints does so whatever its representation.
SHOWN = frozenset(("{x}", "{x}.py_str()", "{x}.py_repr()"))
# Floats hold these ints exactly.
EXACT: iv.Interval = (-(1 << 53), 1 << 53)


def run(crate: ir.CrateIR) -> None:
    found = callers.analyse(crate)
    functions = {f.path: f for f in callers.all_functions(crate)}
    small: dict[str, set[ir.Local]] = {}
    # Types first: what stands in one function depends on the others' signatures.
    for path, body in found.bodies.items():
        function = functions[path]
        outer = {x for x in (*function.params, *function.captures) if x not in found.params}
        tracked = body.tracked - outer - taken_along(function)
        small[path] = small_locals(function, body, tracked)
    results = {path for path in found.results if path in small}
    for path, locals_ in small.items():
        for local in locals_:
            local.ty = t.I64
        if path in results:
            functions[path].result = t.I64
    places = int_places(crate)
    for place in found.places:
        places[place].ty = t.I64
    called = functions | {new: functions[init] for new, init in callers.constructors(crate).items()}
    rewritten = [path for path in small if path not in found.idle]
    for path in rewritten:
        rewriter = _Rewriter(called, path, found.bodies[path], small[path], found.places)
        rewriter.block(functions[path].body)
    changed(functions[path] for path in rewritten)


def taken_along(function: ir.FunctionDef) -> set[ir.Local]:
    """Locals that other functions capture; their types are said there, too."""
    out: set[ir.Local] = set()
    for call in of(function, ir.Call):
        out.update(call.captures)
    for value in of(function, ir.FunctionValue):
        out.update(value.captures)
    for made in of(function, ir.DynamicFunction):
        out.update(locals_in(made))
    return out


def small_locals(function: ir.FunctionDef, found: Ranges, tracked: set[ir.Local]) -> set[ir.Local]:
    """Locals all of whose values fit 64 bits; parameters start with what calls give."""
    values = {p: found.given[p] for p in function.params if p in tracked and p in found.given}
    stores: list[tuple[ir.Local, ir.Stmt]] = [
        *((node.local, node) for node in of(function, ir.Declare)),
        *((node.local, node) for node in of(function, ir.Assign)),
        *((node.target, node) for node in of(function, ir.For)),
    ]
    for local, node in stores:
        stored = found.stored.get(node)
        if stored is not None and local in tracked:
            values[local] = iv.join(values.get(local, stored), stored)
    return {x for x, value in values.items() if iv.within(value, iv.I64)}


def literal(node: ir.Expr) -> bool:
    return (
        isinstance(node, ir.Lit)
        and isinstance(node.value, int)
        and iv.within(iv.point(node.value), iv.I64)
    )


def native(node: ir.Expr) -> bool:
    """Is, or may as well be, an `i64`."""
    return node.ty.kind == "i64" or literal(node)


def to_int(node: ir.Expr) -> ir.Expr:
    if node.ty.kind == "i64":
        return ir.Coerce(t.INT, node, t.I64)
    if node.ty.kind != "wide":
        return node
    if isinstance(node, ir.Op) and node.name in NATIVE:
        left, right = (o.value for o in node.operands.values())
        if (a := narrow(left)) is not None and (b := narrow(right)) is not None:
            # Only the result may be large.
            return fresh_op(t.INT, f"(Int::Small({{a}}) {node.name} {{b}})", a, b, node.name)
    return ir.Coerce(t.INT, node, t.WIDE)


def to_i64(node: ir.Expr) -> ir.Expr:
    """`node` as an `i64`; it was proven to fit."""
    if node.ty.kind == "i64":
        return node
    if node.ty.kind == "wide":
        return ir.Op(t.I64, "(({x}) as i64)", {"x": ir.Operand(node)}, False, pure=True)
    if isinstance(node, ir.Lit):
        return ir.Lit(t.I64, node.value)
    return ir.Op(t.I64, "{x}.saturate()", {"x": ir.Operand(node, "ref")}, False, pure=True)


def to_wide(node: ir.Expr) -> ir.Expr:
    """An `i64`, or a literal that is one, or what is wide, with room above it."""
    if node.ty.kind == "wide":
        return node
    return ir.Op(t.WIDE, WIDENED, {"x": ir.Operand(to_i64(node))}, False, pure=True)


def narrow(node: ir.Expr) -> ir.Expr | None:
    """The `i64` that `node` widens."""
    if isinstance(node, ir.Op) and node.template == WIDENED:
        return node.operands["x"].value
    return None


def power_of_two(name: str, left: ir.Expr, right: ir.Expr) -> ir.Expr | None:
    """A wide quotient or remainder by `2**k`, rounded down as a shift rounds."""
    size = right.value if isinstance(right, ir.Lit) else 0
    if not isinstance(size, int) or size <= 0 or size & (size - 1):
        return None
    ty, template = (
        (t.WIDE, f"({{a}} >> {size.bit_length() - 1})")
        if name == "//"
        else (t.I64, f"(({{a}} & {size - 1}) as i64)")
    )
    return ir.Op(ty, template, {"a": ir.Operand(left)}, False, {}, name, True)


class _Rewriter:
    def __init__(
        self,
        functions: dict[str, ir.FunctionDef],
        path: str,
        found: Ranges,
        small: set[ir.Local],
        places: set[Place],
    ) -> None:
        self.functions = functions
        self.function = functions[path]
        self.found = found
        self.small = small
        self.places = places
        self.fresh = 0

    def fits(self, node: ir.Expr) -> bool:
        return iv.within(self.found.fact(node), iv.I64)

    # -- statements
    def block(self, body: list[ir.Stmt]) -> None:
        for node in body:
            self.statement(node)

    def statement(self, node: ir.Stmt) -> None:
        if isinstance(node, (ir.Assign, ir.Declare)) and node.local in self.small:
            if node.value is not None:
                node.value = to_i64(self.expr(node.value))
            return
        if isinstance(node, ir.Return) and self.function.result.kind == "i64":
            assert node.value is not None
            node.value = to_i64(self.expr(node.value))
            return
        if isinstance(node, (ir.SetField, ir.SetGlobal)) and place_of(node) in self.places:
            if isinstance(node, ir.SetField):
                node.obj = self.same(node.obj)
            node.value = to_i64(self.expr(node.value))
            return
        if isinstance(node, ir.For):
            self.loop(node)
            return
        map_parts(node, self.same)
        for body in bodies(node):
            self.block(body)

    def loop(self, node: ir.For) -> None:
        value = node.iterable
        if isinstance(value, ir.Op) and value.name == "range" and value.ty.kind == "range":
            self.range_bounds(value)
        else:
            node.iterable = self.same(value)
        for body in bodies(node):
            self.block(body)
        if node.target in self.small and value.ty.kind != "range":
            self.fresh += 1
            item = ir.Local(f"{node.target.name}_int{self.fresh}", t.INT)
            declared = ir.Declare(node.line, node.target, to_i64(ir.Var(t.INT, item)))
            node.body.insert(0, declared)
            node.target = item

    def range_bounds(self, value: ir.Op) -> None:
        """All of them `i64`, or all `Int`. A stop beyond 64 bits is never reached."""
        operands = list(value.operands.values())
        fit = [self.fits(o.value) for o in operands]
        parts = [self.expr(o.value) for o in operands]
        stop = min(1, len(parts) - 1)
        fit[stop] = True
        for operand, part in zip(operands, parts, strict=True):
            operand.value = to_i64(part) if all(fit) else to_int(part)

    # -- expressions
    def same(self, node: ir.Expr) -> ir.Expr:
        """Rewritten, in the representation that it had."""
        wanted = node.ty.kind
        made = self.expr(node)
        return to_int(made) if wanted == "int" else made

    def expr(self, node: ir.Expr) -> ir.Expr:
        """Rewritten; an int in the representation that it has anyway."""
        fits = self.fits(node)
        made = self.wide(node)
        if made.ty.kind != "wide":
            return made
        return to_i64(made) if fits else to_int(made)

    def wide(self, node: ir.Expr) -> ir.Expr:
        """As `expr`; what is computed in 128 bits is left as it is."""
        match node:
            case ir.Lit():
                return node
            case ir.Var():
                node.ty = node.local.ty
                return node
            case ir.Coerce():
                return self.coerce(node)
            case ir.IfExp() if node.ty.kind == "int":
                return self.if_exp(node)
            case ir.Block():
                self.block(node.body)
                node.value = (
                    self.expr(node.value) if node.ty.kind == "int" else self.same(node.value)
                )
                node.ty = node.value.ty
                return node
            case ir.Op():
                return self.operation(node)
            case ir.Call() if node.path in self.functions:
                return self.call(node)
            case ir.FieldGet() | ir.GlobalGet() if place_of(node) in self.places:
                map_parts(node, self.same)
                node.ty = t.I64
                return node
        map_parts(node, self.same)
        for body in bodies(node):
            self.block(body)
        return node

    def call(self, node: ir.Call) -> ir.Expr:
        callee = self.functions[node.path]
        for i, param in enumerate(callee.params[len(callee.params) - len(node.args) :]):
            arg = node.args[i]
            node.args[i] = to_i64(self.expr(arg)) if param.ty.kind == "i64" else self.same(arg)
        if callee.result.kind == "i64" and node.ty.kind == "int":
            node.ty = t.I64
        return node

    def coerce(self, node: ir.Coerce) -> ir.Expr:
        source, target = node.source.kind, node.ty.kind
        value = node.value
        fits = self.fits(value)
        node.value = self.wide(value)
        if node.value.ty.kind == "wide":
            if target == "float":
                operand = {"x": ir.Operand(node.value)}
                return ir.Op(t.FLOAT, "int::wide_to_f64({x})", operand, False, pure=True)
            node.value = to_i64(node.value) if fits else to_int(node.value)
        if source == "i64" and target == "int":
            return node.value
        if source == "bool" and target == "int":
            node.ty = t.I64
            return node
        if source != "int":
            return node
        if target == "float" and fits and not isinstance(value, ir.Lit):
            node.value = to_i64(node.value)
        if node.value.ty.kind == "i64":
            if target in ("value", "opt"):
                node.value = to_int(node.value)
            else:
                node.source = t.I64
        return node

    def if_exp(self, node: ir.IfExp) -> ir.Expr:
        fits = self.fits(node)
        node.test = self.same(node.test)
        then, other = self.expr(node.then), self.expr(node.other)
        if fits and "i64" in (then.ty.kind, other.ty.kind):
            node.then, node.other, node.ty = to_i64(then), to_i64(other), t.I64
        else:
            node.then, node.other = to_int(then), to_int(other)
        return node

    def operation(self, node: ir.Op) -> ir.Expr:
        operands = list(node.operands.values())
        values = [o.value for o in operands]
        if values and all(v.ty.kind in ("int", "i64") for v in values):
            made = None
            if len(values) == 2:
                made = self.binary(node, values[0], values[1])
            elif len(values) == 1:
                made = self.unary(node, values[0])
            if made is not None:
                return made
        for operand in operands:
            self.operand(operand)
        return node

    def operand(self, operand: ir.Operand) -> None:
        value = operand.value
        if operand.mode == "shows" and isinstance(value, ir.TupleLit):
            value.items = [self.expr(i) for i in value.items]
        elif operand.mode in ("i64", "index"):
            operand.value = self.expr(value)
        else:
            operand.value = self.same(value)

    def binary(self, node: ir.Op, a: ir.Expr, b: ir.Expr) -> ir.Expr | None:
        name = node.name
        if name not in NATIVE and name not in COMPARISONS and name not in OTHER_BINARY:
            return None
        facts = self.found.fact(a), self.found.fact(b)
        fits = self.fits(node)
        left, right = self.wide(a), self.wide(b)
        if "wide" in (left.ty.kind, right.ty.kind):
            made = self.wide_binary(node, left, right, facts[1])
            if made is not None:
                return made
            left, right = self.expr_of(left, facts[0]), self.expr_of(right, facts[1])
        if name in COMPARISONS:
            if native(left) and native(right):
                return fresh_op(t.BOOL, f"({{a}} {name} {{b}})", left, right, name)
            return self.keep(node, left, right)
        if name == "/":
            return self.true_division(node, left, right, facts)
        if name in ("//", "%"):
            return self.division(node, left, right, facts)
        both = all(iv.within(f, iv.I64) for f in facts)
        template = self.native_form(node, left, right, facts[1]) if both and fits else ""
        if template:
            return fresh_op(t.I64, template, left, right, name)
        if name in NATIVE and native(left) and native(right):
            return wide_op(t.WIDE, f"({{a}} {name} {{b}})", left, right, name)
        return self.keep(node, left, right)

    @staticmethod
    def expr_of(node: ir.Expr, fact: iv.Interval) -> ir.Expr:
        """What `wide` made, as `expr` would."""
        if node.ty.kind != "wide":
            return node
        return to_i64(node) if iv.within(fact, iv.I64) else to_int(node)

    def wide_binary(
        self, node: ir.Op, left: ir.Expr, right: ir.Expr, second: iv.Interval
    ) -> ir.Expr | None:
        """An operation of which an operand may be larger than 64 bits; None: in 128 it is
        not known to fit, or does not pay."""
        name = node.name
        if not all(x.ty.kind == "wide" or native(x) for x in (left, right)):
            return None
        if name in COMPARISONS:
            return wide_op(t.BOOL, f"({{a}} {name} {{b}})", left, right, name)
        if name in NATIVE and iv.within(self.found.fact(node), iv.I128):
            return wide_op(t.WIDE, f"({{a}} {name} {{b}})", left, right, name)
        if name in WIDE_DIVISION and native(right) and not second[0] <= 0 <= second[1]:
            if (by_bits := power_of_two(name, left, right)) is not None:
                return by_bits
            ty, template = WIDE_DIVISION[name]
            operands = {"a": ir.Operand(left), "b": ir.Operand(to_i64(right))}
            return ir.Op(ty, template, operands, False, {}, name, True)
        return None

    @staticmethod
    def native_form(node: ir.Op, left: ir.Expr, right: ir.Expr, second: iv.Interval) -> str:
        """The operation on two i64 whose result fits; empty: it does not pay."""
        name = node.name
        if name in SHIFTS:
            return f"({{a}} {name} {{b}})" if iv.within(second, SHIFTS[name]) else ""
        if name == "**nonneg":
            return "i64::pow({a}, {b})" if isinstance(right, ir.Lit) else ""
        if not (native(left) or native(right)):
            return ""
        return f"({{a}}).{name}({{b}})" if name in ("min", "max") else f"({{a}} {name} {{b}})"

    @staticmethod
    def keep(node: ir.Op, left: ir.Expr, right: ir.Expr) -> ir.Expr:
        """The operation on `Int`s; emission hands small operands over as they are."""
        first, second = node.operands.values()
        first.value, second.value = to_int(left), to_int(right)
        return node

    def division(
        self, node: ir.Op, left: ir.Expr, right: ir.Expr, facts: tuple[iv.Interval, iv.Interval]
    ) -> ir.Expr:
        fa, fb = facts
        whole = "floordiv" if node.name == "//" else "pymod"
        if not native(right) or (node.name == "//" and fb[0] <= -1 <= fb[1]):
            return self.keep(node, left, right)
        if not (native(left) or iv.within(fa, iv.I64)):
            ty = t.INT if node.name == "//" else t.I64
            made = fresh_op(ty, f"int::{whole}_small({{a}}, {{b}})", left, right, node.name, "ref")
            made.raises = True
            return made
        if fb[0] <= 0 <= fb[1]:
            made = fresh_op(t.I64, f"int::{whole}_i64({{a}}, {{b}})", left, right, node.name)
            made.raises = True
            return made
        if fa[0] >= 0 and fb[0] > 0:
            sign = "/" if node.name == "//" else "%"
            return fresh_op(t.I64, f"({{a}} {sign} {{b}})", left, right, node.name)
        return fresh_op(t.I64, f"int::{whole}_by({{a}}, {{b}})", left, right, node.name)

    def true_division(
        self, node: ir.Op, left: ir.Expr, right: ir.Expr, facts: tuple[iv.Interval, iv.Interval]
    ) -> ir.Expr:
        fa, fb = facts
        if not (native(left) and native(right)):
            return self.keep(node, left, right)
        if iv.within(fa, EXACT) and iv.within(fb, EXACT) and not fb[0] <= 0 <= fb[1]:
            return fresh_op(t.FLOAT, "(({a}) as f64 / ({b}) as f64)", left, right, "")
        made = fresh_op(t.FLOAT, "int::truediv_i64({a}, {b})", left, right, "")
        made.raises = True
        return made

    def unary(self, node: ir.Op, a: ir.Expr) -> ir.Expr | None:
        (operand,) = node.operands.values()
        fits = self.fits(node)
        if node.template in SHOWN and operand.mode in ("ref", "recv") and node.ty.kind == "str":
            operand.value = self.expr(a)
            return node
        template = UNARY.get(node.name)
        if template is None or operand.mode not in ("own", "ref", "recv"):
            return None
        value = self.expr(a)
        (name,) = node.operands
        if value.ty.kind == "i64" and (fits or node.ty.kind != "int"):
            ty = t.I64 if node.ty.kind == "int" else node.ty
            return ir.Op(ty, template, {"a": ir.Operand(value)}, False, {}, node.name, True)
        node.operands = {name: ir.Operand(to_int(value), operand.mode)}
        return node


WIDENED = "({x} as i128)"
WIDE_DIVISION = {
    "//": (t.WIDE, "int::wide_floordiv({a}, {b})"),
    "%": (t.I64, "int::wide_mod({a}, {b})"),
}
SHIFTS: dict[str, iv.Interval] = {"<<": (0, 62), ">>": (0, 63)}
OTHER_BINARY = frozenset(("//", "%", "/", "<<", ">>", "**nonneg", "min", "max"))
UNARY = {
    "neg": "(-({a}))",
    "abs": "i64::abs({a})",
    "pos": "{a}",
    "int": "{a}",
    "invert": "(!({a}))",
    "truth": "({a} != 0)",
    "bool": "({a} != 0)",
    "float": "(({a}) as f64)",
}


def wide_op(ty: t.Type, template: str, a: ir.Expr, b: ir.Expr, name: str) -> ir.Op:
    operands = {"a": ir.Operand(to_wide(a)), "b": ir.Operand(to_wide(b))}
    return ir.Op(ty, template, operands, False, {}, name, True)


def fresh_op(
    ty: t.Type, template: str, a: ir.Expr, b: ir.Expr, name: str, first: str = "own"
) -> ir.Op:
    operands = {
        "a": ir.Operand(to_i64(a) if first == "own" else a, first),
        "b": ir.Operand(to_i64(b)),
    }
    return ir.Op(ty, template, operands, False, {}, name, True)
