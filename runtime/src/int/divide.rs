//! Quotients and remainders with Python's sign rules, and true division.

use super::Int;
use crate::bigint::{self, div, mag};
use crate::{Exc, Result};

#[cold]
fn zero_division<T>() -> Result<T> {
    Err(Exc::zero_division("integer division or modulo by zero"))
}

#[cold]
fn zero_modulo<T>() -> Result<T> {
    Err(Exc::zero_division("integer modulo by zero"))
}

#[cold]
fn zero_true_division<T>() -> Result<T> {
    Err(Exc::zero_division("division by zero"))
}

/// `a // b`.
#[inline]
pub fn floordiv(a: &Int, b: &Int) -> Result<Int> {
    match (a, b) {
        (_, Int::Small(0)) => zero_division(),
        (Int::Small(x), Int::Small(y)) if *y != -1 => Ok(Int::Small(floordiv_by(*x, *y))),
        _ => Ok(divmod_big(a.clone(), b.clone()).0),
    }
}

/// `a % b`.
#[inline]
pub fn pymod(a: &Int, b: &Int) -> Result<Int> {
    match (a, b) {
        (_, Int::Small(0)) => zero_modulo(),
        (Int::Small(x), Int::Small(y)) => Ok(Int::Small(pymod_by(*x, *y))),
        _ => Ok(divmod_big(a.clone(), b.clone()).1),
    }
}

/// `divmod(a, b)`.
#[inline]
pub fn divmod(a: &Int, b: &Int) -> Result<(Int, Int)> {
    match (a, b) {
        (_, Int::Small(0)) => zero_division(),
        (Int::Small(x), Int::Small(y)) if *y != -1 => Ok((
            Int::Small(floordiv_by(*x, *y)),
            Int::Small(pymod_by(*x, *y)),
        )),
        _ => Ok(divmod_big(a.clone(), b.clone())),
    }
}

/// `a // b` for a 64-bit divisor, often a constant.
#[inline]
pub fn floordiv_small(a: &Int, b: i64) -> Result<Int> {
    match a {
        _ if b == 0 => zero_division(),
        Int::Small(x) if b != -1 => Ok(Int::Small(floordiv_by(*x, b))),
        _ => Ok(divmod_big(a.clone(), Int::Small(b)).0),
    }
}

/// `a % b` for a 64-bit divisor, often a constant; the result is nearer to 0 than it.
#[inline]
pub fn pymod_small(a: &Int, b: i64) -> Result<i64> {
    match a {
        _ if b == 0 => zero_modulo(),
        Int::Small(x) => Ok(pymod_by(*x, b)),
        Int::Big(_) => Ok(divmod_big(a.clone(), Int::Small(b)).1.saturate()),
    }
}

/// Floor quotient and remainder, the divisor not 0.
#[cold]
#[inline(never)]
fn divmod_big(a: Int, b: Int) -> (Int, Int) {
    let (mut a_buffer, mut b_buffer) = ([0], [0]);
    let (a_neg, a_mag) = a.parts(&mut a_buffer);
    let (b_neg, b_mag) = b.parts(&mut b_buffer);
    let (mut q, mut r) = div::divrem(a_mag, b_mag);
    if a_neg != b_neg && !r.is_empty() {
        q = mag::add(&q, &[1]);
        r = mag::sub(b_mag, &r);
    }
    (
        Int::from_parts(a_neg != b_neg, q),
        Int::from_parts(b_neg, r),
    )
}

/// `a // b`; wraps for the one overflow, `-2**63 // -1`, which the caller excludes.
#[inline]
pub fn floordiv_i64(a: i64, b: i64) -> Result<i64> {
    if b == 0 {
        return zero_division();
    }
    Ok(floordiv_by(a, b))
}

/// `a % b`.
#[inline]
pub fn pymod_i64(a: i64, b: i64) -> Result<i64> {
    if b == 0 {
        return zero_modulo();
    }
    Ok(pymod_by(a, b))
}

/// `a // b`, the divisor not 0 and the quotient within 128 bits.
#[inline]
pub fn wide_floordiv(a: i128, b: i64) -> i128 {
    match i64::try_from(a) {
        Ok(a) if b != -1 => i128::from(floordiv_by(a, b)),
        _ => {
            let (quotient, rest) = (a / i128::from(b), a % i128::from(b));
            quotient - i128::from(rest != 0 && (rest < 0) != (b < 0))
        }
    }
}

/// `a % b`, the divisor not 0.
#[inline]
pub fn wide_mod(a: i128, b: i64) -> i64 {
    match i64::try_from(a) {
        Ok(a) => pymod_by(a, b),
        Err(_) => {
            let rest = (a % i128::from(b)) as i64;
            if rest != 0 && (rest < 0) != (b < 0) {
                rest + b
            } else {
                rest
            }
        }
    }
}

/// `float(x)`: nearest, ties to even.
#[inline]
pub fn wide_to_f64(x: i128) -> f64 {
    match i64::try_from(x) {
        Ok(x) => x as f64,
        Err(_) => large_to_f64(x),
    }
}

// A call that is not made where it is not needed.
#[cold]
#[inline(never)]
fn large_to_f64(x: i128) -> f64 {
    x as f64
}

/// `divmod(a, b)`; wraps for `-2**63 // -1`.
#[inline]
pub fn divmod_i64(a: i64, b: i64) -> Result<(i64, i64)> {
    if b == 0 {
        return zero_division();
    }
    Ok((floordiv_by(a, b), pymod_by(a, b)))
}

/// `a // b` for a divisor known not to be 0; wraps for `-2**63 // -1`.
#[inline]
pub fn floordiv_by(a: i64, b: i64) -> i64 {
    let q = a.wrapping_div(b);
    if a.wrapping_rem(b) != 0 && (a < 0) != (b < 0) {
        q - 1
    } else {
        q
    }
}

/// `a % b` for a divisor known not to be 0.
#[inline]
pub fn pymod_by(a: i64, b: i64) -> i64 {
    let r = a.wrapping_rem(b);
    if r != 0 && (r < 0) != (b < 0) {
        r + b
    } else {
        r
    }
}

/// `a / b`, correctly rounded.
///
/// Errors: ZeroDivisionError; OverflowError for a quotient above the largest float.
#[inline]
pub fn truediv(a: &Int, b: &Int) -> Result<f64> {
    match (a, b) {
        (Int::Small(x), Int::Small(y)) => truediv_i64(*x, *y),
        _ => truediv_big(a.clone(), b.clone()),
    }
}

/// `a / b` of two 64-bit values, correctly rounded.
#[inline]
pub fn truediv_i64(a: i64, b: i64) -> Result<f64> {
    const EXACT: u64 = 1 << 53;
    if b == 0 {
        return zero_true_division();
    }
    if a.unsigned_abs() <= EXACT && b.unsigned_abs() <= EXACT {
        return Ok(a as f64 / b as f64);
    }
    truediv_big(Int::Small(a), Int::Small(b))
}

/// The quotient to 55 bits or more and a sticky bit, then one rounding: the method of
/// CPython's `long_true_divide`.
#[cold]
#[inline(never)]
fn truediv_big(a: Int, b: Int) -> Result<f64> {
    let (mut a_buffer, mut b_buffer) = ([0], [0]);
    let (a_neg, a) = a.parts(&mut a_buffer);
    let (b_neg, b) = b.parts(&mut b_buffer);
    if b.is_empty() {
        return Err(Exc::zero_division("division by zero"));
    }
    let neg = a_neg != b_neg;
    let difference = bigint::bit_length(a) as i64 - bigint::bit_length(b) as i64;
    let size = if a.is_empty() || difference < -1076 {
        0.0
    } else if difference > 1024 {
        f64::INFINITY
    } else {
        let shift = difference - 56;
        let (scaled, lost) = if shift > 0 {
            bigint::shr(a, shift as u64)
        } else {
            let shifted = bigint::shl(a, -shift as u64).ok_or_else(super::memory_error)?;
            (shifted, false)
        };
        let (q, r) = div::divrem(&scaled, b);
        bigint::to_f64(&q, shift, lost || !r.is_empty())
    };
    if size.is_infinite() {
        return Err(Exc::overflow_error(
            "integer division result too large for a float",
        ));
    }
    Ok(if neg { -size } else { size })
}
