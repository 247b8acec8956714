"""A stand-in for the compiler that has each kind of failure on demand, to test the checker.

Its crates print what CPython printed. A program holding `# fails: KIND` is refused, does
not compile, prints something else, dies, or makes the translator fail.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from portalis.translate.artifacts import CrateTree
from tests.property.check import Kind, Outcome

_MAIN = "pub mod program;\nportalis_runtime::program!(program::init);\n"


def stand_in(path: Path) -> CrateTree | Outcome:
    """The crate of a program, with the failure that it asks for."""
    asked = re.search(r"# fails: (\w+)", path.read_text(encoding="utf-8"))
    kind = asked[1] if asked else ""
    if kind in ("refused", "translator"):
        return Outcome(Kind(kind), "for test")
    done = subprocess.run([sys.executable, str(path)], capture_output=True, check=True)
    extra = {
        "rustc": "let n: i32 = false;",
        "different": 'println!("more");',
        "died": "std::process::exit(3);",
    }.get(kind, "")
    # Rust and Python spell these escapes alike; others do not occur in the tests.
    literal = json.dumps(done.stdout.decode("utf-8"), ensure_ascii=False)
    body = f'    print!("{{}}", {literal});\n    {extra}\n    Ok(())'
    module = f"pub fn init() -> portalis_runtime::Result<()> {{\n{body}\n}}\n"
    return CrateTree({"src/main.rs": _MAIN, "src/program.rs": module}, "program")
