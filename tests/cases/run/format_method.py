"""str.format and format(): fields, nested specifications, errors."""

print("{} {} {}".format(1, "two", 3.0), "{0} {1} {0}".format("a", "b"), "{a} {b}".format(a=1, b=2))
print("{:>8}|{:<8}|{:^8}|{:*^8}".format("r", "l", "c", "s"))
print("{:5d}|{:05.1f}|{:+}|{:,}|{:x}|{:#b}|{:e}".format(42, 3.14159, 7, 1234567, 255, 5, 12345.678))
print("{0:{1}.{2}f}|{0:{w}}".format(3.14159, 10, 2, w=12))
print("{!r} {!s} {!a}".format("é", "é", "é"), "{{}} {}".format("braces"), "{:%}".format(0.25))
row = {"name": "Ann", "scores": [90, 85]}
print("{name} {scores[0]} {scores[1]}".format(**row), "{0[name]} {0[scores]}".format(row))


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __format__(self, spec):
        if spec == "polar":
            return f"r={(self.x**2 + self.y**2) ** 0.5:.2f}"
        return f"({self.x:{spec}}, {self.y:{spec}})"


p = Point(3, 4)
print("{0.x} {0.y} {0:polar} {0:03d}".format(p), f"{p:polar} {p:>4}", format(p, "polar"))
print(
    format(42, "05d"),
    format(3.14159, ".2f"),
    format("s", ">4"),
    format(1234567, ","),
    format(7),
    format(True),
)
fmt = "{:<{}}|"
for w in (3, 5, 7):
    print(fmt.format("ab", w))
headers = ("id", "name", "qty")
rows = [(1, "bolt", 100), (22, "washer", 5), (333, "nut", 12345)]
line = "{:>4} | {:<8} | {:>6}"
print(line.format(*headers))
print("-" * 24)
for r in rows:
    print(line.format(*r))
for action in (
    lambda: "{} {}".format(1),
    lambda: "{x}".format(y=1),
    lambda: "{:d}".format("s"),
    lambda: "{".format(1),
):
    try:
        print(action())
    except (IndexError, KeyError, ValueError) as e:
        print(type(e).__name__, e)
