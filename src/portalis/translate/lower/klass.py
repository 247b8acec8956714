"""Classes: definition, instantiation, the protocols their instances serve."""

from __future__ import annotations

import ast
from functools import partial

from portalis.core import trees
from portalis.translate.frontend.expand.new_method import MAKE
from portalis.translate.frontend.lattice import Ty
from portalis.translate.frontend.program import EXCEPTIONS, Class, Function, Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    closure,
    decorated,
)
from portalis.translate.lower.context import Engine, Frame, Refusal
from portalis.translate.lower.dunders import COMPARISONS
from portalis.translate.lower.holes import attempt, hole_statement

# Dunders that containers, printing and the like call through `Py`.
UNARY_PROTOCOL = ("__repr__", "__str__", "__hash__", "__len__", "__bool__", "__iter__", "__next__")


def define(frame: Frame, cls: Class) -> list[ir.Stmt]:
    """The class statement: its class attributes are evaluated in order. At a module's top
    level a statement of the body that is refused leaves a hole."""
    check(cls)
    out: list[ir.Stmt] = []
    for node in cls.node.body:
        if frame.holes is None:
            out += _statement(frame, cls, node)
            continue
        made = attempt(node, partial(_statement, frame, cls, node))
        if isinstance(made, Refusal):
            frame.holes.append(made)
            out.append(hole_statement(frame.function, made, node))
            if isinstance(node, ast.ClassDef):
                frame.engine.refuse_class(node, made)
        else:
            out += made
    return out


def _statement(frame: Frame, cls: Class, node: ast.stmt) -> list[ir.Stmt]:
    """A statement of the class's body."""
    program = frame.engine.program
    match node:
        case ast.Assign() if _renames(cls, node):
            return []
        case ast.Assign(targets=[ast.Name(id=name)]):
            variable = cls.class_attributes.get(name)
            unread = name not in frame.engine.uses.mentioned
            if variable is None or (unread and name in ("__slots__", "__match_args__")):
                return []
            return [closure.store_variable(frame, variable, frame.expr(node.value))]
        case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
            named = program.names[target]
            assert isinstance(named, Variable)
            return [closure.store_variable(frame, named, frame.expr(value))]
        case ast.AnnAssign(value=None):
            return []
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            decorated.check(frame, program.functions[node])
            return closure.evaluate_defaults(frame, program.functions[node])
        case ast.ClassDef():
            return define(frame, program.classes[node])
    return _other(frame, node)


def _renames(cls: Class, statement: ast.Assign) -> bool:
    """`__rmul__ = __mul__`: further names of a method or a property, which the class knows."""
    names = [t.id for t in statement.targets if isinstance(t, ast.Name)]
    known = all(n in cls.methods or n in cls.properties for n in names)
    return known and len(names) == len(statement.targets)


def _other(frame: Frame, statement: ast.stmt) -> list[ir.Stmt]:
    """Any other statement of a class body: the names it binds are class attributes."""
    for inner in trees.walk(statement):
        if isinstance(
            inner, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Delete)
        ):
            raise Refusal("PT204", inner, "a definition inside a statement of a class body")
    return frame.block([statement])[0]


# Dunders that change what attribute access or class creation means.
_HOOKS = frozenset(
    f"__{name}__"
    for name in (
        "get set delete set_name getattribute setattr delattr init_subclass subclasshook "
        "instancecheck subclasscheck prepare class_getitem del"
    ).split()
)
_KNOWN_DECORATORS = ("total_ordering", "final", "runtime_checkable")
_KNOWN_BASES = frozenset(("object", "ABC", "Protocol", "Generic"))


def check(cls: Class) -> None:
    """Refuses what a class statement may ask that we do not honour."""
    for statement in cls.node.body:
        if isinstance(statement, ast.FunctionDef) and (
            statement.name in _HOOKS
            or (statement.name == "__new__" and MAKE not in cls.methods)
            or (cls.is_exception and statement.name == "__getattr__")
        ):
            raise Refusal(
                "PT206", statement, f"{statement.name} changes what Python itself does with a class"
            )
    for decorator in cls.node.decorator_list:
        text = ast.unparse(decorator)
        if text.rpartition(".")[2] not in _KNOWN_DECORATORS:
            raise Refusal("PT205", cls.node, f"the class decorator @{text} is not translated")
    if any(
        k.arg == "metaclass" and "ABCMeta" not in ast.unparse(k.value) for k in cls.node.keywords
    ):
        raise Refusal("PT204", cls.node, "a metaclass is not translated")
    cls.mro()
    if not cls.is_ordered:
        raise Refusal("PT204", cls.node, "the bases give no consistent method resolution order")

    for base in cls.node.bases:
        name = base.value if isinstance(base, ast.Subscript) else base
        text = ast.unparse(name).rpartition(".")[2]
        if base not in cls.base_nodes and text not in _KNOWN_BASES and text not in EXCEPTIONS:
            raise Refusal("PT204", base, f"the base class {ast.unparse(base)} is not translated")


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def slots(cls: Class) -> frozenset[str] | None:
    """The only fields that instances can have; None: any.

    Raises:
        Refusal: `__slots__` that are not literal.
    """
    out: set[str] = set()
    for each in cls.mro():
        value = next(
            (
                s.value
                for s in each.node.body
                if isinstance(s, ast.Assign) and _is_name(s.targets[0], "__slots__")
            ),
            None,
        )
        if value is None:
            return None
        items = value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value]
        for item in items:
            if not (isinstance(item, ast.Constant) and isinstance(item.value, str)):
                raise Refusal("PT204", value, "__slots__ that are not a literal")
            out.add(item.value)
    return None if "__dict__" in out or cls.is_exception else frozenset(out)


def _known_slots(engine: Engine, cls: Class) -> frozenset[str] | None:
    """`slots`, looked for once."""
    if cls not in engine.slots:
        engine.slots[cls] = slots(cls)
    return engine.slots[cls]


def outside_slots(engine: Engine, cls: Class, node: ast.AST, attr: str) -> bool:
    """Whether instances of `cls` cannot have a field `attr`.

    Raises:
        Refusal: only some can.
    """
    answers = {
        (known := _known_slots(engine, c)) is not None and attr not in known
        for c in (cls, *cls.descendants())
        if c.can_exist()
    }
    if len(answers) > 1:
        raise Refusal("PT204", node, f"{attr!r} is in the __slots__ of some subclasses only")
    return answers == {True}


def not_instantiable(cls: Class) -> str | None:
    """The message of the TypeError that `cls()` raises whatever its arguments."""
    names = cls.abstract_names()
    if names:
        plural = "s" if len(names) > 1 else ""
        listed = ", ".join(names)
        return f"Can't instantiate abstract class {cls.name} with abstract method{plural} {listed}"
    return "Protocols cannot be instantiated" if cls.is_protocol() else None


def instantiate(frame: Frame, node: ast.AST, cls: Class) -> None:
    """An instance can exist: everything that may run on it is reached."""
    if cls.node in frame.engine.class_refusals:
        raise Refusal("PT204", node, f"class {cls.name} was not translated")
    if cls.instantiated:
        return
    init = cls.find_method("__init__")
    if init is not None and init.params and not takes_object(init):
        raise Refusal("PT204", init.node, "an __init__ that takes its object in *args")
    cls.instantiated = True
    serve(frame, cls)


def takes_object(method: Function) -> bool:
    """The object has a parameter of its own."""
    return bool(method.params) and method.params[0].kind == "positional"


def maker(cls: Class, node: ast.AST) -> Function:
    """What a call of a class that has `__new__` calls.

    Raises:
        Refusal: the class stands where it got none.
    """
    found = cls.methods.get(MAKE)
    if found is None:
        raise Refusal("PT204", node, f"{cls.name}() runs a __new__ that is not written out")
    return found


def serve(frame: Frame, cls: Class) -> None:
    me = Ty("inst", (), cls)
    for name in (*UNARY_PROTOCOL, *COMPARISONS):
        method = cls.find_method(name)
        if method is None or not method.params or method.kind != "method":
            continue
        frame.engine.reach(method)
        frame.flow(me, method.params[0].variable.cell)
        if name in COMPARISONS and len(method.params) > 1:
            frame.flow(me, method.params[1].variable.cell)
