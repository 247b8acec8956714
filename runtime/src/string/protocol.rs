//! `Str` as a Python value: protocol, repr, iteration, `ord` and `chr`.

use super::{Str, unicode, width};
use crate::entry::unsupported;
use crate::{Exc, Int, Iterable, Py, Result, Value};

impl Py for Str {
    const PLAIN: bool = true;
    const ORDERED: bool = true;

    fn py_type_name(&self) -> &'static str {
        "str"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        repr_into(self.as_str(), out);
        Ok(())
    }
    #[inline]
    fn py_str_into(&self, out: &mut String) -> Result<()> {
        out.push_str(self.as_str());
        Ok(())
    }
    #[inline]
    fn py_str(&self) -> Result<Str> {
        Ok(self.clone())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    #[inline]
    fn py_eq(&self, other: &Str) -> Result<bool> {
        Ok(self == other)
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok(self.hash_value())
    }
    #[inline]
    fn py_lt(&self, other: &Str) -> Result<bool> {
        Ok(self < other)
    }
    #[inline]
    fn py_le(&self, other: &Str) -> Result<bool> {
        Ok(self <= other)
    }
    #[inline]
    fn py_gt(&self, other: &Str) -> Result<bool> {
        Ok(self > other)
    }
    #[inline]
    fn py_ge(&self, other: &Str) -> Result<bool> {
        Ok(self >= other)
    }
    /// Short texts have no address: equal ones are identical, as if interned.
    #[inline]
    fn py_is(&self, other: &Str) -> bool {
        if self.as_bytes().len() <= super::INSIDE {
            return self == other;
        }
        std::ptr::eq(self.as_str(), other.as_str())
    }
    fn to_value(&self) -> Value {
        Value::Str(self.clone())
    }
    fn from_value(value: &Value) -> Option<Str> {
        match value {
            Value::Str(text) => Some(text.clone()),
            _ => None,
        }
    }
    fn py_format_into(&self, spec: &str, out: &mut String) -> Result<()> {
        crate::format::format_str(self.as_str(), spec, out)
    }
}

/// Appends `repr(text)`.
///
/// Single quotes unless the text has some and no double ones (`unicode_repr`).
pub fn repr_into(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        '"'
    } else {
        '\''
    };
    out.reserve(text.len() + 2);
    out.push(quote);
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        if c == quote || c == '\\' || !unicode::is_printable(c) {
            out.push_str(&text[plain..at]);
            plain = at + c.len_utf8();
            match c {
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                c if c == quote || c == '\\' => out.extend(['\\', c]),
                c => push_escape(c, out),
            }
        }
    }
    out.push_str(&text[plain..]);
    out.push(quote);
}

/// `\xNN`, `\uNNNN` or `\UNNNNNNNN`.
pub(super) fn push_escape(c: char, out: &mut String) {
    use std::fmt::Write;
    // Writing to a String cannot fail.
    let _ = match c as u32 {
        code @ 0..0x100 => write!(out, "\\x{code:02x}"),
        code @ 0..0x10000 => write!(out, "\\u{code:04x}"),
        code => write!(out, "\\U{code:08x}"),
    };
}

/// `ascii(x)`: the repr with everything beyond ASCII escaped.
pub fn ascii<T: Py>(value: &T) -> Result<Str> {
    let mut text = String::new();
    value.py_repr_into(&mut text)?;
    Ok(escape_beyond_ascii(text))
}

pub(crate) fn escape_beyond_ascii(text: String) -> Str {
    if text.is_ascii() {
        return Str::from_ascii(text);
    }
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            push_escape(c, &mut out);
        }
    }
    Str::from_ascii(out)
}

/// `ord(c)`.
///
/// # Errors
/// `TypeError` unless `text` is one character.
#[inline]
pub fn ord(text: &Str) -> Result<i64> {
    let mut chars = text.as_str().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c as i64),
        _ => Err(not_one_character(text.len())),
    }
}

#[cold]
pub(crate) fn not_one_character(len: i64) -> Exc {
    Exc::type_error(format!(
        "ord() expected a character, but string of length {len} found"
    ))
}

/// `chr(code)`.
///
/// # Errors
/// As CPython: `OverflowError` beyond a C int, else `ValueError`; also for lone
/// surrogates, which have no place in a Rust string.
#[inline]
pub fn chr(code: &Int) -> Result<Str> {
    chr_i64(code.to_i64().unwrap_or(i64::MAX))
}

#[inline]
pub fn chr_i64(code: i64) -> Result<Str> {
    match u32::try_from(code).ok().and_then(char::from_u32) {
        Some(c) => Ok(Str::from_char(c)),
        None => Err(no_such_character(code)),
    }
}

#[cold]
fn no_such_character(code: i64) -> Exc {
    match code {
        0xd800..0xe000 => unsupported("a lone surrogate"),
        _ if i32::try_from(code).is_ok() => Exc::value_error("chr() arg not in range(0x110000)"),
        _ => Exc::overflow_error("Python int too large to convert to C int"),
    }
}

/// The characters of a text that it keeps alive.
#[derive(Clone)]
pub struct CharsIter {
    text: Str,
    at: usize,
}

impl Iterator for CharsIter {
    type Item = Str;

    #[inline]
    fn next(&mut self) -> Option<Str> {
        let bytes = self.text.as_bytes();
        let first = *bytes.get(self.at)?;
        if first < 0x80 {
            self.at += 1;
            return Some(Str::from_byte(first));
        }
        let end = self.at + width(first);
        let c = Str::inside(&bytes[self.at..end]);
        self.at = end;
        Some(c)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.text.as_bytes().len() - self.at;
        (left.div_ceil(4), Some(left))
    }
}

impl Str {
    /// The characters, for `for c in self`.
    #[inline]
    pub fn iter(&self) -> CharsIter {
        CharsIter {
            text: self.clone(),
            at: 0,
        }
    }

    #[inline]
    pub fn chars_iter(&self) -> CharsIter {
        self.iter()
    }

    /// The characters from the last to the first, for `reversed(self)`.
    pub fn iter_reversed(&self) -> impl Iterator<Item = Str> + 'static {
        let text = self.clone();
        let mut end = text.as_bytes().len();
        std::iter::from_fn(move || {
            let c = text.as_str()[..end].chars().next_back()?;
            end -= c.len_utf8();
            Some(Str::from_char(c))
        })
    }
}

impl Iterable for Str {
    type Item = Str;
    fn py_iter(&self) -> impl Iterator<Item = Result<Str>> + 'static {
        self.iter().map(Ok)
    }
}
