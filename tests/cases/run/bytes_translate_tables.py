table = bytes(range(256))
upper = bytes.maketrans(b"abc", b"ABC")
print(b"a-b-c".translate(upper))
print(b"a-b-c".translate(upper, b"-"))
print(b"a-b-c".translate(None, b"-"))
print(bytearray(b"abcabc").translate(table, delete=b"b"))


def decode(s, altchars=None):
    if altchars is not None:
        return s.translate(bytes.maketrans(altchars, b"+/"))
    return s


print(decode(b"ab-_"), decode(b"ab-_", b"-_"))
