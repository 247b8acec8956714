"""The classes of collections that are no built-in container."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from _abstract import MutableMapping


class UserDict(MutableMapping):
    """A dict to inherit from: `data` holds the items."""

    def __init__(self, dict: Any = None, /, **kwargs: Any) -> None:
        self.data: Any = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, key: Any) -> Any:
        if key in self.data:
            return self.data[key]
        if hasattr(self, "__missing__"):
            return self.__missing__(key)
        raise KeyError(key)

    def __setitem__(self, key: Any, item: Any) -> None:
        self.data[key] = item

    def __delitem__(self, key: Any) -> None:
        del self.data[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.data)

    def __contains__(self, key: Any) -> bool:
        return key in self.data

    def __repr__(self) -> str:
        return repr(self.data)

    def __eq__(self, other: object) -> bool:
        return dict(self.items()) == other

    def pop(self, key: Any, *default: Any) -> Any:
        try:
            value = self[key]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[key]
        return value


class ChainMap(MutableMapping):
    """Several mappings as one: the first that has a key answers, the first is written."""

    def __init__(self, *maps: Any) -> None:
        self.maps: list[Any] = list(maps) or [{}]

    def __getitem__(self, key: Any) -> Any:
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

    def get(self, key: Any, default: Any = None) -> Any:
        return self[key] if key in self else default

    def __len__(self) -> int:
        return len(self._merged())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._merged())

    def _merged(self) -> dict[Any, None]:
        found: dict[Any, None] = {}
        for mapping in reversed(self.maps):
            for key in mapping:
                found[key] = None
        return found

    def __contains__(self, key: Any) -> bool:
        for mapping in self.maps:
            if key in mapping:
                return True
        return False

    def __bool__(self) -> bool:
        for mapping in self.maps:
            if mapping:
                return True
        return False

    def __repr__(self) -> str:
        return f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})"

    def __eq__(self, other: object) -> bool:
        return dict(self.items()) == other

    def new_child(self, m: Any = None, **kwargs: Any) -> ChainMap:
        if m is None:
            m = kwargs
        elif kwargs:
            m.update(kwargs)
        return ChainMap(m, *self.maps)

    @property
    def parents(self) -> ChainMap:
        return ChainMap(*self.maps[1:])

    def __setitem__(self, key: Any, value: Any) -> None:
        self.maps[0][key] = value

    def __delitem__(self, key: Any) -> None:
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}") from None

    def popitem(self) -> Any:
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.") from None

    def pop(self, key: Any, *args: Any) -> Any:
        try:
            return self.maps[0].pop(key, args[0]) if args else self.maps[0].pop(key)
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}") from None

    def clear(self) -> None:
        self.maps[0].clear()
