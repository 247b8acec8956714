//! Python's float: arithmetic with Python's errors, `impl Py for f64`.

mod hex;
mod round;
pub(crate) mod text;

use std::cmp::Ordering;

pub use hex::{fromhex, hex};
pub use round::{round, round_to};
pub use text::{parse, repr, repr_into};

use crate::entry::unsupported;
use crate::int::{HASH_MODULUS, Int, ordered};
use crate::{Exc, Py, Result, Str, Value};

#[cold]
#[inline(never)]
fn zero_division() -> Exc {
    Exc::zero_division("float division by zero")
}

/// `a / b`.
#[inline]
pub fn truediv(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(zero_division());
    }
    Ok(a / b)
}

/// `a // b`.
#[inline]
pub fn floordiv(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(Exc::zero_division("float floor division by zero"));
    }
    Ok(quotient(a, b).0)
}

/// `a % b`: the remainder with the sign of `b`.
#[inline]
pub fn pymod(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(Exc::zero_division("float modulo"));
    }
    let r = a % b;
    if r == 0.0 {
        return Ok(0.0_f64.copysign(b));
    }
    Ok(if (b < 0.0) != (r < 0.0) { r + b } else { r })
}

/// `divmod(a, b)`.
#[inline]
pub fn divmod(a: f64, b: f64) -> Result<(f64, f64)> {
    if b == 0.0 {
        return Err(Exc::zero_division("float divmod()"));
    }
    Ok(quotient(a, b))
}

/// Floor quotient and remainder: CPython's `_float_div_mod`.
#[inline]
fn quotient(a: f64, b: f64) -> (f64, f64) {
    let mut r = a % b;
    // The true quotient is near a whole number: `a - r` divides almost exactly.
    let mut q = (a - r) / b;
    if r == 0.0 {
        r = 0.0_f64.copysign(b);
    } else if (b < 0.0) != (r < 0.0) {
        r += b;
        q -= 1.0;
    }
    if q == 0.0 {
        return (0.0_f64.copysign(a / b), r);
    }
    let floor = q.floor();
    (if q - floor > 0.5 { floor + 1.0 } else { floor }, r)
}

#[inline]
fn is_odd(x: f64) -> bool {
    (x.abs() % 2.0) == 1.0
}

/// `a ** b`.
///
/// Errors: ZeroDivisionError for 0.0 to a negative power, OverflowError out of range,
/// TypeError where Python gives a complex number.
#[inline]
pub fn pow(a: f64, b: f64) -> Result<f64> {
    if b == 2.0 {
        let square = a * a;
        if square.is_finite() {
            return Ok(square);
        }
    }
    pow_any(a, b)
}

/// The cases of CPython's `float_pow`.
fn pow_any(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Ok(1.0);
    }
    if a.is_nan() {
        return Ok(a);
    }
    if b.is_nan() {
        return Ok(if a == 1.0 { 1.0 } else { b });
    }
    if b.is_infinite() {
        let a = a.abs();
        return Ok(if a == 1.0 {
            1.0
        } else if (b > 0.0) == (a > 1.0) {
            b.abs()
        } else {
            0.0
        });
    }
    if a.is_infinite() {
        let odd = is_odd(b);
        return Ok(match (b > 0.0, odd) {
            (true, true) => a,
            (true, false) => a.abs(),
            (false, true) => 0.0_f64.copysign(a),
            (false, false) => 0.0,
        });
    }
    if a == 0.0 {
        if b < 0.0 {
            return Err(Exc::zero_division(
                "0.0 cannot be raised to a negative power",
            ));
        }
        return Ok(if is_odd(b) { a } else { 0.0 });
    }
    if a < 0.0 && b != b.floor() {
        unsupported("the complex result of a power where nothing names `complex`");
    }
    let negate = a < 0.0 && is_odd(b);
    let power = a.abs().powf(b);
    if power.is_infinite() {
        return Err(out_of_range());
    }
    Ok(if negate { -power } else { power })
}

/// `OverflowError(34, 'Numerical result out of range')`.
#[cold]
fn out_of_range() -> Exc {
    let args = vec![
        34_i64.to_value(),
        Str::from("Numerical result out of range").to_value(),
    ];
    Exc::new(&crate::exc::OVERFLOW_ERROR, args)
}

/// `x.is_integer()`.
#[inline]
pub fn is_integer(x: f64) -> bool {
    x.is_finite() && x.floor() == x
}

/// `x.as_integer_ratio()`.
///
/// Errors: OverflowError for infinities, ValueError for NaN.
pub fn as_integer_ratio(x: f64) -> Result<(Int, Int)> {
    if x.is_nan() {
        return Err(Exc::value_error("cannot convert NaN to integer ratio"));
    }
    if x.is_infinite() {
        return Err(Exc::overflow_error(
            "cannot convert Infinity to integer ratio",
        ));
    }
    let (neg, mantissa, exponent) = decode(x);
    if mantissa == 0 {
        return Ok((Int::ZERO, Int::ONE));
    }
    let twos = i64::from(mantissa.trailing_zeros());
    let numerator = (mantissa >> twos) as i64;
    let numerator = Int::Small(if neg { -numerator } else { numerator });
    let exponent = exponent + twos;
    if exponent >= 0 {
        Ok((numerator.shl(&Int::Small(exponent))?, Int::ONE))
    } else {
        Ok((numerator, Int::ONE.shl(&Int::Small(-exponent))?))
    }
}

/// Sign, mantissa and exponent: a finite `x` is `mantissa * 2**exponent`.
pub(crate) fn decode(x: f64) -> (bool, u64, i64) {
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52 & 0x7ff) as i64 {
        0 => (x.is_sign_negative(), fraction, -1074),
        biased => (x.is_sign_negative(), fraction | 1 << 52, biased - 1075),
    }
}

/// `hash(x)`: equal to the hash of an equal int. CPython's `_Py_HashDouble`.
pub fn hash(x: f64) -> i64 {
    if x.is_nan() {
        return 0;
    }
    if x.is_infinite() {
        return if x > 0.0 { 314_159 } else { -314_159 };
    }
    if let Ok(whole @ Int::Small(_)) = Int::from_f64(x)
        && whole.eq_f64(x)
    {
        return whole.hash();
    }
    let (neg, mantissa, exponent) = decode(x);
    // Multiplying by a power of two modulo 2**61 - 1 rotates 61 bits.
    let by = exponent.rem_euclid(61) as u32;
    let low = mantissa % HASH_MODULUS;
    let rotated = (low << by & HASH_MODULUS) | low.checked_shr(61 - by).unwrap_or(0);
    let hash = if neg {
        -(rotated as i64)
    } else {
        rotated as i64
    };
    if hash == -1 { -2 } else { hash }
}

/// The exact order of a float and an int; `None` for NaN.
#[inline]
pub fn cmp_int(x: f64, i: &Int) -> Option<Ordering> {
    i.cmp_f64(x).map(Ordering::reverse)
}

impl Py for f64 {
    const PLAIN: bool = true;

    fn py_type_name(&self) -> &'static str {
        "float"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        repr_into(*self, out);
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(*self != 0.0)
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok(hash(*self))
    }
    ordered!(py_eq ==, py_lt <, py_le <=, py_gt >, py_ge >=);
    /// One NaN is itself, as one object would be.
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self.to_bits() == other.to_bits()
    }
    fn to_value(&self) -> Value {
        Value::Float(*self)
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Float(x) => Some(*x),
            _ => None,
        }
    }
    fn py_format_into(&self, spec: &str, out: &mut String) -> Result<()> {
        crate::format::format_float(*self, spec, out)
    }
}
