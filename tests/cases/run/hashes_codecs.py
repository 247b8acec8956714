"""hashlib, base64, binascii and zlib checksums against CPython's."""

import base64
import binascii
import hashlib
import zlib
from hashlib import md5, sha256

for text in ["", "abc", "a" * 55, "b" * 56, "c" * 64, "d" * 111, "e" * 112, "f" * 1000, "é"]:
    raw = text.encode()
    print(md5(raw).hexdigest(), hashlib.sha1(raw).hexdigest(), sha256(raw).hexdigest())
    print(hashlib.sha224(raw).hexdigest(), hashlib.sha384(raw).hexdigest())
    print(hashlib.sha512(raw).hexdigest(), zlib.crc32(raw), zlib.adler32(raw))
h = hashlib.sha256()
h.update(b"hello ")
copy = h.copy()
h.update(b"world")
print(h.hexdigest() == sha256(b"hello world").hexdigest(), copy.hexdigest()[:8], h.digest()[:4])
print(h.name, h.digest_size, h.block_size, hashlib.new("md5", b"x").hexdigest())
for raw in (b"", b"a", b"ab", b"abc", b"\xff\xfe\xfd\xfc", bytes(range(20))):
    e = base64.b64encode(raw)
    print(e, base64.b64decode(e) == raw, base64.urlsafe_b64encode(raw), base64.b32encode(raw))
    print(
        base64.b32decode(base64.b32encode(raw)) == raw, base64.b16encode(raw), binascii.hexlify(raw)
    )
print(
    base64.b64encode("héllo".encode()).decode(),
    base64.b64decode("aGk="),
    binascii.unhexlify("0aFF"),
)
print(binascii.crc32(b"123456789"), zlib.crc32(b"6789", zlib.crc32(b"12345")))
for bad in ("abc", "a", "ab=c"):
    try:
        print(base64.b64decode(bad))
    except ValueError as e:
        print(type(e).__name__, e)
for make in (md5, sha256):
    print(make(b"value").hexdigest())
