//! Every operation on numbers against CPython: `numbers/expected.txt`, written by
//! `numbers/generate.py`, holds the questions and the answers.

use portalis_runtime::num::{self, Num};
use portalis_runtime::prelude::*;

/// A value of the table; the answer of an operation is one too.
#[derive(Clone)]
enum V {
    Int(Int),
    Float(f64),
    Str(String),
    Bytes(Vec<u8>),
    Bool(bool),
    Tuple(Vec<V>),
}

use V::{Bool, Bytes, Float, Tuple};

fn unhex(text: &str) -> Vec<u8> {
    let byte = |i| u8::from_str_radix(&text[i..i + 2], 16).expect("hex");
    (0..text.len()).step_by(2).map(byte).collect()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// An int from hexadecimal, by bytes, so that no code under test but `from_bytes` reads it.
fn int_of(text: &str) -> Int {
    let (neg, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let even = format!("{}{digits}", if digits.len() % 2 == 1 { "0" } else { "" });
    let size = ok(Int::from_bytes(&unhex(&even), "big", false));
    if neg { -size } else { size }
}

fn ok<T>(result: Result<T>) -> T {
    result.unwrap_or_else(|_| panic!("an operation of the test itself failed"))
}

fn decode(text: &str) -> V {
    let (kind, rest) = text.split_at(1);
    match kind {
        "i" => V::Int(int_of(rest)),
        "f" if rest == "nan" => Float(f64::NAN),
        "f" => Float(f64::from_bits(u64::from_str_radix(rest, 16).expect("bits"))),
        "s" => V::Str(String::from_utf8(unhex(rest)).expect("UTF-8")),
        "y" => Bytes(unhex(rest)),
        "b" => Bool(rest == "1"),
        "(" if rest == ")" => Tuple(Vec::new()),
        "(" => Tuple(rest[..rest.len() - 1].split(' ').map(decode).collect()),
        _ => panic!("{text}"),
    }
}

fn encode(value: &V) -> String {
    match value {
        V::Int(x) => {
            let text = x.to_string_radix(16);
            format!("i{text}")
        }
        Float(x) if x.is_nan() => "fnan".into(),
        Float(x) => format!("f{:016x}", x.to_bits()),
        V::Str(s) => format!("s{}", to_hex(s.as_bytes())),
        Bytes(b) => format!("y{}", to_hex(b)),
        Bool(b) => format!("b{}", u8::from(*b)),
        Tuple(items) => {
            format!(
                "({})",
                items.iter().map(encode).collect::<Vec<_>>().join(" ")
            )
        }
    }
}

fn error(e: &Exc) -> String {
    format!(
        "!{} {}",
        e.class().name,
        to_hex(ok(e.py_str()).as_str().as_bytes())
    )
}

impl V {
    fn int(&self) -> Int {
        match self {
            V::Int(x) => x.clone(),
            Bool(b) => Int::from(*b),
            _ => panic!("not an int"),
        }
    }
    fn i64(&self) -> i64 {
        self.int().saturate()
    }
    fn float(&self) -> f64 {
        match self {
            Float(x) => *x,
            V::Int(x) => ok(x.to_f64()),
            _ => panic!("not a float"),
        }
    }
    fn num(&self) -> Num {
        match self {
            Float(x) => Num::Float(*x),
            other => Num::Int(other.int()),
        }
    }
    fn str(&self) -> Str {
        match self {
            V::Str(s) => Str::from(s.as_str()),
            _ => panic!("not a str"),
        }
    }
    fn text(&self) -> &str {
        match self {
            V::Str(s) => s,
            _ => panic!("not a str"),
        }
    }
    fn bool(&self) -> bool {
        matches!(self, Bool(true))
    }
    fn items(&self) -> &[V] {
        match self {
            Tuple(items) => items,
            _ => panic!("not a tuple"),
        }
    }
    fn floats(&self) -> impl Iterator<Item = Result<f64>> + 'static {
        self.items()
            .iter()
            .map(|x| Ok(x.float()))
            .collect::<Vec<_>>()
            .into_iter()
    }
}

macro_rules! into_v {
    ($($t:ty, $x:ident => $v:expr;)*) => {$(
        impl From<$t> for V {
            fn from($x: $t) -> V {
                $v
            }
        }
    )*};
}

into_v! {
    Int, x => V::Int(x);
    i64, x => V::Int(Int::from(x));
    f64, x => Float(x);
    bool, x => Bool(x);
    Str, x => V::Str(x.as_str().to_string());
    String, x => V::Str(x);
    Vec<u8>, x => Bytes(x);
    (Int, Int), x => Tuple(vec![x.0.into(), x.1.into()]);
    (f64, f64), x => Tuple(vec![x.0.into(), x.1.into()]);
    (f64, Int), x => Tuple(vec![x.0.into(), x.1.into()]);
    (Num, Num), x => Tuple(vec![x.0.into(), x.1.into()]);
    Num, x => match x { Num::Int(x) => V::Int(x), Num::Float(x) => Float(x) };
}

/// An infallible answer.
fn v(x: impl Into<V>) -> Result<V> {
    Ok(x.into())
}

/// A fallible answer.
fn r(x: Result<impl Into<V>>) -> Result<V> {
    x.map(Into::into)
}

fn int_operation(name: &str, a: &Int, args: &[V]) -> Option<Result<V>> {
    let second = || args[1].int();
    Some(match name {
        "add" => v(a + second()),
        "sub" => v(a - second()),
        "mul" => v(a * second()),
        "floordiv" => r(int::floordiv(a, &second())),
        "mod" => r(int::pymod(a, &second())),
        "divmod" => r(int::divmod(a, &second())),
        "truediv" => r(int::truediv(a, &second())),
        "and" => v(a & second()),
        "or" => v(a | second()),
        "xor" => v(a ^ second()),
        "lt" => v(*a < second()),
        "eq" => v(*a == second()),
        "gcd" => v(math::gcd(&[a.clone(), second()])),
        "lcm" => v(math::lcm(&[a.clone(), second()])),
        "neg" => v(-a),
        "invert" => v(!a),
        "abs" => v(a.abs()),
        "str" => r(a.py_str()),
        "hex" => v(int::hex(a)),
        "oct" => v(int::oct(a)),
        "bin" => v(int::bin(a)),
        "hash" => r(a.py_hash()),
        "float" => r(a.to_f64()),
        "bit_length" => v(a.bit_length()),
        "bit_count" => v(a.bit_count()),
        "isqrt" => r(math::isqrt(a)),
        "log" => r(math::log_int(a)),
        "log2" => r(math::log2_int(a)),
        "log10" => r(math::log10_int(a)),
        "shl" => r(a.shl(&second())),
        "shr" => r(a.shr(&second())),
        "pow" => r(int::pow_num(a, &second())),
        "round_to" => r(a.round_to(&second())),
        "to_bytes" => r(a.to_bytes(args[1].i64(), args[2].text(), args[3].bool())),
        "modpow" => r(int::modpow(a, &second(), &args[2].int())),
        "factorial" => r(math::factorial(a)),
        "comb" => r(math::comb(a, &second())),
        "perm" => r(math::perm(a, Some(&second()))),
        "ilt" => v(a.cmp_f64(args[1].float()).is_some_and(|o| o.is_lt())),
        "ile" => v(a.cmp_f64(args[1].float()).is_some_and(|o| o.is_le())),
        "igt" => v(float::cmp_int(args[1].float(), a).is_some_and(|o| o.is_lt())),
        "ieq" => v(a.eq_f64(args[1].float())),
        _ => return None,
    })
}

fn float_operation(name: &str, x: f64, args: &[V]) -> Option<Result<V>> {
    let second = || args[1].float();
    Some(match name {
        "ftruediv" => r(float::truediv(x, second())),
        "ffloordiv" => r(float::floordiv(x, second())),
        "fmod" => r(float::pymod(x, second())),
        "fdivmod" => r(float::divmod(x, second())),
        "fpow" => r(float::pow(x, second())),
        "repr" => r(x.py_repr()),
        "int" => r(Int::from_f64(x)),
        "round" => r(float::round(x)),
        "fround_to" => r(float::round_to(x, &args[1].int())),
        "fhash" => r(x.py_hash()),
        "fhex" => v(float::hex(x)),
        "ratio" => r(float::as_integer_ratio(x)),
        "is_integer" => v(float::is_integer(x)),
        "math.pow" => r(math::pow(x, second())),
        "math.fmod" => r(math::fmod(x, second())),
        "math.remainder" => r(math::remainder(x, second())),
        "math.atan2" => v(math::atan2(x, second())),
        "math.hypot" => v(math::hypot(&[x, second()])),
        "math.nextafter" => v(math::nextafter(x, second())),
        "math.isclose" => r(math::isclose(x, second(), 1e-9, 0.0)),
        "math.log_base" => r(math::log_base(&Num::Float(x), &Num::Float(second()))),
        "math.ldexp" => r(math::ldexp(x, args[1].i64())),
        "math.acos" => r(math::acos(x)),
        "math.acosh" => r(math::acosh(x)),
        "math.asin" => r(math::asin(x)),
        "math.asinh" => v(math::asinh(x)),
        "math.atan" => v(math::atan(x)),
        "math.atanh" => r(math::atanh(x)),
        "math.cbrt" => v(math::cbrt(x)),
        "math.ceil" => r(math::ceil(x)),
        "math.cos" => r(math::cos(x)),
        "math.cosh" => r(math::cosh(x)),
        "math.degrees" => v(math::degrees(x)),
        "math.erf" => v(math::erf(x)),
        "math.erfc" => v(math::erfc(x)),
        "math.exp" => r(math::exp(x)),
        "math.exp2" => r(math::exp2(x)),
        "math.expm1" => r(math::expm1(x)),
        "math.fabs" => v(math::fabs(x)),
        "math.floor" => r(math::floor(x)),
        "math.frexp" => v(math::frexp(x)),
        "math.gamma" => r(math::gamma(x)),
        "math.lgamma" => r(math::lgamma(x)),
        "math.log" => r(math::log(x)),
        "math.log10" => r(math::log10(x)),
        "math.log1p" => r(math::log1p(x)),
        "math.log2" => r(math::log2(x)),
        "math.modf" => v(math::modf(x)),
        "math.radians" => v(math::radians(x)),
        "math.sin" => r(math::sin(x)),
        "math.sinh" => r(math::sinh(x)),
        "math.sqrt" => r(math::sqrt(x)),
        "math.tan" => r(math::tan(x)),
        "math.tanh" => v(math::tanh(x)),
        "math.trunc" => r(math::trunc(x)),
        "math.ulp" => v(math::ulp(x)),
        _ => return None,
    })
}

fn num_operation(name: &str, a: &Num, args: &[V]) -> Result<V> {
    let second = || args[1].num();
    match name {
        "num.add" => r(num::add(a, &second())),
        "num.sub" => r(num::sub(a, &second())),
        "num.mul" => r(num::mul(a, &second())),
        "num.floordiv" => r(num::floordiv(a, &second())),
        "num.mod" => r(num::pymod(a, &second())),
        "num.truediv" => r(num::truediv(a, &second())),
        "num.divmod" => r(num::divmod(a, &second())),
        "num.lt" => v(*a < second()),
        "num.eq" => v(*a == second()),
        "num.ge" => v(*a >= second()),
        "num.pow" => r(num::pow(a, &second())),
        "num.round" => r(num::round(a)),
        "num.round_to" => r(num::round_to(a, &args[1].int())),
        _ => panic!("no operation {name}"),
    }
}

fn run(name: &str, args: &[V]) -> Result<V> {
    match name {
        "int_text" => r(Int::parse(&args[0].str())),
        "int_radix" => r(Int::parse_radix(&args[0].str(), args[1].i64())),
        "float_text" => r(float::parse(&args[0].str())),
        "fromhex" => r(float::fromhex(&args[0].str())),
        "from_bytes" => match &args[0] {
            Bytes(bytes) => r(Int::from_bytes(bytes, args[1].text(), args[2].bool())),
            _ => panic!("not bytes"),
        },
        "math.fsum" => r(math::fsum(args[0].floats())),
        "math.hypot_n" => v(math::hypot(
            &args[0].items().iter().map(V::float).collect::<Vec<_>>(),
        )),
        "math.dist" => r(math::dist(args[0].floats(), args[1].floats())),
        "math.prod" => r(math::prod_num(
            args[0].floats().map(|x| x.map(Num::Float)),
            &Num::from(1),
        )),
        _ => match &args[0] {
            a if name.starts_with("num.") => num_operation(name, &a.num(), args),
            V::Int(a) => int_operation(name, a, args).unwrap_or_else(|| panic!("{name}")),
            a => float_operation(name, a.float(), args).unwrap_or_else(|| panic!("{name}")),
        },
    }
}

#[test]
fn answers_are_those_of_cpython() {
    let table = include_str!("numbers/expected.txt");
    let mut wrong = Vec::new();
    for line in table.lines() {
        let mut fields = line.split('\t');
        let (name, want) = (
            fields.next().expect("a name"),
            fields.next().expect("an answer"),
        );
        let args: Vec<V> = fields.map(decode).collect();
        let got = match run(name, &args) {
            Ok(value) => encode(&value),
            Err(e) => error(&e),
        };
        if got != want {
            wrong.push(format!("{line}\n  got {got}"));
        }
    }
    let count = wrong.len();
    wrong.truncate(40);
    assert!(count == 0, "{count} answers differ:\n{}", wrong.join("\n"));
}
