"""Rows of small library modules: copy, random, hashlib, base64, binascii, zlib."""

from __future__ import annotations

from portalis.translate.rows.row import Row

ANY = ("Exception",)
_VALUE = ("ValueError",)


_COPY: tuple[Row, ...] = (
    Row("copy.copy", "(x: &T) -> T", "stdlib::copying::copy({x})", ANY, pure=False),
    Row("copy.deepcopy", "(x: &T) -> T", "stdlib::copying::deepcopy({x})", ANY, pure=False),
)

# The methods of a generator, which are functions of the module too: name, parameters,
# result, Rust after the receiver, what it may raise.
_DRAWS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("random", "", "float", "random()", ()),
    ("seed", "", "none", "seed_by_clock()", ()),
    ("seed", "a: &int", "none", "seed_int({a})", ()),
    ("seed", "a: &str", "none", "seed_str({a})", ()),
    ("seed", "a: float", "none", "seed_float({a})", ()),
    ("seed", "a: &value", "none", "seed_value({a})", ("TypeError",)),
    ("getrandbits", "k: i64", "int", "getrandbits({k})", _VALUE),
    ("randrange", "start: &int", "int", "randrange_to({start})", _VALUE),
    ("randrange", "start: &int, stop: &int, step: &int = 1", "int",
     "randrange({start}, {stop}, {step})", _VALUE),
    ("randint", "a: &int, b: &int", "int", "randint({a}, {b})", _VALUE),
    ("choice", "seq: &list[T]", "T", "choice({seq})", ("IndexError",)),
    ("choice", "seq: &vartuple[T]", "T", "choice_tuple({seq})", ("IndexError",)),
    ("choice", "seq: &str", "str", "choice_str({seq})", ("IndexError",)),
    ("choice", "seq: &range", "int", "choice_range({seq})", ("IndexError",)),
    ("choice", "seq: &value", "value", "choice_value({seq})", ANY),
    ("choices", "population: iterable[T], k: i64 = 1", "list[T]",
     "choices({population}, {k})", ANY),
    ("choices", "population: iterable[T], weights: none, k: i64 = 1", "list[T]",
     "choices({population}, {k})", ANY),
    ("choices", "population: iterable[T], weights: iterable[float], k: i64 = 1", "list[T]",
     "choices_weighted({population}, {weights}, false, {k})", ANY),
    ("choices", "population: iterable[T], cum_weights: iterable[float], k: i64 = 1", "list[T]",
     "choices_weighted({population}, {cum_weights}, true, {k})", ANY),
    ("shuffle", "x: &list[T]", "none", "shuffle({x})", ANY),
    ("sample", "population: &list[T], k: i64", "list[T]", "sample({population}, {k})", _VALUE),
    ("sample", "population: &range, k: i64", "list[int]", "sample_range({population}, {k})",
     _VALUE),
    ("sample", "population: iterable[T], k: i64", "list[T]", "sample_items({population}, {k})",
     ANY),
    ("uniform", "a: float, b: float", "float", "uniform({a}, {b})", ()),
    ("triangular", "low: float = 0.0, high: float = 1.0", "float",
     "triangular({low}, {high}, None)", ()),
    ("triangular", "low: float, high: float, mode: float", "float",
     "triangular({low}, {high}, Some({mode}))", ()),
    ("gauss", "mu: float = 0.0, sigma: float = 1.0", "float", "gauss({mu}, {sigma})", ()),
    ("normalvariate", "mu: float = 0.0, sigma: float = 1.0", "float",
     "normalvariate({mu}, {sigma})", ()),
    ("lognormvariate", "mu: float, sigma: float", "float", "lognormvariate({mu}, {sigma})", ()),
    ("expovariate", "lambd: float", "float", "expovariate({lambd})", ("ZeroDivisionError",)),
    ("gammavariate", "alpha: float, beta: float", "float", "gammavariate({alpha}, {beta})", _VALUE),
    ("betavariate", "alpha: float, beta: float", "float", "betavariate({alpha}, {beta})", _VALUE),
    ("paretovariate", "alpha: float", "float", "paretovariate({alpha})", ANY),
    ("weibullvariate", "alpha: float, beta: float", "float", "weibullvariate({alpha}, {beta})",
     ANY),
)

_RANDOM: tuple[Row, ...] = (
    Row("random.Random", "() -> rng", "Random::unseeded()", pure=False),
    Row("random.Random", "(seed: &int) -> rng", "Random::seeded_int({seed})", pure=False),
    Row("random.Random", "(seed: &value) -> rng", "Random::seeded_value({seed})", ("TypeError",),
        pure=False),
    *(
        Row(f"random.{name}", f"({params}) -> {result}", f"stdlib::random::shared().{rust}",
            raises, pure=False)
        for name, params, result, rust, raises in _DRAWS
    ),
    *(
        Row(f"rng.{name}", f"(self: &rng{', ' * bool(params)}{params}) -> {result}",
            f"{{self}}.{rust}", raises, pure=False)
        for name, params, result, rust, raises in _DRAWS
    ),
)

_ALGORITHMS = {
    "md5": "Md5", "sha1": "Sha1", "sha224": "Sha224", "sha256": "Sha256", "sha384": "Sha384",
    "sha512": "Sha512",
}  # fmt: skip

_HASHLIB: tuple[Row, ...] = (
    *(
        row
        for name, variant in _ALGORITHMS.items()
        for start in (f"HashObject::start(stdlib::hashes::Algorithm::{variant})",)
        for row in (
            Row(f"hashlib.{name}", "(string: &bytes, usedforsecurity: bool = True) -> hasher",
                f"{start}.with({{string}})", pure=False),
            Row(f"hashlib.{name}", "(string: &bytearray, usedforsecurity: bool = True) -> hasher",
                f"{start}.with({{string}})", pure=False),
            # Last: `md5` as a value takes what it hashes.
            Row(f"hashlib.{name}", "(usedforsecurity: bool = True) -> hasher", start, pure=False),
        )
    ),
    Row("hashlib.new", "(name: &str) -> hasher", "HashObject::named({name})", _VALUE, pure=False),
    Row("hashlib.new", "(name: &str, data: &bytes) -> hasher",
        "HashObject::named_with({name}, {data})", _VALUE, pure=False),
    Row("hasher.update", "(self: &hasher, data: &bytes) -> none", "{self}.update({data})",
        pure=False),
    Row("hasher.update", "(self: &hasher, data: &bytearray) -> none", "{self}.update({data})",
        pure=False),
    Row("hasher.digest", "(self: &hasher) -> bytes", "{self}.digest()", pure=False),
    Row("hasher.hexdigest", "(self: &hasher) -> str", "{self}.hexdigest()", pure=False),
    Row("hasher.copy", "(self: &hasher) -> hasher", "{self}.copy()", pure=False),
    Row("hasher.name", "(self: &hasher) -> str", "{self}.name()", data=True),
    Row("hasher.digest_size", "(self: &hasher) -> i64", "{self}.digest_size()", data=True),
    Row("hasher.block_size", "(self: &hasher) -> i64", "{self}.block_size()", data=True),
)


def _coders(module: str, names: tuple[str, ...], kinds: tuple[str, ...], raises: bool) -> list[Row]:
    return [
        Row(f"{module}.{name}", f"(s: &{kind}) -> bytes", f"stdlib::codecs::{name}({{s}})",
            _VALUE if raises else ())
        for name in names
        for kind in kinds
    ]


_BYTES = ("bytes", "bytearray")
_CODECS: tuple[Row, ...] = (
    *_coders("base64", ("b64encode", "urlsafe_b64encode", "b32encode", "b16encode"), _BYTES, False),
    *_coders("base64", ("b64decode", "urlsafe_b64decode", "b32decode", "b16decode"),
             (*_BYTES, "str"), True),
    *(
        Row(f"base64.standard_{name}", f"(s: &{kind}) -> bytes", f"stdlib::codecs::{name}({{s}})",
            _VALUE if name == "b64decode" else ())
        for name, kind in (("b64encode", "bytes"), ("b64decode", "bytes"), ("b64decode", "str"))
    ),
    *_coders("binascii", ("hexlify",), _BYTES, False),
    Row("binascii.b2a_hex", "(s: &bytes) -> bytes", "stdlib::codecs::hexlify({s})"),
    *_coders("binascii", ("unhexlify",), (*_BYTES, "str"), True),
    Row("binascii.a2b_hex", "(s: &bytes) -> bytes", "stdlib::codecs::unhexlify({s})", _VALUE),
    Row("binascii.a2b_hex", "(s: &str) -> bytes", "stdlib::codecs::unhexlify({s})", _VALUE),
    Row("binascii.a2b_base64", "(s: &bytes) -> bytes", "stdlib::codecs::b64decode({s})", _VALUE),
    Row("binascii.a2b_base64", "(s: &str) -> bytes", "stdlib::codecs::b64decode({s})", _VALUE),
    Row("binascii.b2a_base64", "(s: &bytes, newline: bool = True) -> bytes",
        "stdlib::codecs::b2a_base64({s}, {newline})"),
    *(
        Row(f"{module}.crc32", f"(data: &{kind}, value: &int = 0) -> int",
            "stdlib::codecs::crc32({data}, {value})")
        for module in ("zlib", "binascii")
        for kind in _BYTES
    ),
    *(
        Row("zlib.adler32", f"(data: &{kind}, value: &int = 1) -> int",
            "stdlib::codecs::adler32({data}, {value})")
        for kind in _BYTES
    ),
)

ROWS: tuple[Row, ...] = (*_COPY, *_RANDOM, *_HASHLIB, *_CODECS)
