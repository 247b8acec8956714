//! The math module.
//!
//! Elementary functions come from the same C library that CPython calls, so results
//! agree to the last bit; this file turns their special values into Python's errors.
//! `ints` has the integer functions, `gamma` the gamma functions, `sums` what adds, `values`
//! what asks objects.

mod cbrt;
mod gamma;
mod ints;
mod sums;
mod values;

pub use cbrt::cbrt;
pub use gamma::{gamma, lgamma};
pub use ints::{comb, factorial, gcd, gcd2, isqrt, lcm, perm};
pub use sums::{dist, fsum, hypot, prod_float, prod_int, prod_num};
pub use values::{ceil_value, floor_value, prod_value, trunc_value};

use crate::int::Int;
use crate::num::Num;
use crate::{Exc, Result};

pub const PI: f64 = std::f64::consts::PI;
pub const E: f64 = std::f64::consts::E;
pub const TAU: f64 = std::f64::consts::TAU;
pub const INF: f64 = f64::INFINITY;
pub const NAN: f64 = f64::NAN;

/// The C library, which std links anyway. Std's own methods are not used where they
/// compute another way (`asinh`, `acosh`, `atanh`) or round differently.
mod c {
    unsafe extern "C" {
        pub safe fn acos(x: f64) -> f64;
        pub safe fn acosh(x: f64) -> f64;
        pub safe fn asin(x: f64) -> f64;
        pub safe fn asinh(x: f64) -> f64;
        pub safe fn atan(x: f64) -> f64;
        pub safe fn atan2(y: f64, x: f64) -> f64;
        pub safe fn atanh(x: f64) -> f64;
        pub safe fn cos(x: f64) -> f64;
        pub safe fn cosh(x: f64) -> f64;
        pub safe fn erf(x: f64) -> f64;
        pub safe fn erfc(x: f64) -> f64;
        pub safe fn exp(x: f64) -> f64;
        pub safe fn exp2(x: f64) -> f64;
        pub safe fn expm1(x: f64) -> f64;
        pub safe fn ldexp(x: f64, exp: i32) -> f64;
        pub safe fn log(x: f64) -> f64;
        pub safe fn log10(x: f64) -> f64;
        pub safe fn log1p(x: f64) -> f64;
        pub safe fn log2(x: f64) -> f64;
        pub safe fn nextafter(x: f64, y: f64) -> f64;
        pub safe fn pow(x: f64, y: f64) -> f64;
        pub safe fn remainder(x: f64, y: f64) -> f64;
        pub safe fn sin(x: f64) -> f64;
        pub safe fn sinh(x: f64) -> f64;
        pub safe fn tan(x: f64) -> f64;
        pub safe fn tanh(x: f64) -> f64;
    }
}

#[cold]
fn domain_error() -> Exc {
    Exc::value_error("math domain error")
}

#[cold]
fn range_error() -> Exc {
    Exc::overflow_error("math range error")
}

/// CPython's `math_1`: a NaN or infinity out of nothing is an error.
#[inline]
fn checked(x: f64, r: f64, can_overflow: bool) -> Result<f64> {
    if r.is_finite() || r.is_nan() && x.is_nan() || r.is_infinite() && !x.is_finite() {
        return Ok(r);
    }
    Err(if r.is_infinite() && can_overflow {
        range_error()
    } else {
        domain_error()
    })
}

macro_rules! functions {
    ($($name:ident $can_overflow:literal;)*) => {$(
        #[doc = concat!("`math.", stringify!($name), "(x)`.")]
        #[inline]
        pub fn $name(x: f64) -> Result<f64> {
            checked(x, c::$name(x), $can_overflow)
        }
    )*};
}

functions! {
    acos false;
    acosh false;
    asin false;
    atanh false;
    cos false;
    cosh true;
    exp true;
    exp2 true;
    expm1 true;
    log1p false;
    sin false;
    sinh true;
    tan false;
}

macro_rules! total {
    ($($name:ident)*) => {$(
        #[doc = concat!("`math.", stringify!($name), "(x)`, which has no errors.")]
        #[inline]
        pub fn $name(x: f64) -> f64 {
            c::$name(x)
        }
    )*};
}

total! { asinh atan erf erfc tanh }

/// `math.sqrt(x)`.
#[inline]
pub fn sqrt(x: f64) -> Result<f64> {
    if x < 0.0 {
        return Err(domain_error());
    }
    Ok(x.sqrt())
}

/// `math.fabs(x)`.
#[inline]
pub fn fabs(x: f64) -> f64 {
    x.abs()
}

/// `math.atan2(y, x)`.
#[inline]
pub fn atan2(y: f64, x: f64) -> f64 {
    c::atan2(y, x)
}

/// `math.copysign(x, y)`.
#[inline]
pub fn copysign(x: f64, y: f64) -> f64 {
    x.copysign(y)
}

/// `math.degrees(x)`.
#[inline]
pub fn degrees(x: f64) -> f64 {
    x * (180.0 / PI)
}

/// `math.radians(x)`.
#[inline]
pub fn radians(x: f64) -> f64 {
    x * (PI / 180.0)
}

/// `math.floor(x)`; errors of `int(x)`.
#[inline]
pub fn floor(x: f64) -> Result<Int> {
    Int::from_f64(x.floor())
}

/// `math.ceil(x)`; errors of `int(x)`.
#[inline]
pub fn ceil(x: f64) -> Result<Int> {
    Int::from_f64(x.ceil())
}

/// `math.trunc(x)`; errors of `int(x)`.
#[inline]
pub fn trunc(x: f64) -> Result<Int> {
    Int::from_f64(x)
}

/// `math.floor(x)` of either number.
pub fn floor_num(x: &Num) -> Result<Int> {
    match x {
        Num::Int(x) => Ok(x.clone()),
        Num::Float(x) => floor(*x),
    }
}

/// `math.trunc(x)` of either number.
#[inline]
pub fn trunc_num(x: &Num) -> Result<Int> {
    x.to_int()
}

/// `math.ceil(x)` of either number.
pub fn ceil_num(x: &Num) -> Result<Int> {
    match x {
        Num::Int(x) => Ok(x.clone()),
        Num::Float(x) => ceil(*x),
    }
}

/// A logarithm with CPython's domain: infinity is fine, zero and below are not.
#[inline]
fn log_checked(x: f64, log: fn(f64) -> f64) -> Result<f64> {
    if x > 0.0 {
        return Ok(if x.is_finite() { log(x) } else { x });
    }
    if x.is_nan() {
        Ok(x)
    } else {
        Err(domain_error())
    }
}

/// A logarithm of an int of any size: of its fraction, plus its exponent times that of 2.
fn log_int_checked(x: &Int, log: fn(f64) -> f64) -> Result<f64> {
    if x.sign() <= 0 {
        return Err(domain_error());
    }
    match x.to_f64() {
        Ok(x) => log_checked(x, log),
        Err(_) => {
            let (fraction, exponent) = x.frexp();
            Ok(log(fraction) + log(2.0) * exponent as f64)
        }
    }
}

macro_rules! logarithms {
    ($($name:ident $int:ident $num:ident;)*) => {$(
        #[doc = concat!("`math.", stringify!($name), "(x)`.")]
        #[inline]
        pub fn $name(x: f64) -> Result<f64> {
            log_checked(x, |x| c::$name(x))
        }

        #[doc = concat!("`math.", stringify!($name), "(x)` of an int of any size.")]
        pub fn $int(x: &Int) -> Result<f64> {
            log_int_checked(x, |x| c::$name(x))
        }

        #[doc = concat!("`math.", stringify!($name), "(x)` of either number.")]
        pub fn $num(x: &Num) -> Result<f64> {
            match x {
                Num::Int(x) => $int(x),
                Num::Float(x) => $name(*x),
            }
        }
    )*};
}

logarithms! {
    log log_int log_num;
    log2 log2_int log2_num;
    log10 log10_int log10_num;
}

/// `math.log(x, base)` from the two natural logarithms.
///
/// Errors: ZeroDivisionError for base 1.
#[inline]
pub fn log_quotient(numerator: f64, denominator: f64) -> Result<f64> {
    crate::float::truediv(numerator, denominator)
}

/// `math.log(x, base)`.
#[inline]
pub fn log_base(x: &Num, base: &Num) -> Result<f64> {
    log_quotient(log_num(x)?, log_num(base)?)
}

/// `math.pow(x, y)`: C's `pow` with CPython's errors.
pub fn pow(x: f64, y: f64) -> Result<f64> {
    let r = c::pow(x, y);
    if r.is_finite() || !x.is_finite() || !y.is_finite() {
        return Ok(r);
    }
    Err(if r.is_nan() || x == 0.0 {
        domain_error()
    } else {
        range_error()
    })
}

/// `math.fmod(x, y)`: the remainder with the sign of `x`.
pub fn fmod(x: f64, y: f64) -> Result<f64> {
    let r = x % y;
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error());
    }
    Ok(r)
}

/// `math.remainder(x, y)`: the IEEE remainder.
pub fn remainder(x: f64, y: f64) -> Result<f64> {
    let r = c::remainder(x, y);
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error());
    }
    Ok(r)
}

/// `math.frexp(x)`: a fraction in 0.5..1 and a power of two.
pub fn frexp(x: f64) -> (f64, Int) {
    if x == 0.0 || !x.is_finite() {
        return (x, Int::ZERO);
    }
    let (neg, mantissa, exponent) = crate::float::decode(x);
    let bits = 64 - i64::from(mantissa.leading_zeros());
    let fraction = c::ldexp(mantissa as f64, -bits as i32);
    (
        if neg { -fraction } else { fraction },
        Int::Small(exponent + bits),
    )
}

/// `math.ldexp(x, exp)`.
pub fn ldexp(x: f64, exp: i64) -> Result<f64> {
    if x == 0.0 || !x.is_finite() {
        return Ok(x);
    }
    let r = c::ldexp(x, exp.clamp(-100_000, 100_000) as i32);
    if r.is_infinite() {
        Err(range_error())
    } else {
        Ok(r)
    }
}

/// `math.modf(x)`: fraction and whole part, both with the sign of `x`.
pub fn modf(x: f64) -> (f64, f64) {
    if x.is_infinite() {
        return (0.0_f64.copysign(x), x);
    }
    let whole = x.trunc();
    ((x - whole).copysign(x), whole)
}

/// `math.nextafter(x, y)`.
#[inline]
pub fn nextafter(x: f64, y: f64) -> f64 {
    c::nextafter(x, y)
}

/// `math.ulp(x)`.
pub fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let above = c::nextafter(x, f64::INFINITY);
    if above.is_infinite() {
        x - c::nextafter(x, 0.0)
    } else {
        above - x
    }
}

/// `math.isclose(a, b, rel_tol=…, abs_tol=…)`.
///
/// Errors: ValueError for a negative tolerance.
pub fn isclose(a: f64, b: f64, rel_tol: f64, abs_tol: f64) -> Result<bool> {
    if rel_tol < 0.0 || abs_tol < 0.0 {
        return Err(Exc::value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(true);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(false);
    }
    let diff = (b - a).abs();
    Ok(diff <= (rel_tol * b).abs() || diff <= (rel_tol * a).abs() || diff <= abs_tol)
}
