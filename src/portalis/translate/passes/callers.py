"""What int parameters and results may be, from all calls of a program.

In a program every caller is known: a function whose name is used for calls only
gets what its calls pass, and gives what its returns give. Functions are analysed
again until nothing moves; a call whose result is not known yet does not return.
What is reached from outside (libraries, functions as values, methods that the
runtime calls) takes any int. So it is with what fields and variables of modules hold:
each holds what the assignments to it store, and reading it before is an error.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import bound, nodes, of
from portalis.translate.ir.walk import every
from portalis.translate.passes import interval as iv
from portalis.translate.passes import ranges
from portalis.translate.passes.held import Place, int_places, parts_of, place_of
from portalis.translate.passes.interval import TOP, Interval
from portalis.translate.passes.ranges import Code, Ranges

# Analyses a function on average before the program is left to single functions.
ROUNDS = 12
# Changes of one interval before its bounds jump.
PATIENCE = 2
NEAR: Interval = (-(1 << 62), 1 << 62)


def is_tracked(local: ir.Local) -> bool:
    return local.ty.kind == "int" and local.storage != "slot"


def all_functions(crate: ir.CrateIR) -> list[ir.FunctionDef]:
    return [f for m in crate.modules for f in (*m.functions, *([m.init] if m.init else []))]


def open_paths(crate: ir.CrateIR) -> set[str]:
    """Functions that something else than a call in a body may call."""
    out: set[str] = set()
    for function in all_functions(crate):
        out.update(node.path for node in of(function, ir.FunctionValue))
        out.update(node.path for node in of(function, ir.DynamicFunction))
    for part in parts_of(crate):
        for node in every(part):
            if isinstance(node, (ir.Call, ir.FunctionValue, ir.DynamicFunction)):
                out.add(node.path)
    return out


def constructors(crate: ir.CrateIR) -> dict[str, str]:
    """What makes an instance → the `__init__` that it calls with its own parameters."""
    return {
        f"{cls.name}::new": cls.init.path
        for module in crate.modules
        for cls in module.classes
        if cls.init is not None
    }


@dataclass(slots=True)
class Moving:
    """An interval that grows with what is seen, and jumps when it has grown often."""

    value: Interval | None = None
    changes: int = 0

    def grow(self, seen: Interval) -> bool:
        """Whether the interval changed."""
        if self.value is None:
            self.value = seen
            return True
        if iv.within(seen, self.value):
            return False
        self.changes += 1
        joined = iv.join(self.value, seen)
        self.value = iv.widen(self.value, joined) if self.changes > PATIENCE else joined
        return True


@dataclass(slots=True)
class Found:
    """The analyses of a crate: what becomes `i64` of parameters, results and places."""

    bodies: dict[str, Ranges] = field(default_factory=dict)
    params: set[ir.Local] = field(default_factory=set)
    results: set[str] = field(default_factory=set)
    places: set[Place] = field(default_factory=set)
    # Functions without ints.
    idle: set[str] = field(default_factory=set)


# What an analysis finds where there are no ints.
NOTHING = Ranges(set(), {})
_INTS = frozenset(("int", "i64", "wide"))


def has_ints(function: ir.FunctionDef) -> bool:
    """Whether there is something to say about the function's ints."""
    if any(x.ty.kind in _INTS for x in (*function.params, *function.captures, *bound(function))):
        return True
    return any(
        node.ty.kind in _INTS
        or (isinstance(node, ir.Coerce) and node.source.kind in _INTS)
        # They get the type of what they stand for.
        or (isinstance(node, ir.Var) and node.ty != node.local.ty)
        or (isinstance(node, ir.Block) and node.ty != node.value.ty)
        for node in nodes(function)
        if isinstance(node, ir.Expr)
    )


def analyse(crate: ir.CrateIR) -> Found:
    functions = all_functions(crate)
    if crate.is_program:
        for places in (set(int_places(crate)), set[Place]()):
            program = _Program(crate, functions, places)
            if program.run():
                return program.found()
    found = Found()
    for function in functions:
        code = Code(function)
        if not has_ints(function):
            found.idle.add(function.path)
            continue
        alone = ranges.analyse(code, *given_to(function, code, {}))
        if alone is not None:
            found.bodies[function.path] = alone
    return found


def given_to(
    function: ir.FunctionDef, code: Code, known: dict[ir.Local, Interval]
) -> tuple[set[ir.Local], dict[ir.Local, Interval]]:
    """Locals to track, and what those from outside start with."""
    outer = [p for p in (*function.params, *function.captures) if is_tracked(p)]
    given = {p: known.get(p, TOP) for p in outer}
    return {x for x in code.own_locals() if is_tracked(x)} | given.keys(), given


class _Program:
    def __init__(
        self, crate: ir.CrateIR, functions: list[ir.FunctionDef], places: set[Place]
    ) -> None:
        self.functions = {f.path: f for f in functions}
        self.code = {f.path: Code(f) for f in functions}
        self.idle = {f.path for f in functions if not has_ints(f)}
        self.made = constructors(crate)
        open_ = {self.made.get(path, path) for path in open_paths(crate)}
        # Modules' top levels run by themselves.
        self.closed = {f.path for m in crate.modules for f in m.functions} - open_
        self.roots = [p for p in self.functions if p not in self.closed]
        self.places: dict[Place, Moving] = {place: Moving() for place in places}
        # Without what assignments add to a place.
        self.bases: dict[Place, Moving] = {place: Moving() for place in places}
        self.readers: dict[Place, dict[str, None]] = {place: {} for place in places}
        self.params: dict[ir.Local, Moving] = {}
        # Without what self-calls add to a parameter.
        self.starts: dict[ir.Local, Moving] = {}
        self.results: dict[str, Moving] = {}
        self.callers: dict[str, set[str]] = {}
        self.bodies: dict[str, Ranges] = {}
        # The same as all of these say, as the analysis of a body asks it.
        silent = {path for path in self.functions if self.gives_int(path)}
        self.known = ranges.Calls({}, silent, dict.fromkeys(places))
        self.left = ROUNDS * len(functions)

    def run(self) -> bool:
        """Whether the analysis came to an end."""
        waiting = dict.fromkeys(self.roots)
        while waiting:
            path = next(iter(waiting))
            del waiting[path]
            self.left -= 1
            if self.left < 0:
                return False
            changed = self.visit(self.functions[path])
            if changed is None:
                return False
            waiting.update(dict.fromkeys(changed))
        # What is never called may still be emitted.
        for path, function in self.functions.items():
            if path not in self.bodies and path not in self.idle:
                code = self.code[path]
                alone = ranges.analyse(code, *given_to(function, code, {}))
                if alone is None:
                    return False
                self.bodies[path] = alone
        return True

    def visit(self, function: ir.FunctionDef) -> list[str] | None:
        """Analyses; the functions that have to be seen again; None: it takes too long."""
        known = {
            p: moving.value
            for p in function.params
            if (moving := self.params.get(p)) is not None and moving.value is not None
        }
        code = self.code[function.path]
        idle = function.path in self.idle
        given = given_to(function, code, known)
        found = NOTHING if idle else ranges.analyse(code, *given, self.known)
        if found is None:
            return None
        self.bodies[function.path] = found
        changed: list[str] = []
        returned: Interval | None = None
        if self.places:
            self.note_reads(function)
        for node in code.nodes:
            place = place_of(node) if self.places else None
            if place in self.places and isinstance(node, ir.Stmt):
                if self.store(place, node, found):
                    changed += self.readers[place]
            elif isinstance(node, ir.Call) and self.target(node) in self.closed:
                path = self.target(node)
                self.callers.setdefault(path, set()).add(function.path)
                if self.is_reached(node, found) and (
                    self.call(function, node, found) or path not in self.bodies
                ):
                    changed.append(path)
            elif isinstance(node, ir.Return) and node.value is not None:
                fact = found.facts.get(node.value)
                if fact is not None:
                    returned = fact if returned is None else iv.join(returned, fact)
        if returned is not None and self.result(function.path, returned):
            changed += sorted(self.callers.get(function.path, ()))
        return changed

    def note_reads(self, function: ir.FunctionDef) -> None:
        for node in self.code[function.path].nodes:
            place = place_of(node) if isinstance(node, ir.Expr) else None
            if place in self.places:
                self.readers[place][function.path] = None

    def target(self, node: ir.Call) -> str:
        """The function that gets the call's arguments: of an instance's making, `__init__`."""
        return self.made.get(node.path, node.path)

    def store(self, place: Place, node: ir.Stmt, found: Ranges) -> bool:
        """What an assignment stores; whether the place may hold more than before."""
        assert isinstance(node, (ir.SetField, ir.SetGlobal))
        fact = found.facts.get(node.value)
        if fact is None:
            return False
        step, base = placed_on(place, node.value, found), self.bases[place]
        based = step is None and base.grow(fact)
        if step is not None and base.value is not None:
            fact = near(base.value, step, fact)
        grew = self.places[place].grow(fact)
        self.known.held[place] = self.places[place].value
        return grew or based

    def result(self, path: str, returned: Interval) -> bool:
        if not self.gives_int(path):
            return False
        moving = self.results.setdefault(path, Moving())
        grew = moving.grow(returned)
        self.known.results[path] = moving.value or TOP
        self.known.silent.discard(path)
        return grew

    def gives_int(self, path: str) -> bool:
        function = self.functions[path]
        return path in self.closed and function.result.kind == "int"

    @staticmethod
    def is_reached(node: ir.Call, found: Ranges) -> bool:
        return all(arg in found.facts for arg in node.args if arg.ty.kind == "int")

    def call(self, caller: ir.FunctionDef, node: ir.Call, found: Ranges) -> bool:
        changed = False
        params = self.functions[self.target(node)].params[node.path in self.made :]
        for param, arg in zip(params, node.args, strict=True):
            if not is_tracked(param) or arg.ty.kind != "int":
                continue
            fact = found.facts[arg]
            step = added_to(param, arg, found) if caller.path == node.path else None
            starts = self.starts.setdefault(param, Moving())
            if step is not None and starts.value is not None:
                fact = near(starts.value, step, fact)
            elif step is None:
                starts.grow(fact)
            changed |= self.params.setdefault(param, Moving()).grow(fact)
        return changed

    def found(self) -> Found:
        params = {
            p
            for p, moving in self.params.items()
            if moving.value is not None and iv.within(moving.value, iv.I64)
        }
        results = {
            path
            for path, moving in self.results.items()
            if moving.value is not None and iv.within(moving.value, iv.I64)
        }
        places = {
            place
            for place, moving in self.places.items()
            if moving.value is not None and iv.within(moving.value, iv.I64)
        }
        return Found(self.bodies, params, results, places, self.idle)


def near(start: Interval, step: Interval, fact: Interval) -> Interval:
    """`fact`, no further than as many steps lead from `start` as there can be: a counter."""
    cap = iv.add(start, iv.mul(iv.join(step, (0, 0)), (0, iv.STEPS)))
    return iv.meet(fact, cap) if iv.within(cap, NEAR) else fact


def placed_on(place: Place, value: ir.Expr, found: Ranges) -> Interval | None:
    """What is added to an int of such a place; None: it is something else."""
    if not isinstance(value, ir.Op) or value.name not in ("+", "-") or len(value.operands) != 2:
        return None
    left, right = (o.value for o in value.operands.values())
    if place_of(left) == place:
        size = found.fact(right)
        return iv.neg(size) if value.name == "-" else size
    return found.fact(left) if value.name == "+" and place_of(right) == place else None


def added_to(param: ir.Local, arg: ir.Expr, found: Ranges) -> Interval | None:
    """What a self-call adds to its own parameter; None: it passes something else."""
    if param.mutable:
        return None
    if isinstance(arg, ir.Var) and arg.local is param:
        return (0, 0)
    if isinstance(arg, ir.Op) and arg.name in ("+", "-") and len(arg.operands) == 2:
        left, right = (o.value for o in arg.operands.values())
        if isinstance(left, ir.Var) and left.local is param:
            size = found.fact(right)
            return iv.neg(size) if arg.name == "-" else size
    return None
