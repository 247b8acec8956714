"""The shape of a row and the little language of its signature.

A row says what one builtin, method, operator or library function means: its
Python name, its types, its Rust and what it can raise. `parse_signature` turns

    (self: &str, sep: &str? = None, maxsplit: i64 = -1) -> list[str]

into a `Signature`. Types are those of `ir.types` with `T?` for Optional, single
capitals for type variables, and these forms for parameters only:

    &T            passed by reference (else by value, owned)
    iterable[T]   anything that can be walked; Rust gets `impl Iterator<Item = Result<T>>`
    fn(A, B) -> R a callable; Rust gets a closure `|a: A, b: B| -> Result<R>`
    i64           an int, saturated to 64 bits (sizes, counts, slice bounds)
    index         an int as an index; IndexError when it does not fit 64 bits
    any           a value of any static type (a fresh variable, by reference)
    *name: T      the rest of the positional arguments, as a Rust slice `&[T]`
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from portalis.translate.ir import types as t
from portalis.translate.ir.types import KINDS, Type


@dataclass(frozen=True, slots=True)
class Row:
    """One meaning. `name` is

    - a builtin function: `len`
    - a method: `str.split`, `list.append` (the kind's name, then the method)
    - a module's function or constant: `math.sqrt`, `math.pi` (sig `-> float`)
    - an operator: `+ - * / // % ** @ << >> & | ^ == != < <= > >= in neg pos invert`,
      augmented `+=` … (only where it differs from the plain one), `getitem setitem
      delitem` (slices are `getslice setslice delslice` with three `int?` bounds),
      always with operands as parameters in Python's order.

    `rust` is an expression over the parameters: `{self}.split({sep}, {maxsplit})`;
    `{T}` is the Rust type of a variable. If `raises` is not empty the expression is a
    `Result` and the compiler adds `?`. Overloads are rows of the same name, tried in
    order: first without conversions, then with (bool→int, int→float, int→num, T→T?).
    """

    name: str
    sig: str
    rust: str
    raises: tuple[str, ...] = ()
    # Evaluating twice, or not at all, makes no difference.
    pure: bool = True
    # An attribute that is data, not a method: `match.string`.
    data: bool = False


@dataclass(frozen=True, slots=True)
class Param:
    name: str
    type: Type
    by_ref: bool = False
    # '' | 'iterable' | 'fn' | 'i64' | 'index' | 'any' | 'rest'
    form: str = ""
    # Python source of the default; None: required.
    default: str | None = None


# By identity: a text has one signature, and what is known of it is looked up by it.
@dataclass(frozen=True, eq=False, slots=True)
class Signature:
    params: tuple[Param, ...]
    result: Type
    variables: frozenset[str] = field(default_factory=frozenset)

    def at(self, position: int) -> Param | None:
        """The parameter that the positional argument binds."""
        if position < len(self.params):
            return self.params[position]
        last = self.params[-1] if self.params else None
        return last if last is not None and last.form == "rest" else None


class SignatureError(ValueError):
    """A row's signature does not parse: our bug, found when the table is loaded."""


_TOKEN = re.compile(r"\s*(->|[A-Za-z_][A-Za-z_0-9]*|\S)")


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[str] = _TOKEN.findall(text)
        self.at = 0
        self.variables: set[str] = set()

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, want: str = "") -> str:
        token = self.peek()
        if not token or (want and token != want):
            raise SignatureError(f"{self.text!r}: expected {want or 'more'}, found {token!r}")
        self.at += 1
        return token

    def accept(self, token: str) -> bool:
        if self.peek() == token:
            self.at += 1
            return True
        return False

    def type(self) -> Type:
        name = self.take()
        if name == "fn":
            self.take("(")
            params = self.list_until(")")
            self.take("->")
            base = t.func_of(tuple(params), self.type())
        elif len(name) == 1 and name.isupper():
            self.variables.add(name)
            base = Type("var", (), name)
        else:
            args = tuple(self.list_until("]")) if self.accept("[") else ()
            if name not in KINDS and name not in ("iterable", "index", "any"):
                raise SignatureError(f"{self.text!r}: unknown type {name!r}")
            base = Type(name, args)
        return Type("opt", (base,)) if self.accept("?") else base

    def list_until(self, end: str) -> list[Type]:
        items: list[Type] = []
        while not self.accept(end):
            items.append(self.type())
            if not self.accept(","):
                self.take(end)
                break
        return items

    def default(self) -> str | None:
        if not self.accept("="):
            return None
        parts: list[str] = []
        while self.peek() not in (",", ")"):
            parts.append(self.take())
        return "".join(parts)

    def param(self) -> Param:
        rest = self.accept("*")
        name = self.take()
        self.take(":")
        by_ref = self.accept("&")
        declared = self.type()
        form = declared.kind if declared.kind in ("iterable", "i64", "index", "any") else ""
        if declared.kind == "func":
            form = "fn"
        if declared.kind == "any":
            by_ref = True
        return Param(name, declared, by_ref, "rest" if rest else form, self.default())

    def signature(self) -> Signature:
        params: list[Param] = []
        if self.accept("("):
            while not self.accept(")"):
                params.append(self.param())
                if not self.accept(","):
                    self.take(")")
                    break
        self.take("->")
        result = self.type()
        if self.peek():
            raise SignatureError(f"{self.text!r}: left over {self.peek()!r}")
        return Signature(tuple(params), result, frozenset(self.variables))


@functools.cache
def parse_signature(text: str) -> Signature:
    """Signature of a row.

    Raises:
        SignatureError: the text is not in the language above.
    """
    return _Reader(text).signature()
