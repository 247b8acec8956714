//! Splitting, partitioning and joining.

use super::unicode::{is_line_break, is_space};
use super::{Str, UNCOUNTED};
use crate::{Exc, List, Result};

#[cold]
fn empty_separator() -> Exc {
    Exc::value_error("empty separator")
}

/// The most splits: all if negative.
fn most(maxsplit: i64) -> usize {
    usize::try_from(maxsplit).unwrap_or(usize::MAX)
}

impl Str {
    /// `self.split(sep, maxsplit)`; without `sep` at white space.
    ///
    /// # Errors
    /// `ValueError` for an empty separator.
    pub fn split(&self, sep: Option<&Str>, maxsplit: i64) -> Result<List<Str>> {
        let Some(sep) = sep else {
            return Ok(List::from(self.split_space(most(maxsplit))));
        };
        if sep.is_empty() {
            return Err(empty_separator());
        }
        let limit = most(maxsplit).saturating_add(1);
        let parts: Vec<Str> = match sep.as_bytes() {
            &[byte] => self
                .as_str()
                .splitn(limit, byte as char)
                .map(Str::from)
                .collect(),
            _ => self
                .as_str()
                .splitn(limit, sep.as_str())
                .map(Str::from)
                .collect(),
        };
        Ok(List::from(parts))
    }

    fn split_space(&self, mut left: usize) -> Vec<Str> {
        let mut parts = Vec::new();
        let mut rest = self.as_str().trim_start_matches(is_space);
        while !rest.is_empty() {
            let end = rest.find(is_space).filter(|_| left > 0);
            let Some(end) = end else {
                // With no splits left the rest is kept, with the space at its end.
                parts.push(Str::from(rest));
                break;
            };
            left -= 1;
            parts.push(Str::from(&rest[..end]));
            rest = rest[end..].trim_start_matches(is_space);
        }
        parts
    }

    /// `self.rsplit(sep, maxsplit)`: as `split`, counting from the right.
    ///
    /// # Errors
    /// `ValueError` for an empty separator.
    pub fn rsplit(&self, sep: Option<&Str>, maxsplit: i64) -> Result<List<Str>> {
        let mut parts = match sep {
            None => self.rsplit_space(most(maxsplit)),
            Some(sep) if sep.is_empty() => return Err(empty_separator()),
            Some(sep) => {
                let limit = most(maxsplit).saturating_add(1);
                self.as_str()
                    .rsplitn(limit, sep.as_str())
                    .map(Str::from)
                    .collect()
            }
        };
        parts.reverse();
        Ok(List::from(parts))
    }

    fn rsplit_space(&self, mut left: usize) -> Vec<Str> {
        let mut parts = Vec::new();
        let mut rest = self.as_str().trim_end_matches(is_space);
        while !rest.is_empty() {
            let start = rest.rfind(is_space).filter(|_| left > 0);
            let Some(start) = start else {
                parts.push(Str::from(rest));
                break;
            };
            left -= 1;
            let word = rest[start..].trim_start_matches(is_space);
            parts.push(Str::from(word));
            rest = rest[..start].trim_end_matches(is_space);
        }
        parts
    }

    pub fn splitlines(&self, keepends: bool) -> List<Str> {
        let mut lines = Vec::new();
        let mut rest = self.as_str();
        while !rest.is_empty() {
            let end = rest.find(is_line_break).unwrap_or(rest.len());
            let mark = match rest[end..].chars().next() {
                Some('\r') if rest[end + 1..].starts_with('\n') => 2,
                Some(c) => c.len_utf8(),
                None => 0,
            };
            lines.push(Str::from(&rest[..if keepends { end + mark } else { end }]));
            rest = &rest[end + mark..];
        }
        List::from(lines)
    }

    /// `self.partition(sep)`.
    ///
    /// # Errors
    /// `ValueError` for an empty separator.
    pub fn partition(&self, sep: &Str) -> Result<(Str, Str, Str)> {
        if sep.is_empty() {
            return Err(empty_separator());
        }
        Ok(match self.as_str().split_once(sep.as_str()) {
            Some((head, tail)) => (Str::from(head), sep.clone(), Str::from(tail)),
            None => (self.clone(), Str::EMPTY, Str::EMPTY),
        })
    }

    /// `self.rpartition(sep)`.
    ///
    /// # Errors
    /// `ValueError` for an empty separator.
    pub fn rpartition(&self, sep: &Str) -> Result<(Str, Str, Str)> {
        if sep.is_empty() {
            return Err(empty_separator());
        }
        Ok(match self.as_str().rsplit_once(sep.as_str()) {
            Some((head, tail)) => (Str::from(head), sep.clone(), Str::from(tail)),
            None => (Str::EMPTY, Str::EMPTY, self.clone()),
        })
    }

    /// `self.join(items)`.
    ///
    /// # Errors
    /// Those of the iteration.
    pub fn join(&self, items: impl IntoIterator<Item = Result<Str>>) -> Result<Str> {
        let mut items = items.into_iter();
        let Some(first) = items.next() else {
            return Ok(Str::EMPTY);
        };
        let first = first?;
        let Some(second) = items.next() else {
            return Ok(first);
        };
        let mut out = String::from(first.as_str());
        out.push_str(self.as_str());
        out.push_str(second?.as_str());
        for item in items {
            out.push_str(self.as_str());
            out.push_str(item?.as_str());
        }
        Ok(Str::from_string(out, UNCOUNTED))
    }
}
