"""Program → IR: runs the elaborator to its fixpoint and assembles the crate.

1. What `__main__` and module bodies reach, types flowing from call sites.
2. Functions that nothing calls: their annotations, else dynamic.
3. Slots that nothing ever filled: their annotations, else dynamic.
4. One pass that must change nothing, without what it would only repeat; the IR is kept.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from portalis.core.diagnostics import Diagnostic
from portalis.translate.artifacts import SeenType
from portalis.translate.frontend.lattice import DOUBTS, NONE, VALUE, Cell, Ty, in_words
from portalis.translate.frontend.load import Loaded
from portalis.translate.frontend.program import (
    Class,
    Function,
    Module,
    Param,
    Variable,
)
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    annotation,
    closure,
    dispatch,
    generators,
    keywords,
    names,
    naming,
    opening,
    protocols,
    statement,
)
from portalis.translate.lower.coerce import coerce, flow_into, none
from portalis.translate.lower.context import Engine, Frame, Refusal, as_type
from portalis.translate.lower.freeze import Freezer
from portalis.translate.lower.holes import attempt, hole_statement

_NOT_CALLED = "nothing calls the function: an annotation would make it native"
_NOTHING = "nothing is ever stored in it"
_GROWING = "its type kept growing"


@dataclass(slots=True)
class Elaborated:
    crate: ir.CrateIR
    diagnostics: list[Diagnostic] = field(default_factory=list)
    refused: set[Function] = field(default_factory=set)
    definitions: dict[Function, ir.FunctionDef] = field(default_factory=dict)
    classes: dict[Class, ir.ClassDef] = field(default_factory=dict)
    # Of functions that nothing calls: what a traced run said of their parameters.
    hinted: dict[Function, list[str]] = field(default_factory=dict)
    # Classes that no instance can be made of: code and message of the reason.
    untranslated: dict[Class, tuple[str, str]] = field(default_factory=dict)
    # Something that was refused can be reached from the program's start.
    incomplete: bool = False
    # Lets go of what made it.
    release: Callable[[], None] = lambda: None


class Elaborator:
    def __init__(
        self,
        loaded: Loaded,
        leave_out: frozenset[str] = frozenset(),
        seen: Mapping[str, Mapping[str, SeenType]] | None = None,
    ) -> None:
        self.loaded = loaded
        self.seen = seen or {}
        # What a traced run said, and was believed.
        self.hinted: dict[Function, list[str]] = {}
        self.leave_out = leave_out
        self.engine = Engine(loaded.program)
        self.engine.imports = loaded.imports
        self.engine.cyclic = loaded.cyclic
        self.engine.on_held = partial(opening.held, self.engine)
        # Nothing but its own start calls into it; a library is called from outside.
        self.is_program = any(m.is_main for m in loaded.order)
        self.statement_refusals: dict[Function, list[Refusal]] = {}
        self.docs: dict[Function, str] = {}
        self.classes: dict[Class, ir.ClassDef] = {}
        # Classes of which no struct could be made: nothing makes an instance.
        self.class_failures: dict[Class, Refusal] = {}

    @property
    def functions(self) -> list[Function]:
        """All that there are now: versions come while types grow."""
        order = self.loaded.order
        return [f for m in order for f in (m.body, *m.functions) if f is not None]

    # -- fixpoint
    def run(self, name: str) -> Elaborated:
        naming.name_everything(self.loaded.program, self.loaded.order)
        for module in self.loaded.order:
            assert module.body is not None
            self.engine.reach(module.body)
        self.settle()
        live = {f for f in self.functions if f.reachable}
        self.fix()
        if not self.is_program:
            self.pass_anything()
        for function in self.functions:
            if not function.reachable and not function.module.is_library:
                self.engine.lattice.guarded = self.is_program
                self.open(function)
                self.engine.reach(function)
                self.settle()
        self.engine.lattice.guarded = False
        self.open_library()
        self.open_dunders()
        for _ in range(20):
            self.settle()
            self.fill_unknown()
            self.settle()
            self.open_library()
            # What instances do when they are printed, compared or seen dynamically
            # lets values flow too.
            self.define_classes()
            if self.engine.is_growing() or self.unknown():
                continue
            self.engine.reopened.update(dict.fromkeys(self.engine.openings.values()))
            opening.settle(self.engine)
            for function in self.functions:
                if function.reachable and not self.is_final(function):
                    self.elaborate(function)
            failed = len(self.class_failures)
            self.refresh()
            self.define_classes()
            growing = self.engine.is_growing() or self.engine.stale or self.unknown()
            if not growing and failed == len(self.class_failures):
                break
        out = self.assemble(name)
        out.incomplete = not live.isdisjoint(out.refused)
        return out

    def refresh(self) -> None:
        """Slots may have grown since their values were given a form."""
        while self.engine.stale and not self.engine.is_growing():
            self.elaborate(next(iter(self.engine.stale)))

    def define_classes(self) -> None:
        for module in self.loaded.order:
            self.classes.update((cls, self.define_class(cls)) for cls in module.classes)

    def pass_anything(self) -> None:
        """Whoever calls a library may give its functions instances of its classes."""
        for module in self.loaded.order:
            for cls in () if module.is_library else module.classes:
                self.engine.lattice.box(Ty("inst", (), cls))

    def fix(self) -> None:
        """Of a program, what runs decides alone what its slots hold."""
        if not self.is_program:
            return
        for cell in self.slots():
            self.engine.lattice.fix(cell)
        for function in self.functions:
            self.engine.lattice.fix(function.result)
        for cls in self.loaded.program.every_class():
            self.engine.lattice.fix(cls.as_value)
        for record in self.engine.records.values():
            for cell in record.cells() if record is not None else ():
                self.engine.lattice.fix(cell)

    def define_class(self, cls: Class) -> ir.ClassDef:
        """The class's struct; bare if it fails: then making an instance is refused."""
        if cls not in self.class_failures:
            made = attempt(cls.node, lambda: protocols.class_def(self, cls))
            if not isinstance(made, Refusal):
                return made
            self.class_failures[cls] = made
            for each in cls.group:
                self.engine.refuse_class(each.node, made)
        made_bare = protocols.bare(cls)
        # What its methods note when they set a field has its place, all the same.
        made_bare.is_ordered = cls.root is cls and self.engine.uses.reads_dict
        return made_bare

    def open_library(self) -> None:
        """Of library classes that the program makes, what is called without being named."""
        grown = True
        while grown:
            grown = False
            for function in self.functions:
                cls = function.cls
                if (
                    function.module.is_library
                    and not function.reachable
                    and cls is not None
                    and function.name in protocols.RESULTS
                    and any(_is_made(c) for c in (cls, *cls.descendants()))
                ):
                    self.open(function)
                    self.engine.reach(function)
                    self.settle()
                    grown = True

    def open_dunders(self) -> None:
        """Methods of library classes that only the runtime calls, before what they call is
        taken to be given anything."""
        for function in self.functions:
            if (
                function.module.is_library
                and function.reachable
                and function.kind == "method"
                and function.name.startswith("__")
                and any(p.variable.cell.find().ty.kind == "never" for p in function.params)
            ):
                self.open(function)
        self.settle()

    def settle(self) -> None:
        dirty = self.engine.dirty
        while dirty or self.engine.reopened:
            opening.settle(self.engine)
            function = next(iter(dirty), None)
            if function is None:
                break
            del dirty[function]
            count = self.engine.counts.get(function, 0) + 1
            self.engine.counts[function] = count
            if count > Engine.MAX_ELABORATIONS:
                self.widen(function)
                if count > Engine.MAX_ELABORATIONS + 5:
                    continue
            self.elaborate(function)

    def widen(self, function: Function) -> None:
        """Too many rounds: what is still growing becomes dynamic."""
        if function.kind == "module":
            return
        for param in function.params:
            if param.kind in ("positional", "keyword"):
                self.engine.lattice.flow(VALUE, param.variable.cell, _GROWING)
        self.engine.lattice.flow(VALUE, function.result, _GROWING)

    def open(self, function: Function) -> None:
        """Nothing calls it: it takes what its annotations say."""
        frame = self.frame(function)
        self.engine.lattice.place, self.engine.lattice.line = function, function.line
        for position, param in enumerate(function.params):
            cell = param.variable.cell
            if position == 0 and function.cls is not None and _has_receiver(function):
                self.engine.lattice.flow(Ty("inst", (), function.cls), cell)
                continue
            ty = self.said_of(frame, function, param)
            if param.kind == "star":
                ty = Ty("vartuple", (Cell(ty),))
            elif param.kind == "double_star":
                keywords.anything(self.engine, function, ty)
                ty = Ty("dict", (Cell(Ty("str")), Cell(ty)))
            self.engine.lattice.flow(ty, cell, _NOT_CALLED)
            if param.default is not None and isinstance(param.default, ast.Constant):
                if param.default.value is None:
                    self.engine.lattice.flow(NONE, cell)

    def said_of(self, frame: Frame, function: Function, param: Param) -> Ty:
        """What a parameter that nothing flows into holds: its annotation, else what a traced
        run passed, else anything."""
        ty = annotation.hint(frame, param.annotation) or VALUE
        name = f"{function.module.name}.{function.qualname}"
        seen = self.seen.get(name, {}).get(param.name)
        if ty.kind != "value" or seen is None:
            return ty
        found = annotation.witnessed(frame, seen)
        if found is None:
            return ty
        self.hinted.setdefault(function, []).append(
            f"`{param.name}` is taken to be {in_words(found)}: the traced run passed that"
        )
        return found

    def slots(self) -> list[Cell]:
        cells = list(self.engine.cells)
        for function in self.functions:
            cells += [v.cell for v in function.all_variables]
            if function.is_generator:
                cells.append(function.yields)
        for module in self.loaded.order:
            cells += [v.cell for v in module.variables.values()]
            for cls in module.classes:
                cells += [f.cell for f in cls.fields.values()]
                cells += [v.cell for v in cls.class_attributes.values()]
                if cls.body is not None:
                    cells += [v.cell for v in cls.body.all_variables]
        return cells

    def unknown(self) -> bool:
        return any(c.find().ty.kind == "never" for c in self.slots())

    def fill_unknown(self) -> None:
        for function in self.functions:
            if _has_receiver(function) and function.cls is not None:
                receiver = function.params[0].variable.cell.find()
                if receiver.ty.kind == "never":
                    # Whoever makes an instance, even if nothing is seen to, passes that.
                    self.engine.lattice.flow(Ty("inst", (), function.cls), receiver)
            for param in function.params:
                is_rest = param.kind in ("star", "double_star")
                if is_rest and param.variable.cell.find().ty.kind == "never":
                    closure.open_rest(self.engine, function, function, param)
            if (
                function.used_as_value or function.is_generator
            ) and function.result.find().ty.kind == "never":
                # A function object needs some result type, even if it always raises.
                self.engine.lattice.flow(VALUE, function.result, _NOTHING)
        for cell in self.slots():
            root = cell.find()
            if root.ty.kind == "never":
                self.engine.lattice.flow(root.hint or VALUE, root, _NOTHING)

    # -- one function
    def frame(self, function: Function) -> Frame:
        return Frame(
            self.engine,
            function,
            function.module,
            builders=dispatch.BUILDERS,
            build_block=statement.block,
        )

    def elaborate(self, function: Function) -> None:
        engine = self.engine
        engine.lattice.place = function
        engine.lattice.line = function.line
        engine.lattice.guarded = self.is_program and not function.live
        started, doubts = engine.begin(function), DOUBTS.count
        frame = self.frame(function)
        made = attempt(function.node, lambda: self.build(frame, function))
        if isinstance(made, Refusal):
            engine.refuse(function, made)
            made = self.stub(frame, function, made)
        if DOUBTS.count == doubts:
            engine.depends_on_cells(function, started)
        engine.results[function] = made
        engine.lattice.guarded = False

    def is_final(self, function: Function) -> bool:
        """Elaborating it again would change nothing: all that it asked for is as it was."""
        engine = self.engine
        told = function in engine.stale or function in engine.dirty
        return function in engine.sure and not told

    def build(self, frame: Frame, function: Function) -> ir.FunctionDef:
        node = function.node
        if f"{function.module.name}.{function.qualname}" in self.leave_out:
            raise Refusal("PT901", node, "what was emitted for it does not compile")
        if function.is_coroutine:
            generators.check_coroutine(function)
        if function.kind in ("function", "lambda") and function.cls is not None:
            raise Refusal("PT204", node, "a function inside a class inside a function")
        if len(function.taken) < len(function.free):
            raise Refusal("PT204", node, "a method that uses variables of an enclosing function")
        if isinstance(node, ast.Lambda):
            value = frame.expr(node.body)

            body: list[ir.Stmt] = [ir.Return(node.lineno, flow_into(frame, value, function.result))]
            falls = False
        elif function.kind == "module":
            body, falls = self.module_body(frame, function)
        else:
            body, falls = frame.block(node.body)
        if falls:
            frame.flow(NONE, function.result)
        if function.is_generator:
            # What it returns is handed on as a value.
            frame.engine.lattice.box(frame.read(function.result))
        if falls:
            result = frame.form(function.result)
            if result.kind != "none":
                body.append(ir.Return(0, coerce(frame, none(), result)))
        return self.definition(frame, function, body)

    def definition(self, frame: Frame, function: Function, body: list[ir.Stmt]) -> ir.FunctionDef:
        params = [self.param(frame, p) for p in function.params]
        captured = [frame.place(v) for v in function.taken]
        result: Ty = frame.form(function.result)
        if function.is_generator:
            result = Ty("iter", (function.yields,))
        if function not in self.docs:
            node = function.node
            text = None if isinstance(node, ast.Lambda) else ast.get_docstring(node)
            self.docs[function] = text or ""
        return ir.FunctionDef(
            names.function_path(function),
            function.rust_name,
            captured,
            params,
            as_type(result),
            body,
            self.docs[function],
            function.line,
            function.name,
            function.is_generator,
            as_type(frame.form(function.yields)),
            returns=as_type(frame.form(function.result)),
            is_coroutine=function.is_coroutine,
            locals=[frame.locals[v] for v in frame.locals if v.owner is function],
        )

    @staticmethod
    def param(frame: Frame, param: Param) -> ir.Local:
        return frame.place(param.variable)

    def module_body(self, frame: Frame, function: Function) -> tuple[list[ir.Stmt], bool]:
        """Statement by statement: one that is refused leaves a hole, not a ruin."""
        refused = frame.holes = []
        out: list[ir.Stmt] = []
        falls = True
        assert isinstance(function.node, ast.Module)
        for node in function.node.body:
            made = attempt(node, partial(statement.one, frame, node))
            if isinstance(made, Refusal):
                refused.append(made)
                out.append(hole_statement(function, made, node))
                if isinstance(node, ast.ClassDef):
                    self.engine.refuse_class(node, made)
            else:
                built, falls = made
                out += built
            if not falls:
                break
        self.statement_refusals[function] = refused
        return out, falls

    def stub(self, frame: Frame, function: Function, refusal: Refusal) -> ir.FunctionDef:
        """What stands in for a function that was refused: it stops the program, loudly."""
        self.engine.lattice.flow(VALUE, function.result)
        if function.is_generator:
            self.engine.lattice.flow(VALUE, function.yields)
        return self.definition(frame, function, [hole_statement(function, refusal, refusal.node)])

    # -- assembly
    def assemble(self, name: str) -> Elaborated:
        engine = self.engine
        modules: list[ir.ModuleIR] = []
        out = Elaborated(ir.CrateIR(name, modules, "", closes=self.loaded.program.closes))
        for module in self.loaded.order:
            modules.append(self.module(module))
            if module.is_main:
                out.crate.main = module.rust_name
        for function in self.functions:
            refusal = engine.refusals.get(function)
            if refusal is None:
                continue
            out.refused.add(function)
            if refusal.code != "PT901":  # said already, by the compile check
                out.diagnostics.append(engine.diagnostic(function, refusal))
        for cls, refusal in self.class_failures.items():
            assert cls.module.body is not None
            out.diagnostics.append(engine.diagnostic(cls.module.body, refusal))
            out.refused.add(cls.module.body)
        out.untranslated = {
            cls: (found.code, found.message)
            for cls in self.loaded.program.every_class()
            if (found := engine.class_refusals.get(cls.node)) is not None
        }
        for (function, _, _), refusal in engine.notes.items():
            out.diagnostics.append(engine.diagnostic(function, refusal))
        for function, refusals in self.statement_refusals.items():
            out.diagnostics += [engine.diagnostic(function, r) for r in refusals]
            if refusals:
                out.refused.add(function)
        out.release = engine.take_apart
        out.definitions, out.classes, out.hinted = engine.results, self.classes, self.hinted
        # Versions of a function have its refusals in common.
        out.diagnostics = list(dict.fromkeys(out.diagnostics))
        freezer = Freezer()
        freezer.visit(modules)
        homes = {m.rust_name: m for m in modules}
        for union in freezer.unions():
            homes[union.args[0].name.partition("::")[0]].unions.append(union)
        return out

    def module(self, module: Module) -> ir.ModuleIR:
        functions = [self.engine.results[f] for f in module.functions if f in self.engine.results]
        assert module.body is not None
        init = self.engine.results[module.body]
        doc = ast.get_docstring(module.tree) or ""
        made = ir.ModuleIR(module.rust_name, module.path, doc, [], functions, [], init)
        for variable in module.variables.values():
            if variable.is_global and variable.known_entity is None and variable.constant is None:
                made.globals.append(self.global_def(variable))
        for function in (module.body, *(c.body for c in module.classes)):
            assert function is not None
            for variable in function.all_variables:
                if variable.is_default and variable.is_global:
                    made.globals.append(self.global_def(variable))
        for cls in module.classes:
            for variable in cls.class_attributes.values():
                made.globals.append(self.global_def(variable))
            made.classes.append(self.classes[cls])
        return made

    def global_def(self, variable: Variable) -> ir.GlobalDef:
        ty = variable.cell.find().ty
        return ir.GlobalDef(names.global_path(variable), as_type(ty), variable.name)


def _is_made(cls: Class) -> bool:
    init = cls.find_method("__init__")
    return init is None or init.reachable


def _has_receiver(function: Function) -> bool:
    is_bound = function.cls is not None and function.kind in ("method", "property")
    return is_bound and bool(function.params) and function.params[0].kind == "positional"
