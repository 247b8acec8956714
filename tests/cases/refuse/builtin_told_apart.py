"""A class of a builtin in a program that could tell it from the builtin."""

import json


class Table(dict):  # refuse: PT204
    pass


print(json.dumps(Table(a=1)))  # refuse: PT204
