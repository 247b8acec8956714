//! `round`.

use crate::int::{self, Int};
use crate::{Exc, Result};

/// `round(x)`: the nearest int, ties to even.
///
/// Errors: OverflowError for infinities, ValueError for NaN.
#[inline]
pub fn round(x: f64) -> Result<Int> {
    Int::from_f64(x.round_ties_even())
}

/// `round(x, digits)`: ties to even on the exact decimal expansion of `x`.
///
/// Errors: OverflowError when the rounded value is too large.
pub fn round_to(x: f64, digits: &Int) -> Result<f64> {
    if !x.is_finite() {
        return Ok(x);
    }
    match digits.saturate() {
        // More digits than any float has.
        324.. => Ok(x),
        // Half a unit is above the largest float.
        ..-308 => Ok(0.0 * x),
        digits @ 0.. => {
            let text = format!("{x:.*}", digits as usize);
            Ok(text.parse().expect("a formatted float"))
        }
        digits => round_to_tens(x, (-digits) as u32),
    }
}

/// Rounds to a multiple of `10 ** tens`.
fn round_to_tens(x: f64, tens: u32) -> Result<f64> {
    let whole = Int::from_f64(x.abs())?;
    let unit = int::pow_int(&Int::Small(10), &Int::from(tens))?;
    let (q, r) = int::divmod(&whole, &unit)?;
    let twice = &r + &r;
    let up = twice > unit || twice == unit && (x.fract() != 0.0 || q.is_odd());
    let rounded = &(if up { q + 1 } else { q }) * &unit;
    let size = rounded
        .to_f64()
        .map_err(|_| Exc::overflow_error("rounded value too large to represent"))?;
    Ok(size.copysign(x))
}

impl Int {
    /// `round(self, digits)`: to a multiple of `10 ** -digits`, ties to even.
    ///
    /// Errors: MemoryError for digits beyond any machine.
    pub fn round_to(&self, digits: &Int) -> Result<Int> {
        if !digits.is_negative() {
            return Ok(self.clone());
        }
        // Far more digits than the number has: it rounds to 0 without the power.
        if digits.saturate().unsigned_abs() > self.bit_length() as u64 {
            return Ok(Int::ZERO);
        }
        let unit = int::pow_int(&Int::Small(10), &-digits)?;
        let (q, r) = int::divmod(self, &unit)?;
        let twice = &r + &r;
        let up = twice > unit || twice == unit && q.is_odd();
        Ok(&(if up { q + 1 } else { q }) * &unit)
    }
}
