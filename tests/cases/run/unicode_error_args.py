"""What errors of codecs and of the system are made of."""


def shown(act):
    try:
        act()
    except (ValueError, OSError) as error:
        print(type(error).__name__, error, error.args, repr(error))


for act in (
    lambda: "aé日".encode("ascii"),
    lambda: "é日本x".encode("latin-1"),
    lambda: b"ab\xff".decode(),
    lambda: b"\xe6\x97".decode("utf-8"),
    lambda: b"\xef\xbb\xbfab\xff".decode("utf-8-sig"),
    lambda: b"a\x80".decode("ascii"),
    lambda: b"abc".decode("utf-16-le"),
):
    shown(act)
for error in (
    OSError(2, "no file"),
    OSError(13, "denied", "f.txt"),
    OSError(9, "x"),
    OSError("one"),
    OSError(),
):
    print(type(error).__name__, error, repr(error), error.args, error.errno, error.filename)
for left in ("a", [1], (2,)):
    for right in (None, 1):
        try:
            print(left + right)
        except TypeError as error:
            print(error)
try:
    print("a" + None)
except TypeError as error:
    print(error)
try:
    print([1] + None)
except TypeError as error:
    print(error)
