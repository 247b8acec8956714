"""Writes `expected.txt`: what CPython 3.11 answers to operations on numbers.

Run as `python3 generate.py > expected.txt`, or with a number to have that many times
the random cases. One line a case, fields separated by tabs:
operation, result, arguments. Values: `i` an int in hexadecimal, `f` the 16 hex digits of a float's
bits, `s` a string in hexadecimal UTF-8, `b` a bool, `n` None, `(x y)` a tuple,
`!Type message` an exception. NaNs are all `fnan`.
"""

from __future__ import annotations

import math
import operator
import random
import struct
import sys
from collections.abc import Callable, Iterable

RNG = random.Random(20231)

# How many random cases: 1 for the table that is kept, more for a long run.
SCALE = int(sys.argv[1]) if len(sys.argv) > 1 else 1

Value = object

# The runtime has no complex numbers yet: it ends the process, so that such a case has no row.
REFUSED = ""


def encode(value: Value) -> str:
    """The text of one value."""
    if value is None:
        return "n"
    if isinstance(value, bool):
        return "b1" if value else "b0"
    if isinstance(value, int):
        return f"i{value:x}"
    if isinstance(value, float):
        return "fnan" if value != value else "f" + struct.pack(">d", value).hex()
    if isinstance(value, str):
        return "s" + value.encode().hex()
    if isinstance(value, bytes):
        return "y" + value.hex()
    if isinstance(value, (tuple, list)):
        return "(" + " ".join(map(encode, value)) + ")"
    raise TypeError(value)


def answer(f: Callable[..., Value], args: Iterable[Value]) -> str:
    """What CPython says, as a value or an exception."""
    try:
        result = f(*args)
    except Exception as error:
        if str(error) == "complex exponentiation":
            return REFUSED
        return "!" + type(error).__name__ + " " + str(error).encode().hex()
    if isinstance(result, complex):
        return REFUSED
    return encode(result)


def case(name: str, f: Callable[..., Value], *args: Value) -> None:
    expected = answer(f, args)
    if expected != REFUSED:
        print(name, expected, *map(encode, args), sep="\t")


EDGE_INTS = [
    *(0, 1, -1, 2, -2, 3, 7, -7, 10, 100, 255, 256, -256, 1000003),
    *(
        sign * (2**k + d)
        for k in (31, 32, 53, 54, 61, 62, 63, 64, 65, 127, 128, 200)
        for d in (-1, 0, 1)
        for sign in (1, -1)
    ),
    *(10**18, 10**19, -(10**20), 10**40, 10**308, -(10**309), 3**200, -(7**150)),
]
EDGE_FLOATS = [
    *(0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 0.3, 1e-5, 0.0001, 123456.789),
    *(1e15, 1e16, 1e17, 9007199254740991.0, 9007199254740993.0, 1e22, 1e23, 1e100, 1e308),
    *(sys.float_info.max, sys.float_info.min, 5e-324, 2.0**63, -(2.0**63), 2.0**64),
    *(math.inf, -math.inf, math.nan, math.pi, -math.e, 1 / 3, 2.0**61 - 1, 170.5, 171.7, 709.9),
    *(-3.0, 3.0, 7.5, -7.5, 1e-300, 4.0, 2.675, 1.005, 5e15, 1.7976931348623155e308, 22.5, -745.5),
]


def some_int() -> int:
    bits = RNG.choice((3, 8, 20, 40, 62, 63, 64, 65, 100, 130, 300, 900))
    return RNG.choice((1, -1)) * RNG.getrandbits(bits)


def some_float() -> float:
    kind = RNG.randrange(4)
    if kind == 0:
        return struct.unpack(">d", RNG.getrandbits(64).to_bytes(8, "big"))[0]
    if kind == 1:
        return RNG.uniform(-10, 10)
    if kind == 2:
        return round(RNG.uniform(-1000, 1000), RNG.randrange(4))
    return RNG.uniform(-1, 1) * 10.0 ** RNG.randrange(-30, 30)


def ints(count: int) -> list[int]:
    edges = RNG.sample(EDGE_INTS, min(len(EDGE_INTS), 30 * SCALE))
    return edges + [some_int() for _ in range(count * SCALE)]


def floats(count: int) -> list[float]:
    return EDGE_FLOATS + [some_float() for _ in range(count * SCALE)]


BYTES_ARGUMENTS: list[tuple[int, str, bool]] = [
    *((1, "big", False), (8, "little", True), (9, "big", True), (40, "little", False)),
    *((0, "big", False), (130, "big", True), (8, "middle", False), (-1, "big", False)),
]


def to_bytes(x: int, length: int, order: str, signed: bool) -> bytes:
    return x.to_bytes(length, order, signed=signed)  # type: ignore[arg-type]


def from_bytes(data: bytes, order: str, signed: bool) -> int:
    return int.from_bytes(data, order, signed=signed)  # type: ignore[arg-type]


def int_cases() -> None:
    binary: dict[str, Callable[..., Value]] = {
        "add": operator.add,
        "sub": operator.sub,
        "mul": operator.mul,
        "floordiv": operator.floordiv,
        "mod": operator.mod,
        "divmod": divmod,
        "truediv": operator.truediv,
        "and": operator.and_,
        "or": operator.or_,
        "xor": operator.xor,
        "lt": operator.lt,
        "eq": operator.eq,
        "gcd": math.gcd,
        "lcm": math.lcm,
    }
    pool = ints(60)
    for name, f in binary.items():
        for _ in range(55 * SCALE):
            case(name, f, RNG.choice(pool), RNG.choice(pool))
    for a in (0, 1, -1, 7, -7, 2**63 - 1, -(2**63)):
        for b in (0, 1, -1, 2, -2, 2**63 - 1, -(2**63)):
            for name, f in binary.items():
                case(name, f, a, b)
    unary: dict[str, Callable[..., Value]] = {
        "neg": operator.neg,
        "invert": operator.invert,
        "abs": abs,
        "str": str,
        "hex": hex,
        "oct": oct,
        "bin": bin,
        "hash": hash,
        "float": float,
        "bit_length": int.bit_length,
        "bit_count": int.bit_count,
        "isqrt": math.isqrt,
        "log": math.log,
        "log2": math.log2,
        "log10": math.log10,
    }
    for name, f in unary.items():
        for x in ints(15):
            case(name, f, x)
    for x in ints(6):
        for n in (0, 1, 2, 63, 64, 65, 130, -1, 10**30):
            case("shr", operator.rshift, x, n)
            if n < 10**9:
                case("shl", operator.lshift, x, n)
        for n in (0, 1, 2, 3, 5, 17, -1, -2):
            case("pow", pow, x, n)
        for n in (0, 1, -1, -2, -3, -10, -19, -40):
            case("round_to", round, x, n)
        for length, order, signed in BYTES_ARGUMENTS:
            case("to_bytes", to_bytes, x, length, order, signed)
    case("shl", operator.lshift, 0, 10**30)
    case("shl", operator.lshift, 1, 2**70)
    for base in (0, 1, -1):
        for exponent in (0, 1, 2**70, 2**70 + 1):
            case("pow", pow, base, exponent)
    for _ in range(80 * SCALE):
        exponent = RNG.choice((0, 1, 2, 10, -1, -5, 2**64 + 1, RNG.getrandbits(90)))
        case("modpow", pow, RNG.choice(pool), exponent, RNG.choice(pool))
    for n in (0, 1, 7, 8, 9, 16, 17, 40):
        for order in ("big", "little", "x"):
            for signed in (False, True):
                data = RNG.randbytes(n)
                case("from_bytes", from_bytes, data, order, signed)
    for n in [*range(-1, 30), 100, 500, 2**63, 10**30]:
        if n < 1000 or n >= 2**63:
            case("factorial", math.factorial, n)
    for n in (-1, 0, 1, 5, 20, 64, 100, 10**30):
        for k in (-1, 0, 1, 2, 5, 20, 33, 50, 63, 100, 10**30, 10**30 - 1):
            case("comb", math.comb, n, k)
            case("perm", math.perm, n, k)
    for digits in (4299, 4300, 4301):
        case("str", str, 10**digits - 1)
    for size in (3000, 24000):
        a, b, c = (RNG.getrandbits(n) for n in (size, size // 2, size // 3))
        case("mul", operator.mul, a, b)
        case("mul", operator.mul, a, a)
        case("divmod", divmod, a, b)
        case("divmod", divmod, a, -c)
        case("divmod", divmod, a * b, b)
        case("divmod", divmod, a * b - 1, b)
        case("isqrt", math.isqrt, a)
        case("isqrt", math.isqrt, b * b)
        case("isqrt", math.isqrt, b * b - 1)
        case("gcd", math.gcd, a * c, b * c)
    for top in (2**64 - 1, 2**63, 2**63 + 1):
        for _ in range(20 * SCALE):
            b = (top << 128) + RNG.choice((0, 1, 2**128 - 1, RNG.getrandbits(128)))
            a = b * RNG.getrandbits(128) + RNG.choice((0, b - 1, -1, b >> 1))
            case("divmod", divmod, a, b)


def cut(text: str) -> list[str]:
    """The texts between bars, lines joined."""
    return text.replace("\n        ", "").split("|")


def text_cases() -> None:
    texts = cut(
        """0|1|-1|+5| 12 |\t12\n|x||  |1_0|1__0|_1|1_|0x1f|0X1F|0b101|0o17|010|00|0_0|- 1|+-1|
        -0x1f|z|Zz|9223372036854775807|9223372036854775808|-9223372036854775808|
        -9223372036854775809|123456789012345678901234567890|0x|0b|0x_1f|0x__1|0b2|1 2|1.5|1e5|
        ٣٤|٣x|\x1c5|5\x1f|\x855|\u20035|𝟗𝟖|１２|a|-a|_|0_|0_x|0xg|deadbeef|12é|\x7f5|
        999999999999999999|9999999999999999999|000000000000000000000000000012|'|"|\\|\n|a'b"c"""
    )
    texts += ["1" * 4300, "-" + "1" * 4301, "1_" * 4300 + "1", "1" * 4301 + "x", "a b" * 200]
    for text in texts:
        case("int_text", int, text)
        for base in (0, 2, 7, 8, 16, 36, 1, 37, -1) if len(text) < 100 else (16,):
            case("int_radix", int, text, base)
    numbers = cut(
        """0|1|-1|1.5|.5|5.|.|1e5|1E5|1e+5|1e-5|1e|e5|1e5.5|inf|-inf|INF|Infinity|-infinity|nan|
        -nan|NaN|infinit|in|1_0.5|1__0|_1|1_|1_.5|1._5|1.5_0|1e5_0|1_e5|1e_5| 1.5 |\t1.5\n|x||  |
        0x1p3|1,5|1.5.5|--1|+1.5|+-1|1e400|-1e400|1e-400|123456789012345678901234567890|0.1|
        2.2250738585072011e-308|4.9e-324|2.4703282292062327e-324|2.4703282292062328e-324|
        1.7976931348623157e308|1.7976931348623159e308|9007199254740993|9007199254740992.999|
        ٣.٥|𝟗e𝟖|1.5\xa0|\x1c1|1d5|1f|0x10|1e1000000000000000000000|0e1000000000000000000000|
        nan(1)|+inf|+nan| nan|1 2|é1|1_000.000_1e1_0|1e-1_0|1e+_5"""
    )
    numbers += ["0." + "0" * 400 + "1", "1" * 400, "1" * 308 + ".5", "1." + "0" * 800 + "1"]
    numbers += ["1" + "0" * 400 + "e-400"]
    for text in numbers:
        case("float_text", float, text)
    hexes = cut(
        """0x1p0|0x1.8p1|1.8|0x.8p0|0x8.|0x|0x.|x|zz||inf|-Infinity|nan|0x1p5000|0x1p-5000|
        -0x1.fffffffffffffp+1023|0x1.fffffffffffff8p+1023|0x1.fffffffffffff7p+1023|0x1p-1074|
        0x1p-1075|0x1.8p-1075|0x1.0000000000000800001p0|0x1.00000000000008p0|0x1p|0x1p+|0x1p+-1|
        0x1.00000000000018p0|  0x1p3  |0x1p3 x|0x1.2.3|1p10|0X1P10|ABCdef|+0x1p2|-0x0p0|
        0x0p99999999999999999999|0x1p99999999999999999999|0x1p-99999999999999999999|
        0x123456789abcdef012345678|0x0.00000000000000000000001p0|1_0|\xa01|é"""
    )
    for text in hexes:
        case("fromhex", float.fromhex, text)


COMPARISONS: dict[str, Callable[..., Value]] = {
    "ilt": operator.lt,
    "ile": operator.le,
    "ieq": operator.eq,
    "igt": operator.gt,
}


def float_cases() -> None:
    binary: dict[str, Callable[..., Value]] = {
        "ftruediv": operator.truediv,
        "ffloordiv": operator.floordiv,
        "fmod": operator.mod,
        "fdivmod": divmod,
        "fpow": operator.pow,
        "math.pow": math.pow,
        "math.fmod": math.fmod,
        "math.remainder": math.remainder,
        "math.atan2": math.atan2,
        "math.hypot": math.hypot,
        "math.nextafter": math.nextafter,
        "math.isclose": math.isclose,
        "math.log_base": math.log,
    }
    pool = floats(80)
    for name, f in binary.items():
        for _ in range(80 * SCALE):
            case(name, f, RNG.choice(pool), RNG.choice(pool))
    for name in ("fpow", "math.pow", "fmod", "ffloordiv", "math.remainder", "math.hypot"):
        for a in EDGE_FLOATS[:7] + [math.inf, -math.inf, math.nan, -3.0, 3.0]:
            for b in EDGE_FLOATS[:7] + [math.inf, -math.inf, math.nan, -3.0, 3.0]:
                case(name, binary[name], a, b)
    unary: dict[str, Callable[..., Value]] = {
        "repr": repr,
        "int": int,
        "round": round,
        "fhash": lambda x: 0 if x != x else hash(x),
        "fhex": float.hex,
        "ratio": float.as_integer_ratio,
        "is_integer": float.is_integer,
    }
    for name in """acos acosh asin asinh atan atanh cbrt ceil cos cosh degrees erf erfc exp
        exp2 expm1 fabs floor frexp gamma lgamma log log10 log1p log2 modf radians
        sin sinh sqrt tan tanh trunc ulp""".split():
        unary["math." + name] = getattr(math, name)
    small = [RNG.uniform(-1, 1) for _ in range(20 * SCALE)]
    middle = [RNG.uniform(-180, 180) for _ in range(20 * SCALE)]
    for name, f in unary.items():
        for x in floats(20) + small + middle:
            case(name, f, x)
    for x in floats(30) + [0.125, 0.375, 2.5, 25.0, 250.0, 1250.0, 15.0, 1e22 + 0.0]:
        for n in (0, 1, 2, 3, 5, 15, -1, -2, -5, 22, 323, 324, -308, -309, -307, 10**30, -(10**30)):
            case("fround_to", round, x, n)
    integers = ints(60)
    for _ in range(200 * SCALE):
        i = RNG.choice(integers)
        x = RNG.choice(pool)
        if RNG.random() < 0.4 and abs(i) < 10**308:
            x = math.nextafter(float(i), RNG.choice((math.inf, -math.inf, float(i))))
        for name, f in COMPARISONS.items():
            case(name, f, i, x)
    for x in floats(20):
        for e in (0, 1, -1, 10, -10, 1000, -1000, 5000, -5000, 2**62, -(2**62)):
            case("math.ldexp", math.ldexp, x, e)


def sum_cases() -> None:
    for _ in range(100 * SCALE):
        count = RNG.randrange(0, 7)
        xs = [some_float() for _ in range(count * SCALE)]
        if RNG.random() < 0.3:
            xs += [-x for x in xs if RNG.random() < 0.7]
        if RNG.random() < 0.2:
            xs += RNG.choices(EDGE_FLOATS, k=2)
        RNG.shuffle(xs)
        case("math.fsum", math.fsum, xs)
        case("math.hypot_n", lambda v: math.hypot(*v), xs)
        ys = [some_float() for _ in xs]
        case("math.dist", math.dist, xs, ys)
        case("math.prod", math.prod, xs)
    case("math.dist", math.dist, [1.0], [1.0, 2.0])
    tie = [1.0, 2.0**-53, 2.0**-110]
    case("math.fsum", math.fsum, tie)
    case("math.fsum", math.fsum, [1e308, 1e308])
    case("math.fsum", math.fsum, [math.inf, -math.inf])


def num_cases() -> None:
    pool = [*ints(20), *floats(20)]
    names: dict[str, Callable[..., Value]] = {
        "add": operator.add,
        "sub": operator.sub,
        "mul": operator.mul,
        "floordiv": operator.floordiv,
        "mod": operator.mod,
        "truediv": operator.truediv,
        "divmod": divmod,
        "lt": operator.lt,
        "eq": operator.eq,
        "ge": operator.ge,
    }
    for name, f in names.items():
        for _ in range(100 * SCALE):
            case("num." + name, f, RNG.choice(pool), RNG.choice(pool))
    for _ in range(50 * SCALE):
        case("num.pow", pow, RNG.choice(pool), RNG.choice((0, 1, 2, -1, 0.5, -2.0, 3.0)))
        x = RNG.choice(pool)
        case("num.round", round, x)
        case("num.round_to", round, x, RNG.choice((0, 1, -1, 3)))


if __name__ == "__main__":
    assert sys.version_info[:2] == (3, 11), "the expectations are those of CPython 3.11"
    int_cases()
    text_cases()
    float_cases()
    sum_cases()
    num_cases()
