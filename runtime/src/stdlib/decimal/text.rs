//! Short numbers from text.

use super::Number;
use crate::Str;

/// Digits that surely fit 128 bits.
const MOST: usize = 38;

/// The number that plain ASCII text says: a sign, digits with a point, an exponent of a few
/// digits. `None`: it says something else, or is longer.
pub fn parsed(text: &Str) -> Option<Number> {
    let text = text.as_str().as_bytes();
    let (minus, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (mut coefficient, mut digits, mut point) = (0u128, 0, None);
    let mut rest = text;
    while let [c, after @ ..] = rest {
        match c {
            b'0'..=b'9' if digits == MOST => return None,
            b'0'..=b'9' => {
                coefficient = coefficient * 10 + u128::from(c - b'0');
                digits += 1;
            }
            b'.' if point.is_none() => point = Some(digits),
            _ => break,
        }
        rest = after;
    }
    if digits == 0 {
        return None;
    }
    let places = point.map_or(0, |before| digits - before) as i64;
    let exponent = match rest {
        [] => 0,
        [b'e' | b'E', after @ ..] => small_int(after)?,
        _ => return None,
    };
    Some(Number::short(minus, coefficient, exponent - places))
}

/// An int of up to nine digits.
fn small_int(text: &[u8]) -> Option<i64> {
    let (minus, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() || digits.len() > 9 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let made = digits.iter().fold(0, |n, c| n * 10 + i64::from(c - b'0'));
    Some(if minus { -made } else { made })
}
