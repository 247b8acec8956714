//! Finding, counting, replacing, stripping, prefixes and suffixes.

use super::Str;
use super::slices::clip_range;
use super::unicode::is_space;
use crate::{Exc, Result, Tuple};

/// What `startswith` and `endswith` accept: a text or a tuple of texts.
pub trait Affixes {
    fn any(&self, test: impl FnMut(&Str) -> bool) -> bool;
}

impl Affixes for Str {
    #[inline]
    fn any(&self, mut test: impl FnMut(&Str) -> bool) -> bool {
        test(self)
    }
}

impl Affixes for &[Str] {
    fn any(&self, test: impl FnMut(&Str) -> bool) -> bool {
        self.iter().any(test)
    }
}

impl Affixes for Tuple<Str> {
    fn any(&self, test: impl FnMut(&Str) -> bool) -> bool {
        self.to_vec().iter().any(test)
    }
}

macro_rules! tuples_of_affixes {
    ($([$($i:tt $type:ident),*])*) => {
        $(impl Affixes for ($($type,)*) {
            fn any(&self, mut test: impl FnMut(&Str) -> bool) -> bool {
                $(test(&self.$i))||*
            }
        })*
    };
}

tuples_of_affixes! {
    [0 Str]
    [0 Str, 1 Str]
    [0 Str, 1 Str, 2 Str]
    [0 Str, 1 Str, 2 Str, 3 Str]
    [0 Str, 1 Str, 2 Str, 3 Str, 4 Str]
    [0 Str, 1 Str, 2 Str, 3 Str, 4 Str, 5 Str]
    [0 Str, 1 Str, 2 Str, 3 Str, 4 Str, 5 Str, 6 Str]
    [0 Str, 1 Str, 2 Str, 3 Str, 4 Str, 5 Str, 6 Str, 7 Str]
}

#[cold]
fn not_found() -> Exc {
    Exc::value_error("substring not found")
}

impl Str {
    /// The part between two character bounds and the byte where it starts.
    #[inline]
    fn window(&self, start: i64, end: i64) -> Option<(usize, &str)> {
        if start == 0 && end == i64::MAX {
            return Some((0, self.as_str()));
        }
        let (start, end) = clip_range(self.char_count(), start, end);
        if start > end {
            return None;
        }
        let start = self.byte_at(start);
        Some((start, &self.as_str()[start..self.byte_at(end)]))
    }

    /// `sub in self`.
    #[inline]
    pub fn contains(&self, sub: &Str) -> bool {
        match sub.as_bytes() {
            [byte] => self.as_bytes().contains(byte),
            _ => self.as_str().contains(sub.as_str()),
        }
    }

    /// The index of the first `sub` in `self[start:end]`, or -1.
    pub fn find(&self, sub: &Str, start: i64, end: i64) -> i64 {
        let found = self.window(start, end).and_then(|(at, text)| {
            text.find(sub.as_str())
                .map(|found| self.char_index(at + found))
        });
        found.map_or(-1, |index| index as i64)
    }

    /// The index of the last `sub` in `self[start:end]`, or -1.
    pub fn rfind(&self, sub: &Str, start: i64, end: i64) -> i64 {
        let found = self.window(start, end).and_then(|(at, text)| {
            text.rfind(sub.as_str())
                .map(|found| self.char_index(at + found))
        });
        found.map_or(-1, |index| index as i64)
    }

    /// As `find`.
    ///
    /// # Errors
    /// `ValueError` if `sub` is not there.
    pub fn index(&self, sub: &Str, start: i64, end: i64) -> Result<i64> {
        match self.find(sub, start, end) {
            -1 => Err(not_found()),
            index => Ok(index),
        }
    }

    /// As `rfind`.
    ///
    /// # Errors
    /// `ValueError` if `sub` is not there.
    pub fn rindex(&self, sub: &Str, start: i64, end: i64) -> Result<i64> {
        match self.rfind(sub, start, end) {
            -1 => Err(not_found()),
            index => Ok(index),
        }
    }

    /// How often `sub` stands in `self[start:end]` without overlaps.
    pub fn count(&self, sub: &Str, start: i64, end: i64) -> i64 {
        let Some((_, text)) = self.window(start, end) else {
            return 0;
        };
        match sub.as_bytes() {
            [] => super::count_chars(text.as_bytes()) as i64 + 1,
            [byte] => text.bytes().filter(|b| b == byte).count() as i64,
            _ => text.matches(sub.as_str()).count() as i64,
        }
    }

    /// Replaces the first `count` of `old`, all if negative.
    pub fn replace(&self, old: &Str, new: &Str, count: i64) -> Str {
        let text = self.as_str();
        if count == 0 || old.as_bytes().len() > text.len() {
            return self.clone();
        }
        let most = if count < 0 {
            usize::MAX
        } else {
            count as usize
        };
        // An empty pattern matches before every character and at the end, as in CPython.
        let mut matches = text.match_indices(old.as_str()).take(most).peekable();
        if matches.peek().is_none() {
            return self.clone();
        }
        let mut out = String::with_capacity(text.len() + new.as_bytes().len());
        let mut from = 0;
        for (at, found) in matches {
            out.push_str(&text[from..at]);
            out.push_str(new.as_str());
            from = at + found.len();
        }
        out.push_str(&text[from..]);
        Str::from(out)
    }

    /// Whether `self[start:end]` starts with `prefix` or any of them.
    #[inline]
    pub fn startswith(&self, prefix: &(impl Affixes + ?Sized), start: i64, end: i64) -> bool {
        match self.window(start, end) {
            Some((_, text)) => prefix.any(|p| text.starts_with(p.as_str())),
            None => false,
        }
    }

    /// Whether `self[start:end]` ends with `suffix` or any of them.
    #[inline]
    pub fn endswith(&self, suffix: &(impl Affixes + ?Sized), start: i64, end: i64) -> bool {
        match self.window(start, end) {
            Some((_, text)) => suffix.any(|s| text.ends_with(s.as_str())),
            None => false,
        }
    }

    fn trimmed(&self, chars: Option<&Str>, left: bool, right: bool) -> Str {
        let strips = |c: char| match chars {
            None => is_space(c),
            Some(set) => set.as_str().contains(c),
        };
        let mut kept = self.as_str();
        let mut start = 0;
        if left {
            kept = kept.trim_start_matches(strips);
            start = self.as_bytes().len() - kept.len();
        }
        if right {
            kept = kept.trim_end_matches(strips);
        }
        self.bytes_between(start, start + kept.len())
    }

    pub fn strip(&self, chars: Option<&Str>) -> Str {
        self.trimmed(chars, true, true)
    }

    pub fn lstrip(&self, chars: Option<&Str>) -> Str {
        self.trimmed(chars, true, false)
    }

    pub fn rstrip(&self, chars: Option<&Str>) -> Str {
        self.trimmed(chars, false, true)
    }

    pub fn removeprefix(&self, prefix: &Str) -> Str {
        match self.as_str().strip_prefix(prefix.as_str()) {
            Some(rest) if !prefix.is_empty() => Str::from(rest),
            _ => self.clone(),
        }
    }

    pub fn removesuffix(&self, suffix: &Str) -> Str {
        match self.as_str().strip_suffix(suffix.as_str()) {
            Some(rest) if !suffix.is_empty() => Str::from(rest),
            _ => self.clone(),
        }
    }
}
