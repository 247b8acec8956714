"""Dates, times, durations and fixed offsets from UTC, on the proleptic Gregorian calendar."""

from __future__ import annotations

import time as _time
from _datetime import duration, timedelta, timezone, tzinfo, unordered, unsupported
from typing import Any

from _civil import (
    IsoCalendarDate,
    check_date,
    check_time,
    days_before_year,
    from_ordinal,
    iso_year_start,
    struct_time,
    to_ordinal,
)
from _datetime_text import clock_text, formatted, offset_text, parsed, scanned, weeks_of

MINYEAR = 1
MAXYEAR = 9999
UTC = timezone.utc
_MAX_ORDINAL = 3652059


class date:
    """A day of the calendar."""

    min: Any = None
    max: Any = None
    resolution: Any = None

    def __init__(self, year: int, month: int, day: int) -> None:
        check_date(year, month, day)
        self.year = year
        self.month = month
        self.day = day

    @classmethod
    def fromordinal(cls, ordinal: int) -> Any:
        if ordinal < 1:
            raise ValueError("ordinal must be >= 1")
        year, month, day = from_ordinal(ordinal)
        return cls(year, month, day)

    @classmethod
    def fromisoformat(cls, date_string: str) -> Any:
        fields = parsed(date_string, False)
        return cls(fields[0], fields[1], fields[2])

    @classmethod
    def fromtimestamp(cls, timestamp: float) -> Any:
        made = datetime.fromtimestamp(timestamp)
        return cls(made.year, made.month, made.day)

    @classmethod
    def today(cls) -> Any:
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromisocalendar(cls, year: int, week: int, day: int) -> Any:
        if not 1 <= year <= 9999:
            raise ValueError(f"Year is out of range: {year}")
        if not 1 <= week <= weeks_of(year):
            raise ValueError(f"Invalid week: {week}")
        if not 1 <= day <= 7:
            raise ValueError(f"Invalid weekday: {day} (range is [1, 7])")
        return cls.fromordinal(iso_year_start(year) + (week - 1) * 7 + day - 1)

    def toordinal(self) -> int:
        return to_ordinal(self.year, self.month, self.day)

    def weekday(self) -> int:
        return (self.toordinal() + 6) % 7

    def isoweekday(self) -> int:
        return self.weekday() + 1

    def isocalendar(self) -> IsoCalendarDate:
        year = self.year
        ordinal = self.toordinal()
        if ordinal < iso_year_start(year):
            year -= 1
        elif year < 9999 and ordinal >= iso_year_start(year + 1):
            year += 1
        week, day = divmod(ordinal - iso_year_start(year), 7)
        return IsoCalendarDate(year, week + 1, day + 1)

    def isoformat(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    def __str__(self) -> str:
        return self.isoformat()

    def __repr__(self) -> str:
        return f"datetime.date({self.year}, {self.month}, {self.day})"

    def ctime(self) -> str:
        return self.strftime("%a %b %e %H:%M:%S ") + f"{self.year:04d}"

    def strftime(self, format: str) -> str:
        return formatted(format, (self.year, self.month, self.day, 0, 0, 0, 0), None, None)

    def __format__(self, spec: str) -> str:
        return self.strftime(spec) if spec else str(self)

    def timetuple(self) -> struct_time:
        return _struct(self.year, self.month, self.day, 0, 0, 0, -1)

    def replace(
        self, year: int | None = None, month: int | None = None, day: int | None = None
    ) -> Any:
        return date(
            self.year if year is None else year,
            self.month if month is None else month,
            self.day if day is None else day,
        )

    def _key(self) -> tuple[int, int]:
        return (self.toordinal(), 0)

    def __add__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return _moved(self.toordinal() + other.days)
        raise unsupported("+", self, other)

    def __radd__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self + other
        raise unsupported("+", other, self)

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return _moved(self.toordinal() - other.days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        raise unsupported("-", self, other)

    def __eq__(self, other: object) -> Any:
        if isinstance(other, date):
            if isinstance(other, datetime):
                return False
            return self.toordinal() == other.toordinal()
        return NotImplemented

    def __lt__(self, other: Any) -> Any:
        if isinstance(other, date):
            return self._day_of(other) < 0
        raise unordered("<", self, other)

    def __le__(self, other: Any) -> Any:
        if isinstance(other, date):
            return self._day_of(other) <= 0
        raise unordered("<=", self, other)

    def __gt__(self, other: Any) -> Any:
        if isinstance(other, date):
            return self._day_of(other) > 0
        raise unordered(">", self, other)

    def __ge__(self, other: Any) -> Any:
        if isinstance(other, date):
            return self._day_of(other) >= 0
        raise unordered(">=", self, other)

    def _day_of(self, other: date) -> int:
        """How many days it is after another day."""
        if isinstance(other, datetime):
            raise TypeError("can't compare datetime.datetime to datetime.date")
        return self.toordinal() - other.toordinal()

    def __hash__(self) -> int:
        return hash(bytes([self.year >> 8, self.year & 255, self.month, self.day]))


def _moved(ordinal: int) -> date:
    if not 0 < ordinal <= _MAX_ORDINAL:
        raise OverflowError("date value out of range")
    year, month, day = from_ordinal(ordinal)
    return date(year, month, day)


def _struct(
    year: int, month: int, day: int, hour: int, minute: int, second: int, dst: int
) -> struct_time:
    ordinal = to_ordinal(year, month, day)
    yearday = ordinal - days_before_year(year)
    return struct_time(year, month, day, hour, minute, second, (ordinal + 6) % 7, yearday, dst)


class time:
    """A time of the day."""

    min: Any = None
    max: Any = None
    resolution: Any = None

    def __init__(
        self,
        hour: int = 0,
        minute: int = 0,
        second: int = 0,
        microsecond: int = 0,
        tzinfo: tzinfo | None = None,
        *,
        fold: int = 0,
    ) -> None:
        check_time(hour, minute, second, microsecond, fold)
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
        self.tzinfo = tzinfo
        self.fold = fold

    @classmethod
    def fromisoformat(cls, time_string: str) -> Any:
        text = time_string[1:] if time_string.startswith("T") else time_string
        fields = parsed("2000-01-01T" + text, True, time_string)
        zone = _zone_of(fields[7])
        return cls(fields[3], fields[4], fields[5], fields[6], zone)

    def utcoffset(self) -> Any:
        return None if self.tzinfo is None else self.tzinfo.utcoffset(None)

    def tzname(self) -> Any:
        return None if self.tzinfo is None else self.tzinfo.tzname(None)

    def isoformat(self, timespec: str = "auto") -> str:
        text = clock_text(self.hour, self.minute, self.second, self.microsecond, timespec)
        offset = self.utcoffset()
        return text if offset is None else text + offset_text(offset.micros(), ":")

    def __str__(self) -> str:
        return self.isoformat()

    def __repr__(self) -> str:
        return f"datetime.time({_clock_repr(self)})"

    def strftime(self, format: str) -> str:
        fields = (1900, 1, 1, self.hour, self.minute, self.second, self.microsecond)
        offset = self.utcoffset()
        return formatted(format, fields, None if offset is None else offset.micros(), self.tzname())

    def __format__(self, spec: str) -> str:
        return self.strftime(spec) if spec else str(self)

    def replace(
        self,
        hour: int | None = None,
        minute: int | None = None,
        second: int | None = None,
        microsecond: int | None = None,
    ) -> Any:
        return time(
            self.hour if hour is None else hour,
            self.minute if minute is None else minute,
            self.second if second is None else second,
            self.microsecond if microsecond is None else microsecond,
            self.tzinfo,
        )

    def _micros(self) -> int:
        seconds = (self.hour * 60 + self.minute) * 60 + self.second
        offset = self.utcoffset()
        shift = 0 if offset is None else offset.micros()
        return seconds * 1000000 + self.microsecond - shift

    def _after(self, other: time) -> int:
        if (self.tzinfo is None) != (other.tzinfo is None):
            raise TypeError("can't compare offset-naive and offset-aware times")
        return self._micros() - other._micros()

    def __eq__(self, other: object) -> Any:
        if isinstance(other, time):
            aware = (self.tzinfo is None) == (other.tzinfo is None)
            return aware and self._micros() == other._micros()
        return NotImplemented

    def __lt__(self, other: Any) -> Any:
        if isinstance(other, time):
            return self._after(other) < 0
        raise unordered("<", self, other)

    def __le__(self, other: Any) -> Any:
        if isinstance(other, time):
            return self._after(other) <= 0
        raise unordered("<=", self, other)

    def __gt__(self, other: Any) -> Any:
        if isinstance(other, time):
            return self._after(other) > 0
        raise unordered(">", self, other)

    def __ge__(self, other: Any) -> Any:
        if isinstance(other, time):
            return self._after(other) >= 0
        raise unordered(">=", self, other)

    def __hash__(self) -> int:
        micro = self.microsecond
        return hash(
            bytes([self.hour, self.minute, self.second, micro >> 16, micro >> 8 & 255, micro & 255])
        )


def _clock_repr(clock: Any) -> str:
    text = f"{clock.hour}, {clock.minute}"
    if clock.microsecond:
        text += f", {clock.second}, {clock.microsecond}"
    elif clock.second:
        text += f", {clock.second}"
    if clock.tzinfo is not None:
        text += f", tzinfo={clock.tzinfo!r}"
    return text + (", fold=1" if clock.fold else "")


def _zone_of(offset: int | None) -> timezone | None:
    return None if offset is None else timezone(duration(offset))


class datetime(date):
    """A day and a time of it, in a time zone if it is aware."""

    min: Any = None
    max: Any = None
    resolution: Any = None

    def __init__(
        self,
        year: int,
        month: int,
        day: int,
        hour: int = 0,
        minute: int = 0,
        second: int = 0,
        microsecond: int = 0,
        tzinfo: tzinfo | None = None,
        *,
        fold: int = 0,
    ) -> None:
        super().__init__(year, month, day)
        check_time(hour, minute, second, microsecond, fold)
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
        self.tzinfo = tzinfo
        self.fold = fold

    @classmethod
    def combine(cls, date: date, time: time) -> Any:
        return cls(
            date.year,
            date.month,
            date.day,
            time.hour,
            time.minute,
            time.second,
            time.microsecond,
            time.tzinfo,
        )

    @classmethod
    def fromisoformat(cls, date_string: str) -> Any:
        f = parsed(date_string, True)
        return cls(f[0], f[1], f[2], f[3], f[4], f[5], f[6], _zone_of(f[7]))

    @classmethod
    def strptime(cls, date_string: str, format: str) -> Any:
        f = scanned(date_string, format)
        zone = None if f[7] is None else timezone(duration(f[7]), f[8])
        return cls(f[0], f[1], f[2], f[3], f[4], f[5], f[6], zone)

    @classmethod
    def fromtimestamp(cls, timestamp: float, tz: Any = None) -> Any:
        micros = timedelta(0, timestamp).micros()
        if tz is None:
            micros += _time.localoffset(timestamp) * 1000000
        made = _since_epoch(micros)
        if tz is None:
            return made
        return tz.fromutc(made.replace(tzinfo=tz))

    @classmethod
    def utcfromtimestamp(cls, timestamp: float) -> Any:
        return _since_epoch(timedelta(0, timestamp).micros())

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls) -> Any:
        return cls.utcfromtimestamp(_time.time())

    def date(self) -> Any:
        return _moved(self.toordinal())

    def time(self) -> time:
        return time(self.hour, self.minute, self.second, self.microsecond, fold=self.fold)

    def timetz(self) -> time:
        return time(
            self.hour, self.minute, self.second, self.microsecond, self.tzinfo, fold=self.fold
        )

    def utcoffset(self) -> Any:
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)

    def tzname(self) -> Any:
        return None if self.tzinfo is None else self.tzinfo.tzname(self)

    def dst(self) -> Any:
        return None if self.tzinfo is None else self.tzinfo.dst(self)

    def astimezone(self, tz: Any) -> Any:
        offset = self.utcoffset()
        if offset is None:
            raise ValueError("astimezone() of a naive datetime needs the local time zone")
        utc = _since_epoch(self._since() - offset.micros())
        return tz.fromutc(utc.replace(tzinfo=tz))

    def timestamp(self) -> float:
        offset = self.utcoffset()
        if offset is None:
            seconds = self._since() // 1000000
            first = seconds - _time.localoffset(seconds)
            return (self._since() - _time.localoffset(first) * 1000000) / 1000000
        return (self._since() - offset.micros()) / 1000000

    def timetuple(self) -> struct_time:
        dst = self.dst()
        flag = -1 if dst is None else int(bool(dst))
        return _struct(self.year, self.month, self.day, self.hour, self.minute, self.second, flag)

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        day = f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        clock = clock_text(self.hour, self.minute, self.second, self.microsecond, timespec)
        offset = self.utcoffset()
        return day + sep + clock + ("" if offset is None else offset_text(offset.micros(), ":"))

    def __str__(self) -> str:
        return self.isoformat(" ")

    def __repr__(self) -> str:
        return f"datetime.datetime({self.year}, {self.month}, {self.day}, {_clock_repr(self)})"

    def ctime(self) -> str:
        return self.strftime("%a %b %e %H:%M:%S ") + f"{self.year:04d}"

    def strftime(self, format: str) -> str:
        fields = (
            self.year, self.month, self.day,
            self.hour, self.minute, self.second, self.microsecond,
        )  # fmt: skip
        offset = self.utcoffset()
        return formatted(format, fields, None if offset is None else offset.micros(), self.tzname())

    def replace(
        self,
        year: int | None = None,
        month: int | None = None,
        day: int | None = None,
        hour: int | None = None,
        minute: int | None = None,
        second: int | None = None,
        microsecond: int | None = None,
        tzinfo: Any = False,
        fold: int | None = None,
    ) -> Any:
        return datetime(
            self.year if year is None else year,
            self.month if month is None else month,
            self.day if day is None else day,
            self.hour if hour is None else hour,
            self.minute if minute is None else minute,
            self.second if second is None else second,
            self.microsecond if microsecond is None else microsecond,
            self.tzinfo if tzinfo is False else tzinfo,
            fold=self.fold if fold is None else fold,
        )

    def _since(self) -> int:
        """Microseconds since 1970 of its own clock."""
        days = self.toordinal() - 719163
        seconds = ((days * 24 + self.hour) * 60 + self.minute) * 60 + self.second
        return seconds * 1000000 + self.microsecond

    def __add__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return _since_epoch(self._since() + other.micros(), self.tzinfo)
        raise unsupported("+", self, other)

    def __radd__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self + other
        raise unsupported("+", other, self)

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return _since_epoch(self._since() - other.micros(), self.tzinfo)
        if isinstance(other, datetime):
            return duration(self._after(other, "subtract"))
        raise unsupported("-", self, other)

    def _after(self, other: datetime, what: str) -> int:
        """The microseconds from another moment to this one."""
        mine, theirs = self.utcoffset(), other.utcoffset()
        if mine is None and theirs is None:
            return self._since() - other._since()
        if mine is None or theirs is None:
            raise TypeError(f"can't {what} offset-naive and offset-aware datetimes")
        return self._since() - mine.micros() - (other._since() - theirs.micros())

    def __eq__(self, other: object) -> Any:
        if isinstance(other, datetime):
            if (self.utcoffset() is None) != (other.utcoffset() is None):
                return False
            return self._after(other, "compare") == 0
        if isinstance(other, date):
            return False
        return NotImplemented

    def _moment(self, other: Any) -> int:
        if isinstance(other, datetime):
            return self._after(other, "compare")
        raise TypeError("can't compare datetime.datetime to datetime.date")

    def __lt__(self, other: Any) -> Any:
        if isinstance(other, date):
            return self._moment(other) < 0
        raise unordered("<", self, other)

    def __le__(self, other: Any) -> Any:
        if isinstance(other, date):
            return self._moment(other) <= 0
        raise unordered("<=", self, other)

    def __gt__(self, other: Any) -> Any:
        if isinstance(other, date):
            return self._moment(other) > 0
        raise unordered(">", self, other)

    def __ge__(self, other: Any) -> Any:
        if isinstance(other, date):
            return self._moment(other) >= 0
        raise unordered(">=", self, other)

    def __hash__(self) -> int:
        offset = self.utcoffset()
        micro = self.microsecond
        if offset is None:
            return hash(
                bytes(
                    [
                        self.year >> 8, self.year & 255, self.month, self.day,
                        self.hour, self.minute, self.second,
                        micro >> 16, micro >> 8 & 255, micro & 255,
                    ]
                )
            )  # fmt: skip
        since_first = self._since() + 719163 * 86400000000
        return hash(duration(since_first - offset.micros()))


def _since_epoch(micros: int, zone: Any = None) -> datetime:
    seconds, micro = divmod(micros, 1000000)
    days, second = divmod(seconds, 86400)
    if not 0 < days + 719163 <= _MAX_ORDINAL:
        raise OverflowError("date value out of range")
    year, month, day = from_ordinal(days + 719163)
    minutes, second = divmod(second, 60)
    hour, minute = divmod(minutes, 60)
    return datetime(year, month, day, hour, minute, second, micro, zone)


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(1)
time.min = time(0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
