//! The methods that bytes and bytearray share.

use super::{ByteArray, Bytes, BytesLike, FromBytes, ascii, byte_of};
use crate::string::{Times, adjust, clip_range, decode};
use crate::{Exc, Int, List, Result, Str};

/// What `startswith` and `endswith` accept: bytes or a tuple of bytes.
pub trait BytesAffixes {
    fn any(&self, test: impl FnMut(&[u8]) -> bool) -> bool;
}

impl BytesAffixes for Bytes {
    fn any(&self, mut test: impl FnMut(&[u8]) -> bool) -> bool {
        test(self.as_slice())
    }
}

impl BytesAffixes for ByteArray {
    fn any(&self, mut test: impl FnMut(&[u8]) -> bool) -> bool {
        test(&self.view())
    }
}

macro_rules! tuples_of_affixes {
    ($([$($i:tt $type:ident),*])*) => {
        $(impl BytesAffixes for ($($type,)*) {
            fn any(&self, mut test: impl FnMut(&[u8]) -> bool) -> bool {
                $(test(self.$i.as_slice()))||*
            }
        })*
    };
}

tuples_of_affixes! {
    [0 Bytes]
    [0 Bytes, 1 Bytes]
    [0 Bytes, 1 Bytes, 2 Bytes]
    [0 Bytes, 1 Bytes, 2 Bytes, 3 Bytes]
    [0 Bytes, 1 Bytes, 2 Bytes, 3 Bytes, 4 Bytes]
    [0 Bytes, 1 Bytes, 2 Bytes, 3 Bytes, 4 Bytes, 5 Bytes]
}

#[cold]
fn not_found() -> Exc {
    Exc::value_error("subsection not found")
}

#[cold]
fn empty_separator() -> Exc {
    Exc::value_error("empty separator")
}

fn most(count: i64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn fill_byte(fill: &[u8], method: &str) -> Result<u8> {
    match fill {
        [byte] => Ok(*byte),
        _ => Err(Exc::type_error(format!(
            "{method}() argument 2 must be a byte string of length 1, not bytes"
        ))),
    }
}

/// `bytes.maketrans(from, to)`.
///
/// # Errors
/// `ValueError` if the lengths differ.
pub fn maketrans(from: &impl BytesLike, to: &impl BytesLike) -> Result<Bytes> {
    let (from, to) = (from.view(), to.view());
    if from.len() != to.len() {
        return Err(Exc::value_error(
            "maketrans arguments must have same length",
        ));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (a, b) in from.iter().zip(to.iter()) {
        table[*a as usize] = *b;
    }
    Ok(Bytes::from(table))
}

/// The part of `bytes` between two bounds and where it starts.
fn window(bytes: &[u8], start: i64, end: i64) -> Option<(usize, &[u8])> {
    let (start, end) = clip_range(bytes.len(), start, end);
    (start <= end).then(|| (start, &bytes[start..end]))
}

fn pad<T: FromBytes>(bytes: &[u8], left: usize, right: usize, fill: u8) -> Result<T> {
    let mut out = Vec::new();
    out.try_reserve_exact(bytes.len().saturating_add(left).saturating_add(right))
        .map_err(|_| Exc::new(&crate::exc::MEMORY_ERROR, Vec::new()))?;
    out.resize(left, fill);
    out.extend_from_slice(bytes);
    out.resize(left + bytes.len() + right, fill);
    Ok(T::from_bytes(out))
}

fn missing(bytes: &[u8], width: i64) -> usize {
    usize::try_from(width.saturating_sub(bytes.len() as i64)).unwrap_or(0)
}

fn partition<T: FromBytes>(
    bytes: &[u8],
    sep: &[u8],
    find: fn(&[u8], &[u8]) -> Option<usize>,
) -> Result<Option<(T, T)>> {
    if sep.is_empty() {
        return Err(empty_separator());
    }
    Ok(find(bytes, sep).map(|at| {
        (
            T::from_bytes(bytes[..at].to_vec()),
            T::from_bytes(bytes[at + sep.len()..].to_vec()),
        )
    }))
}

fn repeat(bytes: &[u8], times: impl Times, is_array: bool) -> Result<Vec<u8>> {
    let times = times
        .to_ssize()
        .ok_or_else(|| Exc::overflow_error("cannot fit 'int' into an index-sized integer"))?;
    let times = usize::try_from(times).unwrap_or(0);
    let no_memory = || Exc::new(&crate::exc::MEMORY_ERROR, Vec::new());
    let total = bytes
        .len()
        .checked_mul(times)
        .filter(|&t| t <= i64::MAX as usize);
    let total = total.ok_or_else(|| {
        if is_array {
            no_memory()
        } else {
            Exc::overflow_error("repeated bytes are too long")
        }
    })?;
    let mut out = Vec::new();
    out.try_reserve_exact(total).map_err(|_| no_memory())?;
    if !bytes.is_empty() {
        for _ in 0..times {
            out.extend_from_slice(bytes);
        }
    }
    Ok(out)
}

type Made<T> = Result<List<T>>;

fn listed<T: FromBytes>(parts: Vec<Vec<u8>>) -> List<T> {
    List::from(parts.into_iter().map(T::from_bytes).collect::<Vec<T>>())
}

macro_rules! methods {
    ($type:ident, $is_array:literal, $out_of_range:literal) => {
        impl $type {
            /// `len(self)`.
            #[allow(clippy::len_without_is_empty)]
            #[inline]
            pub fn len(&self) -> i64 {
                self.view().len() as i64
            }

            /// `self[index]`.
            ///
            /// # Errors
            /// `IndexError` outside.
            #[inline]
            pub fn get(&self, index: i64) -> Result<i64> {
                let bytes = self.view();
                let at = if index < 0 {
                    index.wrapping_add(bytes.len() as i64)
                } else {
                    index
                };
                match bytes.get(at as usize) {
                    Some(&byte) if at >= 0 => Ok(i64::from(byte)),
                    _ => Err(Exc::index_error($out_of_range)),
                }
            }

            /// `self[start:stop:step]`.
            ///
            /// # Errors
            /// `ValueError` for a step of zero.
            pub fn getslice(
                &self,
                start: Option<&Int>,
                stop: Option<&Int>,
                step: Option<&Int>,
            ) -> Result<$type> {
                let bytes = self.view();
                let (start, _, step, count) = adjust(bytes.len(), start, stop, step)?;
                if step == 1 {
                    let start = start as usize;
                    return Ok($type::from(bytes[start..start + count].to_vec()));
                }
                let at = |k: usize| bytes[(start + k as i64 * step) as usize];
                Ok($type::from((0..count).map(at).collect::<Vec<u8>>()))
            }

            pub fn add(&self, other: &impl BytesLike) -> $type {
                $type::from([&*self.view(), &*other.view()].concat())
            }

            /// # Errors
            /// `OverflowError`, `MemoryError` for absurd lengths.
            pub fn mul(&self, times: impl Times) -> Result<$type> {
                repeat(&self.view(), times, $is_array).map($type::from)
            }

            /// `self == other` of either type.
            pub fn same(&self, other: &impl BytesLike) -> bool {
                *self.view() == *other.view()
            }

            pub fn order(&self, other: &impl BytesLike) -> std::cmp::Ordering {
                self.view().cmp(&*other.view())
            }

            pub fn contains(&self, sub: &impl BytesLike) -> bool {
                ascii::find(&self.view(), &sub.view()).is_some()
            }

            /// `int in self`.
            ///
            /// # Errors
            /// `ValueError` for an int that is no byte.
            pub fn contains_int(&self, byte: &Int) -> Result<bool> {
                let byte = byte_of(byte, "byte")?;
                Ok(self.view().contains(&byte))
            }

            pub fn find(&self, sub: &impl BytesLike, start: i64, end: i64) -> i64 {
                let bytes = self.view();
                let found = window(&bytes, start, end)
                    .and_then(|(at, part)| Some(at + ascii::find(part, &sub.view())?));
                found.map_or(-1, |at| at as i64)
            }

            pub fn rfind(&self, sub: &impl BytesLike, start: i64, end: i64) -> i64 {
                let bytes = self.view();
                let found = window(&bytes, start, end)
                    .and_then(|(at, part)| Some(at + ascii::rfind(part, &sub.view())?));
                found.map_or(-1, |at| at as i64)
            }

            /// # Errors
            /// `ValueError` if `sub` is not there.
            pub fn index(&self, sub: &impl BytesLike, start: i64, end: i64) -> Result<i64> {
                match self.find(sub, start, end) {
                    -1 => Err(not_found()),
                    at => Ok(at),
                }
            }

            /// # Errors
            /// `ValueError` if `sub` is not there.
            pub fn rindex(&self, sub: &impl BytesLike, start: i64, end: i64) -> Result<i64> {
                match self.rfind(sub, start, end) {
                    -1 => Err(not_found()),
                    at => Ok(at),
                }
            }

            pub fn count(&self, sub: &impl BytesLike, start: i64, end: i64) -> i64 {
                let bytes = self.view();
                window(&bytes, start, end)
                    .map_or(0, |(_, part)| ascii::count(part, &sub.view()) as i64)
            }

            /// `find` of the one byte that an int stands for.
            ///
            /// # Errors
            /// `ValueError` for an int that is no byte.
            pub fn find_int(&self, byte: &Int, start: i64, end: i64) -> Result<i64> {
                Ok(self.find(&single(byte)?, start, end))
            }

            /// `rfind` of the one byte that an int stands for.
            ///
            /// # Errors
            /// `ValueError` for an int that is no byte.
            pub fn rfind_int(&self, byte: &Int, start: i64, end: i64) -> Result<i64> {
                Ok(self.rfind(&single(byte)?, start, end))
            }

            /// `count` of the one byte that an int stands for.
            ///
            /// # Errors
            /// `ValueError` for an int that is no byte.
            pub fn count_int(&self, byte: &Int, start: i64, end: i64) -> Result<i64> {
                Ok(self.count(&single(byte)?, start, end))
            }

            /// `index` of the one byte that an int stands for.
            ///
            /// # Errors
            /// `ValueError` for an int that is no byte, or if it is not there.
            pub fn index_int(&self, byte: &Int, start: i64, end: i64) -> Result<i64> {
                self.index(&single(byte)?, start, end)
            }

            /// `rindex` of the one byte that an int stands for.
            ///
            /// # Errors
            /// `ValueError` for an int that is no byte, or if it is not there.
            pub fn rindex_int(&self, byte: &Int, start: i64, end: i64) -> Result<i64> {
                self.rindex(&single(byte)?, start, end)
            }

            /// `ord(self)`.
            ///
            /// # Errors
            /// `TypeError` unless it is one byte.
            pub fn ord(&self) -> Result<i64> {
                match &*self.view() {
                    [byte] => Ok(i64::from(*byte)),
                    other => Err(crate::string::not_one_character(other.len() as i64)),
                }
            }

            pub fn startswith(&self, prefix: &impl BytesAffixes, start: i64, end: i64) -> bool {
                let bytes = self.view();
                window(&bytes, start, end)
                    .is_some_and(|(_, part)| prefix.any(|p| part.starts_with(p)))
            }

            pub fn endswith(&self, suffix: &impl BytesAffixes, start: i64, end: i64) -> bool {
                let bytes = self.view();
                window(&bytes, start, end)
                    .is_some_and(|(_, part)| suffix.any(|s| part.ends_with(s)))
            }

            pub fn replace(&self, old: &impl BytesLike, new: &impl BytesLike, count: i64) -> $type {
                let (bytes, old, new) = (self.view(), old.view(), new.view());
                $type::from(ascii::replace(&bytes, &old, &new, most(count)))
            }

            /// # Errors
            /// `ValueError` for an empty separator.
            pub fn split(&self, sep: Option<&Bytes>, maxsplit: i64) -> Made<$type> {
                let left = most(maxsplit);
                Ok(listed(match sep {
                    None => ascii::split_space(&self.view(), left),
                    Some(sep) if sep.as_slice().is_empty() => return Err(empty_separator()),
                    Some(sep) => ascii::split(&self.view(), sep.as_slice(), left),
                }))
            }

            /// # Errors
            /// `ValueError` for an empty separator.
            pub fn rsplit(&self, sep: Option<&Bytes>, maxsplit: i64) -> Made<$type> {
                let left = most(maxsplit);
                Ok(listed(match sep {
                    None => ascii::rsplit_space(&self.view(), left),
                    Some(sep) if sep.as_slice().is_empty() => return Err(empty_separator()),
                    Some(sep) => ascii::rsplit(&self.view(), sep.as_slice(), left),
                }))
            }

            pub fn splitlines(&self, keepends: bool) -> List<$type> {
                listed(ascii::splitlines(&self.view(), keepends))
            }

            /// # Errors
            /// `ValueError` for an empty separator.
            pub fn partition(&self, sep: &Bytes) -> Result<($type, $type, $type)> {
                let found = partition(&self.view(), sep.as_slice(), ascii::find)?;
                let made = |b: &[u8]| $type::from(b.to_vec());
                Ok(match found {
                    Some((head, tail)) => (head, made(sep.as_slice()), tail),
                    None => (made(&self.view()), made(b""), made(b"")),
                })
            }

            /// # Errors
            /// `ValueError` for an empty separator.
            pub fn rpartition(&self, sep: &Bytes) -> Result<($type, $type, $type)> {
                let found = partition(&self.view(), sep.as_slice(), ascii::rfind)?;
                let made = |b: &[u8]| $type::from(b.to_vec());
                Ok(match found {
                    Some((head, tail)) => (head, made(sep.as_slice()), tail),
                    None => (made(b""), made(b""), made(&self.view())),
                })
            }

            /// # Errors
            /// Those of the iteration.
            pub fn join<T: BytesLike>(
                &self,
                items: impl IntoIterator<Item = Result<T>>,
            ) -> Result<$type> {
                let mut out = Vec::new();
                for (at, item) in items.into_iter().enumerate() {
                    let item = item?;
                    if at > 0 {
                        out.extend_from_slice(&self.view());
                    }
                    out.extend_from_slice(&item.view());
                }
                Ok($type::from(out))
            }

            fn trimmed(&self, chars: Option<&Bytes>, left: bool, right: bool) -> $type {
                let bytes = self.view();
                let strips = |b: u8| match chars {
                    None => ascii::is_space(b),
                    Some(set) => set.as_slice().contains(&b),
                };
                $type::from(ascii::trim(&bytes, strips, left, right).to_vec())
            }

            pub fn strip(&self, chars: Option<&Bytes>) -> $type {
                self.trimmed(chars, true, true)
            }

            pub fn lstrip(&self, chars: Option<&Bytes>) -> $type {
                self.trimmed(chars, true, false)
            }

            pub fn rstrip(&self, chars: Option<&Bytes>) -> $type {
                self.trimmed(chars, false, true)
            }

            pub fn removeprefix(&self, prefix: &impl BytesLike) -> $type {
                let bytes = self.view();
                $type::from(
                    bytes
                        .strip_prefix(&*prefix.view())
                        .unwrap_or(&bytes)
                        .to_vec(),
                )
            }

            pub fn removesuffix(&self, suffix: &impl BytesLike) -> $type {
                let bytes = self.view();
                $type::from(
                    bytes
                        .strip_suffix(&*suffix.view())
                        .unwrap_or(&bytes)
                        .to_vec(),
                )
            }

            /// # Errors
            /// `TypeError` unless `fill` is one byte.
            pub fn ljust(&self, width: i64, fill: &Bytes) -> Result<$type> {
                let bytes = self.view();
                pad(
                    &bytes,
                    0,
                    missing(&bytes, width),
                    fill_byte(fill.as_slice(), "ljust")?,
                )
            }

            /// # Errors
            /// `TypeError` unless `fill` is one byte.
            pub fn rjust(&self, width: i64, fill: &Bytes) -> Result<$type> {
                let bytes = self.view();
                pad(
                    &bytes,
                    missing(&bytes, width),
                    0,
                    fill_byte(fill.as_slice(), "rjust")?,
                )
            }

            /// # Errors
            /// `TypeError` unless `fill` is one byte.
            pub fn center(&self, width: i64, fill: &Bytes) -> Result<$type> {
                let bytes = self.view();
                let fill = fill_byte(fill.as_slice(), "center")?;
                let missing = missing(&bytes, width);
                let left = missing / 2 + (missing & width as usize & 1);
                pad(&bytes, left, missing - left, fill)
            }

            /// # Errors
            /// `MemoryError` for an absurd width.
            pub fn zfill(&self, width: i64) -> Result<$type> {
                let bytes = self.view();
                let more = missing(&bytes, width);
                let signed = more > 0 && matches!(bytes.first(), Some(b'+' | b'-'));
                let (sign, digits) = bytes.split_at(usize::from(signed));
                let padded: $type = pad(digits, more, 0, b'0')?;
                Ok($type::from([sign, &*padded.view()].concat()))
            }

            /// # Errors
            /// `OverflowError` if `tabsize` is no C int.
            pub fn expandtabs(&self, tabsize: &Int) -> Result<$type> {
                let size = tabsize.to_i64().and_then(|size| i32::try_from(size).ok());
                let size = size.ok_or_else(|| {
                    Exc::overflow_error("Python int too large to convert to C int")
                })?;
                Ok($type::from(ascii::expandtabs(
                    &self.view(),
                    size.max(0) as usize,
                )))
            }

            /// Drops the bytes of `delete`, then maps each by `table`.
            ///
            /// # Errors
            /// `ValueError` unless the table has 256 bytes.
            pub fn translate(&self, table: Option<&Bytes>, delete: &Bytes) -> Result<$type> {
                let table = table.map(Bytes::as_slice);
                if table.is_some_and(|table| table.len() != 256) {
                    return Err(Exc::value_error(
                        "translation table must be 256 characters long",
                    ));
                }
                let bytes = self.view();
                let kept = bytes.iter().filter(|b| !delete.as_slice().contains(b));
                let turned = kept.map(|&b| table.map_or(b, |table| table[b as usize]));
                Ok($type::from(turned.collect::<Vec<u8>>()))
            }

            /// # Errors
            /// `LookupError`, `UnicodeDecodeError`.
            pub fn decode(&self, encoding: &Str, errors: &Str) -> Result<Str> {
                decode(&self.view(), encoding.as_str(), errors.as_str())
            }

            pub fn upper(&self) -> $type {
                $type::from(self.view().to_ascii_uppercase())
            }

            pub fn lower(&self) -> $type {
                $type::from(self.view().to_ascii_lowercase())
            }

            pub fn title(&self) -> $type {
                $type::from(ascii::title(&self.view()))
            }

            pub fn capitalize(&self) -> $type {
                $type::from(ascii::capitalize(&self.view()))
            }

            pub fn swapcase(&self) -> $type {
                $type::from(ascii::swapcase(&self.view()))
            }

            fn all(&self, test: impl Fn(&u8) -> bool) -> bool {
                !self.view().is_empty() && self.view().iter().all(test)
            }

            pub fn isalpha(&self) -> bool {
                self.all(u8::is_ascii_alphabetic)
            }

            pub fn isdigit(&self) -> bool {
                self.all(u8::is_ascii_digit)
            }

            pub fn isalnum(&self) -> bool {
                self.all(u8::is_ascii_alphanumeric)
            }

            pub fn isspace(&self) -> bool {
                self.all(|&b| ascii::is_space(b))
            }

            pub fn isascii(&self) -> bool {
                self.view().is_ascii()
            }

            pub fn isupper(&self) -> bool {
                let bytes = self.view();
                bytes.iter().any(u8::is_ascii_uppercase)
                    && !bytes.iter().any(u8::is_ascii_lowercase)
            }

            pub fn islower(&self) -> bool {
                let bytes = self.view();
                bytes.iter().any(u8::is_ascii_lowercase)
                    && !bytes.iter().any(u8::is_ascii_uppercase)
            }

            pub fn istitle(&self) -> bool {
                ascii::istitle(&self.view())
            }
        }
    };
}

methods!(Bytes, false, "index out of range");
methods!(ByteArray, true, "bytearray index out of range");

/// `find`, `count` and the like with an int: the one byte that it stands for.
///
/// # Errors
/// `ValueError` for an int that is no byte.
pub fn single(byte: &Int) -> Result<Bytes> {
    Ok(Bytes::from(vec![byte_of(byte, "byte")?]))
}
