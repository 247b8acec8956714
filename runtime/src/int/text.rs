//! Ints as text.

use std::cell::Cell;
use std::fmt;

use super::Int;
use crate::bigint::radix;
use crate::{Exc, Result, Str};

thread_local! {
    /// `sys.get_int_max_str_digits()`; 0: no limit.
    static MAX_STR_DIGITS: Cell<usize> = const { Cell::new(4300) };
}

/// `sys.get_int_max_str_digits()`.
pub fn max_str_digits() -> i64 {
    MAX_STR_DIGITS.get() as i64
}

/// `sys.set_int_max_str_digits(digits)`.
///
/// Errors: ValueError for 1..640 and negative limits.
pub fn set_max_str_digits(digits: i64) -> Result<()> {
    match usize::try_from(digits) {
        Ok(digits @ (0 | 640..)) => {
            MAX_STR_DIGITS.set(digits);
            Ok(())
        }
        _ => Err(Exc::value_error("maxdigits must be 0 or larger than 640")),
    }
}

/// The error of a text longer than the limit, if `digits` are too many.
pub(super) fn check_digits(digits: usize, parsing: bool) -> Result<()> {
    let limit = MAX_STR_DIGITS.get();
    if limit == 0 || digits <= limit {
        return Ok(());
    }
    let found = if parsing {
        format!(": value has {digits} digits")
    } else {
        String::new()
    };
    Err(Exc::value_error(format!(
        "Exceeds the limit ({limit} digits) for integer string conversion{found}; \
         use sys.set_int_max_str_digits() to increase the limit"
    )))
}

/// Appends a 64-bit value in decimal.
#[inline]
pub(super) fn small_into(x: i64, out: &mut String) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = x.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if x < 0 {
        at -= 1;
        digits[at] = b'-';
    }
    out.push_str(std::str::from_utf8(&digits[at..]).expect("ASCII digits"));
}

/// Appends `str(x)`.
///
/// Errors: ValueError above the limit of digits.
#[inline]
pub(super) fn decimal_into(x: &Int, out: &mut String) -> Result<()> {
    match x {
        Int::Small(x) => {
            small_into(*x, out);
            Ok(())
        }
        Int::Big(big) => {
            // 2**64 has at least 19.26 digits: refuse hopeless lengths before the work.
            check_digits((big.mag.len() - 1) * 19, false)?;
            let before = out.len();
            if big.neg {
                out.push('-');
            }
            let start = out.len();
            radix::to_decimal(&big.mag, out);
            let digits = out.len() - start;
            check_digits(digits, false).inspect_err(|_| out.truncate(before))
        }
    }
}

impl Int {
    /// Digits in base 2, 8, 10, 16 or 32 with a minus sign, no prefix, no limit.
    pub fn to_string_radix(&self, base: u32) -> String {
        let mut buffer = [0];
        let (neg, mag) = self.parts(&mut buffer);
        let mut out = String::new();
        if neg {
            out.push('-');
        }
        match base {
            10 => radix::to_decimal(mag, &mut out),
            _ => radix::to_power_of_two(mag, u64::from(base.trailing_zeros()), &mut out),
        }
        out
    }

    fn prefixed(&self, prefix: &str, base: u32) -> Str {
        let digits = self.to_string_radix(base);
        Str::from(match digits.strip_prefix('-') {
            Some(rest) => format!("-{prefix}{rest}"),
            None => format!("{prefix}{digits}"),
        })
    }
}

/// `hex(x)`.
pub fn hex(x: &Int) -> Str {
    x.prefixed("0x", 16)
}

/// `oct(x)`.
pub fn oct(x: &Int) -> Str {
    x.prefixed("0o", 8)
}

/// `bin(x)`.
pub fn bin(x: &Int) -> Str {
    x.prefixed("0b", 2)
}

/// Decimal digits at any length: for Rust's own formatting, without Python's limit.
impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Int::Small(x) => fmt::Display::fmt(x, f),
            Int::Big(big) => {
                let mut digits = String::new();
                radix::to_decimal(&big.mag, &mut digits);
                f.pad_integral(!big.neg, "", &digits)
            }
        }
    }
}

impl fmt::Debug for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
