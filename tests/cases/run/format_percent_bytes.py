"""`%` of bytes and bytearrays: conversions, padding, mappings, errors."""


class Made:
    def __bytes__(self):
        return b"BB"


class Seven:
    def __index__(self):
        return 7

    def __repr__(self):
        return "sieben\u00e9"


print(b"%s|%b|%5.1s|%-5s|" % (b"a", bytearray(b"q"), b"abc", b"abc"))
print(b"%d %i %u %o %x %X %#x %05d|%+d|% d|%.3d" % (1, 2.9, True, 8, 255, 255, 255, -3, 4, 5, 6))
print(b"%e %.2f %g %8.3F|" % (1.5, 2.345, 1e20, 3))
print(b"%c%c%c|%5c|" % (65, b"x", bytearray(b"y"), 255))
print(
    b"%a %r %a" % ("é", "é", b"x"),
    b"%s" % Made(),
    b"%c" % Seven(),
    b"%x" % Seven(),
    b"%r" % Seven(),
)
print(b"%(a)s %(b)d %%" % {b"a": b"x", b"b": 3}, b"abc" % {}, b"%%" % ())
print(b"%*d|%-*d|%.*f" % (5, 3, 4, 2, 1, 2.55), b"\xff%s\x80" % b"\xfe")
print(bytearray(b"<%d>") % 3, type(bytearray(b"%d") % 3))
buffer = bytearray(b"%d;")
same = buffer
same %= 7
print(buffer, same, b"%s" % buffer, b"%d" % 10**30)


def attempt(form, given):
    try:
        print(form % given)
    except (TypeError, ValueError, OverflowError, KeyError) as error:
        print(form, type(error).__name__, error)


for form, given in (
    (b"%s", "x"),
    (b"%s", 1),
    (b"%s", [1]),
    (b"%s", None),
    (b"%d", "x"),
    (b"%x", 1.5),
    (b"%c", 256),
    (b"%c", b"xx"),
    (b"%c", "x"),
    (b"%f", "x"),
    (b"%", 1),
    (b"%z", 1),
    (b"%\xff", 1),
    (b"%(a)s", {"a": b"x"}),
    (b"%(a)d", 3),
    (b"%s", ()),
    (b"%s %s", b"x"),
    (b"%d %s", (1,)),
    (b"abc", 1),
    (b"abc", b""),
    (b"%s %", b"x"),
    (b"%d", 5),
    (bytearray(b"%d"), 5),
    ("%s", b"x"),
):
    attempt(form, given)
for wrong in ("x", 1, [b"a"]):
    try:
        print(b"<%s>" % wrong)
    except TypeError as error:
        print(error)
