//! The constants of the `string` module, and functions that templates call through `Str`.

use super::{Str, mapping, protocol};
use crate::{Dict, Int, List, Py, Result, Value};

impl Str {
    pub const ASCII_LOWERCASE: Str = Str::lit("abcdefghijklmnopqrstuvwxyz");
    pub const ASCII_UPPERCASE: Str = Str::lit("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    pub const ASCII_LETTERS: Str = Str::lit("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    pub const DIGITS: Str = Str::lit("0123456789");
    pub const HEXDIGITS: Str = Str::lit("0123456789abcdefABCDEF");
    pub const OCTDIGITS: Str = Str::lit("01234567");
    pub const PUNCTUATION: Str = Str::lit("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
    pub const PRINTABLE: Str = Str::lit(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\x0b\x0c",
    );
    pub const WHITESPACE: Str = Str::lit(" \t\n\r\x0b\x0c");

    /// `ord(self)`.
    ///
    /// # Errors
    /// `TypeError` unless it is one character.
    #[inline]
    pub fn ord(&self) -> Result<i64> {
        protocol::ord(self)
    }

    /// `chr(code)`.
    ///
    /// # Errors
    /// `ValueError`, `OverflowError` for what is no character.
    #[inline]
    pub fn chr(code: &Int) -> Result<Str> {
        protocol::chr(code)
    }

    /// `ascii(value)`.
    ///
    /// # Errors
    /// Those of the repr.
    pub fn ascii<T: Py>(value: &T) -> Result<Str> {
        protocol::ascii(value)
    }

    /// `format(value, spec)`.
    ///
    /// # Errors
    /// Those of the value's format.
    pub fn formatted<T: Py>(value: &T, spec: &Str) -> Result<Str> {
        crate::format::format_value(value, spec)
    }

    /// `self.format_map(mapping)`.
    ///
    /// # Errors
    /// As `str.format`; `KeyError` for a name that the mapping lacks.
    pub fn format_dict<V: Py>(&self, mapping: &Dict<Str, V>) -> Result<Str> {
        let boxed: Dict<Value, Value> = Dict::new();
        for key in mapping.iter() {
            let key = key?;
            let value = mapping.getitem(&key)?;
            boxed.setitem(key.to_value(), value.to_value())?;
        }
        crate::format::format_map(self, &Value::Dict(boxed))
    }

    /// `str.maketrans(from, to)`.
    ///
    /// # Errors
    /// `ValueError` if the lengths differ.
    pub fn maketrans(from: &Str, to: &Str) -> Result<Dict<Int, Int>> {
        mapping::maketrans_pairs(from, to)
    }

    /// `str.maketrans(from, to, gone)`.
    ///
    /// # Errors
    /// `ValueError` if the lengths differ.
    pub fn maketrans_dropping(from: &Str, to: &Str, gone: &Str) -> Result<Dict<Int, Option<Int>>> {
        mapping::maketrans_dropping(from, to, gone)
    }

    /// `str.maketrans(mapping)`.
    ///
    /// # Errors
    /// `ValueError` for a key that is not one character.
    pub fn maketrans_map<V: Py>(mapping: &Dict<Str, V>) -> Result<Dict<Int, V>> {
        mapping::maketrans_map(mapping)
    }

    /// `string.capwords(self, sep)`.
    ///
    /// # Errors
    /// `ValueError` for an empty separator.
    pub fn capwords(&self, sep: Option<&Str>) -> Result<Str> {
        let words: List<Str> = self.split(sep, -1)?;
        let glue = sep.cloned().unwrap_or(Str::lit(" "));
        glue.join(words.to_vec().into_iter().map(|word| Ok(word.capitalize())))
    }
}
