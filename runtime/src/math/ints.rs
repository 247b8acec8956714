//! Integer functions of the math module.

use crate::bigint;
use crate::int::{self, Int, memory_error};
use crate::{Exc, Result};

/// `math.gcd(*xs)`.
pub fn gcd(xs: &[Int]) -> Int {
    xs.iter().fold(Int::ZERO, |a, b| gcd2(&a, b))
}

/// The greatest common divisor of two ints, not negative.
#[inline]
pub fn gcd2(a: &Int, b: &Int) -> Int {
    match (a, b) {
        (Int::Small(a), Int::Small(b)) => {
            Int::from(bigint::gcd_small(a.unsigned_abs(), b.unsigned_abs()))
        }
        _ => {
            let (mut a_buffer, mut b_buffer) = ([0], [0]);
            let (a, b) = (a.parts(&mut a_buffer).1, b.parts(&mut b_buffer).1);
            Int::from_parts(false, bigint::gcd(a, b))
        }
    }
}

/// `math.lcm(*xs)`.
pub fn lcm(xs: &[Int]) -> Int {
    let mut multiple = Int::ONE;
    for x in xs {
        if x.is_zero() {
            return Int::ZERO;
        }
        let common = gcd2(&multiple, x);
        // `common` is 1 or more, so this cannot fail.
        let part = int::floordiv(&multiple, &common).unwrap_or(Int::ONE);
        multiple = (part * x).abs();
    }
    multiple
}

/// `math.isqrt(n)`.
///
/// Errors: ValueError for a negative `n`.
#[inline]
pub fn isqrt(n: &Int) -> Result<Int> {
    match n {
        Int::Small(x @ 0..) => Ok(Int::Small(x.isqrt())),
        Int::Big(big) if !big.neg => Ok(Int::from_parts(false, bigint::isqrt(&big.mag))),
        _ => Err(Exc::value_error("isqrt() argument must be nonnegative")),
    }
}

/// `low * (low + step) * …` of `count` factors, halving the range so that big factors
/// meet big factors.
fn product(low: &Int, step: i64, count: i64) -> Int {
    if count <= 8 {
        let mut out = Int::ONE;
        let mut factor = low.clone();
        for _ in 0..count {
            out *= &factor;
            factor += step;
        }
        return out;
    }
    let half = count / 2;
    let middle = low + &(Int::Small(half) * step);
    product(low, step, half) * product(&middle, step, count - half)
}

/// `math.factorial(n)`.
///
/// Errors: ValueError for a negative `n`, OverflowError beyond 64 bits, MemoryError.
pub fn factorial(n: &Int) -> Result<Int> {
    if n.is_negative() {
        return Err(Exc::value_error(
            "factorial() not defined for negative values",
        ));
    }
    let Some(n) = n.to_i64() else {
        return Err(Exc::overflow_error(
            "factorial() argument should not exceed 9223372036854775807",
        ));
    };
    check_size(n)?;
    Ok(product(&Int::ONE, 1, n))
}

/// Products of more factors than this take more memory than machines have.
fn check_size(count: i64) -> Result<()> {
    if count > 1 << 33 {
        Err(memory_error())
    } else {
        Ok(())
    }
}

/// `math.perm(n, k)`; `k` defaults to `n`.
///
/// Errors: ValueError for negative arguments, OverflowError for a `k` beyond 64 bits.
pub fn perm(n: &Int, k: Option<&Int>) -> Result<Int> {
    let Some(k) = k else { return factorial(n) };
    check_not_negative(n, k)?;
    if n < k {
        return Ok(Int::ZERO);
    }
    let Some(k) = k.to_i64() else {
        return Err(Exc::overflow_error("k must not exceed 9223372036854775807"));
    };
    check_size(k)?;
    Ok(product(n, -1, k))
}

/// `math.comb(n, k)`.
///
/// Errors: ValueError for negative arguments, OverflowError beyond 64 bits.
pub fn comb(n: &Int, k: &Int) -> Result<Int> {
    check_not_negative(n, k)?;
    if n < k {
        return Ok(Int::ZERO);
    }
    let other = n - k;
    let Some(k) = other.min(k.clone()).to_i64() else {
        return Err(Exc::overflow_error(
            "min(n - k, k) must not exceed 9223372036854775807",
        ));
    };
    check_size(k)?;
    if k <= 4096 && n.bit_length() <= 62 {
        return comb_stepwise(n, k);
    }
    int::floordiv(&product(n, -1, k), &product(&Int::ONE, 1, k))
}

/// One multiplication and one exact division a step: short for small results.
fn comb_stepwise(n: &Int, k: i64) -> Result<Int> {
    let mut out = Int::ONE;
    for i in 0..k {
        out = int::floordiv(&(&out * &(n - i)), &Int::Small(i + 1))?;
    }
    Ok(out)
}

fn check_not_negative(n: &Int, k: &Int) -> Result<()> {
    if n.is_negative() {
        return Err(Exc::value_error("n must be a non-negative integer"));
    }
    if k.is_negative() {
        return Err(Exc::value_error("k must be a non-negative integer"));
    }
    Ok(())
}

impl Int {
    /// A fraction in 0.5..1, rounded half to even, and the exponent of 2 that scales it:
    /// CPython's `_PyLong_Frexp`. The value is not 0.
    pub(super) fn frexp(&self) -> (f64, i64) {
        let mut buffer = [0];
        let (neg, mag) = self.parts(&mut buffer);
        let bits = bigint::bit_length(mag) as i64;
        let fraction = bigint::to_f64(mag, -bits, false);
        let fraction = if neg { -fraction } else { fraction };
        if fraction.abs() == 1.0 {
            (fraction / 2.0, bits + 1)
        } else {
            (fraction, bits)
        }
    }
}
