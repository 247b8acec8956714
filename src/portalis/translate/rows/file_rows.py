"""Rows of the file system: `os` and `os.path`, and the open files below the library's file
objects (`_fileio`, a name that only the library may import)."""

from __future__ import annotations

from portalis.translate.rows.row import Row

_OS = ("OSError",)
_AT = "stdlib::folders"
_FILES = "stdlib::files"


def _path_rows(module: str) -> tuple[Row, ...]:
    asked = ("exists", "lexists", "isfile", "isdir", "islink")
    return (
        *(
            Row(f"{module}.{name}", "(path: &str) -> bool", f"{_AT}::{name}({{path}})", _OS,
                pure=False)
            for name in asked
        ),
        Row(f"{module}.getsize", "(filename: &str) -> int", f"{_AT}::getsize({{filename}})", _OS,
            pure=False),
        Row(f"{module}.getmtime", "(filename: &str) -> float", f"{_AT}::getmtime({{filename}})",
            _OS, pure=False),
        Row(f"{module}.abspath", "(path: &str) -> str", f"{_AT}::abspath({{path}})", _OS,
            pure=False),
        Row(f"{module}.realpath", "(filename: &str) -> str", f"{_AT}::realpath({{filename}})",
            _OS, pure=False),
        Row(f"{module}.relpath", '(path: &str, start: &str = ".") -> str',
            f"{_AT}::relpath({{path}}, {{start}})", ("ValueError", "OSError"), pure=False),
        Row(f"{module}.expanduser", "(path: &str) -> str", f"{_AT}::expanduser({{path}})",
            pure=False),
    )


# Function, parameters, result, Rust.
_CALLS: tuple[tuple[str, str, str, str], ...] = (
    ("os.listdir", 'path: &str = "."', "list[str]", "listdir({path})"),
    ("os.mkdir", "path: &str", "none", "mkdir({path})"),
    ("os.rmdir", "path: &str", "none", "rmdir({path})"),
    ("os.remove", "path: &str", "none", "remove({path})"),
    ("os.unlink", "path: &str", "none", "remove({path})"),
    ("os.rename", "src: &str, dst: &str", "none", "rename({src}, {dst})"),
    ("os.replace", "src: &str, dst: &str", "none", "rename({src}, {dst})"),
    ("os.getcwd", "", "str", "getcwd()"),
    ("os.chdir", "path: &str", "none", "chdir({path})"),
)

_TEXT = "encoding: &str, errors: &str"
_OPEN: tuple[tuple[str, str, str, str], ...] = (
    ("open", "path: &str, mode: &str", "i64", "open({path}, {mode})"),
    ("close", "file: i64", "none", "close({file})"),
    ("read", "file: i64, size: i64", "bytes", "read({file}, {size})"),
    ("readline", "file: i64, limit: i64", "bytes", "readline({file}, {limit})"),
    ("write", "file: i64, data: &bytes", "none", "write({file}, {data}.as_slice())"),
    ("write_text", f"file: i64, text: &str, {_TEXT}", "none",
     "write_text({file}, {text}, {encoding}, {errors})"),
    ("seek", "file: i64, offset: i64, whence: i64", "int", "seek({file}, {offset}, {whence})"),
    ("tell", "file: i64", "int", "tell({file})"),
    ("truncate", "file: i64, size: i64", "none", "truncate({file}, {size})"),
    ("flush", "file: i64", "none", "flush({file})"),
    ("fileno", "file: i64", "i64", "fileno({file})"),
    ("isatty", "file: i64", "bool", "isatty({file})"),
    ("readline_text", f"file: i64, newline: i64, {_TEXT}", "str",
     "readline_text({file}, {newline}, {encoding}, {errors})"),
    ("read_text", f"file: i64, size: i64, newline: i64, {_TEXT}", "str",
     "read_text({file}, {size}, {newline}, {encoding}, {errors})"),
)  # fmt: skip

ROWS: tuple[Row, ...] = (
    *_path_rows("os.path"),
    *_path_rows("posixpath"),
    *(
        Row(name, f"({params}) -> {result}", f"{_AT}::{rust}", _OS, pure=False)
        for name, params, result, rust in _CALLS
    ),
    Row("os.getpid", "() -> i64", f"{_AT}::getpid()", pure=False),
    *(
        Row(f"_fileio.{name}", f"({params}) -> {result}", f"{_FILES}::{rust}",
            ("OSError", "ValueError"), pure=False)
        for name, params, result, rust in _OPEN
    ),
    Row("_fileio.redirect", "(stderr: bool, write: &value, flush: &value) -> none",
        "io::redirect::begin({stderr}, {write}, {flush})", pure=False),
    Row("_fileio.restore", "(stderr: bool) -> none", "io::redirect::end({stderr})", pure=False),
    # The class and the text of an exception, as a traceback ends.
    Row("_fileio.last_line", "(error: &exc) -> str", "{error}.last_line()",
        pure=False),
    Row("_fileio.check", "(encoding: &str) -> none", f"{_FILES}::check({{encoding}})",
        ("LookupError",), pure=False),
)
