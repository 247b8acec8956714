"""Decimals made of ints and texts near the exponents that there are."""

from decimal import Decimal, InvalidOperation, getcontext, localcontext

for x in (
    0,
    -5,
    10**18,
    2**64,
    10**40,
    -(10**400),
    "1e999999999999999999",
    "-9e-1999999999999999997",
    "1.50",
    "12e999999999999999990",
):
    d = Decimal(x)
    print(
        d.as_tuple().exponent,
        len(d.as_tuple().digits),
        d.adjusted(),
        d if abs(d.adjusted()) < 50 else "far",
    )
for text in (
    "10e999999999999999999",
    "1e1000000000000000000",
    "1e-1999999999999999998",
    "12345678901e999999999999999990",
):
    try:
        print(Decimal(text))
    except InvalidOperation as error:
        print(type(error).__name__)
with localcontext() as ctx:
    ctx.prec = 19
    print(
        Decimal(2**64) * 3,
        Decimal(1) / 7,
        Decimal("18446744073709551615") + 1,
        int(Decimal(2**100)),
        hash(Decimal(2**64)),
    )
