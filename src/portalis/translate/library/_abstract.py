"""The abstract classes of collections.abc as bases: what they add to what a class has itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator as _Walk
from typing import Any

_MISSING = object()


class Iterable(ABC):
    __slots__ = ()

    @abstractmethod
    def __iter__(self) -> Any:
        while False:
            yield None


class Iterator(Iterable):
    __slots__ = ()

    @abstractmethod
    def __next__(self) -> Any:
        raise StopIteration

    def __iter__(self) -> Any:
        return self


class Sized(ABC):
    __slots__ = ()

    @abstractmethod
    def __len__(self) -> int:
        return 0


class Container(ABC):
    __slots__ = ()

    @abstractmethod
    def __contains__(self, x: Any) -> bool:
        return False


class Collection(Sized, Iterable, Container):
    __slots__ = ()


class Sequence(Collection):
    __slots__ = ()

    @abstractmethod
    def __getitem__(self, index: Any) -> Any:
        raise IndexError

    def __iter__(self) -> _Walk[Any]:
        i = 0
        try:
            while True:
                v = self[i]
                yield v
                i += 1
        except IndexError:
            return

    def __contains__(self, value: Any) -> bool:
        for v in self:
            if v is value or v == value:
                return True
        return False

    def __reversed__(self) -> _Walk[Any]:
        for i in reversed(range(len(self))):
            yield self[i]

    def index(self, value: Any, start: Any = 0, stop: Any = None) -> int:
        if start is not None and start < 0:
            start = max(len(self) + start, 0)
        if stop is not None and stop < 0:
            stop += len(self)
        i = start
        while stop is None or i < stop:
            try:
                v = self[i]
            except IndexError:
                break
            if v is value or v == value:
                return i
            i += 1
        raise ValueError

    def count(self, value: Any) -> int:
        return sum(1 for v in self if v is value or v == value)


class MutableSequence(Sequence):
    __slots__ = ()

    @abstractmethod
    def __setitem__(self, index: Any, value: Any) -> None:
        raise IndexError

    @abstractmethod
    def __delitem__(self, index: Any) -> None:
        raise IndexError

    @abstractmethod
    def insert(self, index: int, value: Any) -> None:
        raise IndexError

    def append(self, value: Any) -> None:
        self.insert(len(self), value)

    def clear(self) -> None:
        try:
            while True:
                self.pop()
        except IndexError:
            pass

    def reverse(self) -> None:
        n = len(self)
        for i in range(n // 2):
            self[i], self[n - i - 1] = self[n - i - 1], self[i]

    def extend(self, values: Any) -> None:
        if values is self:
            values = list(values)
        for v in values:
            self.append(v)

    def pop(self, index: int = -1) -> Any:
        v = self[index]
        del self[index]
        return v

    def remove(self, value: Any) -> None:
        del self[self.index(value)]

    def __iadd__(self, values: Any) -> Any:
        self.extend(values)
        return self


class Mapping(Collection):
    __slots__ = ()

    @abstractmethod
    def __getitem__(self, key: Any) -> Any:
        raise KeyError

    def get(self, key: Any, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: Any) -> bool:
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self) -> Any:
        return KeysView(self)

    def items(self) -> Any:
        return ItemsView(self)

    def values(self) -> Any:
        return ValuesView(self)

    def __eq__(self, other: Any) -> Any:
        if not isinstance(other, (dict, Mapping)):
            return NotImplemented
        return dict(self.items()) == dict(other.items())


class MutableMapping(Mapping):
    __slots__ = ()

    @abstractmethod
    def __setitem__(self, key: Any, value: Any) -> None:
        raise KeyError

    @abstractmethod
    def __delitem__(self, key: Any) -> None:
        raise KeyError

    def pop(self, key: Any, default: Any = _MISSING) -> Any:
        try:
            value = self[key]
        except KeyError:
            if default is _MISSING:
                raise
            return default
        else:
            del self[key]
            return value

    def popitem(self) -> Any:
        try:
            key = next(iter(self))
        except StopIteration:
            raise KeyError from None
        value = self[key]
        del self[key]
        return key, value

    def clear(self) -> None:
        try:
            while True:
                self.popitem()
        except KeyError:
            pass

    def update(self, other: Any = (), /, **kwds: Any) -> None:
        if isinstance(other, (dict, Mapping)):
            for key in other:
                self[key] = other[key]
        elif hasattr(other, "keys"):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in kwds.items():
            self[key] = value

    def setdefault(self, key: Any, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


class Set(Collection):
    __slots__ = ()

    def __le__(self, other: Any) -> Any:
        if not _is_set(other):
            return NotImplemented
        if len(self) > len(other):
            return False
        for elem in self:
            if elem not in other:
                return False
        return True

    def __lt__(self, other: Any) -> Any:
        if not _is_set(other):
            return NotImplemented
        return len(self) < len(other) and self.__le__(other)

    def __gt__(self, other: Any) -> Any:
        if not _is_set(other):
            return NotImplemented
        return len(self) > len(other) and self.__ge__(other)

    def __ge__(self, other: Any) -> Any:
        if not _is_set(other):
            return NotImplemented
        if len(self) < len(other):
            return False
        for elem in other:
            if elem not in self:
                return False
        return True

    def __eq__(self, other: Any) -> Any:
        if not _is_set(other):
            return NotImplemented
        return len(self) == len(other) and self.__le__(other)

    @classmethod
    def _from_iterable(cls, it: Any) -> Any:
        return cls(it)  # type: ignore[call-arg]

    def __and__(self, other: Any) -> Any:
        if not hasattr(other, "__iter__"):
            return NotImplemented
        return self._from_iterable(value for value in other if value in self)

    def __rand__(self, other: Any) -> Any:
        return self.__and__(other)

    def isdisjoint(self, other: Any) -> bool:
        for value in other:
            if value in self:
                return False
        return True

    def __or__(self, other: Any) -> Any:
        if not hasattr(other, "__iter__"):
            return NotImplemented
        return self._from_iterable(e for s in (self, other) for e in s)

    def __ror__(self, other: Any) -> Any:
        return self.__or__(other)

    def __sub__(self, other: Any) -> Any:
        if not _is_set(other):
            if not hasattr(other, "__iter__"):
                return NotImplemented
            other = self._from_iterable(other)
        return self._from_iterable(value for value in self if value not in other)

    def __rsub__(self, other: Any) -> Any:
        if not _is_set(other):
            if not hasattr(other, "__iter__"):
                return NotImplemented
            other = self._from_iterable(other)
        return self._from_iterable(value for value in other if value not in self)

    def __xor__(self, other: Any) -> Any:
        if not _is_set(other):
            if not hasattr(other, "__iter__"):
                return NotImplemented
            other = self._from_iterable(other)
        return (self - other) | (other - self)

    def __rxor__(self, other: Any) -> Any:
        return self.__xor__(other)


def _is_set(x: Any) -> bool:
    return isinstance(x, (set, frozenset, Set))


class MutableSet(Set):
    __slots__ = ()

    @abstractmethod
    def add(self, value: Any) -> None:
        raise NotImplementedError

    @abstractmethod
    def discard(self, value: Any) -> None:
        raise NotImplementedError

    def remove(self, value: Any) -> None:
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self) -> Any:
        it = iter(self)
        try:
            value = next(it)
        except StopIteration:
            raise KeyError from None
        self.discard(value)
        return value

    def clear(self) -> None:
        try:
            while True:
                self.pop()
        except KeyError:
            pass

    def __ior__(self, it: Any) -> Any:
        for value in it:
            self.add(value)
        return self

    def __iand__(self, it: Any) -> Any:
        for value in self - it:
            self.discard(value)
        return self

    def __ixor__(self, it: Any) -> Any:
        if it is self:
            self.clear()
        else:
            if not _is_set(it):
                it = self._from_iterable(it)
            for value in it:
                if value in self:
                    self.discard(value)
                else:
                    self.add(value)
        return self

    def __isub__(self, it: Any) -> Any:
        if it is self:
            self.clear()
        else:
            for value in it:
                self.discard(value)
        return self


class MappingView(Sized):
    __slots__ = ("_mapping",)

    def __init__(self, mapping: Any) -> None:
        self._mapping = mapping

    def __len__(self) -> int:
        return len(self._mapping)

    def __repr__(self) -> str:
        return f"{self.__class__.__name__}({self._mapping!r})"


class KeysView(MappingView, Set):
    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it: Any) -> Any:
        return set(it)

    def __contains__(self, key: Any) -> bool:
        return key in self._mapping

    def __iter__(self) -> _Walk[Any]:
        yield from self._mapping


class ItemsView(MappingView, Set):
    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it: Any) -> Any:
        return set(it)

    def __contains__(self, item: Any) -> bool:
        key, value = item
        try:
            v = self._mapping[key]
        except KeyError:
            return False
        else:
            return v is value or v == value

    def __iter__(self) -> _Walk[Any]:
        for key in self._mapping:
            yield key, self._mapping[key]


class ValuesView(MappingView, Collection):
    __slots__ = ()

    def __contains__(self, value: Any) -> bool:
        for key in self._mapping:
            v = self._mapping[key]
            if v is value or v == value:
                return True
        return False

    def __iter__(self) -> _Walk[Any]:
        for key in self._mapping:
            yield self._mapping[key]
