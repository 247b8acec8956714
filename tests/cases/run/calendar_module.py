"""calendar: leap years, weeks, months as text and HTML; Python's own module, translated."""

import calendar
from calendar import MONDAY, SUNDAY, TextCalendar

print([y for y in range(1890, 2010) if calendar.isleap(y)][:5], calendar.leapdays(1900, 2001))
print(calendar.monthrange(2024, 2), calendar.monthrange(1999, 12), calendar.weekday(2024, 2, 29))
try:
    calendar.monthrange(2024, 13)
except calendar.IllegalMonthError as error:
    print(error, error.args)
try:
    calendar.setfirstweekday(9)
except calendar.IllegalWeekdayError as error:
    print(type(error).__name__, error)
print(calendar.month(2024, 2))
print(calendar.month_name[3], list(calendar.month_abbr), len(calendar.month_name))
print(calendar.day_name[0], list(calendar.day_abbr), calendar.day_name[1:3])
c = TextCalendar(SUNDAY)
print(c.formatmonth(2023, 10, 3, 1))
print(c.firstweekday, c.getfirstweekday(), list(c.iterweekdays()))
c.firstweekday = 9
print(c.firstweekday, c.formatweekheader(2))
c.setfirstweekday(MONDAY)
print(c.monthdayscalendar(2021, 2), c.monthdays2calendar(2021, 2)[0])
for week in c.monthdatescalendar(2022, 1)[:2]:
    print([str(d) for d in week])
print(list(c.itermonthdays(2026, 2))[:10], list(c.itermonthdays4(2026, 2))[:2])
print(c.formatyear(2025, m=4)[:400])
print(calendar.HTMLCalendar().formatmonth(2024, 2)[:200])
print(calendar.timegm((2024, 2, 29, 12, 30, 15)))


def main():
    print(calendar.monthrange(2024, 2))


main()
