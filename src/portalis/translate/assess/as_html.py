"""One page that opens from disk: an assessment or a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from portalis.translate.assess.as_text import Sheet
from portalis.translate.assess.assessment import Share

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --native: #1a7f37; --dynamic: #0969da;
  --refused: #9a6700 }
@media (prefers-color-scheme: dark) { :root { --native: #3fb950; --dynamic: #58a6ff;
  --refused: #d29922 } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.bar { display: flex; height: .7rem; border-radius: .35rem; overflow: hidden; margin: 1rem 0 }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th { text-align: left; border-bottom: 2px solid var(--line) }
th, td { padding: .3rem .8rem .3rem 0; vertical-align: top }
td { border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
"""


def page(title: str, share: Share, lines: Sequence[str], sheets: Iterable[Sheet]) -> str:
    """The page's text."""
    parts = [
        "<!doctype html>\n<html lang=en>\n<head><meta charset=utf-8>",
        '<meta name=viewport content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style></head>\n<body>",
        f"<h1>{escape(title)}</h1>{_bar(share)}",
        *(f"<p>{escape(line)}</p>" for line in lines),
        *(_table(sheet) for sheet in sheets),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _bar(share: Share) -> str:
    widths = {
        "native": share.native_lines,
        "dynamic": share.dynamic_lines,
        "refused": share.refused_lines,
    }
    spans = "".join(
        f'<span style="flex:{lines};background:var(--{name})" title="{name}: {lines:,} lines">'
        "</span>"
        for name, lines in widths.items()
        if lines
    )
    return f"<div class=bar>{spans}</div>"


def _table(sheet: Sheet) -> str:
    classes = [" class=n" if i in sheet.numbers else "" for i in range(len(sheet.heads))]
    heads = "".join(
        f"<th{c}>{escape(head)}</th>" for c, head in zip(classes, sheet.heads, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{c}>{escape(cell)}</td>" for c, cell in zip(classes, row, strict=True))
        + "</tr>\n"
        for row in sheet.rows
    )
    return (
        f"<h2>{escape(sheet.title)}</h2>\n<div class=scroll><table><tr>{heads}</tr>\n"
        f"{rows}</table></div>"
    )
