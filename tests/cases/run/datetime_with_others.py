"""What cannot be added to a date or a duration, and how the message calls it."""

import datetime

day = datetime.date(2020, 1, 2)
for left in ("a", [1], (1,), b"x", 3):
    try:
        print(left + day)
    except TypeError as error:
        print(error)
try:
    print("a" + datetime.date(2020, 1, 2))
except TypeError as error:
    print(error)
try:
    print("a" + datetime.timedelta(1))
except TypeError as error:
    print(error)
