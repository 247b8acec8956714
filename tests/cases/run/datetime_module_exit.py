import datetime as dt
from datetime import date, datetime, time, timedelta, timezone


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


d = date(2024, 2, 29)
print(
    d,
    repr(d),
    str(d),
    d + timedelta(days=1),
    d.weekday(),
    d.isoweekday(),
    d.isoformat(),
    d.strftime("%Y/%m/%d %A %B %j"),
    d.replace(year=2023, day=1),
    d.toordinal(),
    date.fromordinal(1),
    d.year,
    d.month,
    d.day,
)
print(
    d - date(2024, 1, 1),
    (d - date(2024, 1, 1)).days,
    d < date(2025, 1, 1),
    d == date(2024, 2, 29),
    d != date(2024, 2, 28),
    d >= d,
    max(d, date(2020, 1, 1)),
    sorted([d, date(2000, 1, 1), date(2024, 2, 28)]),
)
print(
    d.isocalendar(),
    d.isocalendar()[1],
    d.isocalendar().week,
    date(2021, 1, 3).isocalendar(),
    date(2020, 12, 31).isocalendar(),
    date(2018, 12, 31).isocalendar(),
    date.fromisocalendar(2020, 53, 4),
    date.fromisoformat("2024-01-31"),
    d.timetuple().tm_yday,
    d.timetuple(),
)
for text in (
    "2024-01-31",
    "20240131",
    "2024-W05-3",
    "2024W053",
    "2024-13-01",
    "2024-1-1",
    "x",
    "2024-02-30",
    "",
):
    attempt(lambda: date.fromisoformat(text))
x = datetime(2024, 1, 2, 3, 4, 5, 678)
print(
    x,
    repr(x),
    x.isoformat(),
    x + timedelta(hours=25),
    x.date(),
    x.time(),
    repr(x.time()),
    x.strftime("%H:%M:%S.%f %p %I %y %b %a %w %U %W %% %Z%z %c %x %X %G-%V %e %D %F %T"),
    x - datetime(2023, 1, 1),
    x - timedelta(microseconds=679),
    f"{x:%d.%m.%Y}",
    f"{x}",
    x.timestamp() == (x - datetime(1970, 1, 1)) / timedelta(seconds=1),
)
for text, form in (
    ("2024-03-01 12:30", "%Y-%m-%d %H:%M"),
    ("01/02/24", "%m/%d/%y"),
    ("5 Mar 1999 1:02 PM", "%d %b %Y %I:%M %p"),
    ("12:30", "%H:%M"),
    ("2024-060", "%Y-%j"),
    ("Monday, January 01, 2024", "%A, %B %d, %Y"),
    ("2024-01-01T00:00:00.5+0230", "%Y-%m-%dT%H:%M:%S.%f%z"),
    ("2024-01-01Z", "%Y-%m-%d%z"),
    ("2024-13-01", "%Y-%m-%d"),
    ("2024-01-01x", "%Y-%m-%d"),
    ("2024", "%Q"),
    ("2024", "%"),
    ("31/02/2024", "%d/%m/%Y"),
    ("69", "%y"),
    ("68", "%y"),
    ("a.b", "a.b"),
    ("1112", "%m%d"),
):
    attempt(lambda: repr(datetime.strptime(text, form)))
for text in (
    "2024-01-02T03:04:05",
    "2024-01-02",
    "2024-01-02 03:04",
    "2024-01-02T03:04:05.123",
    "2024-01-02T03:04:05.123456+05:30",
    "20240102T030405Z",
    "2024-01-02T03",
    "2024-01-02T25:00:00",
    "2024-01-02T",
    "nope",
):
    attempt(lambda: repr(datetime.fromisoformat(text)))
t = timedelta(days=1, hours=2, seconds=3)
print(
    t,
    repr(t),
    t.total_seconds(),
    t * 2,
    t / 2,
    -t,
    t // timedelta(hours=1),
    t.days,
    t.seconds,
    abs(-t),
    t == timedelta(hours=26, seconds=3),
    t % timedelta(hours=1),
    divmod(t, timedelta(hours=1)),
    t / timedelta(hours=1),
    t // 7,
    1.5 * t,
    t * 0.1,
    t - timedelta(days=5),
    t + t,
    +t,
    bool(timedelta()),
    hash(t) == hash(timedelta(seconds=93603)),
)
print(
    timedelta(),
    repr(timedelta()),
    timedelta(microseconds=-1),
    repr(timedelta(microseconds=-1)),
    timedelta(weeks=1, milliseconds=5),
    timedelta(0.5),
    timedelta(seconds=0.1),
    timedelta(days=1.5, seconds=1e-6),
    timedelta(microseconds=2.5),
    timedelta(microseconds=3.5),
    timedelta(days=-1),
    timedelta(minutes=90),
    timedelta(1, 2, 3, 4, 5, 6, 7),
    sum([t, t], timedelta()),
    timedelta(days=2) > t,
)
print(
    timedelta.max,
    timedelta.min,
    timedelta.resolution,
    date.min,
    date.max,
    datetime.min,
    datetime.max,
    time.min,
    time.max,
    dt.MINYEAR,
    dt.MAXYEAR,
)
utc = datetime(2024, 1, 1, tzinfo=timezone.utc)
east = timezone(timedelta(hours=5, minutes=30), "IST")
print(
    utc,
    repr(utc),
    utc.isoformat(),
    utc.tzname(),
    utc.utcoffset(),
    utc.astimezone(east),
    repr(east),
    str(east),
    repr(timezone(timedelta(hours=-3))),
    timezone(timedelta(hours=-3)),
    utc == datetime(2024, 1, 1, 5, 30, tzinfo=east),
    utc - datetime(2024, 1, 1, tzinfo=east),
    utc.timestamp(),
    datetime.fromtimestamp(1e9, timezone.utc),
    datetime.fromtimestamp(1.5, tz=timezone.utc),
    utc < utc.replace(year=2025),
    utc.replace(tzinfo=None),
    hash(utc) == hash(datetime(2024, 1, 1, 5, 30, tzinfo=east)),
)
c = time(13, 5)
print(
    c,
    repr(c),
    time(1, 2, 3),
    repr(time(1, 2, 3)),
    time(1, 2, 3, 4),
    c < time(14),
    c.isoformat("milliseconds"),
    c.strftime("%I:%M %p"),
    time.fromisoformat("04:05:06.789"),
    c.replace(minute=0),
    datetime.combine(d, c),
    x.isoformat(" ", "minutes"),
    x.isoformat(timespec="milliseconds"),
    c == time(13, 5, 0),
    bool(time(0)),
)
attempt(lambda: date(2023, 2, 29))
attempt(lambda: date(2023, 13, 1))
attempt(lambda: date(0, 1, 1))
attempt(lambda: datetime(2023, 1, 1, 24))
attempt(lambda: datetime(2023, 1, 1, 0, 60))
attempt(lambda: time(0, 0, 0, 10**6))
attempt(lambda: date.max + timedelta(1))
attempt(lambda: timedelta(days=10**9))
attempt(lambda: d + 1)
attempt(lambda: d - 1)
attempt(lambda: 1 + d)
attempt(lambda: d < 3)
attempt(lambda: d == 3)
attempt(lambda: d < x)
attempt(lambda: d == x)
attempt(lambda: x - d)
attempt(lambda: x - utc)
attempt(lambda: x < utc)
attempt(lambda: x == utc)
attempt(lambda: t / 0)
attempt(lambda: t + 1)
attempt(lambda: t < 1)
attempt(lambda: t == 1)
attempt(lambda: t * "a")
attempt(lambda: date.fromordinal(0))
attempt(lambda: timezone(timedelta(days=1)))
days = {date(2024, 1, 1): "a", date(2024, 1, 2): "b"}
print(
    days[date(2024, 1, 2)],
    date(2024, 1, 3) in days,
    {datetime(2024, 1, 1), datetime(2024, 1, 1)},
    days,
)


def month_lengths(year):
    first = date(year, 1, 1)
    out = []
    while first.year == year:
        later = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        out.append((later - first).days)
        first = later
    return out


print(month_lengths(2023), month_lengths(2024))
start, step = datetime(2024, 3, 30, 22), timedelta(hours=7)
print(
    [(start + i * step).strftime("%m-%d %H") for i in range(5)],
    isinstance(start, date),
    isinstance(d, datetime),
    type(start).__name__,
    type(d),
    start.ctime(),
    d.ctime(),
)
datetime.strptime("x", "%Y")
