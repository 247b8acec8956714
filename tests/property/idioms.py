"""What real programs are made of beside plain code: classes with operators, generators that
are sent values, closures that share a variable, defaults that are mutable and the like.

An idiom is a few definitions with random expressions in them, and lines of `main` that use
them. It prints what it does, so that the order of events is compared too.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.property.function_idioms import FunctionIdioms
from tests.property.library_idioms import LibraryIdioms
from tests.property.object_idioms import ObjectIdioms
from tests.property.shape_idioms import ShapeIdioms
from tests.property.statements import Lines
from tests.property.text_idioms import TextIdioms
from tests.property.value_idioms import ValueIdioms


class Idioms(ObjectIdioms, ShapeIdioms, FunctionIdioms, ValueIdioms, TextIdioms, LibraryIdioms):
    """Writes idioms of every kind."""

    def idiom(self, name: str) -> Lines:
        """The definitions of one idiom at random; their names start with `name`."""
        kinds: tuple[Callable[[str], Lines], ...] = (
            self._operators_of_a_class,
            self._family,
            self._sent_generator,
            self._shared_closures,
            self._defaults,
            self._stars,
            self._ways_out,
            self._patterns,
            self._sorting,
            self._views,
            self._texts,
            self._slices,
            self._data,
            self._mixed,
            self._numbers,
            self._errors,
            self._managed,
            self._lazy,
            self._aliases,
            self._enums,
            self._abstract,
            self._iterator_class,
            self._class_patterns,
            self._tuples_with_names,
            self._wrappers,
            self._container_class,
            self._collections,
            self._iterations,
            self._contexts,
            self._texts_by_pattern,
            self._records,
            self._formats,
            self._walrus,
            self._octets,
            self._big,
            self._chosen,
            self._raising,
        )
        return self.rng.choice(kinds)(name)
