"""Rows of the json module."""

from __future__ import annotations

from portalis.translate.rows.row import Row

ANY = ("Exception",)

_STYLE = (
    "skipkeys: bool = False, ensure_ascii: bool = True, check_circular: bool = True,"
    " allow_nan: bool = True, cls: none = None, indent: value = None,"
    " separators: tuple[str, str]? = None"
)
_MADE = (
    "stdlib::json::Style::new({indent}, {separators})?"
    ".flags({skipkeys}, {ensure_ascii}, {allow_nan}, {sort_keys})"
)

ROWS: tuple[Row, ...] = (
    Row("json.dumps", f"(obj: any, {_STYLE}, default: none = None, sort_keys: bool = False) -> str",
        f"stdlib::json::dumps({{obj}}, {_MADE})", ANY),
    Row("json.dumps",
        f"(obj: any, {_STYLE}, default: fn(value) -> value, sort_keys: bool = False) -> str",
        f"stdlib::json::dumps_with({{obj}}, {_MADE}, {{default}})", ANY, pure=False),
    Row("json.loads", "(s: &str) -> value", "stdlib::json::loads({s})", ANY),
    Row("json.loads", "(s: &str, object_hook: fn(value) -> value) -> value",
        "stdlib::json::loads_hooked({s}, {object_hook})", ANY, pure=False),
    *(
        Row("json.loads", f"(s: &{kind}) -> value", "stdlib::json::loads_bytes({s})", ANY)
        for kind in ("bytes", "bytearray")
    ),
)
