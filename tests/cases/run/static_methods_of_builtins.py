print(int(b"12"), int(b" -0x1f ", 16), int(bytearray(b"101"), 2))
for args in [
    (b"12z", 10),
    (b"", 2),
    (b"\xa0" + b"1", 10),
    ("ff", 16),
    (5, 2),
    (b"z", 37),
    (bytearray(b"q"), 8),
]:
    try:
        print(int(*args))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
try:
    int(b"1_")
except ValueError as e:
    print(e)
d = {1: 2}
print(d.fromkeys([3, 4]), d.fromkeys("ab", 0), d)
s = "xyz"
print("ATCG".translate(s.maketrans("ATCG", "TAGC")), (5).from_bytes(b"\x01\x00", "big"))
print(b"abc".fromhex("0aff"), bytearray(b"abc").maketrans(b"a", b"b")[97])


def say():
    print("once")
    return "k"


print("abc".translate(say().maketrans({"a": "z"})))
f = d.fromkeys
print(list(map({}.fromkeys, [[1], [2]])), f([9]))
