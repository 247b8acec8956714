"""`object.__new__(cls)`: an instance that has no field yet."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import Ty
from portalis.translate.frontend.program import Class
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import class_attributes, comparing, klass, names
from portalis.translate.lower.context import Frame, Refusal, as_type


def bare(frame: Frame, node: ast.Call) -> ir.Expr:
    """An instance of the class that the call's only argument is.

    Raises:
        Refusal: another argument, or a class that needs more to be made.
    """
    if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
        raise Refusal("PT204", node, "object.__new__() takes the class alone")
    known = class_attributes.known_class(frame, node.args[0])
    if known is None:
        raise Refusal("PT204", node, "__new__ of a class that is not known here")
    cls, which = known
    for each in (cls,) if which is None else (cls, *cls.descendants()):
        _check(frame, node, each)
        klass.instantiate(frame, node, each)
    alloc = f"crate::{names.class_path(cls.root)}::alloc"
    ty = as_type(Ty("inst", (), cls))
    if which is None:
        return ir.Op(ty, f"{alloc}(&{comparing.class_static(cls)})", {}, False)
    return ir.Op(ty, f"class_to_make({{c}}).map({alloc})", {"c": ir.Operand(which, "ref")}, True)


def _check(frame: Frame, node: ast.Call, cls: Class) -> None:
    if cls.root not in frame.engine.program.made_bare and not frame.module.is_library:
        raise Refusal("PT204", node, f"__new__ of {cls.name} away from its module")
    if cls.is_exception or cls.find_method("_portalis_tuple") is not None:
        raise Refusal("PT204", node, f"__new__ of {cls.name}, which has a builtin base")
    if klass.not_instantiable(cls) is not None:
        raise Refusal("PT204", node, f"__new__ of {cls.name}, which is abstract")
