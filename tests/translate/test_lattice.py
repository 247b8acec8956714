"""What dynamic code looks into is boxed whenever it grows, without anybody asking again."""

from __future__ import annotations

from portalis.translate.frontend.lattice import INT, STR, VALUE, Cell, Lattice, Ty


def lattice() -> Lattice:
    return Lattice(lambda _readers: None, lambda _formers: None)


def list_of(item: Ty) -> Ty:
    return Ty("list", (Cell(item),))


def test_what_is_stored_later_is_boxed_inside() -> None:
    known, slot, stored = lattice(), Cell(), list_of(INT)
    known.show(slot)
    known.flow(stored, slot)
    assert slot.find().ty.kind == "list"
    assert stored.args[0].find().ty is VALUE


def test_a_slot_keeps_that_when_it_becomes_one_with_another() -> None:
    known, slot, other, stored = lattice(), Cell(), Cell(), list_of(STR)
    known.flow(stored, other)
    known.show(slot)
    known.unify(other, slot)
    assert stored.args[0].find().ty is VALUE


def test_it_is_boxed_as_what_looks_not_as_what_stores() -> None:
    known, slot, stored = lattice(), Cell(), list_of(INT)
    known.place, known.line = "looks", 3
    known.show(slot)
    known.place, known.line = "stores", 7
    known.flow(stored, slot)
    cause = stored.args[0].find().cause
    assert cause is not None
    assert (cause.place, cause.line) == ("looks", 3)


def test_what_runs_looks_rather_than_what_never_runs() -> None:
    known, slot = lattice(), Cell()
    known.guarded = True
    known.show(slot)
    assert slot.seen is not None
    assert slot.seen.guarded
    known.guarded = False
    known.show(slot)
    assert not slot.seen.guarded


def test_a_function_that_gives_itself_is_boxed() -> None:
    result, parameter = Cell(), Cell(INT)
    function = Ty("func", (parameter, result))
    result.ty = function
    lattice().box(function)
    assert parameter.find().ty.kind == "value"
