"""JSON to and from objects that write and read text."""

from __future__ import annotations

import json
from typing import Any


def dump(
    obj: Any,
    fp: Any,
    *,
    ensure_ascii: bool = True,
    indent: Any = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> None:
    fp.write(
        json.dumps(
            obj,
            ensure_ascii=ensure_ascii,
            indent=indent,
            separators=separators,
            sort_keys=sort_keys,
        )
    )


def load(fp: Any) -> Any:
    return json.loads(fp.read())
