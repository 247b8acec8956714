"""Conditions: a bool expression, and what is known where it held or failed."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.named_tuple import AS_TUPLE
from portalis.translate.frontend.lattice import ATOMS, BOOL, OBJECTS, STR, VALUE, Ty, union_of
from portalis.translate.frontend.program import Class, Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    assign,
    attribute,
    class_attributes,
    class_identity,
    comparing,
    row_calls,
    structural,
    unions,
)
from portalis.translate.lower.coerce import coerce, diverge
from portalis.translate.lower.context import Frame, as_type, instance_of, ty_of
from portalis.translate.rows.dyn_rows import LIBRARY_CLASSES

Facts = dict[Variable, Ty]


def true(value: bool) -> ir.Lit:
    return ir.Lit(as_type(BOOL), value)


def narrowed(frame: Frame, value: ir.Expr, known: Ty) -> ir.Expr:
    """A variable's value where more is known than its slot says."""
    ty = ty_of(value)
    if ty.same(known) or ty.kind == "never" or known.kind == "never":
        return value
    if ty.optional and not known.optional and known.kind != "none":
        bare = ty.required()
        value = ir.Coerce(as_type(bare), value, as_type(ty))
        ty = bare
    if ty.kind == "value" and known.kind not in ("value", "none"):
        return ir.Coerce(as_type(known), value, as_type(ty))
    if ty.kind == "num" and known.kind in ("int", "float"):
        return ir.Coerce(as_type(known), value, as_type(ty))
    if ty.kind == "inst" and known.kind == "inst" and ty.cls is not known.cls:
        return ir.Coerce(as_type(known), value, as_type(ty))
    if ty.kind == "exc" and known.kind == "inst":
        return ir.Coerce(as_type(known), value, as_type(ty))
    if ty.kind == "union" and known.kind in OBJECTS:
        roots = {c.root for c in ty.members}
        if all(c.root in roots for c in known.classes()):
            return ir.Coerce(as_type(known), value, as_type(ty))
    return value


def test(frame: Frame, node: ast.expr) -> tuple[ir.Expr, Facts, Facts]:
    """(bool expression, facts where true, facts where false)."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        condition, yes, no = test(frame, node.operand)
        if isinstance(condition, ir.Lit):
            return true(not condition.value), no, yes
        return ir.Not(as_type(BOOL), condition), no, yes
    if isinstance(node, ast.BoolOp):
        return _bool_op(frame, node)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        found = _none_test(frame, node)
        if found is not None:
            return found
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 2:
        if frame.engine.program.names.get(node.func) == "isinstance":
            return _isinstance(frame, node)
    if isinstance(node, ast.Compare):
        found = _class_test(frame, node)
        if found is not None:
            return found
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        found = _predicate(frame, node, node.func)
        if found is not None:
            return found
    if _is_binding(node):
        return _binding(frame, node)
    value = frame.expr(node)
    known: Facts = {}
    subject = node.target if isinstance(node, ast.NamedExpr) else node
    variable = _variable(frame, subject)
    ty = ty_of(value)
    if variable is not None and ty.optional:
        known[variable] = ty.required()
    return comparing.truth(frame, value), known, {}


def _is_binding(node: ast.expr) -> bool:
    """`(name := value, True)[1]`, as expansions write a condition that binds and holds."""
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Tuple)
        and len(node.value.elts) == 2
        and isinstance(node.value.elts[0], ast.NamedExpr)
        and isinstance(node.value.elts[1], ast.Constant)
        and node.value.elts[1].value is True
        and isinstance(node.slice, ast.Constant)
        and node.slice.value == 1
    )


def _binding(frame: Frame, node: ast.expr) -> tuple[ir.Expr, Facts, Facts]:

    assert isinstance(node, ast.Subscript)
    assert isinstance(node.value, ast.Tuple)
    walrus = node.value.elts[0]
    assert isinstance(walrus, ast.NamedExpr)
    stores = assign.assign(frame, walrus.target, frame.expr(walrus.value))
    return ir.Block(as_type(BOOL), stores, true(True)), {}, {}


def _class_test(frame: Frame, node: ast.Compare) -> tuple[ir.Expr, Facts, Facts] | None:
    """`type(x) is C`: x is a C where it holds."""

    condition = class_identity.compare(frame, node)
    if condition is None:
        return None
    facts: Facts = {}
    left, right = node.left, node.comparators[0]
    for one, other in ((left, right), (right, left)):
        inner = class_identity.subject(frame, one)
        variable = _variable(frame, inner) if inner is not None else None
        entity = attribute.named_entity(frame, other)
        if variable is not None and isinstance(entity, Class):
            facts[variable] = instance_of(entity)
    if isinstance(node.ops[0], (ast.Is, ast.Eq)):
        return condition, facts, {}
    return condition, {}, facts


def _variable(frame: Frame, node: ast.expr) -> Variable | None:
    if isinstance(node, ast.NamedExpr):
        node = node.target
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        # Another function may change a shared variable between test and use.
        if isinstance(target, Variable) and not target.changes_elsewhere:
            return target
    return None


def _bool_op(frame: Frame, node: ast.BoolOp) -> tuple[ir.Expr, Facts, Facts]:
    is_and = isinstance(node.op, ast.And)
    saved = dict(frame.narrow)
    items: list[ir.Expr] = []
    known: Facts = {}
    others: list[Facts] = []
    decided = False
    for value in node.values:
        condition, yes, no = test(frame, value)
        if isinstance(condition, ir.Lit):
            if bool(condition.value) != is_and:
                items.append(condition)
                decided = True
                break
            continue
        items.append(condition)
        gained = yes if is_and else no
        known.update(gained)
        others.append(no if is_and else yes)
        frame.narrow.update(gained)
    frame.narrow = saved
    if not items:
        return true(is_and), known if is_and else {}, {} if is_and else known
    if decided and len(items) == 1:
        return true(not is_and), {}, {}
    joined = (
        items[0] if len(items) == 1 else ir.BoolOp(as_type(BOOL), "&&" if is_and else "||", items)
    )
    # What every way of the other outcome agrees on.
    rest = others[0] if len(others) == 1 and len(items) == 1 else {}
    return (joined, known, rest) if is_and else (joined, rest, known)


def _none_test(frame: Frame, node: ast.Compare) -> tuple[ir.Expr, Facts, Facts] | None:
    op, right = node.ops[0], node.comparators[0]
    if not isinstance(op, (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)):
        return None
    if not (isinstance(right, ast.Constant) and right.value is None):
        return None
    value = frame.expr(node.left)
    positive = isinstance(op, (ast.Is, ast.Eq))
    ty = ty_of(value)
    if ty.kind in OBJECTS and not ty.optional and isinstance(op, (ast.Eq, ast.NotEq)):
        return None
    condition = is_none(frame, value)
    subject = node.left.target if isinstance(node.left, ast.NamedExpr) else node.left
    variable = _variable(frame, subject)
    there: Facts = {}
    if variable is not None and ty.optional:
        there[variable] = ty.required()
    if not positive:
        flipped = (
            true(not condition.value)
            if isinstance(condition, ir.Lit)
            else ir.Not(as_type(BOOL), condition)
        )
        return flipped, there, {}
    return condition, {}, there


def is_none(frame: Frame, value: ir.Expr) -> ir.Expr:
    ty = ty_of(value)
    if ty.kind == "never":
        return diverge(value)
    if ty.kind == "value":
        return ir.Op(
            as_type(BOOL), "{x}.is_none()", {"x": ir.Operand(value, "recv")}, False, pure=True
        )
    if ty.optional:
        return ir.Op(
            as_type(BOOL), "{x}.is_none()", {"x": ir.Operand(value, "recv")}, False, pure=True
        )
    answer = true(ty.kind == "none")
    if isinstance(value, (ir.Var, ir.Lit)):
        return answer
    return ir.Block(as_type(BOOL), [ir.Eval(frame.line, value)], answer)


# -- isinstance

# Static kinds of the classes that isinstance may name.
KINDS: dict[str, frozenset[str]] = {
    "int": frozenset(("int", "bool")),
    "bool": frozenset(("bool",)),
    "float": frozenset(("float",)),
    "complex": frozenset(("complex",)),
    "str": frozenset(("str",)),
    "bytes": frozenset(("bytes",)),
    "bytearray": frozenset(("bytearray",)),
    "list": frozenset(("list",)),
    "tuple": frozenset(("tuple", "vartuple")),
    "dict": frozenset(("dict",)),
    "set": frozenset(("set",)),
    "frozenset": frozenset(("frozenset",)),
    "range": frozenset(("range",)),
    "slice": frozenset(("slice",)),
    "collections.deque": frozenset(("deque",)),
    "object": frozenset(("object",)),
}


# Built-in classes of which no translated code has an instance: making one is refused.
_NEVER_MADE = frozenset(("memoryview",))


def _classes(frame: Frame, node: ast.expr) -> list[str | Class] | None:
    if isinstance(node, ast.Tuple):
        out: list[str | Class] = []
        for item in node.elts:
            inner = _classes(frame, item)
            if inner is None:
                return None
            out += inner
        return out
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left, right = _classes(frame, node.left), _classes(frame, node.right)
        return None if left is None or right is None else left + right
    if isinstance(node, ast.Constant) and node.value is None:
        return ["NoneType"]
    path = attribute.library_path(frame, node)
    if path in LIBRARY_CLASSES:
        return [path]
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        if target in _NEVER_MADE:
            return []
        if isinstance(target, str):
            return [target] if comparing.is_known_class(target) else None
        if isinstance(target, Variable) and isinstance(target.entity, Class):
            return structural.classes_of(frame, node, target.entity)
        held = attribute.named_entity(frame, node)
        if isinstance(held, Class) and not class_attributes.may_be_below(frame, node):
            return structural.classes_of(frame, node, held)
    if isinstance(node, ast.Attribute):
        entity = attribute.named_entity(frame, node)
        return structural.classes_of(frame, node, entity) if isinstance(entity, Class) else None
    return None


def _isinstance(frame: Frame, node: ast.Call) -> tuple[ir.Expr, Facts, Facts]:
    value = frame.expr(node.args[0])
    classes = _classes(frame, node.args[1])
    ty = ty_of(value)
    if ty.kind == "never":
        return diverge(value), {}, {}
    if classes is None:
        boxed = [coerce(frame, value, VALUE), coerce(frame, frame.expr(node.args[1]), VALUE)]
        return row_calls.dynamic_builtin(frame, "isinstance", boxed, BOOL), {}, {}
    variable = _variable(frame, node.args[0])
    if ty.kind == "value":
        return _dynamic_isinstance(frame, value, classes, variable)
    if ty.optional:
        inner = _static(ty.required(), classes)
        if inner is None and ty.kind in OBJECTS and "NoneType" not in classes:
            return _present_and(frame, node, value, classes, variable)
        if "NoneType" in classes or inner is None:
            condition = _any_class(frame, coerce(frame, value, VALUE), classes)
            return condition, {}, {}
        if not inner:
            return _constant(frame, value, False), {}, {}
        facts: Facts = {variable: ty.required()} if variable is not None else {}
        return ir.Not(as_type(BOOL), is_none(frame, value)), facts, {}
    answer = _static(ty, classes)
    if answer is not None:
        return _constant(frame, value, answer), {}, {}
    if ty.kind == "num":
        return _num_isinstance(value, variable, "int" in classes)
    return _by_class(frame, value, classes, variable)


def _by_class(
    frame: Frame, value: ir.Expr, classes: list[str | Class], variable: Variable | None
) -> tuple[ir.Expr, Facts, Facts]:
    """isinstance where only the value knows its class."""
    ty = ty_of(value)
    if ty.kind == "union":
        return _of_union(frame, value, classes, variable)
    wanted = [c for c in classes if isinstance(c, Class)]
    yes: Facts = {}
    if variable is not None and len(classes) == 1 and wanted:
        yes[variable] = instance_of(wanted[0])
    if ty.kind in ("inst", "exc"):
        return (
            comparing.class_test(frame, value, wanted, [c for c in classes if isinstance(c, str)]),
            yes,
            {},
        )
    return _any_class(frame, coerce(frame, value, VALUE), classes), yes, {}


def _present_and(
    frame: Frame,
    node: ast.Call,
    value: ir.Expr,
    classes: list[str | Class],
    variable: Variable | None,
) -> tuple[ir.Expr, Facts, Facts]:
    """isinstance of an instance or None: it is there, and it is one."""
    body: list[ir.Stmt] = []
    if not unions.is_at_hand(value):
        local = frame.temp(ty_of(value), "it")
        body.append(ir.Declare(frame.line, local, value))
        value = ir.Var(local.ty, local)
    bare = ty_of(value).required()
    inner, yes, _ = _by_class(frame, coerce(frame, value, bare), classes, variable)
    both: list[ir.Expr] = [ir.Not(as_type(BOOL), is_none(frame, value)), inner]
    return unions.block(body, ir.BoolOp(as_type(BOOL), "&&", both)), yes, {}


def _of_union(
    frame: Frame, value: ir.Expr, classes: list[str | Class], variable: Variable | None
) -> tuple[ir.Expr, Facts, Facts]:
    """isinstance of a union: some of its classes answer yes, some no, some by the instance."""
    answers = {c: _static(Ty("inst", (), c), classes) for c in ty_of(value).members}
    return _answered(frame, value, answers, classes, variable)


def _answered(
    frame: Frame,
    value: ir.Expr,
    answers: dict[Class, bool | None],
    classes: list[str | Class],
    variable: Variable | None,
) -> tuple[ir.Expr, Facts, Facts]:
    """A test of a union that each class answers; None: by the instance's being of `classes`."""
    wanted = [c for c in classes if isinstance(c, Class)]
    test = unions.test_classes(
        frame, value, answers.__getitem__, wanted, [c for c in classes if isinstance(c, str)]
    )
    if variable is None:
        return test, {}, {}
    here: list[Class] = []
    for cls, known in answers.items():
        if known is None and len(wanted) == 1 and wanted[0].is_subclass(cls):
            here.append(wanted[0])
        elif known is not False:
            here.append(cls)
    yes, no = union_of(here), union_of(c for c, known in answers.items() if not known)
    return (
        test,
        {} if yes is None else {variable: yes},
        {} if no is None else {variable: no},
    )


def survived(frame: Frame, node: ast.expr, made: ir.Expr) -> Facts:
    """After `x.must_be_leaf()`, x is of a class whose method returns."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return {}
    variable = _variable(frame, node.func.value)
    if variable is None or any(isinstance(n, ast.NamedExpr) for n in trees.walk(node)):
        return {}
    left = unions.survivors(made)
    if left is None:
        return {}
    subject = ty_of(frame.expr(node.func.value))
    if subject.kind != "union" or subject.optional or left.same(subject):
        return {}
    return {variable: left}


def _predicate(
    frame: Frame, node: ast.Call, func: ast.Attribute
) -> tuple[ir.Expr, Facts, Facts] | None:
    """`x.is_leaf()` where each class that x may be of has a method that says True or False."""
    variable = _variable(frame, func.value)
    if variable is None or node.args or node.keywords:
        return None
    value = frame.expr(func.value)
    if not unions.is_object(value) or not unions.is_at_hand(value):
        return None
    answers: dict[Class, bool | None] = {}
    for cls in ty_of(value).classes():
        said = {_says(frame, c, func.attr) for c in (cls, *cls.descendants()) if c.can_exist()}
        answers[cls] = said.pop() if len(said) == 1 else None
    if None in answers.values():
        return None
    if len(answers) == 1:
        return true(answers.popitem()[1] is True), {}, {}
    return _answered(frame, value, answers, [], variable)


def _says(frame: Frame, cls: Class, name: str) -> bool | None:
    """What the method returns whatever happens; None: that is not known."""
    method = cls.find_method(name)
    if method is None or method.kind != "method" or method.decorators or len(method.params) != 1:
        return None
    # An instance may have a field of that name, which hides the method.
    if attribute.field_of(frame, cls, name) is not None or frame.engine.uses.sets_any:
        return None
    if not isinstance(method.node, ast.FunctionDef):
        return None
    *before, last = method.node.body
    plain = all(isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant) for s in before)
    if not plain or not isinstance(last, ast.Return) or not isinstance(last.value, ast.Constant):
        return None
    return last.value.value if isinstance(last.value.value, bool) else None


def _num_isinstance(
    value: ir.Expr, variable: Variable | None, is_int: bool
) -> tuple[ir.Expr, Facts, Facts]:
    """A slot of ints and floats: one of the two, and the other where it is not."""
    condition: ir.Expr = ir.Op(
        as_type(BOOL), "{x}.is_int()", {"x": ir.Operand(value, "recv")}, False, pure=True
    )
    if not is_int:
        condition = ir.Not(as_type(BOOL), condition)
    if variable is None:
        return condition, {}, {}
    one, other = ATOMS["int"], ATOMS["float"]
    return (
        condition,
        {variable: one if is_int else other},
        {variable: other if is_int else one},
    )


def _constant(frame: Frame, value: ir.Expr, answer: bool) -> ir.Expr:
    if isinstance(value, (ir.Var, ir.Lit, ir.Coerce)):
        return true(answer)
    return ir.Block(as_type(BOOL), [ir.Eval(frame.line, value)], true(answer))


def _static(ty: Ty, classes: list[str | Class]) -> bool | None:
    """The answer if the static type decides it."""
    if ty.kind == "union":
        answers = {_static(Ty("inst", (), c), classes) for c in ty.members}
        return answers.pop() if len(answers) == 1 else None
    if ty.kind == "num" and set(classes) & {"int", "float"}:
        return True if {"int", "float"} <= set(classes) else None
    unknown = False
    for cls in classes:
        if isinstance(cls, Class):
            if ty.kind == "inst":
                assert ty.cls is not None
                if ty.cls.is_subclass(cls):
                    return True
                unknown |= any(d.is_subclass(cls) for d in ty.cls.descendants())
            elif ty.kind == "exc":
                unknown |= cls.is_exception
        elif cls == "object" or _acts_as(ty, cls):
            return True
        elif ty.kind == "exc" or (ty.cls is not None and ty.cls.is_exception):
            unknown = True
        elif ty.kind in KINDS.get(cls, ()) or (cls == "NoneType" and ty.kind == "none"):
            return True
        elif cls not in KINDS and cls != "NoneType":
            unknown = True
    return None if unknown else False


def _dynamic_isinstance(
    frame: Frame, value: ir.Expr, classes: list[str | Class], variable: Variable | None
) -> tuple[ir.Expr, Facts, Facts]:
    yes: Facts = {}
    if variable is not None and len(classes) == 1:
        only = classes[0]
        if isinstance(only, Class):
            yes[variable] = instance_of(only)
        elif only in ("bool", "float") or (only == "str" and not frame.engine.has_text_members):
            yes[variable] = {"str": STR, "bool": BOOL, "float": Ty("float")}[only]
    return _any_class(frame, value, classes), yes, {}


def _any_class(frame: Frame, value: ir.Expr, classes: list[str | Class]) -> ir.Expr:
    paths = ", ".join(f"&{comparing.class_static(c)}" for c in classes)
    return ir.Op(
        as_type(BOOL),
        f"is_any_instance({{x}}, &[{paths}])",
        {"x": ir.Operand(value, "ref")},
        False,
        pure=True,
    )


def _acts_as(ty: Ty, builtin: str) -> bool:
    """An instance of a class that derives from the builtin one: a named tuple, a member of an
    enum whose values are its members, too."""
    if ty.cls is None:
        return False
    if builtin == "tuple":
        return ty.cls.find_method(AS_TUPLE) is not None
    return any(getattr(c.node, "mixin", "") == builtin for c in ty.cls.mro())
