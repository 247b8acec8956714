"""Generator expressions over what cannot be iterated raise when they are made."""

import json


class M:
    pass


def tell(v):
    try:
        y = (a for a in v)
        print("made")
    except TypeError as e:
        print("TypeError:", e)
        return
    try:
        print(list(y))
    except TypeError as e:
        print("late:", e)


for text in ("5", "[1, 2]", '"ab"', '{"k": 1}', "null"):
    tell(json.loads(text))
try:
    z = (a for a in M())
    print("made")
except TypeError as e:
    print("TypeError:", e)
