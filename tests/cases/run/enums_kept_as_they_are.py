import enum
class Colour(enum.Enum):
    RED = 1
    GREEN = 2
class Other(enum.Enum):
    X = "x"
def parse(cls, text):
    try:
        return cls(text)
    except ValueError:
        return cls[text]
print(parse(Colour, 1), parse(Colour, "RED"), parse(Other, "x"))

class Color(enum.Enum):
    RED = 1
    GREEN = 2
    def __init__(self, v): self.extra = v * 2
c = Color.RED
c.extra = 7
print(Color.RED.extra)
try:
    Color.RED = 5
except AttributeError as e: print(e)
try:
    c.value = 5
except AttributeError as e: print(e)
try:
    c.name = "x"
except AttributeError as e: print(e)
print(c.value)
