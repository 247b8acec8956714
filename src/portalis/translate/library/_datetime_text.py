"""Moments as text and back: strftime, strptime and ISO 8601, in the C locale."""

from __future__ import annotations

import re

from _civil import days_before_year, from_ordinal, iso_year_start, to_ordinal

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def weeks_of(year: int) -> int:
    """The weeks of an ISO year."""
    return (iso_year_start(year + 1) - iso_year_start(year)) // 7


def offset_text(micros: int, colon: str) -> str:
    sign = "-" if micros < 0 else "+"
    seconds, micro = divmod(abs(micros), 1000000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    text = f"{sign}{hour:02d}{colon}{minute:02d}"
    if second or micro:
        text += f"{colon}{second:02d}"
    if micro:
        text += f".{micro:06d}"
    return text


def clock_text(hour: int, minute: int, second: int, micro: int, timespec: str) -> str:
    if timespec == "auto":
        timespec = "microseconds" if micro else "seconds"
    if timespec == "hours":
        return f"{hour:02d}"
    if timespec == "minutes":
        return f"{hour:02d}:{minute:02d}"
    text = f"{hour:02d}:{minute:02d}:{second:02d}"
    if timespec == "seconds":
        return text
    if timespec == "milliseconds":
        return f"{text}.{micro // 1000:03d}"
    if timespec == "microseconds":
        return f"{text}.{micro:06d}"
    raise ValueError("Unknown timespec value")


def formatted(
    format: str,
    fields: tuple[int, int, int, int, int, int, int],
    offset: int | None,
    zone: str | None,
) -> str:
    """strftime of year, month, day, hour, minute, second, microsecond."""
    parts: list[str] = []
    at = 0
    while at < len(format):
        letter = format[at]
        if letter == "%" and at + 1 < len(format):
            at += 1
            parts.append(_directive(format[at], fields, offset, zone))
        else:
            parts.append(letter)
        at += 1
    return "".join(parts)


def _directive(
    letter: str,
    fields: tuple[int, int, int, int, int, int, int],
    offset: int | None,
    zone: str | None,
) -> str:
    year, month, day, hour, minute, second, micro = fields
    ordinal = to_ordinal(year, month, day)
    weekday = (ordinal + 6) % 7
    yearday = ordinal - days_before_year(year)
    half = hour % 12 or 12
    if letter == "Y":
        return str(year)
    if letter == "m":
        return f"{month:02d}"
    if letter == "d":
        return f"{day:02d}"
    if letter == "H":
        return f"{hour:02d}"
    if letter == "M":
        return f"{minute:02d}"
    if letter == "S":
        return f"{second:02d}"
    if letter == "f":
        return f"{micro:06d}"
    if letter == "a":
        return DAYS[weekday][:3]
    if letter == "A":
        return DAYS[weekday]
    if letter == "b" or letter == "h":
        return MONTHS[month - 1][:3]
    if letter == "B":
        return MONTHS[month - 1]
    if letter == "y":
        return f"{year % 100:02d}"
    if letter == "C":
        return f"{year // 100:02d}"
    if letter == "e":
        return f"{day:2d}"
    if letter == "I":
        return f"{half:02d}"
    if letter == "k":
        return f"{hour:2d}"
    if letter == "l":
        return f"{half:2d}"
    if letter == "p":
        return "AM" if hour < 12 else "PM"
    if letter == "P":
        return "am" if hour < 12 else "pm"
    if letter == "j":
        return f"{yearday:03d}"
    if letter == "w":
        return str((weekday + 1) % 7)
    if letter == "u":
        return str(weekday + 1)
    if letter == "U":
        return f"{(yearday + 6 - (weekday + 1) % 7) // 7:02d}"
    if letter == "W":
        return f"{(yearday + 6 - weekday) // 7:02d}"
    if letter == "V" or letter == "G" or letter == "g":
        return _iso_week(letter, year, ordinal)
    if letter == "z":
        return "" if offset is None else offset_text(offset, "")
    if letter == "Z":
        return zone or ""
    if letter == "D" or letter == "x":
        return f"{month:02d}/{day:02d}/{year % 100:02d}"
    if letter == "F":
        return f"{year}-{month:02d}-{day:02d}"
    if letter == "T" or letter == "X":
        return f"{hour:02d}:{minute:02d}:{second:02d}"
    if letter == "R":
        return f"{hour:02d}:{minute:02d}"
    if letter == "r":
        return f"{half:02d}:{minute:02d}:{second:02d} {'AM' if hour < 12 else 'PM'}"
    if letter == "c":
        name, title = DAYS[weekday][:3], MONTHS[month - 1][:3]
        return f"{name} {title} {day:2d} {hour:02d}:{minute:02d}:{second:02d} {year}"
    if letter == "n":
        return "\n"
    if letter == "t":
        return "\t"
    return "%" if letter == "%" else "%" + letter


def _iso_week(letter: str, year: int, ordinal: int) -> str:
    if ordinal < iso_year_start(year):
        year -= 1
    elif ordinal >= iso_year_start(year + 1):
        year += 1
    if letter == "G":
        return str(year)
    if letter == "g":
        return f"{year % 100:02d}"
    return f"{(ordinal - iso_year_start(year)) // 7 + 1:02d}"


_ISO_DATE = r"(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d)|-W(\d\d)(?:-(\d))?|W(\d\d)(\d)?)"
_ISO_CLOCK = r"(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?|(\d\d)(?:(\d\d)(?:[.,](\d+))?)?)?"
_ISO_ZONE = r"(?:(Z)|([+-])" + _ISO_CLOCK + ")?"


def parsed(text: str, has_time: bool, shown: str | None = None) -> tuple[
    int, int, int, int, int, int, int, int | None
]:  # fmt: skip
    """The fields of an ISO text, the last one the offset from UTC in microseconds."""
    wrong = f"Invalid isoformat string: {text if shown is None else shown!r}"
    if shown is None:
        wrong = f"Invalid isoformat string: {text!r}"
    day = re.match(_ISO_DATE, text)
    if day is None:
        raise ValueError(wrong)
    year = int(day.group(1))
    week = day.group(6) or day.group(8)
    if week is not None:
        weekday = int(day.group(7) or day.group(9) or "1")
        if not 1 <= int(week) <= weeks_of(year):
            raise ValueError(f"Invalid week: {int(week)}")
        if not 1 <= weekday <= 7:
            raise ValueError(f"Invalid weekday: {weekday} (range is [1, 7])")
        year, month, of_month = from_ordinal(iso_year_start(year) + 7 * int(week) + weekday - 8)
    else:
        month = int(day.group(2) or day.group(4) or "0")
        of_month = int(day.group(3) or day.group(5) or "0")
    rest = text[day.end() :]
    if rest == "":
        return year, month, of_month, 0, 0, 0, 0, None
    clock = re.fullmatch(_ISO_CLOCK + _ISO_ZONE, rest[1:])
    if clock is None or not has_time:
        raise ValueError(wrong)
    hour = int(clock.group(1))
    minute = int(clock.group(2) or clock.group(5) or "0")
    second = int(clock.group(3) or clock.group(6) or "0")
    micro = _micros(clock.group(4) or clock.group(7) or "")
    offset: int | None = None
    if clock.group(8) is not None:
        offset = 0
    elif clock.group(9) is not None:
        minutes = int(clock.group(10) or "0") * 60
        minutes += int(clock.group(11) or clock.group(14) or "0")
        seconds = minutes * 60 + int(clock.group(12) or clock.group(15) or "0")
        offset = seconds * 1000000 + _micros(clock.group(13) or clock.group(16) or "")
        if clock.group(9) == "-":
            offset = -offset
    return year, month, of_month, hour, minute, second, micro, offset


def _micros(digits: str) -> int:
    return int((digits + "000000")[:6])


_PATTERNS = {
    "d": "3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9]",
    "f": "[0-9]{1,6}",
    "H": "2[0-3]|[0-1]\\d|\\d",
    "I": "1[0-2]|0[1-9]|[1-9]",
    "j": "36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]",
    "m": "1[0-2]|0[1-9]|[1-9]",
    "M": "[0-5]\\d|\\d",
    "S": "6[0-1]|[0-5]\\d|\\d",
    "w": "[0-6]",
    "y": "\\d\\d",
    "Y": "\\d\\d\\d\\d",
    "z": "[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z",
    "A": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "a": "mon|tue|wed|thu|fri|sat|sun",
    "B": "january|february|march|april|may|june|july|august|september|october|november|december",
    "b": "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
    "p": "am|pm",
    "Z": "utc|gmt",
}
_WHOLES = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}


def _pattern(format: str, letters: list[str]) -> str:
    parts: list[str] = []
    at = 0
    while at < len(format):
        letter = format[at]
        at += 1
        if letter.isspace():
            while at < len(format) and format[at].isspace():
                at += 1
            parts.append("\\s+")
        elif letter != "%":
            parts.append(re.escape(letter))
        elif at == len(format):
            raise ValueError(f"stray % in format '{format}'")
        else:
            directive = format[at]
            at += 1
            if directive == "%":
                parts.append("%")
            elif directive in _WHOLES:
                parts.append(_pattern(_WHOLES[directive], letters))
            elif directive in _PATTERNS:
                if directive in letters:
                    raise ValueError(
                        f"redefinition of group name {directive!r} in strptime format {format!r}"
                    )
                letters.append(directive)
                parts.append(f"({_PATTERNS[directive]})")
            else:
                raise ValueError(f"'{directive}' is a bad directive in format '{format}'")
    return "".join(parts)


def scanned(text: str, format: str) -> tuple[
    int, int, int, int, int, int, int, int | None, str | None
]:  # fmt: skip
    """strptime: the fields, the offset from UTC in microseconds and the zone's name."""
    letters: list[str] = []
    found = re.match(_pattern(format, letters), text, re.IGNORECASE)
    if found is None:
        raise ValueError(f"time data {text!r} does not match format {format!r}")
    if found.end() != len(text):
        raise ValueError(f"unconverted data remains: {text[found.end() :]}")
    got: dict[str, str] = {}
    for letter, value in zip(letters, found.groups("")):
        got[letter] = value.lower()
    year = 1900
    if "Y" in got:
        year = int(got["Y"])
    elif "y" in got:
        short = int(got["y"])
        year = short + (2000 if short <= 68 else 1900)
    month, day = int(got.get("m", "1")), int(got.get("d", "1"))
    names = [name.lower() for name in MONTHS]
    if "B" in got:
        month = names.index(got["B"]) + 1
    elif "b" in got:
        month = [name[:3] for name in names].index(got["b"]) + 1
    if "j" in got and "d" not in got:
        year, month, day = from_ordinal(days_before_year(year) + int(got["j"]))
    hour = int(got.get("H", "0"))
    if "I" in got:
        hour = int(got["I"]) % 12 + (12 if got.get("p", "") == "pm" else 0)
    micro = _micros(got.get("f", ""))
    offset, zone = _scanned_zone(got)
    minute, second = int(got.get("M", "0")), int(got.get("S", "0"))
    return year, month, day, hour, minute, second, micro, offset, zone


def _scanned_zone(got: dict[str, str]) -> tuple[int | None, str | None]:
    text = got.get("z", "")
    if text == "":
        return None, None
    name = got["Z"].upper() if "Z" in got else None
    if text == "z":
        return 0, name
    digits = text[1:].replace(":", "")
    whole, _, fraction = digits.partition(".")
    seconds = int(whole[:2]) * 3600 + int(whole[2:4]) * 60 + int(whole[4:6] or "0")
    offset = seconds * 1000000 + _micros(fraction)
    return (-offset if text[0] == "-" else offset), name
