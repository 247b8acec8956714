"""Rows of os.path (posixpath, too) that need only the text of a path, the names of os that go
with them, and variables of the environment."""

from __future__ import annotations

from portalis.translate.rows.row import Row

_AT = "stdlib::paths"


def _of(module: str) -> tuple[Row, ...]:
    return (
        Row(f"{module}.join", "(a: &str, *p: str) -> str", f"{_AT}::join({{a}}, {{p}})"),
        Row(f"{module}.join*", "(p: &list[str]) -> str", f"{_AT}::join_all({{p}})",
            ("TypeError",)),
        Row(f"{module}.split", "(p: &str) -> tuple[str, str]", f"{_AT}::split({{p}})"),
        Row(f"{module}.splitext", "(p: &str) -> tuple[str, str]", f"{_AT}::splitext({{p}})"),
        Row(f"{module}.splitdrive", "(p: &str) -> tuple[str, str]",
            '(Str::lit(""), {p}.clone())'),
        Row(f"{module}.basename", "(p: &str) -> str", f"{_AT}::basename({{p}})"),
        Row(f"{module}.dirname", "(p: &str) -> str", f"{_AT}::dirname({{p}})"),
        Row(f"{module}.normpath", "(path: &str) -> str", f"{_AT}::normpath({{path}})"),
        Row(f"{module}.normcase", "(s: &str) -> str", "{s}.clone()"),
        Row(f"{module}.isabs", "(s: &str) -> bool", f"{_AT}::isabs({{s}})"),
        Row(f"{module}.commonprefix", "(m: &list[str]) -> str", f"{_AT}::commonprefix({{m}})"),
        Row(f"{module}.commonpath", "(paths: iterable[str]) -> str",
            f"{_AT}::commonpath({{paths}})", ("ValueError",), pure=False),
    )


_NAMES = {"sep": "/", "pathsep": ":", "curdir": ".", "pardir": "..", "extsep": "."}

ROWS: tuple[Row, ...] = (
    *_of("os.path"),
    *_of("posixpath"),
    *(
        Row(f"{module}.{name}", "-> str", f'Str::lit("{text}")')
        for module in ("os", "os.path", "posixpath")
        for name, text in _NAMES.items()
    ),
    Row("os.linesep", "-> str", r'Str::lit("\n")'),
    *(Row(f"os.SEEK_{name}", "-> int", f"Int::from({i})")
      for i, name in enumerate(("SET", "CUR", "END"))),
    Row("os.name", "-> str", 'Str::lit("posix")'),
    *(
        row
        for name in ("os.environ.get", "os.getenv")
        for row in (
            Row(name, "(key: &str) -> str?", f"{_AT}::environment({{key}})", pure=False),
            Row(name, "(key: &str, default: str) -> str",
                f"{_AT}::environment({{key}}).unwrap_or({{default}})", pure=False),
            Row(name, "(key: &str, default: none) -> str?", f"{_AT}::environment({{key}})",
                pure=False),
        )
    ),
    Row("os.fspath", "(path: str) -> str", "{path}"),
)
