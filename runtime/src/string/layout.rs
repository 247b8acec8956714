//! Padding to a width.

use super::Str;
use crate::{Exc, Int, Result};

/// The one character of a `fillchar` argument.
fn fill_char(fill: &Str) -> Result<char> {
    let mut chars = fill.as_str().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(Exc::type_error(
            "The fill character must be exactly one character long",
        )),
    }
}

impl Str {
    fn padded(&self, left: usize, right: usize, fill: char) -> Result<Str> {
        if left + right == 0 {
            return Ok(self.clone());
        }
        let text = self.as_str();
        let mut out = String::new();
        (left + right)
            .checked_mul(fill.len_utf8())
            .and_then(|more| out.try_reserve_exact(more.checked_add(text.len())?).ok())
            .ok_or_else(|| Exc::new(&crate::exc::MEMORY_ERROR, Vec::new()))?;
        out.extend(std::iter::repeat_n(fill, left));
        out.push_str(text);
        out.extend(std::iter::repeat_n(fill, right));
        Ok(Str::from_string(out, self.char_count() + left + right))
    }

    /// How many characters are missing to `width`.
    fn missing(&self, width: i64) -> usize {
        usize::try_from(width.saturating_sub(self.len())).unwrap_or(0)
    }

    /// # Errors
    /// `TypeError` unless `fill` is one character.
    pub fn ljust(&self, width: i64, fill: &Str) -> Result<Str> {
        self.padded(0, self.missing(width), fill_char(fill)?)
    }

    /// # Errors
    /// `TypeError` unless `fill` is one character.
    pub fn rjust(&self, width: i64, fill: &Str) -> Result<Str> {
        self.padded(self.missing(width), 0, fill_char(fill)?)
    }

    /// An odd space goes to the left if the width is odd too, as in CPython.
    ///
    /// # Errors
    /// `TypeError` unless `fill` is one character.
    pub fn center(&self, width: i64, fill: &Str) -> Result<Str> {
        let missing = self.missing(width);
        let left = missing / 2 + (missing & width as usize & 1);
        self.padded(left, missing - left, fill_char(fill)?)
    }

    /// # Errors
    /// `MemoryError` for an absurd width.
    pub fn zfill(&self, width: i64) -> Result<Str> {
        let missing = self.missing(width);
        if missing > 0
            && let Some(sign @ ('+' | '-')) = self.as_str().chars().next()
        {
            let rest = Str::from(&self.as_str()[1..]);
            return Ok(&Str::from_char(sign) + &rest.padded(missing, 0, '0')?);
        }
        self.padded(missing, 0, '0')
    }

    /// Tabs become spaces up to the next multiple of `tabsize` in their line.
    ///
    /// # Errors
    /// `OverflowError` if `tabsize` is no C int.
    pub fn expandtabs(&self, tabsize: &Int) -> Result<Str> {
        let tabsize = tabsize.to_i64().and_then(|size| i32::try_from(size).ok());
        let size = tabsize
            .ok_or_else(|| Exc::overflow_error("Python int too large to convert to C int"))?
            as usize;
        let size = if size as i32 > 0 { size } else { 0 };
        let mut out = String::with_capacity(self.as_bytes().len() + 8);
        let mut column = 0;
        for c in self.as_str().chars() {
            match c {
                '\t' if size == 0 => {}
                '\t' => {
                    let more = size - column % size;
                    out.extend(std::iter::repeat_n(' ', more));
                    column += more;
                }
                '\n' | '\r' => {
                    out.push(c);
                    column = 0;
                }
                _ => {
                    out.push(c);
                    column += 1;
                }
            }
        }
        Ok(Str::from(out))
    }
}
