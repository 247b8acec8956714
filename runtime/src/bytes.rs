//! Python's bytes and bytearray.
//!
//! `Bytes` is an immutable value, `ByteArray` a shared handle. Their common methods
//! are written once in `methods` over slices; a method gives back the type of its
//! receiver. No borrow of a `ByteArray` outlives one call, and no user code runs
//! while one is held.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use crate::string::hash::hash_bytes;
use crate::{Exc, Int, Iterable, Py, Result, Str, Value};

mod array;
mod ascii;
mod hex;
mod methods;

pub use methods::{BytesAffixes, maketrans, single};

/// Python's `bytes`.
#[derive(Clone)]
pub struct Bytes(Held);

#[derive(Clone)]
enum Held {
    Literal(&'static [u8]),
    Heap(Rc<[u8]>),
}

/// Python's `bytearray`.
#[derive(Clone, Default)]
pub struct ByteArray(Rc<RefCell<Vec<u8>>>);

/// Anything that shows its bytes.
pub trait BytesLike {
    fn view(&self) -> impl std::ops::Deref<Target = [u8]> + '_;
}

impl BytesLike for Bytes {
    #[inline]
    fn view(&self) -> impl std::ops::Deref<Target = [u8]> + '_ {
        self.as_slice()
    }
}

impl BytesLike for ByteArray {
    #[inline]
    fn view(&self) -> impl std::ops::Deref<Target = [u8]> + '_ {
        Ref::map(self.0.borrow(), Vec::as_slice)
    }
}

/// What the methods common to both types build.
pub trait FromBytes: BytesLike + Py {
    fn from_bytes(bytes: Vec<u8>) -> Self;
}

impl FromBytes for Bytes {
    #[inline]
    fn from_bytes(bytes: Vec<u8>) -> Bytes {
        Bytes::from(bytes)
    }
}

impl FromBytes for ByteArray {
    #[inline]
    fn from_bytes(bytes: Vec<u8>) -> ByteArray {
        ByteArray::from(bytes)
    }
}

impl Bytes {
    /// A literal of the program: never allocates.
    #[inline]
    pub const fn lit(bytes: &'static [u8]) -> Bytes {
        Bytes(Held::Literal(bytes))
    }

    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        match &self.0 {
            Held::Literal(bytes) => bytes,
            Held::Heap(bytes) => bytes,
        }
    }
}

impl Bytes {
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.as_slice()
    }
}

impl ByteArray {
    #[inline]
    pub fn new() -> ByteArray {
        ByteArray::default()
    }
}

impl From<Vec<u8>> for Bytes {
    #[inline]
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes(Held::Heap(bytes.into()))
    }
}

impl From<&[u8]> for Bytes {
    #[inline]
    fn from(bytes: &[u8]) -> Bytes {
        Bytes(Held::Heap(bytes.into()))
    }
}

impl From<Vec<u8>> for ByteArray {
    #[inline]
    fn from(bytes: Vec<u8>) -> ByteArray {
        ByteArray(Rc::new(RefCell::new(bytes)))
    }
}

/// One byte of a bytes-building iterable; `what` begins the message.
fn byte_of(value: &Int, what: &str) -> Result<u8> {
    value
        .to_i64()
        .and_then(|b| u8::try_from(b).ok())
        .ok_or_else(|| Exc::value_error(format!("{what} must be in range(0, 256)")))
}

/// `bytes(count)` and `bytearray(count)`.
fn zeros(count: &Int) -> Result<Vec<u8>> {
    let count = count
        .to_i64()
        .ok_or_else(|| Exc::overflow_error("cannot fit 'int' into an index-sized integer"))?;
    let count = usize::try_from(count).map_err(|_| Exc::value_error("negative count"))?;
    let mut bytes = Vec::new();
    bytes
        .try_reserve_exact(count)
        .map_err(|_| Exc::new(&crate::exc::MEMORY_ERROR, Vec::new()))?;
    bytes.resize(count, 0);
    Ok(bytes)
}

impl Bytes {
    /// `bytes(count)`.
    ///
    /// # Errors
    /// `ValueError` for a negative count.
    #[inline]
    pub fn zeros(count: &Int) -> Result<Bytes> {
        zeros(count).map(Bytes::from)
    }

    /// `bytes(iterable of ints)`.
    ///
    /// # Errors
    /// `ValueError` for an item that is no byte.
    pub fn collect(items: impl Iterator<Item = Result<Int>>) -> Result<Bytes> {
        let bytes: Result<Vec<u8>> = items.map(|item| byte_of(&item?, "bytes")).collect();
        bytes.map(Bytes::from)
    }

    /// `bytes.maketrans(from, to)`.
    ///
    /// # Errors
    /// `ValueError` if the lengths differ.
    #[inline]
    pub fn maketrans(from: &impl BytesLike, to: &impl BytesLike) -> Result<Bytes> {
        maketrans(from, to)
    }

    /// `bytes(x)` of something that shows its bytes.
    #[inline]
    pub fn copy_of(bytes: &impl BytesLike) -> Bytes {
        Bytes::from(&*bytes.view())
    }

    /// `str.encode(…)` and `bytes(str, encoding, errors)`.
    ///
    /// # Errors
    /// `LookupError`, `UnicodeEncodeError`.
    #[inline]
    pub fn encoded(text: &Str, encoding: &Str, errors: &Str) -> Result<Bytes> {
        text.encode_to_vec(encoding.as_str(), errors.as_str())
            .map(Bytes::from)
    }
}

impl Str {
    /// `self.encode(encoding, errors)`.
    ///
    /// # Errors
    /// `LookupError`, `UnicodeEncodeError`.
    #[inline]
    pub fn encode(&self, encoding: &Str, errors: &Str) -> Result<Bytes> {
        Bytes::encoded(self, encoding, errors)
    }
}

/// Appends the bytes between quotes; `always` escapes single quotes in any case.
fn push_quoted(bytes: &[u8], always: bool, out: &mut String) {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        b'"'
    } else {
        b'\''
    };
    out.push('b');
    out.push(quote as char);
    for &byte in bytes {
        match byte {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'\\' => out.push_str("\\\\"),
            b'\'' if always || quote == b'\'' => out.push_str("\\'"),
            b' '..=b'~' => out.push(byte as char),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(quote as char);
}

macro_rules! ordering {
    ($($method:ident $op:tt;)*) => {
        $(#[inline]
        fn $method(&self, other: &Self) -> Result<bool> {
            Ok(*self.view() $op *other.view())
        })*
    };
}

impl Py for Bytes {
    fn py_type_name(&self) -> &'static str {
        "bytes"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        push_quoted(self.as_slice(), false, out);
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.as_slice().is_empty())
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok(hash_bytes(self.as_slice()))
    }
    ordering! { py_eq ==; py_lt <; py_le <=; py_gt >; py_ge >=; }
    fn py_is(&self, other: &Bytes) -> bool {
        let (a, b) = (self.as_slice(), other.as_slice());
        // The empty bytes and single ones exist once.
        if a.len() < 2 {
            a == b
        } else {
            std::ptr::eq(a, b)
        }
    }
    fn to_value(&self) -> Value {
        Value::Bytes(self.clone())
    }
    fn from_value(value: &Value) -> Option<Bytes> {
        match value {
            Value::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }
}

impl Py for ByteArray {
    fn py_type_name(&self) -> &'static str {
        "bytearray"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str("bytearray(");
        push_quoted(&self.view(), true, out);
        out.push(')');
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.view().is_empty())
    }
    fn py_hash(&self) -> Result<i64> {
        Err(Exc::type_error("unhashable type: 'bytearray'"))
    }
    ordering! { py_eq ==; py_lt <; py_le <=; py_gt >; py_ge >=; }
    #[inline]
    fn py_is(&self, other: &ByteArray) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
    fn to_value(&self) -> Value {
        Value::ByteArray(self.clone())
    }
    fn from_value(value: &Value) -> Option<ByteArray> {
        match value {
            Value::ByteArray(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }
}

macro_rules! iteration {
    ($($type:ident)*) => {
        $(impl $type {
            /// The bytes as ints; re-reads the length, as CPython does.
            #[inline]
            pub fn iter(&self) -> impl Iterator<Item = Int> + 'static {
                let this = self.clone();
                let mut at = 0;
                std::iter::from_fn(move || {
                    let byte = *this.view().get(at)?;
                    at += 1;
                    Some(Int::from(i64::from(byte)))
                })
            }

            pub fn iter_reversed(&self) -> impl Iterator<Item = Int> + 'static {
                let this = self.clone();
                let mut at = this.view().len();
                std::iter::from_fn(move || {
                    at = at.checked_sub(1)?;
                    let byte = *this.view().get(at)?;
                    Some(Int::from(i64::from(byte)))
                })
            }
        }

        impl Iterable for $type {
            type Item = Int;
            #[inline]
            fn py_iter(&self) -> impl Iterator<Item = Result<Int>> + 'static {
                self.iter().map(Ok)
            }
        })*
    };
}

iteration! { Bytes ByteArray }

impl PartialEq for Bytes {
    #[inline]
    fn eq(&self, other: &Bytes) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for Bytes {}

impl std::fmt::Debug for Bytes {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_slice().fmt(f)
    }
}
