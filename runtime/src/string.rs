//! Python's str: immutable text that counts in code points.
//!
//! A `Str` is 16 bytes and one of three things: up to 14 bytes held inside, a
//! literal of the program, or a shared buffer on the heap. Texts of up to 14 bytes
//! are always held inside, hence characters, short words and keys never allocate
//! and compare without following a pointer. ASCII text is indexed directly; other
//! text gets a table of offsets on first use.
//!
//! Lone surrogates have no Rust `str` and are refused where they would arise.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use crate::{Exc, Int, Result};

mod case;
pub mod codec;
mod constants;
pub mod hash;
mod layout;
mod mapping;
mod protocol;
mod search;
mod slices;
mod split;
mod tables;
#[cfg(test)]
pub(crate) mod tests;
pub mod unicode;

pub use codec::{DecodeErrors, decode, lookup_codec};
pub use mapping::{
    TranslateKey, TranslateTarget, maketrans_dropping, maketrans_map, maketrans_pairs,
};
pub use protocol::{CharsIter, ascii, chr, chr_i64, ord, repr_into};
pub(crate) use protocol::{escape_beyond_ascii, not_one_character};
pub(crate) use slices::{adjust, clip_range, saturate};

/// The most bytes that a `Str` holds inside itself.
const INSIDE: usize = 14;
/// The number of characters is not counted yet.
const UNCOUNTED: usize = usize::MAX;
/// One entry of the offset table covers so many characters.
const STRIDE: usize = 16;

/// Python's `str`.
#[derive(Clone)]
pub struct Str(Repr);

#[derive(Clone)]
enum Repr {
    /// Invariant: `bytes[..len]` is UTF-8, the rest is zero.
    Inside { len: u8, bytes: [u8; INSIDE] },
    /// Invariant: the bytes of a `&'static str` longer than `INSIDE`, and whether they are ASCII.
    Literal {
        ascii: bool,
        len: u32,
        first: &'static u8,
    },
    /// Invariant: longer than `INSIDE`.
    Heap(Rc<Heap>),
}

const _: () = assert!(size_of::<Str>() == 16);

#[derive(Default)]
struct Heap {
    text: String,
    /// Code points, or `UNCOUNTED`.
    chars: Cell<usize>,
    /// Python's hash, 0 while unknown.
    hash: Cell<i64>,
    /// Byte offset of every `STRIDE`th character; only for text that is not ASCII.
    offsets: OnceCell<Box<[usize]>>,
}

impl Heap {
    fn new(text: String, chars: usize) -> Heap {
        Heap {
            text,
            chars: Cell::new(chars),
            ..Heap::default()
        }
    }

    /// The byte where character `block * STRIDE` starts; `None` past the end.
    fn offset(&self, block: usize) -> Option<usize> {
        let offsets = self.offsets.get_or_init(|| {
            let starts = self.text.char_indices().step_by(STRIDE);
            starts.map(|(at, _)| at).collect()
        });
        offsets.get(block).copied()
    }

    fn count(&self) -> usize {
        if self.chars.get() == UNCOUNTED {
            self.chars.set(count_chars(self.text.as_bytes()));
        }
        self.chars.get()
    }
}

thread_local! {
    /// Literals that are not ASCII and were counted or indexed, by their address.
    static WIDE_LITERALS: RefCell<HashMap<(usize, usize), Rc<Heap>>> = RefCell::default();
}

/// What is known of a literal beyond its bytes.
fn on_heap(text: &str, first: &'static u8) -> Rc<Heap> {
    let key = (std::ptr::from_ref(first) as usize, text.len());
    WIDE_LITERALS.with_borrow_mut(|known| {
        let heap = || Rc::new(Heap::new(text.to_owned(), UNCOUNTED));
        known.entry(key).or_insert_with(heap).clone()
    })
}

/// Code points in valid UTF-8: the bytes that do not continue a sequence.
#[inline]
fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count()
}

/// Bytes of the sequence that starts with `first`.
#[inline]
fn width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// A literal of the program: never allocates.
#[inline]
pub const fn lit(text: &'static str) -> Str {
    Str::lit(text)
}

impl Str {
    /// A literal of the program: never allocates.
    #[inline]
    pub const fn lit(text: &'static str) -> Str {
        if text.len() <= INSIDE {
            return Str::inside(text.as_bytes());
        }
        assert!(text.len() <= u32::MAX as usize);
        Str(Repr::Literal {
            ascii: text.is_ascii(),
            len: text.len() as u32,
            first: &text.as_bytes()[0],
        })
    }

    pub const EMPTY: Str = Str::lit("");

    /// Invariant: `bytes` is UTF-8 of at most `INSIDE` bytes.
    #[inline]
    const fn inside(text: &[u8]) -> Str {
        let mut bytes = [0; INSIDE];
        bytes.split_at_mut(text.len()).0.copy_from_slice(text);
        Str(Repr::Inside {
            len: text.len() as u8,
            bytes,
        })
    }

    fn from_string(text: String, chars: usize) -> Str {
        if text.len() <= INSIDE {
            return Str::inside(text.as_bytes());
        }
        Str(Repr::Heap(Rc::new(Heap::new(text, chars))))
    }

    /// Text that is known to be ASCII.
    fn from_ascii(text: String) -> Str {
        let chars = text.len();
        Str::from_string(text, chars)
    }

    /// One character.
    #[inline]
    pub const fn from_char(c: char) -> Str {
        let mut bytes = [0; INSIDE];
        let len = c.encode_utf8(&mut bytes).len() as u8;
        Str(Repr::Inside { len, bytes })
    }

    /// A character below 128.
    #[inline]
    fn from_byte(byte: u8) -> Str {
        let mut bytes = [0; INSIDE];
        bytes[0] = byte;
        Str(Repr::Inside { len: 1, bytes })
    }

    #[inline]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // SAFETY: the invariant of `Inside`.
            Repr::Inside { len, bytes } => unsafe {
                std::str::from_utf8_unchecked(bytes.get_unchecked(..*len as usize))
            },
            // SAFETY: the invariant of `Literal`.
            Repr::Literal { len, first, .. } => unsafe {
                let first: *const u8 = *first;
                std::str::from_utf8_unchecked(std::slice::from_raw_parts(first, *len as usize))
            },
            Repr::Heap(heap) => &heap.text,
        }
    }

    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.as_str().as_bytes()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        matches!(self.0, Repr::Inside { len: 0, .. })
    }

    /// `self.isascii()`.
    #[inline]
    pub fn is_ascii(&self) -> bool {
        match &self.0 {
            Repr::Inside { bytes, .. } => bytes.iter().fold(0, |all, b| all | b) < 0x80,
            Repr::Literal { ascii, .. } => *ascii,
            Repr::Heap(heap) => heap.count() == heap.text.len(),
        }
    }

    /// Code points.
    #[inline]
    pub fn char_count(&self) -> usize {
        match &self.0 {
            Repr::Inside { len, .. } if self.is_ascii() => *len as usize,
            Repr::Inside { .. } => count_chars(self.as_bytes()),
            Repr::Literal { ascii, len, .. } if *ascii => *len as usize,
            Repr::Literal { first, .. } => on_heap(self.as_str(), first).count(),
            Repr::Heap(heap) => heap.count(),
        }
    }

    /// `len(self)`.
    #[inline]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> i64 {
        self.char_count() as i64
    }

    /// The byte where character `index` starts; `index` is at most the length.
    fn byte_at(&self, index: usize) -> usize {
        if self.is_ascii() {
            return index;
        }
        let bytes = self.as_bytes();
        let near = match &self.0 {
            Repr::Heap(heap) => heap.offset(index / STRIDE),
            Repr::Literal { first, .. } => on_heap(self.as_str(), first).offset(index / STRIDE),
            Repr::Inside { .. } => Some(0),
        };
        let Some(mut at) = near else {
            return bytes.len();
        };
        let inside = matches!(self.0, Repr::Inside { .. });
        let mut left = if inside { index } else { index % STRIDE };
        while left > 0 {
            at += width(bytes[at]);
            left -= 1;
        }
        at
    }

    /// The character that starts at byte `at`.
    fn char_index(&self, at: usize) -> usize {
        if self.is_ascii() {
            return at;
        }
        let bytes = self.as_bytes();
        if let Repr::Heap(heap) = &self.0
            && let Some(offsets) = heap.offsets.get()
        {
            let before = offsets.partition_point(|&o| o <= at).max(1) - 1;
            return before * STRIDE + count_chars(&bytes[offsets[before]..at]);
        }
        count_chars(&bytes[..at])
    }

    /// The text between two byte offsets, which are character boundaries.
    #[inline]
    fn bytes_between(&self, start: usize, end: usize) -> Str {
        if start == 0 && end == self.as_bytes().len() {
            return self.clone();
        }
        Str::from(&self.as_str()[start..end])
    }

    /// Appends in place when nobody else holds the text: amortised O(len of `other`).
    pub fn push(&mut self, other: &Str) {
        let more = other.as_str();
        if let Repr::Heap(rc) = &mut self.0
            && let Some(heap) = Rc::get_mut(rc)
        {
            if heap.chars.get() != UNCOUNTED {
                heap.chars.set(heap.chars.get() + other.char_count());
            }
            heap.text.push_str(more);
            heap.hash.set(0);
            heap.offsets.take();
            return;
        }
        *self = self.concat(other, 32);
    }

    /// `self + other`, with room for at least `room` bytes.
    fn concat(&self, other: &Str, room: usize) -> Str {
        let (a, b) = (self.as_str(), other.as_str());
        let total = a.len() + b.len();
        if total <= INSIDE {
            let mut bytes = [0; INSIDE];
            bytes[..a.len()].copy_from_slice(a.as_bytes());
            bytes[a.len()..total].copy_from_slice(b.as_bytes());
            return Str(Repr::Inside {
                len: total as u8,
                bytes,
            });
        }
        if b.is_empty() {
            return self.clone();
        }
        if a.is_empty() {
            return other.clone();
        }
        let mut text = String::with_capacity(total.max(room));
        text.push_str(a);
        text.push_str(b);
        Str::from_string(text, UNCOUNTED)
    }

    /// `self * times`.
    ///
    /// # Errors
    /// `MemoryError` or `OverflowError` where CPython has no room either.
    pub fn mul(&self, times: impl Times) -> Result<Str> {
        match times.to_ssize() {
            Some(times) => self.repeat(times),
            None => Err(Exc::overflow_error(
                "cannot fit 'int' into an index-sized integer",
            )),
        }
    }

    /// As `mul`.
    ///
    /// # Errors
    /// As `mul`.
    pub fn repeat(&self, times: i64) -> Result<Str> {
        if times <= 0 || self.is_empty() {
            return Ok(Str::EMPTY);
        }
        if times == 1 {
            return Ok(self.clone());
        }
        let chars = self.char_count().checked_mul(times as usize);
        let Some(chars) = chars.filter(|&chars| chars <= i64::MAX as usize) else {
            return Err(Exc::overflow_error("repeated string is too long"));
        };
        let mut text = String::new();
        self.as_bytes()
            .len()
            .checked_mul(times as usize)
            .and_then(|total| text.try_reserve_exact(total).ok())
            .ok_or_else(|| Exc::new(&crate::exc::MEMORY_ERROR, Vec::new()))?;
        for _ in 0..times {
            text.push_str(self.as_str());
        }
        Ok(Str::from_string(text, chars))
    }
}

/// The int of `text * int`: any `Int`, or one that is known to be small.
pub trait Times {
    /// The value, unless it is beyond 64 bits.
    fn to_ssize(self) -> Option<i64>;
}

impl Times for i64 {
    #[inline]
    fn to_ssize(self) -> Option<i64> {
        Some(self)
    }
}

impl Times for &Int {
    #[inline]
    fn to_ssize(self) -> Option<i64> {
        self.to_i64()
    }
}

impl From<String> for Str {
    #[inline]
    fn from(text: String) -> Str {
        Str::from_string(text, UNCOUNTED)
    }
}

impl From<&str> for Str {
    #[inline]
    fn from(text: &str) -> Str {
        if text.len() <= INSIDE {
            Str::inside(text.as_bytes())
        } else {
            Str::from_string(text.to_owned(), UNCOUNTED)
        }
    }
}

impl From<&String> for Str {
    #[inline]
    fn from(text: &String) -> Str {
        Str::from(text.as_str())
    }
}

impl From<char> for Str {
    #[inline]
    fn from(c: char) -> Str {
        Str::from_char(c)
    }
}

impl Default for Str {
    #[inline]
    fn default() -> Str {
        Str::EMPTY
    }
}

impl AsRef<str> for Str {
    #[inline]
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl std::borrow::Borrow<str> for Str {
    #[inline]
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Str) -> bool {
        match (&self.0, &other.0) {
            (Repr::Inside { len: m, bytes: a }, Repr::Inside { len: n, bytes: b }) => {
                m == n && a == b
            }
            (Repr::Inside { .. }, _) | (_, Repr::Inside { .. }) => false,
            (Repr::Heap(a), Repr::Heap(b)) if Rc::ptr_eq(a, b) => true,
            _ => self.as_str() == other.as_str(),
        }
    }
}

impl Eq for Str {}

impl PartialEq<str> for Str {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Str {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

// The order of UTF-8 bytes is the order of code points.
impl PartialOrd for Str {
    #[inline]
    fn partial_cmp(&self, other: &Str) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str {
    #[inline]
    fn cmp(&self, other: &Str) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl std::hash::Hash for Str {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl std::ops::Add for &Str {
    type Output = Str;
    #[inline]
    fn add(self, other: &Str) -> Str {
        self.concat(other, 0)
    }
}

impl std::ops::Add<&Str> for Str {
    type Output = Str;
    /// Reuses the left buffer when nobody else holds it.
    #[inline]
    fn add(mut self, other: &Str) -> Str {
        self.push(other);
        self
    }
}

impl std::ops::AddAssign<&Str> for Str {
    #[inline]
    fn add_assign(&mut self, other: &Str) {
        self.push(other);
    }
}

impl fmt::Display for Str {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Str {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
