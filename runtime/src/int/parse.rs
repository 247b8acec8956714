//! Reading ints from text.

use std::borrow::Cow;

use super::{Int, text};
use crate::bigint::radix;
use crate::bytes::{Bytes, BytesLike};
use crate::{Exc, Py, Result, Str};

/// The zeros of every run of ten decimal digits outside ASCII (Unicode 14, general
/// category Nd), as CPython 3.11 has them.
const DECIMAL_ZEROS: [u32; 65] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
    0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50,
    0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// The value of a decimal digit of any script.
fn decimal_value(c: char) -> Option<u32> {
    let c = u32::from(c);
    let at = DECIMAL_ZEROS.partition_point(|&zero| zero <= c);
    let zero = *DECIMAL_ZEROS.get(at.checked_sub(1)?)?;
    (c - zero < 10).then_some(c - zero)
}

/// Digits of any script as ASCII, spaces of any kind as a blank, `?` for what can be
/// part of no number: CPython's `_PyUnicode_TransformDecimalAndSpaceToASCII`.
pub(crate) fn to_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let ascii = |c: char| {
        if c < '\x7f' {
            c
        } else if c.is_whitespace() {
            ' '
        } else {
            decimal_value(c)
                .and_then(|d| char::from_digit(d, 10))
                .unwrap_or('?')
        }
    };
    Cow::Owned(text.chars().map(ascii).collect())
}

/// C's `isspace`.
pub(crate) fn is_space(c: u8) -> bool {
    matches!(c, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

impl Int {
    /// `int(text)`.
    ///
    /// Errors: ValueError.
    #[inline]
    pub fn parse(text: &Str) -> Result<Int> {
        let bytes = text.as_str().as_bytes();
        // Up to 18 plain digits: no sign, no blank, no overflow.
        if (1..=18).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit) {
            let value = bytes.iter().fold(0, |v, b| v * 10 + i64::from(b - b'0'));
            return Ok(Int::Small(value));
        }
        Int::parse_radix(text, 10)
    }

    /// `int(text, base)`; base 0 reads the prefix.
    ///
    /// Errors: ValueError.
    pub fn parse_radix(text: &Str, base: i64) -> Result<Int> {
        if base != 0 && !(2..=36).contains(&base) {
            return Err(Exc::value_error("int() base must be >= 2 and <= 36, or 0"));
        }
        match scan(to_ascii(text.as_str()).as_bytes(), base as u32)? {
            Some(value) => Ok(value),
            None => Err(invalid(text, base)?),
        }
    }

    /// `int(data, base)`: ASCII digits, as in a str.
    ///
    /// Errors: ValueError.
    pub fn parse_bytes(data: &impl BytesLike, base: i64) -> Result<Int> {
        if base != 0 && !(2..=36).contains(&base) {
            return Err(Exc::value_error("int() base must be >= 2 and <= 36, or 0"));
        }
        match scan(&data.view(), base as u32)? {
            Some(value) => Ok(value),
            None => Err(invalid(&Bytes::from(&*data.view()), base)?),
        }
    }
}

/// The error that quotes the text, its repr cut at 200 characters.
#[cold]
fn invalid(text: &impl Py, base: i64) -> Result<Exc> {
    let quoted = text.py_repr()?;
    let shown: String = quoted.as_str().chars().take(200).collect();
    Ok(Exc::value_error(format!(
        "invalid literal for int() with base {base}: {shown}"
    )))
}

/// CPython's `PyLong_FromString`: blanks, sign, prefix, digits with single underscores
/// between them, blanks. `None`: not a number.
fn scan(text: &[u8], base: u32) -> Result<Option<Int>> {
    let start = text
        .iter()
        .position(|&c| !is_space(c))
        .unwrap_or(text.len());
    let end = text
        .iter()
        .rposition(|&c| !is_space(c))
        .map_or(start, |i| i + 1);
    let mut rest = &text[start..end];
    let neg = rest.first() == Some(&b'-');
    if let Some(b'-' | b'+') = rest.first() {
        rest = &rest[1..];
    }
    let prefix = match rest {
        [b'0', letter, ..] => match letter.to_ascii_lowercase() {
            b'x' => 16,
            b'o' => 8,
            b'b' => 2,
            _ => 0,
        },
        _ => 0,
    };
    let mut only_zero = false;
    let mut actual = base;
    if base == 0 {
        actual = if prefix != 0 { prefix } else { 10 };
        // `010` was octal once: base 0 refuses it.
        only_zero = prefix == 0 && rest.first() == Some(&b'0');
    }
    if prefix != 0 && prefix == actual {
        rest = &rest[2..];
        if rest.first() == Some(&b'_') {
            rest = &rest[1..];
        }
    }
    let mut digits = Vec::with_capacity(rest.len());
    let mut previous = b'_';
    let mut good = true;
    for &c in rest {
        if c == b'_' {
            if previous == b'_' {
                return Ok(None);
            }
        } else if let Some(digit) = (c as char).to_digit(actual) {
            digits.push(digit as u8);
        } else {
            good = false;
            break;
        }
        previous = c;
    }
    if previous == b'_' {
        return Ok(None);
    }
    if !actual.is_power_of_two() {
        text::check_digits(digits.len(), true)?;
    }
    if !good {
        return Ok(None);
    }
    let mag = radix::from_digits(&digits, actual);
    if only_zero && !mag.is_empty() {
        return Ok(None);
    }
    Ok(Some(Int::from_parts(neg, mag)))
}
