"""Operations on dynamic values as methods of the runtime's `Value`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portalis.translate.emit.text import is_one_call
from portalis.translate.ir import nodes as ir

if TYPE_CHECKING:
    from portalis.translate.emit.expression import ExpressionEmitter

_METHODS = {
    "dynamic::contains({b}, {a})": "{b}.has({a})",
    "dynamic::getitem({a}, {b})": "{a}.item({b})",
    "dynamic::setitem({a}, {b}, {c})": "{a}.set_item({b}, {c})",
    "dynamic::len({x}).map(Int::from)": "{x}.count()",
}
_ATTRIBUTE = re.compile(r'dynamic::get_attr\(\{x\}, ("\w+")\)')
_SET_ATTRIBUTE = re.compile(r'dynamic::set_attr\(\{x\}, ("\w+"), \{v\}\)')
_CALL = re.compile(r'dynamic::call_method\(\{x\}, ("\w+"), \{args\}\)')
_POSITIONAL = "Args::of(vec!["


def as_method(emitter: ExpressionEmitter, node: ir.Op) -> str:
    """The template of the operation; what it is called on stands before the dot."""
    template = node.template
    if not template.startswith("dynamic::"):
        return template
    if (method := _METHODS.get(template)) is not None:
        return method
    if found := _ATTRIBUTE.fullmatch(template):
        return f"{{x}}.attr({found[1]})"
    if found := _SET_ATTRIBUTE.fullmatch(template):
        return f"{{x}}.set_attr({found[1]}, {{v}})"
    found = _CALL.fullmatch(template)
    given = emitter.operand(node.operands["args"]) if found else ""
    if found and given.startswith(_POSITIONAL) and is_one_call(given, len("Args::of")):
        items = given[len(_POSITIONAL) : -2].replace("{", "{{").replace("}", "}}")
        return f"{{x}}.method({found[1]}, [{items}])"
    return template
