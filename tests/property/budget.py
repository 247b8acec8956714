"""Whether a program ends soon and small: counted in lines and sizes, never in seconds."""

from __future__ import annotations

import contextlib
import io
import sys
from types import FrameType
from typing import Any

from tests.property.batch import HEADER

MAX_LINES = 20_000
MAX_BITS = 6_000
MAX_LENGTH = 2_000
MAX_OUTPUT = 60_000
# Errors that a well-typed program never has; one of them means that the generator is wrong.
ILL_TYPED = (TypeError, NameError, AttributeError, UnboundLocalError, RecursionError)


class OverBudget(BaseException):
    """The program runs too long or too large; programs do not catch it."""


class _Meter:
    def __init__(self) -> None:
        self.lines = 0

    def __call__(self, frame: FrameType, event: str, arg: object) -> Any:  # noqa: ANN401, ARG002
        if not frame.f_code.co_filename.startswith("<program"):
            return None
        if event == "line":
            self.lines += 1
            if self.lines > MAX_LINES:
                raise OverBudget("lines")
            for value in frame.f_locals.values():
                _measure(value)
        return self


def _measure(value: object, depth: int = 2) -> None:
    """Texts and ints inside of containers count too: keys made of a repr double each time."""
    if type(value) is int:
        if value.bit_length() > MAX_BITS:
            raise OverBudget("bits")
    elif isinstance(value, str | list | dict | set | tuple):
        if len(value) > MAX_LENGTH:
            raise OverBudget("length")
        if depth and not isinstance(value, str):
            for item in value:
                _measure(item, depth - 1)
            if isinstance(value, dict):
                for item in value.values():
                    _measure(item, depth - 1)


def run_reference(source: str) -> str:
    """The output of one program in this process.

    Raises OverBudget; and the program's own ill-typed error, which is a fault of the generator.
    """
    # Dataclasses look their module up, so its name has to be that of a real one.
    names: dict[str, Any] = {"__name__": __name__}
    text = io.StringIO()
    exec(HEADER, names)
    exec(compile(source, "<program>", "exec"), names)
    before = sys.gettrace()
    with contextlib.redirect_stdout(text):
        sys.settrace(_Meter())
        try:
            names["P_main"]()
        except ILL_TYPED:
            raise
        except Exception as error:  # noqa: BLE001 - a program may end in any error of its own
            sys.settrace(before)
            print("uncaught", type(error).__name__, error)
        finally:
            sys.settrace(before)
    output = text.getvalue()
    if len(output) > MAX_OUTPUT:
        raise OverBudget("output")
    return output


def ill_typed(output: str) -> bool:
    """Whether the program caught and printed an error that well-typed programs never have."""
    return any(f"{error.__name__} " in output for error in ILL_TYPED)
