"""The inference lattice: what is known of a slot so far, and how knowledge joins.

A `Cell` is a slot whose type can still grow: a variable, a parameter, an
attribute, the elements of a container. A `Ty` is a snapshot of a type whose
container arguments are cells. Cells of containers that flow into each other are
unified (Steensgaard, "Points-to analysis in almost linear time", 1996), since
one Rust type must serve both names; everything else joins upwards:

    never < int, float < num < value      none + T = T?      T < T? < value
    classes with a common base < that base      others < union of hierarchies < value

A container that becomes `value` has `value` elements, so that a box aliases the
typed handle. The height is finite and every step only climbs, so the fixpoint
ends; a type that would contain itself becomes `value`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from portalis.translate.ir.types import CODE_HOLDERS, KINDS, Type

if TYPE_CHECKING:
    from portalis.translate.frontend.program import ClassInfo

_MAX_DEPTH = 7
# Depth to which a message spells a type out.
_SHOWN = 2
_WORDS = {
    "never": "…",
    "num": "float",
    "value": "object",
    "exc": "BaseException",
    "iter": "Iterator",
}
_INSIDE = "what holds it is stored as a dynamic value"
# Beside containers: what is another thing once it is dynamic.
_SEEN_INSIDE = frozenset(("inst", "union", "func", "class"))


class Doubts:
    """How many questions were asked whose answer may change without anybody being told.
    Whose elaboration asked one is elaborated again in the last pass."""

    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 0


DOUBTS = Doubts()


def doubt() -> None:
    DOUBTS.count += 1


class Ty:
    """A type as known now. `optional` means "or None"; `members` are a union's classes."""

    __slots__ = ("args", "cls", "kind", "members", "optional")

    def __init__(
        self,
        kind: str,
        args: tuple[Cell, ...] = (),
        cls: ClassInfo | None = None,
        optional: bool = False,
        members: tuple[ClassInfo, ...] = (),
    ) -> None:
        self.kind = kind
        self.args = args
        self.cls = cls
        self.optional = optional
        self.members = members

    def same(self, other: Ty) -> bool:
        """Equal up to unification, of which nobody is told: a no for cells is a doubt."""
        if self.equals(other):
            return True
        if self.args and self.kind == other.kind:
            doubt()
        return False

    def equals(self, other: Ty) -> bool:
        """As `same`, for the lattice itself, which unifies what is not."""
        if self is other:
            return True
        mine, theirs = self.args, other.args
        if (
            self.kind != other.kind
            or self.optional != other.optional
            or self.cls is not other.cls
            or len(mine) != len(theirs)
            or self.members != other.members
        ):
            return False
        for a, b in zip(mine, theirs, strict=True):
            if a is not b and a.find() is not b.find():
                return False
        return True

    def required(self) -> Ty:
        """Without None."""
        if not self.optional:
            return self
        return Ty(self.kind, self.args, self.cls, False, self.members)

    def or_none(self) -> Ty:
        if self.optional or self.kind in ("value", "none"):
            return self
        if self.kind == "never":
            return NONE
        return Ty(self.kind, self.args, self.cls, True, self.members)

    def classes(self) -> tuple[ClassInfo, ...]:
        """Of an instance or a union: one class a hierarchy."""
        return self.members if self.cls is None else (self.cls,)

    def __repr__(self) -> str:
        if self.args:
            doubt()
        return str(freeze(self))


NEVER = Ty("never")
NONE = Ty("none")
BOOL = Ty("bool")
INT = Ty("int")
FLOAT = Ty("float")
NUM = Ty("num")
COMPLEX = Ty("complex")
STR = Ty("str")
BYTES = Ty("bytes")
RANGE = Ty("range")
SLICE = Ty("slice")
EXC = Ty("exc")
VALUE = Ty("value")
ATOMS: dict[str, Ty] = {
    ty.kind: ty
    for ty in (NEVER, NONE, BOOL, INT, FLOAT, NUM, COMPLEX, STR, BYTES, RANGE, SLICE, EXC, VALUE)
}
NUMERIC = frozenset(("int", "float", "num"))
# Objects of the program's classes.
OBJECTS = frozenset(("inst", "union"))
# What may be one: a dynamic value, too.
MAYBE_OBJECTS = OBJECTS | {"value"}
# A union of more hierarchies is dynamic.
_MAX_MEMBERS = 32


# Whatever the lattice's owner calls the place that a statement stands in.
Place = object


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a slot became dynamic, in words, and the statement that made it so."""

    text: str
    place: Place
    line: int


@dataclass(frozen=True, slots=True)
class Sight:
    """Dynamic code that looks into a slot; guarded: it never runs."""

    guarded: bool
    place: Place
    line: int


class Asker(Protocol):
    """What is elaborated, round after round: what it asked in an earlier one is void."""

    round: int


Askers = dict[Asker, int]


class Cell:
    """A growing type. `readers` decide by it, `formers` only give what they store its form:
    both are told when it grows. With each the round in which it last asked, in the order in
    which they came, for one result a program."""

    __slots__ = ("cause", "fixed", "formers", "hint", "parent", "readers", "seen", "ty")

    def __init__(self, ty: Ty = NEVER) -> None:
        self.ty = ty
        # What runs has decided it: what never runs cannot change it.
        self.fixed = False
        self.parent: Cell | None = None
        self.readers: Askers = {}
        self.formers: Askers = {}
        # An annotation's type, used only if no flow ever decides.
        self.hint: Ty | None = None
        # Of a slot of dynamic values: what made it one, first.
        self.cause: Cause | None = None
        # Of a slot that dynamic code looks into: what looked first.
        self.seen: Sight | None = None

    def forget(self) -> None:
        """Nothing grows any longer: nobody is told."""
        for cell in (self, self.find()):
            cell.readers.clear()
            cell.formers.clear()
            cell.cause = cell.seen = None

    def find(self) -> Cell:
        cell = self
        while cell.parent is not None:
            if cell.parent.parent is not None:
                cell.parent = cell.parent.parent
            cell = cell.parent
        return cell


def read(cell: Cell, reader: Asker) -> Ty:
    """What is known of the slot; who asks is told when it grows."""
    root = cell if cell.parent is None else cell.find()
    root.readers[reader] = reader.round
    return root.ty


class Lattice:
    """Joins types, unifies cells and reports growth: `changed` gets those who decided by what
    was known, `reshaped` those who gave a value its form."""

    def __init__(
        self,
        changed: Callable[[Iterable[Asker]], None],
        reshaped: Callable[[Iterable[Asker]], None],
    ) -> None:
        self._changed = changed
        self._reshaped = reshaped
        # Set when a function or instance becomes reachable through `value`.
        self.on_escape: Callable[[Ty], None] = lambda _ty: None
        # Set when instances of a union may meet in comparisons.
        self.on_union: Callable[[Ty], None] = lambda _ty: None
        # While something is elaborated that never runs: fixed cells do not grow.
        self.guarded = False
        # What `box_inside` is at: a function may give itself.
        self._boxing: set[Cell] = set()
        # What is being elaborated: where a cause stands.
        self.place: object = None
        self.line = 0

    def _grew(self, cell: Cell) -> None:
        self._changed([asker for asker, seen in cell.readers.items() if seen == asker.round])
        self._reshaped([asker for asker, seen in cell.formers.items() if seen == asker.round])

    def flow(self, ty: Ty, cell: Cell, because: str = "a dynamic value is stored in it") -> None:
        """Everything of type `ty` may be stored in `cell`; `because` is said of a dynamic one."""
        root = cell.find()
        old = root.ty
        if ty.kind == "never" or old is ty or old.equals(ty):
            return
        if self.guarded and root.fixed and grows(old, ty):
            doubt()
            return
        if ty.kind == "value":
            # Set before what was there is boxed: a container may hold itself.
            root.ty = VALUE
            self._blame(root, because)
            self._grew(root)
            self.box(old)
            return
        self._set(root, self.join(old, ty), (old, ty))

    def _blame(self, root: Cell, text: str) -> None:
        if root.cause is None:
            root.cause = Cause(text, self.place, self.line)

    def _set(self, root: Cell, ty: Ty, met: tuple[Ty, ...] = ()) -> None:
        """`met`: the types that met in the slot."""
        root = root.find()
        if root.ty.equals(ty):
            return
        if self.guarded and root.fixed:
            doubt()
            return
        if ty.args and (_depth(ty, 0) > _MAX_DEPTH or _reaches(ty, root, 0)):
            self.box(ty)
            ty = VALUE
            met = ()
        if ty.kind == "value":
            words = list(dict.fromkeys(in_words(m) for m in met if m.kind != "value"))
            self._blame(
                root,
                f"it holds {' and '.join(words)}"
                if len(words) > 1
                else "a dynamic value is stored in it"
                if met
                else "its type would contain itself",
            )
        root.ty = ty
        self._grew(root)
        if root.seen is not None:
            self._show(root, root.seen)

    def show(self, cell: Cell) -> None:
        """Dynamic code looks into `cell`: what it holds now and ever is boxed inside."""
        root = cell.find()
        if root.seen is None or (root.seen.guarded and not self.guarded):
            root.seen = Sight(self.guarded, self.place, self.line)
        self.box_inside(root)

    def _show(self, root: Cell, sight: Sight) -> None:
        """As what looks, not as what has just stored something."""
        if root.ty.args or root.ty.kind in _SEEN_INSIDE:
            before = self.guarded, self.place, self.line
            self.guarded, self.place, self.line = sight.guarded, sight.place, sight.line
            self.box(root.ty)
            self.guarded, self.place, self.line = before

    def unify(self, a: Cell, b: Cell) -> None:
        a, b = a.find(), b.find()
        if a is b:
            return
        if self.guarded and (a.fixed or b.fixed):
            doubt()
            if not a.fixed:
                a, b = b, a
            if grows(a.ty, b.ty):
                if not b.fixed:
                    self._absorb(a, b)
                return
        ta, tb = a.ty, b.ty
        b.parent = a
        a.fixed |= b.fixed
        if a.hint is None:
            a.hint = b.hint
        if a.cause is None:
            a.cause = b.cause
        sights = {a.seen, b.seen}
        a.seen = _first_sight(a, b)
        joined = self.join(ta, tb)
        a = a.find()
        grew_b = not joined.equals(tb)
        self._set(a, joined, (ta, tb))
        self._untie(a)
        if grew_b:
            self._grew(b)
        a = a.find()
        if a.seen is not None and len(sights) > 1:
            self._show(a, a.seen)
        _inherit(a, b)

    def _untie(self, cell: Cell) -> None:
        """A type that contains itself now that two cells are one becomes `value`."""
        root = cell.find()
        if root.ty.args and _reaches(root.ty, root, 0):
            self.flow(VALUE, root, "its type would contain itself")

    def _absorb(self, a: Cell, b: Cell) -> None:
        """`b` becomes the fixed cell `a`, whatever it was before."""
        b.parent = a
        a.seen = _first_sight(a, b)
        self._grew(b)
        _inherit(a, b)

    def fix(self, cell: Cell) -> None:
        """What is known of `cell` now is all that running code makes of it."""
        root = cell.find()
        if root.fixed or root.ty.kind == "never":
            return
        root.fixed = True
        for inner in root.ty.args:
            self.fix(inner)

    def join(self, a: Ty, b: Ty) -> Ty:
        if a is b or b.kind == "never":
            return a
        if a.kind == "never":
            return b
        if a.kind == "value" or b.kind == "value":
            self.box(a)
            self.box(b)
            return VALUE
        if a.kind == "none":
            return b.or_none()
        if b.kind == "none":
            return a.or_none()
        optional = a.optional or b.optional
        core = self._join_core(a, b)
        return core.or_none() if optional else core

    def _join_core(self, a: Ty, b: Ty) -> Ty:
        ka, kb = a.kind, b.kind
        if ka == kb:
            if ka in OBJECTS:
                return self._join_instances(a, b)
            if ka == "class" and a.cls is not b.cls:
                self.box(a)
                self.box(b)
                return VALUE
            if len(a.args) == len(b.args):
                for x, y in zip(a.args, b.args, strict=True):
                    self.unify(x, y)
                return a.required()
            if ka == "tuple":
                return self._ragged(a, b)
        elif ka in NUMERIC and kb in NUMERIC:
            return NUM
        elif ka in OBJECTS and kb in OBJECTS:
            return self._join_instances(a, b)
        elif {ka, kb} == {"tuple", "vartuple"}:
            return self._ragged(a, b)
        elif "exc" in (ka, kb) and all(
            t.kind == "exc" or (t.cls is not None and t.cls.is_exception) for t in (a, b)
        ):
            return EXC
        self.box(a)
        self.box(b)
        return VALUE

    def _join_instances(self, a: Ty, b: Ty) -> Ty:
        if a.cls is b.cls and a.members == b.members:
            return a.required()
        joined = union_of((*a.classes(), *b.classes()))
        if joined is None:
            self.box(a)
            self.box(b)
            return VALUE
        if joined.members:
            self.on_union(joined)
        return joined

    def _ragged(self, a: Ty, b: Ty) -> Ty:
        """Tuples of different lengths: one element type for all positions."""
        item = next((t.args[0] for t in (a, b) if t.kind == "vartuple"), None)
        cells = [c for t in (a, b) for c in t.args]
        if item is None:
            item = cells[0]
        for cell in cells:
            self.unify(item, cell)
        return Ty("vartuple", (item,))

    def box(self, ty: Ty) -> None:
        """`ty` is stored in a `value`: the elements of its containers must be values."""
        kind = ty.kind
        if kind in ("tuple", "vartuple", "iter", "opt"):
            for cell in ty.args:
                self.box_inside(cell)
        elif kind == "func":
            self.on_escape(ty)
            for cell in ty.args[:-1]:
                self.flow(VALUE, cell, _INSIDE)
            self.box_inside(ty.args[-1])
        elif kind in OBJECTS:
            self.on_escape(ty)
        elif kind == "class" and ty.cls is not None:
            self._set(ty.cls.as_value, VALUE)
        elif ty.args:
            for cell in ty.args:
                self.flow(VALUE, cell, _INSIDE)

    def box_inside(self, cell: Cell) -> None:
        """Elements are converted one by one, so only containers among them change."""
        root = cell.find()
        if root.seen is None and root.ty.kind != "value":
            doubt()
        if (root.ty.args or root.ty.kind in _SEEN_INSIDE) and root not in self._boxing:
            self._boxing.add(root)
            try:
                self.box(root.ty)
            finally:
                self._boxing.discard(root)


def _first_sight(a: Cell, b: Cell) -> Sight | None:
    """What looks into the one or the other, rather what runs."""
    if a.seen is None or (b.seen is not None and a.seen.guarded and not b.seen.guarded):
        return b.seen
    return a.seen


def _inherit(a: Cell, b: Cell) -> None:
    """`b` has become `a`: whoever is told of one is told of the other."""
    for mine, theirs in ((a.readers, b.readers), (a.formers, b.formers)):
        for asker, seen in theirs.items():
            mine[asker] = max(seen, mine.get(asker, 0))


def grows(a: Ty, b: Ty) -> bool:
    """Whether a slot of type `a` would have to change its type to hold a `b`."""
    if b.kind == "never" or a.kind == "value":
        return False
    if b.kind == "none":
        return not a.optional and a.kind != "none"
    if b.optional and not a.optional:
        return True
    if a.kind in OBJECTS and b.kind in OBJECTS:
        return not all(any(c.is_subclass(mine) for mine in a.classes()) for c in b.classes())
    if a.kind == b.kind:
        return len(a.args) != len(b.args)
    if (a.kind, b.kind) == ("vartuple", "tuple"):
        return False
    if a.kind == "exc":
        return b.cls is None or not b.cls.is_exception
    return a.kind != "num" or b.kind not in NUMERIC


def in_words(ty: Ty, depth: int = 0) -> str:
    """A type as a Python annotation would say it: `int`, `list[str]`, `Rectangle | None`."""
    words = KINDS[ty.kind].python or _WORDS.get(ty.kind, "")
    shown = " | ".join(c.name for c in ty.classes()) or words
    if ty.args and ty.kind != "func":
        inner = [in_words(c.find().ty, depth + 1) if depth < _SHOWN else "…" for c in ty.args]
        shown += f"[{', '.join(inner)}]"
    return f"{shown} | None" if ty.optional else shown


def union_of(classes: Iterable[ClassInfo]) -> Ty | None:
    """What instances of all of these are; None: they share no representation."""
    by_root: dict[ClassInfo, ClassInfo] = {}
    for cls in classes:
        known = by_root.get(cls.root)
        common = cls if known is None else known.common_base(cls)
        if common is None:
            return None
        by_root[cls.root] = common
    if len(by_root) == 1:
        return Ty("inst", (), next(iter(by_root.values())))
    if len(by_root) > _MAX_MEMBERS or any(c.is_exception for c in by_root):
        return None
    members = sorted(by_root.values(), key=lambda c: c.rust_type)
    return Ty("union", (), None, False, tuple(members))


def may_run_code(ty: Ty, depth: int = 0) -> bool:
    """What works on such a value, or on what it holds, may run code of the program."""
    if ty.kind in CODE_HOLDERS or depth > _MAX_DEPTH:
        return True
    if ty.args:
        doubt()
    return any(may_run_code(cell.find().ty, depth + 1) for cell in ty.args)


def _depth(ty: Ty, depth: int) -> int:
    if depth > _MAX_DEPTH or not ty.args:
        return depth
    return max(_depth(cell.find().ty, depth + 1) for cell in ty.args)


def _reaches(ty: Ty, target: Cell, depth: int) -> bool:
    if depth > _MAX_DEPTH:
        return True
    for cell in ty.args:
        root = cell.find()
        if root is target or _reaches(root.ty, target, depth + 1):
            return True
    return False


def freeze(ty: Ty) -> Type:
    """The final type. A slot that nothing ever reached holds `value`."""
    return _freeze(ty, 0)


def _freeze(ty: Ty, depth: int) -> Type:
    kind = ty.kind
    if kind == "inst":
        assert ty.cls is not None
        frozen = Type("inst", (), ty.cls.rust_type)
    elif kind == "union":
        frozen = Type("union", tuple(Type("inst", (), c.rust_type) for c in ty.members))
    elif not ty.args or depth > _MAX_DEPTH + 2:
        frozen = Type(kind)
    else:
        frozen = Type(kind, tuple(_freeze_item(c, depth + 1) for c in ty.args))
    return Type("opt", (frozen,)) if ty.optional else frozen


def _freeze_item(cell: Cell, depth: int) -> Type:
    inner = _freeze(cell.find().ty, depth)
    return Type("value") if inner.kind == "never" else inner
