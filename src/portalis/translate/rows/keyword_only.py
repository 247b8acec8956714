"""Parameters of builtins and library functions that only a keyword gives.

Signatures of rows do not tell: a positional argument in such a place is another iterable
(`zip_longest(a, b, c)`) or a TypeError, never the parameter.
"""

from __future__ import annotations

_ORDER = frozenset(("key", "reverse"))
_EXTREME = frozenset(("key", "default"))
_CLOSE = frozenset(("rel_tol", "abs_tol"))
_KEY = frozenset(("key",))
_CHOICES = frozenset(("cum_weights", "k"))
_HASH = frozenset(("usedforsecurity",))
_JSON = frozenset(
    (
        "allow_nan", "check_circular", "cls", "default", "ensure_ascii", "indent",
        "separators", "skipkeys", "sort_keys",
    )
)  # fmt: skip

KEYWORD_ONLY: dict[str, frozenset[str]] = {
    "binascii.b2a_base64": frozenset(("newline",)),
    "bisect.bisect": _KEY,
    "bisect.bisect_left": _KEY,
    "bisect.bisect_right": _KEY,
    "cmath.isclose": _CLOSE,
    "hashlib.md5": _HASH,
    "hashlib.sha1": _HASH,
    "hashlib.sha224": _HASH,
    "hashlib.sha256": _HASH,
    "hashlib.sha384": _HASH,
    "hashlib.sha512": _HASH,
    "heapq.merge": _ORDER,
    "heapq.merge*": _ORDER,
    "int.from_bytes": frozenset(("signed",)),
    "int.to_bytes": frozenset(("signed",)),
    "itertools.accumulate": frozenset(("initial",)),
    "itertools.product": frozenset(("repeat",)),
    "itertools.product*": frozenset(("repeat",)),
    "itertools.zip_longest": frozenset(("fillvalue",)),
    "itertools.zip_longest*": frozenset(("fillvalue",)),
    "json.dumps": _JSON,
    "json.loads": frozenset(("object_hook",)),
    "list.sort": _ORDER,
    "math.isclose": _CLOSE,
    "math.prod": frozenset(("start",)),
    "max": _EXTREME,
    "min": _EXTREME,
    "random.choices": _CHOICES,
    "rng.choices": _CHOICES,
    "sorted": _ORDER,
    "zip": frozenset(("strict",)),
}
