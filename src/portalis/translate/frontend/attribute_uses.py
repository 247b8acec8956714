"""What a program does with attributes, told by its syntax alone."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from portalis.core import trees
from portalis.translate.frontend.program import Program

_RESUMING = frozenset(("send", "throw", "close"))


@dataclass(slots=True)
class Uses:
    # Names of attributes that are read or written somewhere.
    mentioned: set[str] = field(default_factory=set)
    # Names that some `del` removes, unless any name may be.
    _deleted: set[str] = field(default_factory=set)
    _deletes_any: bool = False
    # Some attribute is set whose name is computed.
    sets_any: bool = False
    # The mapping of an object's attributes is looked at: their order counts.
    reads_dict: bool = False
    # Some generator may be resumed with a value or an exception.
    resumes: bool = False

    def deletes(self, name: str) -> bool:
        return self._deletes_any or name in self._deleted

    def note(self, nodes: trees.Index) -> None:
        attributes = nodes.every(ast.Attribute)
        names = {node.attr for node in attributes}
        self.mentioned |= names
        self._deleted.update(n.attr for n in attributes if isinstance(n.ctx, ast.Del))
        self.reads_dict |= "__dict__" in names or any(
            node.id == "vars" for node in nodes.every(ast.Name)
        )
        self.resumes |= bool(nodes.every(ast.Await)) or not names.isdisjoint(_RESUMING)
        for call in nodes.every(ast.Call):
            if isinstance(call.func, ast.Name):
                self._call(call, call.func.id)

    def _call(self, node: ast.Call, name: str) -> None:
        if name not in ("setattr", "delattr") or len(node.args) < 2:
            return
        literal = node.args[1].value if isinstance(node.args[1], ast.Constant) else None
        if name == "setattr":
            self.sets_any |= not isinstance(literal, str)
        elif isinstance(literal, str):
            self._deleted.add(literal)
        else:
            self._deletes_any = True


def of(program: Program) -> Uses:
    out = Uses()
    for module in program.modules.values():
        out.note(module.nodes)
    return out
