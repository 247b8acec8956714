//! The struct module: values to bytes and back by a format, as CPython's on little-endian
//! machines with 64 bits.

use crate::bytes::{ByteArray, Bytes, BytesLike};
use crate::dynamic::{index_of, to_float, truth};
use crate::exc::{BASE_EXCEPTION, EXCEPTION, OVERFLOW_ERROR, SYSTEM_ERROR};
use crate::{Class, Exc, Int, Iter, Py, Result, Str, Tuple, Value};

mod half;
mod layout;
mod numbers;

use layout::{Field, Layout};

/// `struct.error`.
pub static STRUCT_ERROR: Class = Class {
    name: "error",
    module: "struct",
    mro: &[&EXCEPTION, &BASE_EXCEPTION],
};

#[cold]
fn error(message: impl Into<Str>) -> Exc {
    Exc::new(&STRUCT_ERROR, vec![Value::Str(message.into())])
}

/// Text or bytes that say a format.
pub trait Format {
    /// # Errors
    /// `UnicodeEncodeError`: text that is not ASCII.
    fn codes(&self) -> Result<Bytes>;
}

impl Format for Str {
    fn codes(&self) -> Result<Bytes> {
        if self.is_ascii() {
            return Ok(Bytes::from(self.as_bytes()));
        }
        Bytes::encoded(self, &Str::lit("ascii"), &Str::lit("strict"))
    }
}

impl Format for Bytes {
    fn codes(&self) -> Result<Bytes> {
        Ok(self.clone())
    }
}

impl Format for Value {
    fn codes(&self) -> Result<Bytes> {
        match self {
            Value::Str(text) => text.codes(),
            Value::Bytes(bytes) => Ok(bytes.clone()),
            other => Err(Exc::type_error(format!(
                "Struct() argument 1 must be a str or bytes object, not {}",
                other.py_type_name()
            ))),
        }
    }
}

fn layout(format: &impl Format) -> Result<Layout> {
    Layout::parse(format.codes()?.as_slice())
}

/// `struct.calcsize(format)`.
pub fn calcsize(format: &impl Format) -> Result<i64> {
    Ok(layout(format)?.size as i64)
}

fn packed(layout: &Layout, name: &str, args: &[Value]) -> Result<Vec<u8>> {
    if args.len() != layout.count {
        return Err(error(format!(
            "{name} expected {} items for packing (got {})",
            layout.count,
            args.len()
        )));
    }
    let mut out = Vec::new();
    out.try_reserve_exact(layout.size)
        .map_err(|_| crate::int::memory_error())?;
    out.resize(layout.size, 0);
    for (field, value) in layout.items().zip(args) {
        put(&field, value, &mut out[field.at..field.at + field.size])?;
    }
    Ok(out)
}

fn put(field: &Field, value: &Value, out: &mut [u8]) -> Result<()> {
    match field.code {
        b's' | b'p' => {
            let given = match value {
                Value::Bytes(bytes) => bytes.clone(),
                Value::ByteArray(bytes) => Bytes::from(bytes.view().to_vec()),
                _ => {
                    let code = field.code as char;
                    return Err(error(format!(
                        "argument for '{code}' must be a bytes object"
                    )));
                }
            };
            let given = given.as_slice();
            if field.code == b's' {
                let length = given.len().min(out.len());
                out[..length].copy_from_slice(&given[..length]);
            } else if let Some((first, rest)) = out.split_first_mut() {
                let length = given.len().min(rest.len());
                rest[..length].copy_from_slice(&given[..length]);
                *first = length.min(255) as u8;
            }
            Ok(())
        }
        b'c' => match value {
            Value::Bytes(bytes) if bytes.as_slice().len() == 1 => {
                out[0] = bytes.as_slice()[0];
                Ok(())
            }
            _ => Err(error("char format requires a bytes object of length 1")),
        },
        b'?' => {
            out[0] = u8::from(truth(value)?);
            Ok(())
        }
        b'e' | b'f' | b'd' => {
            let whole = matches!(value, Value::Int(_) | Value::Bool(_));
            let number = to_float(value).map_err(|_| error("required argument is not a float"))?;
            numbers::put_float(field, number, out).map_err(|message| {
                if whole {
                    error("int too large to convert")
                } else {
                    Exc::with_message(&OVERFLOW_ERROR, message)
                }
            })
        }
        _ => {
            let number = match value {
                Value::Int(number) => number.clone(),
                Value::Bool(flag) => Int::from(i64::from(*flag)),
                _ => {
                    index_of(value)?.ok_or_else(|| error("required argument is not an integer"))?
                }
            };
            numbers::put_int(field, &number, out).map_err(error)
        }
    }
}

fn taken(layout: &Layout, bytes: &[u8]) -> Result<Tuple<Value>> {
    let items = layout.items();
    let values = items.map(|field| take(&field, &bytes[field.at..field.at + field.size]));
    Ok(Tuple::from(values.collect::<Result<Vec<_>>>()?))
}

fn take(field: &Field, bytes: &[u8]) -> Result<Value> {
    Ok(match field.code {
        b's' | b'c' => Value::Bytes(Bytes::from(bytes)),
        b'p' => match bytes.split_first() {
            Some((length, rest)) => {
                Value::Bytes(Bytes::from(&rest[..rest.len().min(usize::from(*length))]))
            }
            None => {
                return Err(Exc::with_message(
                    &SYSTEM_ERROR,
                    "Negative size passed to PyBytes_FromStringAndSize",
                ));
            }
        },
        b'?' => Value::Bool(bytes[0] != 0),
        b'e' | b'f' | b'd' => Value::Float(numbers::take_float(field, bytes)),
        _ => Value::Int(numbers::take_int(field, bytes)),
    })
}

/// `struct.pack(format, *values)`.
///
/// # Errors
/// `struct.error`, `OverflowError` for floats, with CPython's words.
pub fn pack(format: &impl Format, args: &[Value]) -> Result<Bytes> {
    Ok(Bytes::from(packed(&layout(format)?, "pack", args)?))
}

/// Where in a buffer a struct of `size` bytes lies.
fn place(size: usize, held: usize, offset: i64, packing: bool) -> Result<usize> {
    let (length, room) = (held as i128, size as i128);
    let mut at = i128::from(offset);
    if at < 0 {
        if at + room > 0 {
            return Err(error(if packing {
                format!("no space to pack {size} bytes at offset {offset}")
            } else {
                format!("not enough data to unpack {size} bytes at offset {offset}")
            }));
        }
        if at + length < 0 {
            return Err(error(format!(
                "offset {offset} out of range for {held}-byte buffer"
            )));
        }
        at += length;
    }
    if length - at < room {
        let (name, verb) = if packing {
            ("pack_into", "packing")
        } else {
            ("unpack_from", "unpacking")
        };
        return Err(error(format!(
            "{name} requires a buffer of at least {} bytes for {verb} {size} bytes at offset {at} \
             (actual buffer size is {held})",
            room + at
        )));
    }
    Ok(at as usize)
}

/// `struct.pack_into(format, buffer, offset, *values)`.
pub fn pack_into(
    format: &impl Format,
    buffer: &ByteArray,
    offset: i64,
    args: &[Value],
) -> Result<()> {
    let layout = layout(format)?;
    if args.len() != layout.count {
        packed(&layout, "pack_into", args)?;
    }
    place(layout.size, buffer.view().len(), offset, true)?;
    let bytes = packed(&layout, "pack_into", args)?;
    // Converting the values may have run code of the program.
    let at = place(layout.size, buffer.view().len(), offset, true)?;
    buffer.overwrite(at, &bytes);
    Ok(())
}

/// `struct.unpack(format, buffer)`.
pub fn unpack(format: &impl Format, buffer: &impl BytesLike) -> Result<Tuple<Value>> {
    let layout = layout(format)?;
    let bytes = buffer.view();
    if bytes.len() != layout.size {
        return Err(error(format!(
            "unpack requires a buffer of {} bytes",
            layout.size
        )));
    }
    taken(&layout, &bytes)
}

/// `struct.unpack_from(format, buffer, offset)`.
pub fn unpack_from(
    format: &impl Format,
    buffer: &impl BytesLike,
    offset: i64,
) -> Result<Tuple<Value>> {
    let layout = layout(format)?;
    let bytes = buffer.view();
    let at = place(layout.size, bytes.len(), offset, false)?;
    taken(&layout, &bytes[at..at + layout.size])
}

/// `struct.iter_unpack(format, buffer)`.
pub fn iter_unpack(format: &impl Format, buffer: &impl BytesLike) -> Result<Iter<Tuple<Value>>> {
    let layout = layout(format)?;
    let bytes = buffer.view().to_vec();
    if layout.size == 0 {
        return Err(error("cannot iteratively unpack with a struct of length 0"));
    }
    if bytes.len() % layout.size != 0 {
        return Err(error(format!(
            "iterative unpacking requires a buffer of a multiple of {} bytes",
            layout.size
        )));
    }
    let starts = (0..bytes.len()).step_by(layout.size);
    Ok(Iter::new(
        "unpack_iterator",
        starts.map(move |at| taken(&layout, &bytes[at..at + layout.size])),
    ))
}

/// An item that the format says is an int.
pub fn int_at(items: &Tuple<Value>, at: usize) -> Int {
    match &items.as_slice()[at] {
        Value::Int(number) => number.clone(),
        _ => unreachable!(),
    }
}

/// An item that the format says is a float.
pub fn float_at(items: &Tuple<Value>, at: usize) -> f64 {
    match &items.as_slice()[at] {
        Value::Float(number) => *number,
        _ => unreachable!(),
    }
}

/// An item that the format says is a bool.
pub fn bool_at(items: &Tuple<Value>, at: usize) -> bool {
    matches!(&items.as_slice()[at], Value::Bool(true))
}

/// An item that the format says is bytes.
pub fn bytes_at(items: &Tuple<Value>, at: usize) -> Bytes {
    match &items.as_slice()[at] {
        Value::Bytes(bytes) => bytes.clone(),
        _ => unreachable!(),
    }
}

/// All items, which the format says are ints.
pub fn ints(items: &Tuple<Value>) -> Tuple<Int> {
    let all = 0..items.as_slice().len();
    Tuple::from(all.map(|at| int_at(items, at)).collect::<Vec<_>>())
}

/// All items, which the format says are floats.
pub fn floats(items: &Tuple<Value>) -> Tuple<f64> {
    let all = 0..items.as_slice().len();
    Tuple::from(all.map(|at| float_at(items, at)).collect::<Vec<_>>())
}
