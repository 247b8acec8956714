"""An attribute that neither CPython's class nor ours has."""

import datetime


def f(d):
    return d.frobnicate


try:
    print(f(datetime.date(2020, 1, 1)))
except AttributeError as e:
    print(e)
d = datetime.date(2020, 1, 2)
try:
    print(d.isocalendarx())
except AttributeError as e:
    print(e)
