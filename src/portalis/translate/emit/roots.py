"""A crate's modules as modules of a module: `crate::` becomes `crate::shop::`."""

from __future__ import annotations

import re

# Comments and strings are the user's text; nothing else that is emitted may hold a quote.
_TOKEN = re.compile(r'//[^\n]*|"(?:[^"\\]|\\.)*"|\bcrate::', re.DOTALL)


def rerooted(text: str, root: str) -> str:
    """The emitted text of a module with the paths of its crate seen from `root`."""
    if root == "crate":
        return text
    here = f"{root}::"
    return _TOKEN.sub(lambda found: here if found[0] == "crate::" else found[0], text)
