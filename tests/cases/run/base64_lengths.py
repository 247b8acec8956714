# Every length, and what decoding skips or refuses.
import base64
import binascii

ALL = bytes(range(256))
for size in range(12):
    text = base64.b64encode(ALL[250 - size : 250])
    print(
        text, base64.b64decode(text) == ALL[250 - size : 250], base64.urlsafe_b64encode(ALL[:size])
    )
print(base64.b64decode(base64.b64encode(ALL)) == ALL)
for text in (
    "aGVs\nbG8=",
    "aG!VsbG8=",
    "aGVsbG8",
    "a",
    "aGVsbG8==",
    "",
    "====",
    "aGVsbG8=aGVs",
    "ab=c",
    "QUJD\nREVG",
):
    try:
        print(base64.b64decode(text))
    except binascii.Error as error:
        print(error)
print(base64.urlsafe_b64decode("-_-_"))
