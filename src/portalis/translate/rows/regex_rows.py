"""Rows of the re module.

`re_pattern[T, S]` is a compiled pattern whose `findall` lists `T` and whose `split` lists
`S`: both depend on its groups, so `compile`, `findall` and `split` of the module are
lowered by the compiler itself where the pattern is known (`lower/regex.py`).
"""

from __future__ import annotations

from portalis.translate.rows.row import Row

ERROR = ("re.error",)
ANY = ("Exception",)
_MODULE = "stdlib::regex"
_MAX = "9223372036854775807"

FLAGS = {
    "I": 2, "IGNORECASE": 2, "L": 4, "LOCALE": 4, "M": 8, "MULTILINE": 8, "S": 16, "DOTALL": 16,
    "U": 32, "UNICODE": 32, "X": 64, "VERBOSE": 64, "A": 256, "ASCII": 256, "NOFLAG": 0,
}  # fmt: skip

_FUNCTIONS: tuple[Row, ...] = (
    *(
        Row(f"re.{name}", "(pattern: &str, string: &str, flags: &int = 0) -> re_match?",
            f"{_MODULE}::{rust}({{pattern}}, {{string}}, {{flags}})", ERROR)
        for name, rust in (("search", "search"), ("match", "match_start"), ("fullmatch", "fullmatch"))
    ),
    *(
        Row(f"re.{name}", "(pattern: &re_pattern[T, S], string: &str) -> re_match?",
            f"{{pattern}}.{rust}({{string}}, 0, i64::MAX)")
        for name, rust in (("search", "search"), ("match", "match_start"), ("fullmatch", "fullmatch"))
    ),
    Row("re.finditer", "(pattern: &str, string: &str, flags: &int = 0) -> iter[re_match]",
        f"{_MODULE}::finditer({{pattern}}, {{string}}, {{flags}})", ERROR, pure=False),
    Row("re.finditer", "(pattern: &re_pattern[T, S], string: &str) -> iter[re_match]",
        "{pattern}.finditer({string}, 0, i64::MAX)", pure=False),
    Row("re.escape", "(pattern: &str) -> str", f"{_MODULE}::escape({{pattern}})"),
    Row("re.purge", "() -> none", "()"),
    *(Row(f"re.{name}", "-> int", f"Int::from({value})") for name, value in FLAGS.items()),
)


def _substitutions(name: str, result: str) -> tuple[Row, ...]:
    """`sub` or `subn`, with a template or a function, of the module and of patterns."""
    tail = "string: &str, count: i64 = 0"
    template, function = "repl: &str", "repl: fn(re_match) -> str"
    args = "{repl}, {string}, {count}"
    return (
        Row(f"re.{name}", f"(pattern: &str, {template}, {tail}, flags: &int = 0) -> {result}",
            f"{_MODULE}::{name}({{pattern}}, {args}, {{flags}})", ERROR),
        Row(f"re.{name}", f"(pattern: &str, {function}, {tail}, flags: &int = 0) -> {result}",
            f"{_MODULE}::{name}_with({{pattern}}, {args}, {{flags}})", ANY, pure=False),
        Row(f"re.{name}", f"(pattern: &re_pattern[T, S], {template}, {tail}) -> {result}",
            f"{{pattern}}.{name}({args})", ERROR),
        Row(f"re.{name}", f"(pattern: &re_pattern[T, S], {function}, {tail}) -> {result}",
            f"{{pattern}}.{name}_with({args})", ANY, pure=False),
        Row(f"re_pattern.{name}", f"(self: &re_pattern[T, S], {template}, {tail}) -> {result}",
            f"{{self}}.{name}({args})", ERROR),
        Row(f"re_pattern.{name}", f"(self: &re_pattern[T, S], {function}, {tail}) -> {result}",
            f"{{self}}.{name}_with({args})", ANY, pure=False),
    )


_SELF = "self: &re_pattern[T, S]"
_RANGE = f"string: &str, pos: i64 = 0, endpos: i64 = {_MAX}"
_PATTERN: tuple[Row, ...] = (
    *(
        Row(f"re_pattern.{name}", f"({_SELF}, {_RANGE}) -> re_match?",
            f"{{self}}.{rust}({{string}}, {{pos}}, {{endpos}})")
        for name, rust in (("search", "search"), ("match", "match_start"), ("fullmatch", "fullmatch"))
    ),
    Row("re_pattern.finditer", f"({_SELF}, {_RANGE}) -> iter[re_match]",
        "{self}.finditer({string}, {pos}, {endpos})", pure=False),
    Row("re_pattern.findall", f"({_SELF}, {_RANGE}) -> list[T]",
        "{self}.findall({string}, {pos}, {endpos})", ANY, pure=False),
    Row("re_pattern.split", f"({_SELF}, string: &str, maxsplit: i64 = 0) -> list[S]",
        "{self}.split({string}, {maxsplit})", pure=False),
    Row("re_pattern.pattern", f"({_SELF}) -> str", "{self}.pattern()", data=True),
    Row("re_pattern.flags", f"({_SELF}) -> i64", "{self}.flags()", data=True),
    Row("re_pattern.groups", f"({_SELF}) -> i64", "{self}.groups()", data=True),
    Row("re_pattern.groupindex", f"({_SELF}) -> dict[str, int]", "{self}.groupindex()", ANY,
        data=True),
    Row("==", "(a: &re_pattern[T, S], b: &re_pattern[T, S]) -> bool", "{a}.py_eq({b})", ANY),
)

_INDEX = ("IndexError",)
_MATCH: tuple[Row, ...] = (
    Row("re_match.group", "(self: &re_match) -> str", "{self}.whole()"),
    Row("re_match.group", "(self: &re_match, group: &int) -> str?", "{self}.group({group})", _INDEX),
    Row("re_match.group", "(self: &re_match, group: &str) -> str?", "{self}.group_named({group})",
        _INDEX),
    Row("re_match.group", "(self: &re_match, *groups: value) -> vartuple[str?]",
        "{self}.group_many({groups})", _INDEX),
    Row("getitem", "(self: &re_match, group: &int) -> str?", "{self}.group({group})", _INDEX),
    Row("getitem", "(self: &re_match, group: &str) -> str?", "{self}.group_named({group})", _INDEX),
    Row("re_match.groups", "(self: &re_match) -> vartuple[str?]", "{self}.groups()"),
    Row("re_match.groups", "(self: &re_match, default: &str) -> vartuple[str]",
        "{self}.groups_or({default})"),
    Row("re_match.groupdict", "(self: &re_match) -> dict[str, str?]", "{self}.groupdict()", ANY),
    Row("re_match.groupdict", "(self: &re_match, default: &str) -> dict[str, str]",
        "{self}.groupdict_or({default})", ANY),
    *(
        row
        for name, result in (("start", "i64"), ("end", "i64"), ("span", "tuple[int, int]"))
        for row in (
            Row(f"re_match.{name}", f"(self: &re_match, group: &int = 0) -> {result}",
                f"{{self}}.{name}({{group}})", _INDEX),
            Row(f"re_match.{name}", f"(self: &re_match, group: &str) -> {result}",
                f"{{self}}.{name}_named({{group}})", _INDEX),
        )
    ),
    Row("re_match.expand", "(self: &re_match, template: &str) -> str", "{self}.expand({template})",
        ERROR),
    Row("re_match.string", "(self: &re_match) -> str", "{self}.string()", data=True),
    Row("re_match.pos", "(self: &re_match) -> i64", "{self}.pos()", data=True),
    Row("re_match.endpos", "(self: &re_match) -> i64", "{self}.endpos()", data=True),
    Row("re_match.lastindex", "(self: &re_match) -> int?", "{self}.lastindex()", data=True),
    Row("re_match.lastgroup", "(self: &re_match) -> str?", "{self}.lastgroup()", data=True),
    Row("re_match.re", "(self: &re_match) -> re_pattern[value, value]",
        "{self}.pattern::<Value, Value>()", data=True),
)

ROWS: tuple[Row, ...] = (
    *_FUNCTIONS,
    *_substitutions("sub", "str"),
    *_substitutions("subn", "tuple[str, int]"),
    *_PATTERN,
    *_MATCH,
)
