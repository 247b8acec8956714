//! Indexing and slicing.

use super::Str;
use crate::{Exc, Int, Result};

/// A slice bound, saturated to 64 bits as `PySlice_Unpack` does.
pub(crate) fn saturate(bound: &Int) -> i64 {
    match bound.to_i64() {
        Some(small) => small,
        None if bound.is_negative() => i64::MIN,
        None => i64::MAX,
    }
}

/// Start, stop, step and the number of items (`PySlice_AdjustIndices`).
///
/// # Errors
/// `ValueError` for a step of zero.
pub(crate) fn adjust(
    len: usize,
    start: Option<&Int>,
    stop: Option<&Int>,
    step: Option<&Int>,
) -> Result<(i64, i64, i64, usize)> {
    let step = step.map_or(1, |s| saturate(s).max(-i64::MAX));
    if step == 0 {
        return Err(Exc::value_error("slice step cannot be zero"));
    }
    let len = len as i64;
    let (least, most) = if step < 0 { (-1, len - 1) } else { (0, len) };
    let clip = |bound: Option<&Int>, open: i64| match bound.map(saturate) {
        None => open,
        Some(b) if b < 0 => b.saturating_add(len).max(least),
        Some(b) => b.min(most),
    };
    let (open_start, open_stop) = if step < 0 {
        (most, least)
    } else {
        (least, most)
    };
    let (start, stop) = (clip(start, open_start), clip(stop, open_stop));
    let count = if step < 0 && stop < start {
        (start - stop - 1) / -step + 1
    } else if step > 0 && start < stop {
        (stop - start - 1) / step + 1
    } else {
        0
    };
    Ok((start, stop, step, count as usize))
}

/// Start and end of a search range, clipped to `0..=len`; `start > end` means that
/// nothing can be found, not even the empty text.
pub(crate) fn clip_range(len: usize, start: i64, end: i64) -> (usize, usize) {
    let len = len as i64;
    let clip = |b: i64| {
        if b < 0 {
            b.saturating_add(len).max(0)
        } else {
            b
        }
    };
    (clip(start) as usize, clip(end).min(len) as usize)
}

#[cold]
fn out_of_range() -> Exc {
    Exc::index_error("string index out of range")
}

impl Str {
    /// A `start` argument of `find` and the like, where `None` means the beginning.
    #[inline]
    pub fn start(bound: Option<&Int>) -> i64 {
        bound.map_or(0, saturate)
    }

    /// An `end` argument of `find` and the like, where `None` means the end.
    #[inline]
    pub fn end(bound: Option<&Int>) -> i64 {
        bound.map_or(i64::MAX, saturate)
    }

    /// `self[index]`.
    ///
    /// # Errors
    /// `IndexError` outside the text.
    #[inline]
    pub fn get(&self, index: i64) -> Result<Str> {
        let bytes = self.as_bytes();
        if self.is_ascii() {
            let at = if index < 0 {
                index.wrapping_add(bytes.len() as i64)
            } else {
                index
            };
            return match bytes.get(at as usize) {
                Some(&byte) if at >= 0 => Ok(Str::from_byte(byte)),
                _ => Err(out_of_range()),
            };
        }
        self.get_wide(index)
    }

    fn get_wide(&self, index: i64) -> Result<Str> {
        let len = self.len();
        let index = if index < 0 {
            index.saturating_add(len)
        } else {
            index
        };
        if !(0..len).contains(&index) {
            return Err(out_of_range());
        }
        let text = &self.as_str()[self.byte_at(index as usize)..];
        text.chars()
            .next()
            .map(Str::from_char)
            .ok_or_else(out_of_range)
    }

    /// `self[start:end]` for character positions within the text.
    pub(crate) fn between(&self, start: usize, end: usize) -> Str {
        if start >= end {
            return Str::EMPTY;
        }
        self.bytes_between(self.byte_at(start), self.byte_at(end))
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
    ) -> Result<Str> {
        let (start, _, step, count) = adjust(self.char_count(), start, stop, step)?;
        if count == 0 {
            return Ok(Str::EMPTY);
        }
        if step == 1 {
            let end = start as usize + count;
            return Ok(self.bytes_between(self.byte_at(start as usize), self.byte_at(end)));
        }
        let places = (0..count as i64).map(|k| (start + k * step) as usize);
        if self.is_ascii() {
            let bytes = self.as_bytes();
            return Ok(Str::from_ascii(
                places.map(|at| bytes[at] as char).collect(),
            ));
        }
        let chars: Vec<char> = self.as_str().chars().collect();
        Ok(Str::from(places.map(|at| chars[at]).collect::<String>()))
    }
}
