import io
import sys
from io import BytesIO, StringIO


def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


s = StringIO()
print(s.write("hello\n"), s.tell(), s.getvalue().__repr__())
print("x", 1, [2], sep="-", end="!", file=s)
print(file=s)
print("last", 2.5, file=s)
print(
    repr(s.getvalue()),
    s.seek(0),
    repr(s.read(3)),
    repr(s.readline()),
    repr(s.read()),
    repr(s.read()),
)
s.seek(2)
s.write("XY")
print(repr(s.getvalue()), s.tell(), s.truncate(4), repr(s.getvalue()))
s.seek(6)
s.write("z")
print(repr(s.getvalue()))
r = StringIO("a\nbb\n\nccc")
print(r.readline(), list(r), r.readlines(), [line.strip() for line in StringIO("x\ny\n")])
for line in StringIO("one\ntwo"):
    print(repr(line))
with StringIO("within") as f:
    print(f.read(), f.closed)
print(f.closed)
attempt(lambda: f.read())
attempt(lambda: s.seek(-1))
attempt(lambda: s.seek(0, 5))
attempt(lambda: StringIO("abc").seek(1, 1))
print(
    repr(StringIO("a\r\nb", newline=None).read()),
    StringIO("ab\ncd").readlines(),
    StringIO("long line\nx").readline(4),
)
b = BytesIO(b"abc\ndef")
print(
    b.read(2),
    b.readline(),
    b.read(),
    b.read(),
    b.getvalue(),
    b.seek(-3, 2),
    b.read(1),
    b.tell(),
    b.write(b"XYZ"),
    b.getvalue(),
    list(BytesIO(b"1\n2\n")),
)
b.seek(10)
b.write(b"!")
print(b.getvalue(), b.truncate(2), b.getvalue())
with io.BytesIO() as out:
    out.write(b"q")
    print(out.getvalue())
attempt(lambda: out.getvalue())


class Upper:
    def __init__(self):
        self.pieces = []

    def write(self, text):
        self.pieces.append(text.upper())


u = Upper()
print("a", "b", file=u)
print("c", end="", file=u)
print(u.pieces)


def render(rows):
    out = io.StringIO()
    for row in rows:
        out.writelines([str(c) + "\t" for c in row])
        out.write("\n")
    return out.getvalue()


print(render([[1, 2], ["a", None]]))
print("to stdout", file=sys.stdout)
