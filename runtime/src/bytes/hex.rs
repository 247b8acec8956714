//! `hex` and `fromhex`.

use super::{ByteArray, Bytes, BytesLike};
use crate::{Exc, Result, Str};

/// `bytes.hex(sep, bytes_per_sep)`: groups count from the right, from the left if
/// negative; no separator for zero.
///
/// # Errors
/// `ValueError` unless `sep` is one ASCII character.
pub(super) fn hex(bytes: &[u8], sep: Option<&Str>, per_sep: i64) -> Result<Str> {
    let mark = match sep {
        None => None,
        Some(sep) if sep.len() != 1 => return Err(Exc::value_error("sep must be length 1.")),
        Some(sep) if !sep.is_ascii() => return Err(Exc::value_error("sep must be ASCII.")),
        Some(sep) => Some(sep.as_str()),
    };
    let size = per_sep.unsigned_abs() as usize;
    let mut out = String::with_capacity(bytes.len() * 3);
    for (at, byte) in bytes.iter().enumerate() {
        let border = size > 0
            && at > 0
            && if per_sep < 0 {
                at % size == 0
            } else {
                (bytes.len() - at) % size == 0
            };
        if let Some(mark) = mark
            && border
        {
            out.push_str(mark);
        }
        for digit in [byte >> 4, byte & 15] {
            out.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
        }
    }
    Ok(Str::from(out))
}

/// Reads pairs of hexadecimal digits, with ASCII white space between pairs.
///
/// # Errors
/// `ValueError` naming the position.
pub(super) fn fromhex(text: &Str) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(text.as_bytes().len() / 2);
    let mut chars = text.as_str().chars().enumerate();
    let wrong = |at: usize| {
        Exc::value_error(format!(
            "non-hexadecimal number found in fromhex() arg at position {at}"
        ))
    };
    if let Some(at) = text.as_str().chars().position(|c| !c.is_ascii()) {
        return Err(wrong(at));
    }
    while let Some((at, c)) = chars.next() {
        if matches!(c, ' ' | '\t'..='\r') {
            continue;
        }
        let high = c.to_digit(16).ok_or_else(|| wrong(at))?;
        let low = chars
            .next()
            .and_then(|(_, c)| c.to_digit(16))
            .ok_or_else(|| wrong(at + 1))?;
        out.push((high << 4 | low) as u8);
    }
    Ok(out)
}

impl Bytes {
    /// # Errors
    /// As `hex`.
    pub fn hex(&self, sep: Option<&Str>, per_sep: i64) -> Result<Str> {
        hex(self.as_slice(), sep, per_sep)
    }

    /// # Errors
    /// As `fromhex`.
    pub fn fromhex(text: &Str) -> Result<Bytes> {
        fromhex(text).map(Bytes::from)
    }
}

impl ByteArray {
    /// # Errors
    /// As `hex`.
    pub fn hex(&self, sep: Option<&Str>, per_sep: i64) -> Result<Str> {
        hex(&self.view(), sep, per_sep)
    }

    /// # Errors
    /// As `fromhex`.
    pub fn fromhex(text: &Str) -> Result<ByteArray> {
        fromhex(text).map(ByteArray::from)
    }
}
