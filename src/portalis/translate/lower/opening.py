"""What code that works on dynamic values may call: functions are opened to what it passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portalis.translate.frontend.lattice import INT, MAYBE_OBJECTS, STR, VALUE, Asker, Ty
from portalis.translate.frontend.program import Class, Function
from portalis.translate.lower import closure, klass
from portalis.translate.lower.context import Engine, Frame, Opening, Refusal, ty_of
from portalis.translate.lower.given import Given


def by_name(frame: Frame, name: str) -> None:
    """Dynamic code asks for the attribute: any class that has it must be reachable."""
    missing(frame)
    engine = frame.engine
    lattice = engine.lattice
    found = engine.openings.get(name)
    if found is None:
        found = Opening(name, lattice.place, lattice.line, lattice.guarded)
        engine.openings[name] = found
    elif found.guarded and not lattice.guarded:
        found.guarded = False
    elif found not in engine.reopened or lattice.guarded:
        return  # who runs it again does it for all that asked
    run(engine, found)


def missing(frame: Frame) -> None:
    """`__getattr__` may answer for what dynamic code asks for."""
    methods(frame, "__getattr__", [STR])


def run(engine: Engine, opening: Opening) -> None:
    """Lets values flow as they do when dynamic code uses the attribute in any way."""
    engine.reopened.pop(opening, None)
    opening.round += 1
    for cls in holders(engine, opening, opening.name):
        field = cls.root.fields.get(opening.name)
        if field is not None:
            engine.lattice.show(field.cell)
        for function in (cls.properties.get(opening.name) or {}).values():
            receiver(engine, function)
        method = cls.methods.get(opening.name)
        if method is not None:
            to_anything(engine, opening, method)


def settle(engine: Engine) -> None:
    """Runs what is to be run again, each as the code that asked for it."""
    lattice = engine.lattice
    if not engine.reopened:
        return
    while engine.reopened:
        opening = next(iter(engine.reopened))
        lattice.place, lattice.line = opening.place, opening.line
        lattice.guarded = opening.guarded
        run(engine, opening)
    lattice.guarded = False


def holders(engine: Engine, asker: Asker, name: str) -> list[Class]:
    """Classes of which a value may hold an instance when its attribute `name` is used; if
    more of them may, who asked is told."""
    if name not in engine.dynamic_readers and not name.startswith("__"):
        # Classes kept as values answer for it from now on.
        for cls, makers in engine.class_makers.items():
            if cls.find_class_attribute(name) or cls.find_method(name):
                engine.dirty |= makers
    engine.dynamic_readers.setdefault(name, {})[asker] = None
    found = engine.holders(name)
    for cls in found:
        # What is caught with others, or raised and caught, is asked as any exception is.
        if cls.is_exception:
            engine.lattice.on_escape(Ty("inst", (), cls))
    return found


def give_field(frame: Frame, attr: str) -> None:
    """Dynamic code assigns `attr`: whatever a value may hold an instance of has the field."""
    engine = frame.engine
    engine.dynamic_setters[frame.function] = None
    if engine.lattice.guarded or attr in engine.given:
        return
    for cls in engine.program.every_class():
        if cls.root is cls:
            _give(engine, cls, attr)
    engine.given[attr] = None


def held(engine: Engine, root: Class) -> None:
    """A value may hold an instance of the hierarchy now: it has what dynamic code assigns."""
    try:
        for attr in engine.given:
            _give(engine, root, attr)
    except Refusal:
        # Who assigns is to be refused, not who made the instance dynamic.
        engine.given.clear()
        engine.dirty |= engine.dynamic_setters
    for cls in root.group:
        getitem = cls.methods.get("__getitem__")
        if getitem is not None and len(getitem.params) > 1 and not cls.find_method("__iter__"):
            # Who iterates counts up.
            engine.lattice.flow(INT, getitem.params[1].variable.cell)


def _give(engine: Engine, root: Class, attr: str) -> None:
    if attr not in root.fields and _takes(root, attr):
        engine.new_field(root, attr)


def _takes(root: Class, attr: str) -> bool:
    """Instances of the hierarchy may be dynamic, and hold any attribute of that name."""
    if root.module.is_library or root.is_exception or not any(c.escapes for c in root.group):
        return False
    return not any(
        attr in c.methods
        or attr in c.properties
        or hasattr(c.node, "frozen")
        or klass.slots(c) is not None
        for c in root.group
    )


def methods(
    frame: Frame, name: str, args: Sequence[Ty], named: Mapping[str, Ty] | None = None
) -> None:
    """Methods of that name may be called with arguments of these types."""
    engine = frame.engine
    key = None if named else _kinds(name, args, engine.lattice.guarded)
    readers = engine.dynamic_readers.get(name)
    if key is not None and readers is not None:
        found = engine.holders(name)
        if not found or engine.opened.get(key) is found:
            readers[frame.function] = None
            return
    found = holders(engine, frame.function, name)
    functions = [f for cls in found if (f := cls.methods.get(name)) is not None]
    for function in functions:
        _open(frame, function, args, named or {})
    if key is not None and all(_is_filled(f, len(args)) for f in functions):
        engine.opened[key] = engine.holders(name)


def _kinds(
    name: str, args: Sequence[Ty], guarded: bool
) -> tuple[str, tuple[tuple[str, bool], ...], bool] | None:
    """What such calls do, where it does not depend on more than the kinds of arguments: to do
    it again for the same classes changes nothing, since cells only climb."""
    if any(ty.args or ty.cls is not None or ty.members for ty in args):
        return None
    return name, tuple([(ty.kind, ty.optional) for ty in args]), guarded


def _is_filled(function: Function, given: int) -> bool:
    """Arguments alone decide what flows into its parameters: no default does, no rest."""
    receivers = int(function.cls is not None and function.kind in ("method", "property", "class"))
    return not any(
        p.kind in ("star", "double_star") or (p.default is not None and i >= given + receivers)
        for i, p in enumerate(function.params)
    )


def called(frame: Frame, name: str, args: Given) -> None:
    """A method of that name is called on a dynamic value."""
    if args.star is None and args.double_star is None:
        named = {k: ty_of(a) for k, a in args.keywords.items()}
        methods(frame, name, [ty_of(a) for a in args.positional], named)
        return
    for cls in holders(frame.engine, frame.function, name):
        if name in cls.methods:
            to_anything(frame.engine, frame.function, cls.methods[name])


def to_anything(engine: Engine, asker: Asker, function: Function) -> None:
    """The function may be called with any arguments."""
    skip = receiver(engine, function)
    for param in function.params[skip:]:
        if param.kind in ("star", "double_star"):
            closure.open_rest(engine, asker, function, param)
        else:
            because = "a call on a dynamic value may pass anything"
            engine.lattice.flow(VALUE, param.variable.cell, because)


def receiver(engine: Engine, function: Function) -> int:
    """How many parameters come before the arguments; the instance flows into its own."""
    engine.reach(function)
    engine.lattice.show(function.result)
    if function.cls is None or function.kind not in ("method", "property", "class"):
        return 0
    if function.kind != "class" and function.params:
        engine.lattice.flow(Ty("inst", (), function.cls), function.params[0].variable.cell)
    return 1


def _open(frame: Frame, function: Function, args: Sequence[Ty], named: Mapping[str, Ty]) -> None:
    skip = receiver(frame.engine, function)
    for i, param in enumerate(function.params[skip:], skip):
        if param.kind in ("star", "double_star"):
            closure.open_rest(frame.engine, frame.function, function, param)
        elif param.kind == "positional" and i - skip < len(args):
            frame.flow(args[i - skip], param.variable.cell)
        elif param.name in named:
            frame.flow(named[param.name], param.variable.cell)
        elif param.default is not None:
            frame.flow(ty_of(closure.default_of(frame, function, i)), param.variable.cell)


def operator(frame: Frame, name: str, operands: Sequence[Ty]) -> None:
    """A binary or unary operator on dynamic values: `add`, with its reflection."""
    for side, dunder in enumerate((f"__{name}__", f"__r{name}__")[: len(operands)]):
        if operands[side].kind in MAYBE_OBJECTS:
            methods(frame, dunder, [*operands[:side], *operands[side + 1 :]])
