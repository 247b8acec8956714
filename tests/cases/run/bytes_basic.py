"""bytes and bytearray."""

b = b"hello\x00\xff"
print(b, len(b), b[0], b[-1], b[1:3], b[::-1], list(b[:3]), b + b"!", b * 2, 104 in b, b"ell" in b)
print(
    "héllo".encode(),
    "héllo".encode("latin-1"),
    b"h\xc3\xa9".decode(),
    b"abc".decode("ascii"),
    bytes([65, 66]),
    bytes(3),
    bytes(range(3)),
)
print(
    b"abc".hex(),
    bytes.fromhex("0aff 10"),
    b"a,b".split(b","),
    b"-".join([b"x", b"y"]),
    b" x ".strip(),
    b"abc".upper(),
    b"abc".find(b"c"),
)
print(
    b"abc" < b"abd",
    b"a" == "a",
    b"" == bytes(),
    hash(b"a") == hash(b"a"),
    {b"k": 1}[b"k"],
    b"abc".startswith(b"ab"),
    b"abab".count(b"ab"),
)
print(
    repr(b"it's"),
    repr(b'q"'),
    repr(b"\n\t\\"),
    b"%d %s" % (1, b"x"),
    bool(b""),
    b"abc".replace(b"b", b"__"),
)
ba = bytearray(b"abc")
ba.append(100)
ba[0] = 122
ba.extend(b"ef")
ba[1:3] = b"--"
print(ba, len(ba), bytes(ba), ba.decode(), ba.pop(), ba)
print(
    int.from_bytes(b"\x01\x00", "big"),
    int.from_bytes(b"\xff\xfe", "little", signed=True),
    (1000).to_bytes(2, "big"),
    (-2).to_bytes(4, "little", signed=True),
)
for action in (
    lambda: b"abc"[5],
    lambda: bytes([256]),
    lambda: b"\xff".decode(),
    lambda: "é".encode("ascii"),
    lambda: (300).to_bytes(1, "big"),
):
    try:
        print(action())
    except Exception as e:
        print(type(e).__name__, e)


def checksum(payload: bytes) -> int:
    a, c = 1, 0
    for byte in payload:
        a = (a + byte) % 65521
        c = (c + a) % 65521
    return (c << 16) | a


def xor(payload: bytes, key: bytes) -> bytes:
    return bytes(x ^ key[i % len(key)] for i, x in enumerate(payload))


secret = xor(b"attack at dawn", b"key")
print(checksum(b"Wikipedia"), secret, xor(secret, b"key"), secret.hex())
