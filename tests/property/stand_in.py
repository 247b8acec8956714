"""A stand-in for `portalis` that has each kind of failure on demand, to test the checker.

Its crates print what CPython printed. A program holding `# fails: KIND` is refused, does
not compile, prints something else, dies, or kills the translator.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

MANIFEST = '[package]\nname = "programs"\nversion = "0.1.0"\nedition = "2024"\n'


def main(arguments: list[str]) -> int:
    """`translate SRC -o OUT ...`, with the report on stdout."""
    source, out = Path(arguments[1]), Path(arguments[3])
    text = source.read_text(encoding="utf-8")
    if "# fails: translator" in text:
        raise RuntimeError("the compiler failed")
    diagnostics = [
        {
            "severity": "refusal",
            "code": "PT201",
            "message": "for test",
            "file": str(source),
            "line": number,
        }
        for number, line in enumerate(text.split("\n"), 1)
        if "# fails: refused" in line
    ]
    done = subprocess.run([sys.executable, str(source)], capture_output=True, check=True)
    numbers = re.findall(r"^def p(\d+)_main", text, re.MULTILINE)
    rust = [_function(int(n), done.stdout.decode("utf-8"), text) for n in numbers]
    calls = " ".join(f"p{n}_main();" for n in numbers)
    rust.append(f'fn main() {{ {calls} println!("=== end"); }}')
    (out / "src").mkdir(parents=True, exist_ok=True)
    (out / "Cargo.toml").write_text(MANIFEST, encoding="utf-8")
    (out / "src" / "main.rs").write_text("\n\n".join(rust), encoding="utf-8")
    print(json.dumps({"diagnostics": diagnostics}))
    return 1 if diagnostics else 0


def _function(number: int, output: str, text: str) -> str:
    """The Rust of one program, with the failure that it asks for."""
    section = output.split(f"=== program {number}\n")[1].split("=== ")[0]
    python = text.split(f"def p{number}_main")[1].split("print(")[0]
    asked = re.search(r"# fails: (\w+)", python)
    kind = asked[1] if asked else ""
    extra = {
        "rustc": "let n: i32 = false;",
        "different": 'println!("more");',
        "died": "std::process::exit(3);",
    }.get(kind, "")
    # Rust and Python spell these escapes alike; others do not occur in the tests.
    literal = json.dumps(f"=== program {number}\n{section}", ensure_ascii=False)
    return f'fn p{number}_main() {{\n    print!("{{}}", {literal});\n    {extra}\n}}'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
