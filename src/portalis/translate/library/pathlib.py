"""Paths of POSIX systems as objects: `Path`. Pure paths are not here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from _open import BufferedReader, BufferedWriter, TextIOWrapper


def _text_of(part: Any) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, PosixPath):
        return str(part)
    if hasattr(part, "__fspath__"):
        found: str = part.__fspath__()
        return found
    raise TypeError("expected str, bytes or os.PathLike object, not " + type(part).__name__)


def _segments(text: str) -> list[str]:
    return [part for part in text.split("/") if part and part != "."]


def _root_of(text: str) -> str:
    if not text.startswith("/"):
        return ""
    return "//" if text.startswith("//") and not text.startswith("///") else "/"


class _Parents:
    def __init__(self, path: PosixPath) -> None:
        self._found: list[PosixPath] = []
        for end in range(len(path._names) - 1, -1, -1):
            self._found.append(_made(path.root, path._names[:end]))

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, index: int) -> PosixPath:
        if index >= len(self._found) or index < -len(self._found):
            raise IndexError(index)
        return self._found[index]

    def __iter__(self) -> Iterator[PosixPath]:
        return iter(self._found)

    def __repr__(self) -> str:
        return "<PosixPath.parents>"


class PosixPath:
    def __init__(self, *args: Any) -> None:
        root = ""
        names: list[str] = []
        for arg in args:
            text = _text_of(arg)
            if text.startswith("/"):
                root = _root_of(text)
                names = []
            names += _segments(text)
        self.root = root
        self._names = names
        self.drive = ""

    def __str__(self) -> str:
        return self.root + "/".join(self._names) or "."

    def __fspath__(self) -> str:
        return str(self)

    def as_posix(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"PosixPath({str(self)!r})"

    def __hash__(self) -> int:
        return hash((self.root, tuple(self._names)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PosixPath):
            return NotImplemented
        return self.root == other.root and self._names == other._names

    def __lt__(self, other: PosixPath) -> bool:
        return self.parts < other.parts

    def __le__(self, other: PosixPath) -> bool:
        return self.parts <= other.parts

    def __gt__(self, other: PosixPath) -> bool:
        return self.parts > other.parts

    def __ge__(self, other: PosixPath) -> bool:
        return self.parts >= other.parts

    def __truediv__(self, key: str | PosixPath) -> PosixPath:
        return PosixPath(self, key)

    def __rtruediv__(self, key: str) -> PosixPath:
        return PosixPath(key, self)

    def joinpath(self, *args: Any) -> PosixPath:
        return PosixPath(self, *args)

    @property
    def anchor(self) -> str:
        return self.root

    @property
    def parts(self) -> tuple[str, ...]:
        return (self.root, *self._names) if self.root else tuple(self._names)

    @property
    def name(self) -> str:
        return self._names[-1] if self._names else ""

    @property
    def suffix(self) -> str:
        name = self.name
        at = name.rfind(".")
        return name[at:] if 0 < at < len(name) - 1 else ""

    @property
    def suffixes(self) -> list[str]:
        name = self.name
        if name.endswith("."):
            return []
        return ["." + part for part in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self) -> str:
        name = self.name
        at = name.rfind(".")
        return name[:at] if 0 < at < len(name) - 1 else name

    @property
    def parent(self) -> PosixPath:
        return _made(self.root, self._names[:-1]) if self._names else self

    @property
    def parents(self) -> _Parents:
        return _Parents(self)

    def with_name(self, name: str) -> PosixPath:
        if not self._names:
            raise ValueError(f"{self!r} has an empty name")
        if not name or "/" in name or name == ".":
            raise ValueError(f"Invalid name {name!r}")
        return _made(self.root, [*self._names[:-1], name])

    def with_stem(self, stem: str) -> PosixPath:
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix: str) -> PosixPath:
        if "/" in suffix or (suffix and not suffix.startswith(".")) or suffix == ".":
            raise ValueError(f"Invalid suffix {suffix!r}")
        name = self.name
        if not name:
            raise ValueError(f"{self!r} has an empty name")
        old = self.suffix
        return _made(self.root, [*self._names[:-1], name[: len(name) - len(old)] + suffix])

    def is_absolute(self) -> bool:
        return self.root != ""

    def is_relative_to(self, *other: Any) -> bool:
        base = PosixPath(*other)
        size = len(base._names)
        return self.root == base.root and self._names[:size] == base._names

    def relative_to(self, *other: Any) -> PosixPath:
        base = PosixPath(*other)
        if not self.is_relative_to(base):
            raise ValueError(
                f"{str(self)!r} is not in the subpath of {str(base)!r} OR one path is relative "
                "and the other is absolute."
            )
        return _made("", self._names[len(base._names) :])

    # The file system

    def exists(self) -> bool:
        return os.path.exists(str(self))

    def is_file(self) -> bool:
        return os.path.isfile(str(self))

    def is_dir(self) -> bool:
        return os.path.isdir(str(self))

    def is_symlink(self) -> bool:
        return os.path.islink(str(self))

    def open(
        self, mode: str = "r", buffering: int = -1, encoding: str | None = None,
        errors: str | None = None, newline: str | None = None,
    ) -> TextIOWrapper:  # fmt: skip
        if "b" in mode or buffering != -1 or newline not in (None, "", "\n"):
            raise NotImplementedError(f"pathlib: open({mode!r}) of a path is not translated")
        kind = 0 if newline is None else 1 if newline == "" else 2
        return TextIOWrapper(str(self), mode, encoding, errors, kind)

    def read_text(self, encoding: str | None = None, errors: str | None = None) -> str:
        with TextIOWrapper(str(self), "r", encoding, errors, 0) as f:
            return f.read()

    def write_text(
        self, data: str, encoding: str | None = None, errors: str | None = None,
        newline: str | None = None,
    ) -> int:  # fmt: skip
        if newline not in (None, "", "\n"):
            raise NotImplementedError("pathlib: lines that end otherwise are not translated")
        with TextIOWrapper(str(self), "w", encoding, errors, 0) as f:
            return f.write(data)

    def read_bytes(self) -> bytes:
        with BufferedReader(str(self), "rb") as f:
            return f.read()

    def write_bytes(self, data: bytes) -> int:
        with BufferedWriter(str(self), "wb") as f:
            return f.write(data)

    def iterdir(self) -> Iterator[PosixPath]:
        for name in os.listdir(str(self)):
            yield _made(self.root, [*self._names, name])

    def mkdir(self, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        try:
            os.mkdir(str(self))
        except FileNotFoundError:
            if not parents or not self._names:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, False, exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def rmdir(self) -> None:
        os.rmdir(str(self))

    def unlink(self, missing_ok: bool = False) -> None:
        try:
            os.remove(str(self))
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target: str | PosixPath) -> PosixPath:
        os.rename(str(self), str(target))
        return PosixPath(target)

    def replace(self, target: str | PosixPath) -> PosixPath:
        os.replace(str(self), str(target))
        return PosixPath(target)

    def touch(self, mode: int = 0o666, exist_ok: bool = True) -> None:
        with TextIOWrapper(str(self), "a" if exist_ok else "x", None, None, 0):
            pass

    def absolute(self) -> PosixPath:
        return self if self.root else PosixPath(os.getcwd(), self)

    def resolve(self, strict: bool = False) -> PosixPath:
        if strict and not self.exists():
            raise FileNotFoundError(2, "No such file or directory", str(self.absolute()))
        return PosixPath(os.path.realpath(str(self)))

    def expanduser(self) -> PosixPath:
        return PosixPath(os.path.expanduser(str(self)))

    @classmethod
    def cwd(cls) -> PosixPath:
        return PosixPath(os.getcwd())

    @classmethod
    def home(cls) -> PosixPath:
        return PosixPath(os.path.expanduser("~"))

    def glob(self, pattern: str) -> Iterator[PosixPath]:
        yield from _selected(self, _pattern(pattern))

    def rglob(self, pattern: str) -> Iterator[PosixPath]:
        yield from _selected(self, ["**", *_pattern(pattern)])


Path = PosixPath


def _made(root: str, names: list[str]) -> PosixPath:
    made = PosixPath()
    made.root = root
    made._names = names
    return made


def _pattern(text: str) -> list[str]:
    if not text:
        raise ValueError(f"Unacceptable pattern: {text!r}")
    if text.startswith("/"):
        raise NotImplementedError("Non-relative patterns are unsupported")
    if text.endswith("/") or "[" in text or ".." in text:
        raise NotImplementedError(f"pathlib: the pattern {text!r} is not translated")
    names = _segments(text)
    if any("**" in name and name != "**" for name in names):
        raise ValueError("Invalid pattern: '**' can only be an entire path component")
    return names


def _selected(path: PosixPath, names: list[str]) -> Iterator[PosixPath]:
    if not path.is_dir():
        return
    seen: set[PosixPath] = set()
    for found in _below(path, names):
        if "**" not in names or found not in seen:
            seen.add(found)
            yield found


def _below(path: PosixPath, names: list[str]) -> Iterator[PosixPath]:
    if not names:
        yield path
    elif names[0] == "**":
        for folder in _folders(path):
            yield from _below(folder, names[1:])
    elif "*" not in names[0] and "?" not in names[0]:
        inner = _made(path.root, [*path._names, names[0]])
        if inner.is_dir() if names[1:] else inner.exists():
            yield from _below(inner, names[1:])
    elif path.is_dir():
        for name in os.listdir(str(path)):
            inner = _made(path.root, [*path._names, name])
            if _fits(name, names[0]) and (not names[1:] or inner.is_dir()):
                yield from _below(inner, names[1:])


def _folders(path: PosixPath) -> Iterator[PosixPath]:
    yield path
    for name in os.listdir(str(path)):
        inner = _made(path.root, [*path._names, name])
        if inner.is_dir() and not inner.is_symlink():
            yield from _folders(inner)


def _fits(name: str, pattern: str) -> bool:
    """Whether a name is of a pattern of `*` and `?`."""
    at = spot = 0
    star = mark = -1
    while at < len(name):
        if spot < len(pattern) and pattern[spot] == "*":
            star, mark = spot, at
            spot += 1
        elif spot < len(pattern) and pattern[spot] in ("?", name[at]):
            spot += 1
            at += 1
        elif star >= 0:
            mark += 1
            at, spot = mark, star + 1
        else:
            return False
    return pattern[spot:].strip("*") == ""
