"""The elaborator's state: one `Engine` a program, one `Frame` a function.

Inference and lowering are one walk. Elaborating an expression gives its IR node,
whose `ty` is what is known of its type now; storing a value makes the slot's cell
grow, and whoever read a cell that grew is elaborated again. When nothing grows,
the last walk's IR is consistent with every cell, and its types are frozen.
"""

from __future__ import annotations

import ast
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

from portalis.core import trees
from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate.frontend import attribute_uses
from portalis.translate.frontend.lattice import EXC, VALUE, Asker, Cell, Lattice, Place, Ty
from portalis.translate.frontend.program import (
    Attribute,
    Class,
    Function,
    Module,
    Program,
    Variable,
)
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.types import Type
from portalis.translate.lower.dunders import COMPARISONS, DUNDERS
from portalis.translate.lower.free_answers import FreeAnswers

if TYPE_CHECKING:
    from portalis.translate.lower.flag_holders import Holders
    from portalis.translate.lower.keywords import Record

_COMPARED = "a dynamic instance of its class may be compared with anything"


class Refusal(Exception):  # noqa: N818 - an outcome, not an error
    """A construct that cannot be translated; ends the elaboration of its function."""

    def __init__(self, code: str, node: ast.AST, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.node = node
        self.message = message
        self.help = help_


def instance_of(cls: Class) -> Ty:
    """The type of a class's instances."""
    return EXC if cls.is_plain_exception else Ty("inst", (), cls)


# The node's type while elaborating; `freeze` replaces it at the end. Asked so often that a call
# of a function of ours would count.
ty_of: Callable[[ir.Expr], Ty] = attrgetter("ty")


def as_type(ty: Ty) -> Type:
    return ty  # type: ignore[return-value]


@dataclass(eq=False, slots=True)
class Opening:
    """What it does to the program that dynamic code asks for an attribute: the same whoever
    asks. It asks by itself for what it depends on, and is done again when that grows."""

    name: str
    # The statement that asked first, as a cause says it.
    place: Place
    line: int
    # Only what never runs has asked so far.
    guarded: bool
    round: int = 0


def _ignore(_told: object) -> None:
    """Of what changes, after the end."""


class Held(ast.expr):
    """An expression whose value a local holds by now."""

    _fields = ()
    value: ir.Expr


class Engine:
    """Runs functions to a fixpoint and keeps what they share."""

    # Rounds after which a program that still grows is our bug.
    MAX_ELABORATIONS: ClassVar[int] = 60

    def __init__(self, program: Program) -> None:
        self.program = program
        # Ordered: of a plain dict, what has been taken from its front is passed over each time.
        self.dirty: OrderedDict[Function, None] = OrderedDict()
        # Those whose IR has a slot's type as it was, and that need no other change.
        self.stale: dict[Function, None] = {}
        self.lattice = Lattice(self._changed, self._reshaped)
        self.lattice.on_escape = self._escaped
        self.lattice.on_union = self._united
        # Unions that were met: classes, and whether only what never runs has them.
        self.unions: set[tuple[tuple[Class, ...], bool]] = set()
        # Who asked for an attribute that no instance of a hierarchy has.
        self.lacking: dict[tuple[Class, str], dict[Function, None]] = {}
        # Who found no field of that name and took something else for it.
        self.without: dict[tuple[Class, str], dict[Function, None]] = {}
        self.results: dict[Function, ir.FunctionDef] = {}
        self.refusals: dict[Function, Refusal] = {}
        # Refusals that leave no hole: an import whose uses will be the holes.
        self.notes: dict[tuple[Function, ast.AST, str], Refusal] = {}
        self.counts: dict[Function, int] = {}
        # How many elaborations have begun; by that count, when something changed last that
        # nobody is told of; and those whose last elaboration depends on nothing of that kind.
        self.clock = 0
        self.upset_at = 0
        self.sure: dict[Function, None] = {}
        self.cells: list[Cell] = []
        self.global_paths: dict[Variable, str] = {}
        # What functions gather by `**`, by name; None where names have no types of their own.
        self.records: dict[Function, Record | None] = {}
        self.escaped_functions: dict[Function, None] = {}
        self.uses = attribute_uses.of(program)
        self.reads_context = any("__context__" in m.source for m in program.modules.values())
        self.class_refusals: dict[ast.AST, Refusal] = {}
        # Where variables named as builtins are read first, by module.
        self.first_reads: dict[Module, dict[Variable, int]] = {}
        # The only fields that instances of classes can have; None: any.
        self.slots: dict[Class, frozenset[str] | None] = {}
        # Variables that a module gives a flag of re.
        self.flag_holders: Holders | None = None
        # What statements assign, where that was asked for.
        self.assigned: dict[ast.stmt, list[Variable]] = {}
        self.imports: dict[ast.stmt, list[Module]] = {}
        # Imports that fail because modules import each other, with the reason.
        self.cyclic: dict[ast.stmt, str] = {}
        # Of locals that hold methods, whether they hold what the method was taken from.
        self.receivers: dict[Variable, bool] = {}
        # By calls of such locals: the calls of the methods.
        self.method_calls: dict[ast.Call, ast.Call] = {}
        # By calls whose parts are evaluated beforehand: the calls of what holds them then.
        self.held_calls: dict[ast.Call, tuple[ast.Call, list[tuple[ast.expr, Held]]]] = {}
        # The program copies objects: their classes say how.
        self.copies = False
        # Attribute and method names used on dynamic values, with who depends on their holders.
        self.dynamic_readers: dict[str, dict[Asker, None]] = {}
        # Calls on dynamic values that were seen to: the classes that were meant.
        self.opened: dict[tuple[str, tuple[tuple[str, bool], ...], bool], list[Class]] = {}
        # What dynamic code asks for by name, and what of that is to be done (again).
        self.openings: dict[str, Opening] = {}
        self.reopened: dict[Opening, None] = {}
        # By `==` and `!=`: whether comparisons of dynamic values may give anything.
        self.free_answers: dict[str, FreeAnswers] = {}
        # Attributes that dynamic code assigns, and the functions that do.
        self.given: dict[str, None] = {}
        self.dynamic_setters: dict[Function, None] = {}
        # Told when a value may first hold an instance of a hierarchy.
        self.on_held: Callable[[Class], None] = lambda _root: None
        # By dunder: the methods of that name that classes have.
        self._dunders: dict[str, list[Function]] = {}
        # By attribute: what `holders` answered.
        self._holders: dict[str, list[Class]] = {}
        self._owners: dict[str, list[Class]] = {}
        # Roots of the hierarchies of which a value may hold an instance.
        self.held: set[Class] = set()
        # Functions that make values of classes, by class.
        self.class_makers: dict[Class, dict[Function, None]] = {}
        self._parents: dict[Module, dict[ast.AST, ast.AST]] = {}
        # Copies of functions, with the functions that they stand beside.
        self._copies: dict[Module, list[tuple[ast.AST, ast.AST]]] = {}
        # What is an instance of str may be a member of an enum.
        self.has_text_members = any(
            getattr(cls.node, "mixin", "") == "str" for cls in program.every_class()
        )

    def take_apart(self) -> None:
        """Nothing is elaborated any longer: what is told of changes lets go of the engine."""
        self.lattice = Lattice(_ignore, _ignore)
        self.on_held = _ignore
        for cell in self.cells:
            cell.forget()

    def is_growing(self) -> bool:
        return bool(self.dirty or self.reopened)

    def _changed(self, readers: Iterable[object]) -> None:
        for reader in readers:
            if isinstance(reader, Opening):
                self.reopened[reader] = None
            elif isinstance(reader, FreeAnswers):
                reader.ask(self.lattice)
            elif isinstance(reader, Function) and reader.reachable:
                self.dirty[reader] = None

    def _reshaped(self, formers: Iterable[object]) -> None:
        for former in formers:
            if isinstance(former, Function) and former.reachable:
                self.stale[former] = None

    def _escaped(self, ty: Ty) -> None:
        for cls in (d for c in ty.classes() for d in (c, *c.descendants())):
            if not cls.escapes or not (cls.escapes_live or self.lattice.guarded):
                is_first = not any(c.escapes for c in cls.group)
                cls.escapes = True
                self.held.add(cls.root)
                cls.escapes_live = not self.lattice.guarded
                self._compare_with_anything(cls)
                self._reach_dunders(cls)
                if is_first:
                    self._hold(cls)

    def _hold(self, cls: Class) -> None:
        """A value may hold an instance now: who asks for what the hierarchy has asks again."""
        named = (n for c in cls.group for n in (*c.methods, *c.properties, *c.root.fields))
        for name in dict.fromkeys(named):
            self._holders.pop(name, None)
            self._changed(self.dynamic_readers.get(name, {}))
        self.on_held(cls.root)

    def holders(self, name: str) -> list[Class]:
        """Classes with an attribute `name` of which a value may hold an instance."""
        found = self._holders.get(name)
        if found is None:
            having = self._having(name)
            found = [cls for cls in having if cls.is_exception or cls.root in self.held]
            self._holders[name] = found
        return found

    def _having(self, name: str) -> list[Class]:
        """Classes whose instances have the attribute."""
        found = self._owners.get(name)
        if found is None:
            found = [
                cls
                for cls in self.program.every_class()
                if name in cls.methods or name in cls.properties or name in cls.root.fields
            ]
            self._owners[name] = found
        return found

    def dunders(self, name: str) -> list[Function]:
        """The methods that instances of the program's classes run for a dunder."""
        found = self._dunders.get(name)
        if found is None:
            methods = (cls.find_method(name) for cls in self.program.every_class())
            found = list(dict.fromkeys(m for m in methods if m is not None))
            self._dunders[name] = found
        return found

    def _united(self, ty: Ty) -> None:
        """The runtime may compare instances of the union's classes with each other."""
        key = (ty.members, self.lattice.guarded)
        if key in self.unions:
            return
        self.unions.add(key)
        for cls in (d for c in ty.members for d in (c, *c.descendants())):
            for name in COMPARISONS:
                method = cls.find_method(name)
                if method is not None and len(method.params) == 2:
                    cls.is_mixed = True
                    self.lattice.flow(ty, method.params[1].variable.cell)

    def _reach_dunders(self, cls: Class) -> None:
        """The runtime may call them once an instance is dynamic."""
        for name in DUNDERS:
            method = cls.find_method(name)
            if method is not None and method.kind == "method" and method.params:
                self.reach(method)
                self.lattice.flow(Ty("inst", (), cls), method.params[0].variable.cell)

    def _compare_with_anything(self, cls: Class) -> None:
        """Once dynamic, an instance may meet values of any type in a comparison."""
        for name in COMPARISONS:
            method = cls.methods.get(name)
            if method is not None and len(method.params) == 2:
                self.lattice.flow(VALUE, method.params[1].variable.cell, _COMPARED)

    def parents(self, module: Module) -> dict[ast.AST, ast.AST]:
        """What each node of the module stands in."""
        found = self._parents.get(module)
        if found is None:
            found = trees.parents(module.tree)
            self._parents[module] = found
            for copy, original in self._copies.get(module, ()):
                _place(found, copy, original)
        return found

    def copied(self, module: Module, copy: ast.AST, original: ast.AST) -> None:
        """A copy of a function is used, which stands in what the function stands in."""
        self._copies.setdefault(module, []).append((copy, original))
        if module in self._parents:
            _place(self._parents[module], copy, original)

    def new_field(self, cls: Class, name: str) -> Attribute:
        """The field of the class's hierarchy; who found that there is none asks again."""
        field = cls.root.fields.get(name)
        if field is None:
            field = Attribute(name)
            cls.root.fields[name] = field
            self._holders.pop(name, None)
            self._owners.pop(name, None)
            self._changed(self.lacking.get((cls.root, name), {}))
            self._reshaped(self.without.get((cls.root, name), {}))
            self._changed(self.dynamic_readers.get(name, {}))
        return field

    def reach(self, function: Function) -> None:
        """`function` may run: elaborate it."""
        if not function.reachable or not (function.live or self.lattice.guarded):
            function.reachable = True
            function.live = not self.lattice.guarded
            self.dirty[function] = None

    def new_cell(self, ty: Ty | None = None) -> Cell:
        cell = Cell() if ty is None else Cell(ty)
        self.cells.append(cell)
        return cell

    def new_cell_for(self, function: Function, *key: object) -> Cell:
        """A cell that belongs to a function: the same one in every round."""
        cell = function.sites.get(key)
        if cell is None:
            cell = self.new_cell()
            function.sites[key] = cell
        return cell

    def note(self, function: Function, refusal: Refusal) -> None:
        """Once a place, however often it is elaborated."""
        self.notes.setdefault((function, refusal.node, refusal.message), refusal)

    def refuse_class(self, node: ast.AST, refusal: Refusal) -> None:
        """No instance of the class can be made."""
        if node not in self.class_refusals:
            self.upset()
        self.class_refusals[node] = refusal

    def varies(self, variable: Variable) -> None:
        """Some code assigns it: it is no constant."""
        if variable.constant is not None:
            variable.constant = None
            self.upset()

    def begin(self, function: Function) -> int:
        """The function is elaborated now: what is known of its last time is void. Gives the
        count of this elaboration."""
        self.clock += 1
        self.sure.pop(function, None)
        self.refusals.pop(function, None)
        self.stale.pop(function, None)
        function.round += 1
        return self.clock

    def upset(self) -> None:
        """Something changed that nobody is told of: what was elaborated until now, and what is
        being elaborated, is elaborated again in the last pass."""
        self.sure.clear()
        self.upset_at = self.clock

    def depends_on_cells(self, function: Function, started: int) -> None:
        """Its elaboration, which began at that count, asked for nothing but what cells hold,
        and is told when they grow."""
        if started > self.upset_at:
            self.sure[function] = None

    def refuse(self, function: Function, refusal: Refusal) -> None:
        self.refusals[function] = refusal

    def diagnostic(self, function: Function, refusal: Refusal) -> Diagnostic:
        node = refusal.node
        line = getattr(node, "lineno", function.line)
        return Diagnostic(
            refusal.code,
            Span(
                function.module.path,
                line,
                getattr(node, "col_offset", 0) + 1,
                getattr(node, "end_lineno", line) or line,
                (getattr(node, "end_col_offset", 0) or 0) + 1,
            ),
            refusal.message,
            Severity.ERROR if refusal.code.startswith("PT9") else Severity.REFUSAL,
            function.module.line(line),
            refusal.help,
            function.qualname,
        )


def _place(parents: dict[ast.AST, ast.AST], copy: ast.AST, original: ast.AST) -> None:
    parents.update(trees.parents(copy))
    parents[copy] = parents[original]


@dataclass(eq=False, slots=True)
class LoopFrame:
    label: str
    used: bool = False


@dataclass(eq=False, slots=True)
class Frame:
    """The elaboration of one function, once."""

    engine: Engine
    function: Function
    module: Module
    narrow: dict[Variable, Ty] = field(default_factory=dict)
    loops: list[LoopFrame] = field(default_factory=list)
    locals: dict[Variable, ir.Local] = field(default_factory=dict)
    temps: int = 0
    labels: int = 0
    # The exception being handled, innermost last.
    handled: list[ir.Local] = field(default_factory=list)
    # Class whose body or method this is.
    cls: Class | None = None
    hints: dict[ast.AST, Ty] = field(default_factory=dict)
    line: int = 0
    # Inside a `try` that catches NameError: a name that nothing defines is meant to be tried.
    expects_name_error: bool = False
    # The expression of an expression statement: nobody looks at its value.
    discarded: ast.expr | None = None
    # Of a module's body: what was refused, and left a hole each. None: a refusal ends the function.
    holes: list[Refusal] | None = None
    # What builds which construct, so that every file of this room can call every other's.
    builders: Mapping[type[ast.expr], Callable[[Frame, Any], ir.Expr]] = field(kw_only=True)
    build_block: Callable[[Frame, list[ast.stmt]], tuple[list[ir.Stmt], bool]] = field(kw_only=True)

    def expr(self, node: ast.expr) -> ir.Expr:
        """The IR of an expression, typed as far as is known.

        Raises:
            Refusal: a construct that cannot be translated.
        """
        build = self.builders.get(type(node))
        if build is None:
            raise Refusal("PT202", node, f"{type(node).__name__} expressions are not translated")
        return build(self, node)

    def block(self, body: list[ast.stmt]) -> tuple[list[ir.Stmt], bool]:
        """The statements, and whether control can reach their end."""
        return self.build_block(self, body)

    def site(self, node: ast.AST, *key: object) -> Cell:
        """The cell of an AST site: the same one in every round."""
        full = (id(node), *key)
        cell = self.function.sites.get(full)
        if cell is None:
            cell = self.engine.new_cell()
            self.function.sites[full] = cell
        return cell

    def read(self, cell: Cell) -> Ty:
        """`lattice.read` by this function, which is asked so often that a call counts."""
        root = cell if cell.parent is None else cell.find()
        function = self.function
        root.readers[function] = function.round
        return root.ty

    def form(self, cell: Cell) -> Ty:
        """As `read`, where the type is a value's form and no flow follows from it."""
        root = cell if cell.parent is None else cell.find()
        function = self.function
        root.formers[function] = function.round
        return root.ty

    def flow(self, ty: Ty, cell: Cell, *because: str) -> None:
        if ty.kind != "never" and (cell.ty is not ty or cell.parent is not None):
            self.engine.lattice.flow(ty, cell, *because)

    def temp(self, ty: Ty, stem: str = "temp") -> ir.Local:
        self.temps += 1
        return ir.Local(f"{stem}_t{self.temps}", as_type(ty))

    def label(self, stem: str) -> str:
        self.labels += 1
        return f"{stem}{self.labels}"

    def _scope_of(self, variable: Variable) -> str:
        if variable.owner is not self.function:
            return "free"
        return "global" if self.function.kind == "module" else "local"

    def local(self, variable: Variable) -> ir.Local:
        found = self.locals.get(variable) or self._new_local(variable)
        found.ty = as_type(self.read(variable.cell))
        return found

    def place(self, variable: Variable) -> ir.Local:
        """Where the variable is kept, by who does not decide by what it holds."""
        found = self.locals.get(variable) or self._new_local(variable)
        found.ty = as_type(self.form(variable.cell))
        return found

    def _new_local(self, variable: Variable) -> ir.Local:
        # A parameter is bound from the start, whatever a `try` does to it later.
        unbound = variable.maybe_unbound and not variable.is_param
        storage = "slot" if variable.slotted else ("maybe" if unbound else "plain")
        found = ir.Local(
            variable.rust_name,
            as_type(VALUE),
            storage,
            variable.name,
            variable.is_param and variable.owner is self.function,
            scope=self._scope_of(variable),
        )
        self.locals[variable] = found
        return found
