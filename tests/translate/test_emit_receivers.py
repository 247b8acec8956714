"""Method calls are written with a dot where nothing else of their name can be meant."""

from __future__ import annotations

import re

from portalis.translate.emit.receivers import TAKEN
from portalis.translate.toolchain import runtime_source

_TRAIT = re.compile(r"^pub trait (?:Py|Identity|Instance|Iterable|Show)\b.*?^}", re.M | re.S)
_MACRO = re.compile(r"^macro_rules! (?:class|instance) \{.*?^}", re.M | re.S)


def test_every_method_that_handles_have_is_taken() -> None:
    names: set[str] = set()
    for path in sorted((runtime_source() / "src").glob("*.rs")):
        text = path.read_text("utf-8")
        for found in [*_TRAIT.finditer(text), *_MACRO.finditer(text)]:
            names |= set(re.findall(r"\bfn (\w+)", found[0]))
    assert {"py_eq", "class_of", "alloc"} <= names
    assert names <= TAKEN
