//! Upper, lower, title and friends, and the questions that `str` answers about its
//! characters. Algorithms: `do_lower`, `do_title` … of Objects/unicodeobject.c.

use super::Str;
use super::unicode::*;

/// Appends the lower case of the character at byte `at` of `text`.
///
/// A capital sigma is final, hence `ς`, if a cased letter stands before it and none
/// after it, looking through case-ignorable characters.
fn push_lower_at(text: &str, at: usize, c: char, out: &mut String) {
    if c != 'Σ' {
        return push_lower(c, out);
    }
    let before = text[..at].chars().rev().find(|&c| !is_case_ignorable(c));
    let after = text[at + c.len_utf8()..]
        .chars()
        .find(|&c| !is_case_ignorable(c));
    let last = before.is_some_and(is_cased) && !after.is_some_and(is_cased);
    out.push(if last { 'ς' } else { 'σ' });
}

impl Str {
    fn map_chars(&self, push: impl Fn(usize, char, &mut String)) -> Str {
        let mut out = String::with_capacity(self.as_bytes().len());
        for (at, c) in self.as_str().char_indices() {
            push(at, c, &mut out);
        }
        Str::from(out)
    }

    pub fn upper(&self) -> Str {
        if self.is_ascii() {
            return Str::from_ascii(self.as_str().to_ascii_uppercase());
        }
        self.map_chars(|_, c, out| push_upper(c, out))
    }

    pub fn lower(&self) -> Str {
        if self.is_ascii() {
            return Str::from_ascii(self.as_str().to_ascii_lowercase());
        }
        self.map_chars(|at, c, out| push_lower_at(self.as_str(), at, c, out))
    }

    pub fn casefold(&self) -> Str {
        if self.is_ascii() {
            return self.lower();
        }
        self.map_chars(|_, c, out| push_fold(c, out))
    }

    #[inline]
    pub fn capitalize(&self) -> Str {
        self.map_chars(|at, c, out| match at {
            0 => push_title(c, out),
            _ => push_lower_at(self.as_str(), at, c, out),
        })
    }

    pub fn title(&self) -> Str {
        let after_cased = std::cell::Cell::new(false);
        self.map_chars(|at, c, out| {
            if after_cased.get() {
                push_lower_at(self.as_str(), at, c, out);
            } else {
                push_title(c, out);
            }
            after_cased.set(is_cased(c));
        })
    }

    pub fn swapcase(&self) -> Str {
        self.map_chars(|at, c, out| {
            if is_upper(c) {
                push_lower_at(self.as_str(), at, c, out);
            } else if is_lower(c) {
                push_upper(c, out);
            } else {
                out.push(c);
            }
        })
    }

    #[inline]
    fn all_chars(&self, test: fn(char) -> bool) -> bool {
        !self.is_empty() && self.as_str().chars().all(test)
    }

    #[inline]
    pub fn isalpha(&self) -> bool {
        self.all_chars(is_alpha)
    }

    #[inline]
    pub fn isdecimal(&self) -> bool {
        self.all_chars(is_decimal)
    }

    #[inline]
    pub fn isdigit(&self) -> bool {
        self.all_chars(is_digit)
    }

    #[inline]
    pub fn isnumeric(&self) -> bool {
        self.all_chars(is_numeric)
    }

    #[inline]
    pub fn isalnum(&self) -> bool {
        self.all_chars(is_alnum)
    }

    #[inline]
    pub fn isspace(&self) -> bool {
        self.all_chars(is_space)
    }

    #[inline]
    pub fn isascii(&self) -> bool {
        self.is_ascii()
    }

    #[inline]
    pub fn isprintable(&self) -> bool {
        self.as_str().chars().all(is_printable)
    }

    pub fn isidentifier(&self) -> bool {
        let mut chars = self.as_str().chars();
        chars.next().is_some_and(is_identifier_start) && chars.all(is_identifier_part)
    }

    pub fn isupper(&self) -> bool {
        let mut found = false;
        for c in self.as_str().chars() {
            if is_lower(c) || is_title(c) {
                return false;
            }
            found |= is_upper(c);
        }
        found
    }

    pub fn islower(&self) -> bool {
        let mut found = false;
        for c in self.as_str().chars() {
            if is_upper(c) || is_title(c) {
                return false;
            }
            found |= is_lower(c);
        }
        found
    }

    pub fn istitle(&self) -> bool {
        let (mut found, mut after_cased) = (false, false);
        for c in self.as_str().chars() {
            let capital = is_upper(c) || is_title(c);
            if capital || is_lower(c) {
                if capital == after_cased {
                    return false;
                }
                (found, after_cased) = (true, true);
            } else {
                after_cased = false;
            }
        }
        found
    }
}
