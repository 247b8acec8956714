//! Floats as hexadecimal text.

use super::decode;
use crate::bigint;
use crate::int::is_space;
use crate::{Exc, Result, Str};

/// `x.hex()`.
pub fn hex(x: f64) -> Str {
    if !x.is_finite() {
        return Str::from(super::repr(x));
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return Str::from(format!("{sign}0x0.0p+0"));
    }
    let (_, mantissa, exponent) = decode(x);
    let fraction = mantissa & ((1 << 52) - 1);
    Str::from(format!(
        "{sign}0x{}.{fraction:013x}p{:+}",
        mantissa >> 52,
        exponent + 52
    ))
}

/// `float.fromhex(text)`, rounding half to even.
///
/// Errors: ValueError for other text, OverflowError for a value too large.
pub fn fromhex(text: &Str) -> Result<f64> {
    let trimmed = text
        .as_str()
        .trim_matches(|c: char| c.is_ascii() && is_space(c as u8));
    let (neg, rest) = match trimmed.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let size = match rest.to_ascii_lowercase().as_slice() {
        b"inf" | b"infinity" => f64::INFINITY,
        b"nan" => f64::NAN,
        lower => {
            let x = scan(lower)
                .ok_or_else(|| Exc::value_error("invalid hexadecimal floating-point string"))?;
            if x.is_infinite() {
                return Err(Exc::overflow_error(
                    "hexadecimal value too large to represent as a float",
                ));
            }
            x
        }
    };
    Ok(if neg { -size } else { size })
}

/// The value of lower-case `[0x]digits[.digits][p[+-]exponent]`.
fn scan(text: &[u8]) -> Option<f64> {
    let text = text.strip_prefix(b"0x").unwrap_or(text);
    let split = text.iter().position(|&c| c == b'p').unwrap_or(text.len());
    let (number, exponent) = text.split_at(split);
    let mut digits = Vec::new();
    let mut point = None;
    for &c in number {
        match (c as char).to_digit(16) {
            Some(digit) => digits.push(digit as u8),
            None if c == b'.' && point.is_none() => point = Some(digits.len()),
            None => return None,
        }
    }
    if digits.is_empty() {
        return None;
    }
    let exponent = match exponent {
        [] => 0,
        [_, rest @ ..] => scan_exponent(rest)?,
    };
    let fraction = digits.len() - point.unwrap_or(digits.len());
    let mag = bigint::radix::from_digits(&digits, 16);
    // Far outside the range of floats only the sign of the exponent matters.
    let limit = 8 * digits.len() as i64 + 5000;
    let exponent = exponent.clamp(-limit, limit) - 4 * fraction as i64;
    Some(bigint::to_f64(&mag, exponent, false))
}

fn scan_exponent(text: &[u8]) -> Option<i64> {
    let (neg, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = digits.iter().fold(0_i64, |v, d| {
        v.saturating_mul(10).saturating_add(i64::from(d - b'0'))
    });
    Some(if neg { -size } else { size })
}
