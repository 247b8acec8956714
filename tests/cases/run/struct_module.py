"""struct: packing and unpacking by formats, orders, alignment, errors."""

import struct
from struct import Struct, calcsize, error, pack, unpack

for form in (
    "",
    "b",
    "@bhiq",
    "=bhiq",
    "<bhiq",
    ">bhiq",
    "!bhiq",
    "bq",
    "b0q",
    "3sh",
    "10x",
    "<l",
    "@l",
    "P",
    "nN",
    "e f d",
    "?",
    "2h3B",
    "5p",
):
    print(repr(form), calcsize(form))
for form in (
    "5",
    "h5",
    "z",
    "<n",
    "1 h",
    "99999999999999999999h",
    "9999999999999999999x",
    "h<h",
    " <h",
    b"q!",
):
    try:
        print(calcsize(form))
    except error as problem:
        print(repr(form), problem)
try:
    calcsize("é")
except UnicodeEncodeError as problem:
    print(problem)

print(pack("<bBhHiIqQ", -1, 255, -2, 65535, -3, 4294967295, -4, 2**64 - 1))
print(pack(">bBhHiIqQ", -1, 255, -2, 65535, -3, 4294967295, -4, 2**64 - 1))
print(pack("bhbq", 1, 2, 3, 4), pack("b0q", 1), pack("3x"), pack("0h"))
print(
    pack("4s4s0s", b"ab", bytearray(b"abcdef"), b"z"), pack("5p", b"abcdefg"), pack("c?", b"x", [])
)
print(
    pack("<efd", 1.5, 0.1, 0.1),
    pack(">d", -0.0),
    pack("<f", 16777217),
    pack("<?", "no"),
    pack("P", -1),
)
print(pack("<e", 65504.0), pack("<e", 1e-8), pack("<d", float("inf")), pack("!I", True))


class Seven:
    def __index__(self):
        return 7


print(pack("<H", Seven()), pack(b"<H", 5))

values = (
    1 << 7,
    1 << 8,
    1 << 15,
    1 << 16,
    1 << 31,
    1 << 32,
    1 << 63,
    1 << 64,
    1 << 2000,
    -1,
    -129,
    -(1 << 31) - 1,
    -(1 << 63) - 1,
    1.5,
    "x",
    None,
    1e300,
)
for order in ("@", "<", ">"):
    for code in "bBhHiIlLqQefd?":
        words = []
        for value in values:
            try:
                words.append(pack(order + code, value).hex())
            except error as problem:
                words.append(str(problem))
            except OverflowError as problem:
                words.append("OverflowError " + str(problem))
        print(order, code, words)
for code in "nNP":
    for value in values:
        try:
            print(pack(code, value).hex(), end=" ")
        except error as problem:
            print(problem, end=" ")
    print()

bad = [("c", b"ab"), ("c", "a"), ("s", "a"), ("p", 1), ("2h", 1), ("h", 1, 2), ("h",)]
for form, *rest in bad:
    try:
        print(pack(form, *rest))
    except struct.error as problem:
        print(form, type(problem).__name__, problem)

a, b, c, d = unpack("<hHiI", b"\xff\xff\xff\xff\xfe\xff\xff\xff\x01\x00\x00\x80")
print(a, b, c, d, a + d, d << 40)
name, size, ratio, flag = struct.unpack(">4sIf?", b"nameABCD?\x80\x00\x00\x01")
print(name, size, ratio, flag, name.decode(), ratio * 2)
print(
    unpack("5p", b"\x09abcd"),
    unpack("5p", b"\x02abcd"),
    unpack("p", b"x"),
    unpack("2e", b"\x00\x3c\x00\xfc"),
)
print(struct.unpack("<20B", bytes(range(20))), sum(struct.unpack("<20B", bytes(range(20)))))
print(struct.unpack("<14f", bytes(56))[0], unpack("", b""), unpack("3x", b"abc"))
form = "<" + "H" * 2
print(unpack(form, b"\x01\x02\x03\x04"), [x + 1 for x in unpack(form, bytearray(4))])
for form, buffer in (("h", b"abc"), ("<I", b"")):
    try:
        unpack(form, buffer)
    except error as problem:
        print(problem)
for offset in (0, 1, 2, 9, -1, -2, -4):
    try:
        print(struct.unpack_from("h", b"abc", offset))
    except error as problem:
        print(problem)
for x, y in struct.iter_unpack("<BH", b"\x01\x02\x03\x04\x05\x06"):
    print(x, y)
for form, buffer in (("h", b"abc"), ("", b"")):
    try:
        struct.iter_unpack(form, buffer)
    except error as problem:
        print(problem)
buffer = bytearray(6)
struct.pack_into("<h", buffer, 1, 258)
print(buffer)
for form, offset, *rest in (
    ("h", 5, 5),
    ("h", -1, 5),
    ("h", -9, 5),
    ("h", 9, 5),
    ("hh", 0, 5),
    (">h", -2, 7),
):
    try:
        struct.pack_into(form, buffer, offset, *rest)
        print(buffer)
    except error as problem:
        print(problem)

header = Struct("<4sHH")
print(
    header.size,
    header.format,
    header.pack(b"PK", 1, 2),
    header.unpack(b"PK\x03\x04\x01\x00\x02\x00"),
)
print(list(header.iter_unpack(bytes(16))), header.unpack_from(bytes(10), 2))
print(hash(struct.pack("d", 2.5)) == hash(struct.pack("<d", 2.5)))
bits = struct.unpack(">l", struct.pack(">f", 0.15625))[0]
print(hex(bits), struct.unpack(">f", struct.pack(">l", bits))[0])
