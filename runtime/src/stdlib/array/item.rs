//! What an array can hold, and how each typecode keeps it.

use super::Code;
use crate::{Exc, Int, Py, Result, Str, Value};

/// Bytes of one item.
pub fn size(code: Code) -> usize {
    match code {
        b'b' | b'B' => 1,
        b'h' | b'H' => 2,
        b'i' | b'I' | b'f' | b'u' => 4,
        _ => 8,
    }
}

/// An item as it is kept.
pub trait Item: Py {
    /// The item that `value` becomes.
    ///
    /// # Errors
    /// `TypeError` for another type, `OverflowError` for what does not fit.
    fn admit(code: Code, value: &Value) -> Result<Self>;
    /// Appends the item's bytes.
    fn pack(&self, code: Code, out: &mut Vec<u8>);
    /// The item of so many bytes.
    ///
    /// # Errors
    /// `ValueError` for four bytes that are no character.
    fn unpack(code: Code, bytes: &[u8]) -> Result<Self>;
}

/// Something that may become an item of type `T`.
pub trait Given<T> {
    /// # Errors
    /// Those of [`Item::admit`].
    fn given(self, code: Code) -> Result<T>;
}

impl<T: Item> Given<T> for &Value {
    fn given(self, code: Code) -> Result<T> {
        T::admit(code, self)
    }
}

impl<T: Item> Given<T> for Value {
    fn given(self, code: Code) -> Result<T> {
        T::admit(code, &self)
    }
}

impl Given<f64> for f64 {
    #[inline]
    fn given(self, code: Code) -> Result<f64> {
        Ok(if code == b'f' {
            f64::from(self as f32)
        } else {
            self
        })
    }
}

impl Given<i64> for &Int {
    #[inline]
    fn given(self, code: Code) -> Result<i64> {
        narrow(code, self)
    }
}

impl Given<i64> for Int {
    #[inline]
    fn given(self, code: Code) -> Result<i64> {
        narrow(code, &self)
    }
}

impl Given<Int> for &Int {
    fn given(self, code: Code) -> Result<Int> {
        wide(code, self)
    }
}

impl Given<Int> for Int {
    fn given(self, code: Code) -> Result<Int> {
        wide(code, &self)
    }
}

impl Given<Str> for &Str {
    fn given(self, _code: Code) -> Result<Str> {
        one_character(self)
    }
}

impl Given<Str> for Str {
    fn given(self, _code: Code) -> Result<Str> {
        one_character(&self)
    }
}

#[cold]
fn overflow(text: &str) -> Exc {
    Exc::new(&crate::exc::OVERFLOW_ERROR, vec![Value::from(text)])
}

/// The checks of one typecode, widest first: a number outside is answered by the first
/// bound that it breaks, with that bound's words.
type Bounds = &'static [(i64, i64, &'static str, &'static str)];

const LONG: &str = "Python int too large to convert to C long";
const SHORT: (i64, i64, &str, &str) = (
    i16::MIN as i64,
    i16::MAX as i64,
    "signed short integer is less than minimum",
    "signed short integer is greater than maximum",
);
const INT: (i64, i64, &str, &str) = (
    i32::MIN as i64,
    i32::MAX as i64,
    "signed integer is less than minimum",
    "signed integer is greater than maximum",
);

fn checks(code: Code) -> Bounds {
    match code {
        b'b' => &[
            SHORT,
            (
                -128,
                127,
                "signed char is less than minimum",
                "signed char is greater than maximum",
            ),
        ],
        b'B' => &[(
            0,
            255,
            "unsigned byte integer is less than minimum",
            "unsigned byte integer is greater than maximum",
        )],
        b'h' => &[SHORT],
        b'H' => &[
            INT,
            (
                0,
                65535,
                "unsigned short is less than minimum",
                "unsigned short is greater than maximum",
            ),
        ],
        b'i' => &[INT],
        b'I' => &[(
            0,
            u32::MAX as i64,
            "can't convert negative value to unsigned int",
            "unsigned int is greater than maximum",
        )],
        _ => &[],
    }
}

#[inline]
fn narrow(code: Code, value: &Int) -> Result<i64> {
    match (value.to_i64(), code) {
        (Some(small), b'q' | b'l') => Ok(small),
        (Some(small), b'i') if i32::try_from(small).is_ok() => Ok(small),
        _ => checked(code, value),
    }
}

fn checked(code: Code, value: &Int) -> Result<i64> {
    let Some(small) = value.to_i64() else {
        return Err(overflow(match code {
            b'q' => "int too big to convert",
            b'I' if value.is_negative() => "can't convert negative value to unsigned int",
            b'I' if fits_u64(value) => "unsigned int is greater than maximum",
            b'I' => "Python int too large to convert to C unsigned long",
            _ => LONG,
        }));
    };
    for (least, most, below, above) in checks(code) {
        if small < *least {
            return Err(overflow(below));
        }
        if small > *most {
            return Err(overflow(above));
        }
    }
    Ok(small)
}

fn fits_u64(value: &Int) -> bool {
    !value.is_negative() && *value <= Int::from(u64::MAX)
}

/// An item of the codes that reach beyond 63 bits.
fn wide(code: Code, value: &Int) -> Result<Int> {
    if fits_u64(value) {
        return Ok(value.clone());
    }
    Err(overflow(match (code, value.is_negative()) {
        (b'L', true) => "can't convert negative value to unsigned int",
        (b'L', false) => "Python int too large to convert to C unsigned long",
        (_, true) => "can't convert negative int to unsigned",
        (_, false) => "int too big to convert",
    }))
}

fn one_character(text: &Str) -> Result<Str> {
    if text.len() == 1 {
        return Ok(text.clone());
    }
    Err(Exc::type_error("array item must be unicode character"))
}

impl Item for f64 {
    fn admit(code: Code, value: &Value) -> Result<f64> {
        let float = match value {
            Value::Float(float) => *float,
            Value::Int(int) => int.to_f64()?,
            Value::Bool(bool) => f64::from(u8::from(*bool)),
            Value::Obj(_) => match value.dunder("__float__", &[]) {
                Some(made) => match made? {
                    Value::Float(float) => float,
                    other => return Err(no_number(&other)),
                },
                None => return Err(no_number(value)),
            },
            other => return Err(no_number(other)),
        };
        float.given(code)
    }

    fn pack(&self, code: Code, out: &mut Vec<u8>) {
        match code {
            b'f' => out.extend((*self as f32).to_le_bytes()),
            _ => out.extend(self.to_le_bytes()),
        }
    }

    fn unpack(code: Code, bytes: &[u8]) -> Result<f64> {
        Ok(match code {
            b'f' => f64::from(f32::from_bits(word(bytes) as u32)),
            _ => f64::from_bits(word(bytes)),
        })
    }
}

#[cold]
fn no_number(value: &Value) -> Exc {
    Exc::type_error(format!("must be real number, not {}", value.py_type_name()))
}

/// Up to eight bytes, least first.
fn word(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |word, &byte| word << 8 | u64::from(byte))
}

impl Item for i64 {
    fn admit(code: Code, value: &Value) -> Result<i64> {
        narrow(code, &crate::dynamic::to_int(value)?)
    }

    fn pack(&self, code: Code, out: &mut Vec<u8>) {
        out.extend(&self.to_le_bytes()[..size(code)]);
    }

    fn unpack(code: Code, bytes: &[u8]) -> Result<i64> {
        let word = word(bytes);
        Ok(match code {
            b'b' => i64::from(word as i8),
            b'h' => i64::from(word as i16),
            b'i' => i64::from(word as i32),
            _ => word as i64,
        })
    }
}

impl Item for Int {
    fn admit(code: Code, value: &Value) -> Result<Int> {
        wide(code, &crate::dynamic::to_int(value)?)
    }

    fn pack(&self, _code: Code, out: &mut Vec<u8>) {
        let bytes = self.to_bytes(8, "little", false);
        out.extend(bytes.expect("an item is below 2**64"));
    }

    fn unpack(_code: Code, bytes: &[u8]) -> Result<Int> {
        Ok(Int::from(word(bytes)))
    }
}

impl Item for Str {
    fn admit(_code: Code, value: &Value) -> Result<Str> {
        match value {
            Value::Str(text) => one_character(text),
            _ => Err(Exc::type_error("array item must be unicode character")),
        }
    }

    fn pack(&self, _code: Code, out: &mut Vec<u8>) {
        let character = self.as_str().chars().next().unwrap_or('\0');
        out.extend((character as u32).to_le_bytes());
    }

    fn unpack(_code: Code, bytes: &[u8]) -> Result<Str> {
        match char::from_u32(word(bytes) as u32) {
            Some(character) => Ok(Str::from(character.to_string())),
            None => crate::entry::refused(
                "array",
                "PT203",
                "array('u')",
                "bytes that are no characters",
            ),
        }
    }
}
