# Methods that are found when the program runs: arguments by position, by name, too many, too few.
class Base:
    def __init__(self, tag):
        self.tag = tag

    def plain(self, a, b):
        return (self.tag, a, b)

    def preset(self, a, b=2, *rest, c=3, **more):
        return (self.tag, a, b, rest, c, more)

    def alone(self):
        return self.tag

    @property
    def shown(self):
        return f"<{self.tag}>"

    @staticmethod
    def fixed(a):
        return a * 2

    @classmethod
    def made(cls, tag):
        return cls(tag).tag

    def __eq__(self, other):
        return isinstance(other, Base) and self.tag == other.tag

    def __call__(self, *args):
        return args

    def __format__(self, spec):
        return f"{self.tag}:{spec}"


class Other:
    def plain(self, a, b=None):
        return [a, b]

    def alone(self):
        return None


def attempt(call):
    try:
        print(call())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)


things = [Base("x"), Other(), 3, "text", [1, 2], {"a": 1}]
for thing in things:
    attempt(lambda: thing.plain(1, 2))
    attempt(lambda: thing.plain(1))
    attempt(lambda: thing.plain(1, 2, 3))
    attempt(lambda: thing.plain(b=1, a=2))
    attempt(lambda: thing.plain(1, a=2))
    attempt(lambda: thing.preset(1))
    attempt(lambda: thing.preset(1, 5, 6, 7, c=8, d=9))
    attempt(lambda: thing.preset())
    attempt(lambda: thing.alone())
    attempt(lambda: thing.alone(1))
    attempt(lambda: thing.shown)
    attempt(lambda: thing.fixed(4))
    attempt(lambda: thing.made("q"))
    attempt(lambda: thing(1, 2))
    attempt(lambda: thing == Base("x"))
    attempt(lambda: thing.append(3))
    print(f"{thing}" if not isinstance(thing, Other) else "other")

TABLE = "é" + "abcdefghijklmnopqrstuvwxyz0123456789" * 3 + "é"
PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789" * 3
for at in (0, 1, 15, 16, 17, 60, -1, -2):
    print(TABLE[at], PLAIN[at], TABLE[at - 3 : at], PLAIN.find("z", at), TABLE.find("z", at))
print(len(TABLE), len(PLAIN), TABLE.isascii(), PLAIN.isascii(), TABLE.rfind("é"))
try:
    TABLE[200]
except IndexError as error:
    print(error)
