"""Literals, documentation and line marks as Rust text."""

from __future__ import annotations

import re

# A mark survives in emitted text until the crate is laid out; it says which Python
# line the Rust line came from.
MARK = "\x01"
I64_MAX = 2**63 - 1


_PLAIN = re.compile(r"[ !#-\[\]-~]*")


def string_literal(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return f'"{text}"'
    out = ['"']
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif char == "\n":
            out.append("\\n")
        elif char == "\r":
            out.append("\\r")
        elif char == "\t":
            out.append("\\t")
        elif (
            ord(char) < 32
            or ord(char) == 127
            or 0x200B <= ord(char) <= 0x202E
            or char == "\u2066"
            or 0x2066 <= ord(char) <= 0x2069
            or char == "\ufeff"
        ):
            out.append(f"\\u{{{ord(char):x}}}")
        else:
            out.append(char)
    out.append('"')
    return "".join(out)


def bytes_literal(data: bytes) -> str:
    return (
        'b"'
        + "".join(chr(b) if 32 <= b < 127 and b not in (34, 92) else f"\\x{b:02x}" for b in data)
        + '"'
    )


def float_literal(value: float) -> str:
    if value != value:
        return "f64::NAN"
    if value in (float("inf"), float("-inf")):
        return "f64::INFINITY" if value > 0 else "f64::NEG_INFINITY"
    text = repr(value)
    if "e" in text or "." in text:
        return text
    return f"{text}.0"


def int_literal(value: int) -> str:
    if abs(value) < 2**31:
        return f"Int::from({value})"
    if abs(value) <= I64_MAX:
        return f"Int::from({value}_i64)"
    return f'Int::lit("{value}")'


def i64_literal(value: int) -> str:
    """An i64 that needs no context to be one where i32 would not hold it."""
    text = str(value) if abs(value) < 2**31 else f"{value}_i64"
    return f"({text})" if value < 0 else text


def doc_comment(text: str, mark: str = "///") -> str:
    lines = _fenced(text.strip("\n").expandtabs().split("\n"))
    return "".join(f"{mark} {line.rstrip()}".rstrip() + "\n" for line in lines)


def _fenced(lines: list[str]) -> list[str]:
    """With fences around examples and what is indented as code, which rustdoc would take for
    quotations, or for Rust to be tried."""
    if any("```" in line for line in lines):
        return lines
    out: list[str] = []
    held: list[str] = []  # blank lines whose place, in or behind the fence, is not known yet
    inside = False
    blank = True
    for line in lines:
        if not line.strip():
            held.append(line)
            blank = True
            continue
        starts = line.lstrip().startswith(">>>") or (blank and line.startswith("    "))
        if inside and blank and not starts:
            out.append("```")
            inside = False
        out += held
        held = []
        if starts and not inside:
            out.append("```text")
            inside = True
        out.append(line)
        blank = False
    return [*out, "```"] if inside else out


def rust_path(path: str, module: str) -> str:
    """`module::item` as seen from `module`."""
    home, _, rest = path.partition("::")
    return rest if home == module else f"crate::{path}"


_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"')
_GENERICS = re.compile(r"::<[^()]*?>(?=::|\()")


def ok(value: str) -> str:
    """`Ok(value)`; the Result itself where `value` is only one unwrapped by `?`."""
    if not value.endswith("?"):
        return f"Ok({value})"
    depth = 0
    for char in _GENERICS.sub("", _STRINGS.sub("", value[:-1])):
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif depth == 0 and not (char.isalnum() or char in "_:.?"):
            return f"Ok({value})"
    return value[:-1] if depth == 0 else f"Ok({value})"


def is_one_call(text: str, opened: int) -> bool:
    """The bracket at `opened` of the text is closed by its last character. Strings are looked
    through."""
    depth = 0
    bare = _STRINGS.sub(lambda found: '"' + "_" * (len(found[0]) - 2) + '"', text)
    for at in range(opened, len(bare)):
        depth += (bare[at] in "([{") - (bare[at] in ")]}")
        if depth == 0:
            return at == len(bare) - 1
    return False


_NEW_EXCEPTION = re.compile(r"Exc::new\(&(\w+), vec!\[(.*)\]\)", re.DOTALL)
_TEXT_VALUE = re.compile(r'Value::lit\(("(?:[^"\\]|\\.)*")\)')


def exception_parts(error: str) -> list[str] | None:
    """The class and the arguments of an exception that is made on the spot, as macros of the
    runtime take them."""
    found = _NEW_EXCEPTION.fullmatch(error)
    if found is None or not is_one_call(error, len("Exc::new")):
        return None
    if not found[2]:
        return [found[1]]
    literal = _TEXT_VALUE.fullmatch(found[2])
    return [found[1], literal[1] if literal else found[2]]


def tried_result(label: str, text: str) -> str | None:
    """The Result whose error leaves the block of the label, if that is all of the text."""
    prefix = f"tr!('{label}, "
    whole = text.startswith(prefix) and is_one_call(text, len("tr!"))
    return text[len(prefix) : -1] if whole else None


def shared_param(name: str) -> str:
    """Puts a parameter, which closures share, where they see what it becomes."""
    return f"let {name} = Rc::new(Slot::new({name}));"
