"""Writes data/program_cases.tsv: how CPython 3.11 ends programs (run in this folder)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# The same names as in program.rs.
CASES = {
    "fine": "print('a', 1, 2.5, None); print()",
    "pieces": "print(1, 2, sep='-', end='!')",
    "value": "raise ValueError('bad')",
    "key": "raise KeyError('k')",
    "empty": "raise ValueError",
    "lines": "raise ValueError('a\\nb')",
    "two": "raise ValueError(1, 'b')",
    "cause": "try:\n  1/0\nexcept ZeroDivisionError as e:\n  raise ValueError('x') from e",
    "context": "try:\n  1/0\nexcept ZeroDivisionError as e:\n  raise ValueError('x')",
    "suppressed": "try:\n  1/0\nexcept ZeroDivisionError as e:\n  raise ValueError('x') from None",
    "note": "e = ValueError('x'); e.add_note('a note'); raise e",
    "os_error": "raise OSError(2, 'No such file or directory', 'x')",
    "assertion": "assert 1 == 2",
    "interrupt": "print('before'); raise KeyboardInterrupt",
    "exit_none": "import sys; sys.exit()",
    "exit_3": "import sys; print('out'); sys.exit(3)",
    "exit_negative": "import sys; sys.exit(-1)",
    "exit_256": "import sys; sys.exit(256)",
    "exit_huge": "import sys; sys.exit(10**30)",
    "exit_text": "import sys; print('out'); sys.exit('message')",
    "exit_tuple": "import sys; sys.exit((1, 2))",
    "exit_float": "import sys; sys.exit(1.5)",
    "exit_true": "import sys; sys.exit(True)",
    "streams": "import sys; print('a'); print('b', file=sys.stderr); sys.stdout.write('c')",
    "echo": "print(input('? ')); print(input()); import sys; print(repr(sys.stdin.read()))",
    "end_of_input": "while True: print(input())",
    "deep": "def f(n):\n  f(n + 1)\nf(0)",
    "deeper": (
        "import sys\nsys.setrecursionlimit(50000)\n"
        "def f(n):\n  return 0 if n == 0 else 1 + f(n - 1)\nprint(f(40000))"
    ),
    "low_limit": "import sys; sys.setrecursionlimit(0)",
}
INPUT = "one\ntwo\r\nthree\rfour"


def main() -> None:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    rows = []
    for name, code in CASES.items():
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=INPUT.encode(),
            capture_output=True,
            env=env,
            check=False,
        )
        err = [line for line in done.stderr.decode().split("\n") if not line.startswith("  ")]
        rows.append(f"{name}\t{done.returncode}\t{done.stdout.decode()!r}\t{chr(10).join(err)!r}\n")
    target = Path(__file__).parent / "data" / "program_cases.tsv"
    target.write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
