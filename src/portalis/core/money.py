"""Money: whole micro-dollars, never floats. A rate is micro-dollars an hour."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

MICRO: Final = 1_000_000
HOUR_MS: Final = 3_600_000


class NotMoney(ValueError):  # noqa: N818 - says it
    """The text or number is no amount of dollars; the message says why."""


def microusd(dollars: str | int | float | Decimal) -> int:
    """Dollars as whole micro-dollars. A float means its shortest decimal text, as Python
    prints it. Raises NotMoney for what is no number, negative, or finer than a
    micro-dollar."""
    try:
        amount = Decimal(repr(dollars) if isinstance(dollars, float) else dollars)
    except InvalidOperation as error:
        raise NotMoney(f"{dollars!r} is no amount of dollars") from error
    if not amount.is_finite():
        raise NotMoney(f"{dollars!r} is no amount of dollars")
    if amount < 0:
        raise NotMoney(f"{dollars!r} is less than nothing")
    whole = amount * MICRO
    if whole != whole.to_integral_value():
        raise NotMoney(f"{dollars!r} is finer than a micro-dollar")
    return int(whole)


def dollars(amount_microusd: int) -> Decimal:
    """Exact dollars."""
    return Decimal(amount_microusd) / MICRO


def text(amount_microusd: int) -> str:
    """As people read it: cents, and what is finer only where there is something."""
    sign = "-" if amount_microusd < 0 else ""
    whole, rest = divmod(abs(amount_microusd), MICRO)
    digits = f"{rest:06d}".rstrip("0")
    return f"{sign}${whole:,}.{digits.ljust(2, '0')}"


def meter(rate_microusd_h: int, at_ms: int) -> int:
    """What a meter of this rate shows at an instant, in whole micro-dollars.

    The price of a span is the difference of two readings, so the prices of adjoining spans
    add up to that of the whole, to the micro-dollar.
    """
    return rate_microusd_h * at_ms // HOUR_MS


def price_of(rate_microusd_h: int, from_ms: int, until_ms: int) -> int:
    """What a span costs at a rate, in micro-dollars."""
    return meter(rate_microusd_h, until_ms) - meter(rate_microusd_h, from_ms)
