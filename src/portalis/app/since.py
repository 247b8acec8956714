"""When: `24 hours ago`, or an instant with its time zone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_AGO = re.compile(r"(\d{1,6}) (minute|hour|day|week)s? ago")


def instant(text: str, now: datetime) -> datetime:
    """Raises ValueError, in words."""
    ago = _AGO.fullmatch(text.strip())
    try:
        if ago is not None:
            return now - timedelta(**{f"{ago[2]}s": int(ago[1])})
        found = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r}: write `24 hours ago`, or 2026-11-29T00:00Z") from error
    if found.tzinfo is None:
        raise ValueError(f"{text!r} needs a time zone, as in 2026-11-29T00:00Z")
    return found
