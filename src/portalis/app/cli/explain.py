"""`portalis explain CODE`: what a diagnostic means and what to do."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from portalis.core.diagnostics import Code


def explain(
    code: Annotated[
        str | None, typer.Argument(help="A code such as PT203; without it all are listed.")
    ] = None,
) -> None:
    """Explain a diagnostic code."""
    from portalis.translate.codes import CODES

    if code is None:
        for row in CODES.values():
            print(f"{row.code}  {row.title}")
        return
    found = CODES.get(code.upper())
    if found is None:
        print(
            f"portalis: no such code: {code}. `portalis explain` lists all of them.",
            file=sys.stderr,
        )
        raise typer.Exit(2)
    print(_text(found))


def _text(row: Code) -> str:
    import textwrap

    parts = [f"{row.code}: {row.title}", textwrap.fill(row.explanation, 88)]
    if row.example:
        parts.append("For example:\n\n" + textwrap.indent(row.example.rstrip("\n"), "    "))
    parts.append(textwrap.fill(f"What to do: {row.remedy}", 88))
    return "\n\n".join(parts)
