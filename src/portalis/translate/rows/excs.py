"""Rows of exceptions, and the names of the built-in exception classes.

`ROWS` are methods. `ATTRIBUTES` are read without a call: `e.args`. What is not here is
read with `dynamic::get_attr` on `e.to_value()`.
"""

from __future__ import annotations

from portalis.translate.rows.row import Row

ROWS: tuple[Row, ...] = (
    Row("exc.with_traceback", "(self: &exc, tb: any) -> exc", "{self}.clone()"),
    Row(
        "exc.add_note",
        "(self: &exc, note: any) -> none",
        "{self}.add_note(&{note}.to_value())",
        ("TypeError",),
        pure=False,
    ),
)

ATTRIBUTES: tuple[Row, ...] = (
    Row("exc.args", "(self: &exc) -> vartuple[value]", "{self}.args()"),
    Row("exc.__cause__", "(self: &exc) -> exc?", "{self}.cause()"),
    Row("exc.__context__", "(self: &exc) -> exc?", "{self}.context()"),
    Row("exc.__suppress_context__", "(self: &exc) -> bool", "{self}.suppresses_context()"),
    Row("exc.__traceback__", "(self: &exc) -> none", "()"),
    *(
        Row(
            f"exc.{name}",
            "(self: &exc) -> value",
            f'dynamic::get_attr(&{{self}}.to_value(), "{name}")',
            ("AttributeError",),
        )
        for name in (
            "value",
            "code",
            "errno",
            "strerror",
            "filename",
            "filename2",
            "name",
            "obj",
            "path",
            "msg",
            "encoding",
            "object",
            "start",
            "end",
            "reason",
            "__notes__",
        )
    ),
)

# Rust statics of `exc.rs` by Python name, each with its direct base.
_CLASSES = """
BaseException
SystemExit BaseException
KeyboardInterrupt BaseException
GeneratorExit BaseException
Exception BaseException
StopIteration Exception
StopAsyncIteration Exception
ArithmeticError Exception
FloatingPointError ArithmeticError
OverflowError ArithmeticError
ZeroDivisionError ArithmeticError
AssertionError Exception
AttributeError Exception
BufferError Exception
EOFError Exception
ImportError Exception
ModuleNotFoundError ImportError
LookupError Exception
IndexError LookupError
KeyError LookupError
MemoryError Exception
NameError Exception
UnboundLocalError NameError
OSError Exception
BlockingIOError OSError
ChildProcessError OSError
FileNotFoundError OSError
FileExistsError OSError
InterruptedError OSError
IsADirectoryError OSError
NotADirectoryError OSError
PermissionError OSError
ProcessLookupError OSError
TimeoutError OSError
ConnectionError OSError
BrokenPipeError ConnectionError
ConnectionAbortedError ConnectionError
ConnectionRefusedError ConnectionError
ConnectionResetError ConnectionError
ReferenceError Exception
RuntimeError Exception
NotImplementedError RuntimeError
RecursionError RuntimeError
SyntaxError Exception
IndentationError SyntaxError
TabError IndentationError
SystemError Exception
TypeError Exception
ValueError Exception
UnicodeError ValueError
UnicodeDecodeError UnicodeError
UnicodeEncodeError UnicodeError
UnicodeTranslateError UnicodeError
Warning Exception
BytesWarning Warning
DeprecationWarning Warning
EncodingWarning Warning
FutureWarning Warning
ImportWarning Warning
PendingDeprecationWarning Warning
ResourceWarning Warning
RuntimeWarning Warning
SyntaxWarning Warning
UnicodeWarning Warning
UserWarning Warning
"""

BASES: dict[str, str] = {
    name: base for name, _, base in (line.partition(" ") for line in _CLASSES.split("\n") if line)
}
ALIASES: dict[str, str] = {"IOError": "OSError", "EnvironmentError": "OSError"}


def rust_static(name: str) -> str:
    """The static of a built-in exception class: `KeyError` is `KEY_ERROR`."""
    out = ""
    for i, char in enumerate(name):
        after_lower = i > 0 and not name[i - 1].isupper()
        before_lower = i + 1 < len(name) and name[i + 1].islower()
        if char.isupper() and i > 0 and (after_lower or before_lower):
            out += "_"
        out += char.upper()
    return _IRREGULAR.get(name, out)


_IRREGULAR = {
    "IsADirectoryError": "IS_A_DIRECTORY_ERROR",
    "NotADirectoryError": "NOT_A_DIRECTORY_ERROR",
}
