"""Decimals from text and as text."""

from __future__ import annotations

import re

from _decimal_arith import FINITE, INFINITE, QUIET, SIGNALING, rescaled
from _decimal_core import Number
from _decimal_digits import count, dropped, pow10, read, shown

_NUMBER = (
    r"(?i)([-+])?(?:(?=\d|\.\d)(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?|(inf|infinity)|(s)?nan(\d*))\Z"
)
_SPEC = r"(?s)(?:(.)?([<>=^]))?([-+ ])?(z)?(0)?([1-9]\d*)?(,)?(?:\.(\d+))?([eEfFgGn%])?\Z"


def parsed(text: str) -> Number | None:
    """The number that a text says; None if it says none."""
    found = re.match(_NUMBER, text.strip().replace("_", ""))
    if found is None:
        return None
    minus = found.group(1) == "-"
    if found.group(5):
        return Number(minus, 0, 0, INFINITE)
    payload = found.group(7)
    if payload is not None:
        return Number(minus, read(_ascii(payload)), 0, SIGNALING if found.group(6) else QUIET)
    fraction = found.group(3) or ""
    exponent = int(found.group(4) or "0")
    return Number(minus, read(_ascii((found.group(2) or "") + fraction)), exponent - len(fraction))


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    return "".join([str(int(c)) for c in text])


def shown_special(a: Number) -> str:
    if a.kind == INFINITE:
        return "Infinity"
    payload = shown(a.coef) if a.coef else ""
    return ("NaN" if a.kind == QUIET else "sNaN") + payload


def scientific(a: Number, engineering: bool, capitals: bool) -> str:
    sign = "-" if a.minus else ""
    if a.kind != FINITE:
        return sign + shown_special(a)
    text = shown(a.coef)
    before = a.exp + len(text)
    if a.exp <= 0 and before > -6:
        point = before
    elif not engineering:
        point = 1
    elif a.coef == 0:
        point = (before + 1) % 3 - 1
    else:
        point = (before - 1) % 3 + 1
    if point <= 0:
        text = "0." + "0" * -point + text
    elif point >= len(text):
        text += "0" * (point - len(text))
    else:
        text = text[:point] + "." + text[point:]
    if before != point:
        text += f"{'E' if capitals else 'e'}{before - point:+d}"
    return sign + text


def formatted(a: Number, spec: str, mode: str, capitals: bool) -> str:
    """`format(a, spec)`.

    Raises:
        ValueError: the specification is none.
    """
    found = re.match(_SPEC, spec)
    if found is None:
        raise ValueError("invalid format string")
    fill, align, sign, no_minus = found.group(1), found.group(2), found.group(3), found.group(4)
    zeros, comma, kind = found.group(5), found.group(7), found.group(9)
    if zeros and align:
        raise ValueError("invalid format string")
    if kind == "n" and comma:
        raise ValueError("invalid format string")
    width = int(found.group(6) or "0")
    if a.kind != FINITE:
        text = shown_special(a) + ("%" if kind == "%" else "")
        head = "-" if a.minus else (sign or "-").replace("-", "")
        return _padded(head, text, fill or " ", align or ">", width)
    precision = int(found.group(8)) if found.group(8) is not None else None
    minus, whole, tail = _laid_out(a, kind or ("G" if capitals else "g"), precision, mode)
    if (
        no_minus
        and minus
        and not whole.strip("0")
        and not tail.lower().partition("e")[0].strip("0.%")
    ):
        minus = False
    head = "-" if minus else (sign or "-").replace("-", "")
    if zeros:
        room = width - len(head) - len(tail)
        return head + _grouped(whole, room, comma) + tail
    return _padded(head, _grouped(whole, 0, comma) + tail, fill or " ", align or ">", width)


def _laid_out(a: Number, kind: str, precision: int | None, mode: str) -> tuple[bool, str, str]:
    """Sign, digits before the point, and the rest."""
    upper = kind in ("E", "G", "F")
    exp = a.exp + 2 if kind == "%" else a.exp
    a = Number(a.minus, a.coef, exp)
    if precision is not None:
        if kind in ("e", "E"):
            a = _rounded(a, precision + 1, mode)
        elif kind in ("f", "F", "%"):
            a = rescaled(a, -precision, mode)
        elif count(a.coef) > precision:
            a = _rounded(a, max(precision, 1), mode)
    if a.coef == 0 and a.exp > 0 and kind in ("f", "F", "%"):
        a = Number(a.minus, 0, 0)
    text = shown(a.coef)
    before = a.exp + len(text)
    if kind in ("e", "E"):
        point = 1 - precision if a.coef == 0 and precision is not None else 1
    elif kind in ("f", "F", "%") or (a.exp <= 0 and before > -6):
        point = before
    else:
        point = 1
    if point < 0:
        whole, fraction = "0", "0" * -point + text
    elif point > len(text):
        whole, fraction = text + "0" * (point - len(text)), ""
    else:
        whole, fraction = text[:point] or "0", text[point:]
    tail = "." + fraction if fraction else ""
    if before != point or kind in ("e", "E"):
        tail += f"{'E' if upper else 'e'}{before - point:+d}"
    if kind == "%":
        tail += "%"
    return a.minus, whole, tail


def _rounded(a: Number, places: int, mode: str) -> Number:
    """To so many digits."""
    if a.coef == 0:
        return a
    drop = count(a.coef) - places
    if drop <= 0:
        return Number(a.minus, a.coef * pow10(-drop), a.exp + drop)
    coef, _ = dropped(a.coef, drop, mode, a.minus)
    if count(coef) > places:
        coef //= 10
        drop += 1
    return Number(a.minus, coef, a.exp + drop)


def _grouped(whole: str, room: int, comma: str | None) -> str:
    """The digits, with zeros in front that fill the room, in threes if wanted."""
    if not comma:
        return "0" * (room - len(whole)) + whole
    while True:
        first = len(whole) % 3
        parts = [whole[:first]] if first else []
        parts += [whole[i : i + 3] for i in range(first, len(whole), 3)]
        made = ",".join(parts)
        if len(made) >= room:
            return made
        whole = "0" + whole


def _padded(head: str, text: str, fill: str, align: str, width: int) -> str:
    room = width - len(head) - len(text)
    if room <= 0:
        return head + text
    if align == "<":
        return head + text + fill * room
    if align == "=":
        return head + fill * room + text
    if align == "^":
        return fill * (room // 2) + head + text + fill * (room - room // 2)
    return fill * room + head + text
