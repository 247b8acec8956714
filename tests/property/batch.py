"""Many programs in one crate: a module each, and a binary that runs the one it is told.

Each is translated by itself, as a user's file would be; only rustc sees them together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from portalis.translate.artifacts import CrateTree
from portalis.translate.package import nested

# What programs import, by the text that shows the use.
IMPORTS = {
    "math.": "import math",
    "@dataclass": "from dataclasses import dataclass, field",
    "Iterator[": "from typing import Iterator",
    "abc.": "import abc",
    "bisect.": "import bisect",
    "collections.": "import collections",
    "contextlib.": "import contextlib",
    "enum.": "import enum",
    "functools.": "import functools",
    "heapq.": "import heapq",
    "itertools.": "import itertools",
    "json.": "import json",
    "operator.": "import operator",
    "typing.": "import typing",
    "re.compile(": "import re",
}
HEADER = "".join(f"{line}\n" for line in IMPORTS.values())
_FOOTER = """

try:
    P_main()
except Exception as error:
    print("uncaught", type(error).__name__, error)
"""
_START = re.compile(r"program!\(\s*(\w+)::init")
_ALLOCATOR = """#[global_allocator]
static BLOCKS: portalis_runtime::alloc::Blocks = portalis_runtime::alloc::Blocks;
"""


def standalone(source: str) -> str:
    """The program as a file of its own: imports, definitions, and the call of its entry."""
    used = "".join(f"{line}\n" for mark, line in IMPORTS.items() if mark in source)
    return f"{used}\n\n{source.strip()}\n{_FOOTER}"


def joined(crates: Mapping[int, CrateTree]) -> CrateTree:
    """One crate of many binary crates; its binary runs the one whose number is its argument."""
    files: dict[str, str] = {}
    declared = arms = ""
    for number, crate in crates.items():
        name = f"u{number}"
        inner, declaration = nested(name, crate)
        files |= inner
        declared += declaration
        start = _START.search(crate.files["src/main.rs"])
        assert start is not None, "a binary's root starts a module"
        init = f"{name}::{start[1]}::init"
        arms += f'        Some("{number}") => portalis_runtime::entry::run_main({init}),\n'
    main = f"""{declared}
{_ALLOCATOR}
fn main() -> std::process::ExitCode {{
    match std::env::args().nth(1).as_deref() {{
{arms}        _ => std::process::ExitCode::from(99),
    }}
}}
"""
    return CrateTree({**files, "src/main.rs": main}, "programs")


def home_of(path: str) -> int | None:
    """The number of the crate that a file of the joined one is of."""
    found = re.match(r"src/u(\d+)/", path)
    return int(found[1]) if found else None
