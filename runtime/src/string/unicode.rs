//! Facts about characters, as CPython 3.11 knows them.

use super::tables::*;

/// The flags of `tables` for a character.
#[inline]
pub fn flags(c: char) -> u16 {
    let next = FLAG_STARTS.partition_point(|&start| start <= c as u32);
    FLAG_VALUES[next - 1]
}

macro_rules! predicates {
    ($($(#[$doc:meta])* $name:ident $ascii:expr, $mask:expr;)*) => {
        $($(#[$doc])* #[inline] pub fn $name(c: char) -> bool {
            if c.is_ascii() {
                let is: fn(&u8) -> bool = $ascii;
                is(&(c as u8))
            } else {
                flags(c) & ($mask) != 0
            }
        })*
    };
}

predicates! {
    is_alpha u8::is_ascii_alphabetic, ALPHA;
    is_decimal u8::is_ascii_digit, DECIMAL;
    is_digit u8::is_ascii_digit, DIGIT;
    is_numeric u8::is_ascii_digit, NUMERIC;
    is_alnum u8::is_ascii_alphanumeric, ALPHA | DECIMAL | DIGIT | NUMERIC;
    /// What `split()` and `strip()` call white space: also U+001C to U+001F.
    is_space |b| matches!(b, 9..=13 | 28..=32), SPACE;
    is_upper u8::is_ascii_uppercase, UPPER;
    is_lower u8::is_ascii_lowercase, LOWER;
    is_title |_| false, TITLE;
    is_cased u8::is_ascii_alphabetic, UPPER | LOWER | TITLE;
    /// What `repr` shows as it is.
    is_printable |b| matches!(b, 32..=126), PRINTABLE;
    is_identifier_start |b| b.is_ascii_alphabetic() || *b == b'_', XID_START;
    is_identifier_part |b| b.is_ascii_alphanumeric() || *b == b'_', XID_CONTINUE;
    /// The final-sigma rule looks through these.
    is_case_ignorable |b| matches!(b, b'\'' | b'.' | b':' | b'^' | b'`'), CASE_IGNORABLE;
}

/// The value of a decimal digit of any script.
///
/// Unicode lays the digits of a script out in order, ten at a time.
pub fn decimal_value(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    if flags(c) & DECIMAL == 0 {
        return None;
    }
    let at = FLAG_STARTS.partition_point(|&start| start <= c as u32) - 1;
    Some((c as u32 - FLAG_STARTS[at]) % 10)
}

/// Where a line of `splitlines` ends.
pub fn is_line_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

type Runs = [(u32, u32, u32, i32)];
type Many = [(u32, &'static str)];

enum Mapped {
    One(char),
    Many(&'static str),
}

fn mapped(c: char, runs: &Runs, many: &Many) -> Option<Mapped> {
    let code = c as u32;
    let at = runs.partition_point(|run| run.0 <= code);
    if at > 0 {
        let (first, last, stride, delta) = runs[at - 1];
        if code <= last && (code - first) % stride == 0 {
            return char::from_u32(code.wrapping_add_signed(delta)).map(Mapped::One);
        }
    }
    many.binary_search_by_key(&code, |entry| entry.0)
        .ok()
        .map(|at| Mapped::Many(many[at].1))
}

fn push(out: &mut String, found: Option<Mapped>, c: char) {
    match found {
        Some(Mapped::One(to)) => out.push(to),
        Some(Mapped::Many(to)) => out.push_str(to),
        None => out.push(c),
    }
}

/// Appends the lower case of `c`, without regard to a final sigma.
pub fn push_lower(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    push(out, mapped(c, &LOWER_RUNS, &LOWER_MANY), c);
}

pub fn push_upper(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_uppercase());
    }
    push(out, mapped(c, &UPPER_RUNS, &UPPER_MANY), c);
}

/// Appends the title case of `c`: the upper case but for a few letters.
pub fn push_title(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_uppercase());
    }
    let found = mapped(c, &TITLE_RUNS, &TITLE_MANY);
    push(
        out,
        found.or_else(|| mapped(c, &UPPER_RUNS, &UPPER_MANY)),
        c,
    );
}

/// Appends the case folding of `c`: the lower case but for a few letters.
pub fn push_fold(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    let found = mapped(c, &FOLD_RUNS, &FOLD_MANY);
    push(
        out,
        found.or_else(|| mapped(c, &LOWER_RUNS, &LOWER_MANY)),
        c,
    );
}
