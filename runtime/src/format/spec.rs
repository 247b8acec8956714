//! The format mini-language: parsing, and the layout of numbers.

use crate::string::unicode::decimal_value;
use crate::{Exc, Int, Py, Result};

/// `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    pub fill: char,
    /// One of `< > = ^`.
    pub align: char,
    pub sign: Option<char>,
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: Option<usize>,
    /// `,` or `_`.
    pub grouping: Option<char>,
    pub precision: Option<usize>,
    pub kind: char,
}

/// Digits at the head of `rest`, of any script; `None` if there are none.
///
/// # Errors
/// `ValueError` beyond 63 bits.
pub(super) fn take_integer(rest: &mut &str) -> Result<Option<usize>> {
    let mut value = None;
    while let Some(c) = rest.chars().next() {
        let Some(digit) = decimal_value(c) else { break };
        let next = value
            .unwrap_or(0_i64)
            .checked_mul(10)
            .and_then(|v| v.checked_add(digit.into()));
        value =
            Some(next.ok_or_else(|| Exc::value_error("Too many decimal digits in format string"))?);
        *rest = &rest[c.len_utf8()..];
    }
    Ok(value.map(|v| v as usize))
}

fn accept(rest: &mut &str, wanted: &[char]) -> Option<char> {
    let c = rest.chars().next().filter(|c| wanted.contains(c))?;
    *rest = &rest[c.len_utf8()..];
    Some(c)
}

/// How the messages name a type code.
fn shown(kind: char) -> String {
    match kind {
        '!'..='~' => kind.to_string(),
        _ => format!("\\x{:x}", kind as u32),
    }
}

#[cold]
pub(super) fn invalid_code(kind: char, type_name: &str) -> Exc {
    Exc::value_error(format!(
        "Unknown format code '{}' for object of type '{type_name}'",
        shown(kind)
    ))
}

const ALIGNS: [char; 4] = ['<', '>', '=', '^'];

impl Spec {
    /// Reads `text` for a value of type `type_name`.
    ///
    /// # Errors
    /// `ValueError` with CPython's words.
    pub fn parse(text: &str, kind: char, align: char, type_name: &str) -> Result<Spec> {
        let mut spec = Spec {
            fill: ' ',
            align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: None,
            grouping: None,
            precision: None,
            kind,
        };
        let mut rest = text;
        let mut chars = rest.chars();
        let (first, second) = (chars.next(), chars.next());
        let (mut fill_given, mut align_given) = (false, false);
        if let (Some(fill), Some(align)) = (first, second)
            && ALIGNS.contains(&align)
        {
            (spec.fill, spec.align) = (fill, align);
            (fill_given, align_given) = (true, true);
            rest = chars.as_str();
        } else if let Some(align) = accept(&mut rest, &ALIGNS) {
            spec.align = align;
            align_given = true;
        }
        spec.sign = accept(&mut rest, &['+', '-', ' ']);
        spec.no_negative_zero = accept(&mut rest, &['z']).is_some();
        spec.alternate = accept(&mut rest, &['#']).is_some();
        if !fill_given && accept(&mut rest, &['0']).is_some() {
            spec.fill = '0';
            if !align_given && align == '>' {
                spec.align = '=';
            }
            // The flag is all that is left: `05` has a width, `0` has none.
        }
        spec.width = take_integer(&mut rest)?;
        let (comma, underscore) = (accept(&mut rest, &[',']), accept(&mut rest, &['_']));
        if (comma.is_some() || rest.starts_with(',')) && underscore.is_some() {
            return Err(Exc::value_error("Cannot specify both ',' and '_'."));
        }
        spec.grouping = comma.or(underscore);
        if accept(&mut rest, &['.']).is_some() {
            let given = take_integer(&mut rest)?;
            let missing = || Exc::value_error("Format specifier missing precision");
            spec.precision = Some(given.ok_or_else(missing)?);
        }
        let mut types = rest.chars();
        if let Some(given) = types.next() {
            if types.next().is_some() {
                return Err(Exc::value_error(format!(
                    "Invalid format specifier '{text}' for object of type '{type_name}'"
                )));
            }
            spec.kind = given;
        }
        if let Some(mark) = spec.grouping {
            let fits = match spec.kind {
                'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0' => true,
                'b' | 'o' | 'x' | 'X' => mark == '_',
                _ => false,
            };
            if !fits {
                return Err(Exc::value_error(format!(
                    "Cannot specify '{mark}' with '{}'.",
                    shown(spec.kind)
                )));
            }
        }
        Ok(spec)
    }

    pub(super) fn allow_for_str(&self) -> Result<()> {
        Err(Exc::value_error(match self.sign {
            Some(' ') => "Space not allowed in string format specifier",
            Some(_) => "Sign not allowed in string format specifier",
            None if self.no_negative_zero => {
                "Negative zero coercion (z) not allowed in string format specifier"
            }
            None if self.alternate => "Alternate form (#) not allowed in string format specifier",
            None if self.align == '=' => "'=' alignment not allowed in string format specifier",
            None => return Ok(()),
        }))
    }

    pub(super) fn allow_for_int(&self) -> Result<()> {
        Err(Exc::value_error(if self.precision.is_some() {
            "Precision not allowed in integer format specifier"
        } else if self.no_negative_zero {
            "Negative zero coercion (z) not allowed in integer format specifier"
        } else if self.kind == 'c' && self.sign.is_some() {
            "Sign not allowed with integer format specifier 'c'"
        } else if self.kind == 'c' && self.alternate {
            "Alternate form (#) not allowed with integer format specifier 'c'"
        } else {
            return Ok(());
        }))
    }

    /// Appends a number with its sign, prefix, groups and padding
    /// (`calc_number_widths` and `fill_number`).
    ///
    /// # Errors
    /// `MemoryError` for an absurd width.
    pub(super) fn lay_out(&self, number: &Number, out: &mut String) -> Result<()> {
        let sign = match self.sign {
            _ if number.negative => "-",
            Some('+') => "+",
            Some(' ') => " ",
            _ => "",
        };
        let fixed = sign.len() + number.prefix.len() + number.rest.chars().count();
        let width = self.width.unwrap_or(0);
        let zeros_to = match (self.fill, self.align) {
            ('0', '=') => width.saturating_sub(fixed),
            _ => 0,
        };
        super::reserve(out, width.saturating_mul(self.fill.len_utf8()))?;
        let grouped;
        let digits = match self.grouping {
            _ if number.digits.is_empty() => "",
            None if zeros_to <= number.digits.len() => number.digits,
            mark => {
                let size = if mark.is_some() {
                    number.group
                } else {
                    usize::MAX
                };
                grouped = group(number.digits, size, mark.unwrap_or(','), zeros_to);
                &grouped
            }
        };
        let missing = width.saturating_sub(fixed + digits.len());
        let (left, inner, right) = match self.align {
            '<' => (0, 0, missing),
            '^' => (missing / 2, 0, missing - missing / 2),
            '=' => (0, missing, 0),
            _ => (missing, 0, 0),
        };
        out.extend(std::iter::repeat_n(self.fill, left));
        out.push_str(sign);
        out.push_str(number.prefix);
        out.extend(std::iter::repeat_n(self.fill, inner));
        out.push_str(digits);
        out.push_str(number.rest);
        out.extend(std::iter::repeat_n(self.fill, right));
        Ok(())
    }
}

/// A number in its parts, before layout.
#[derive(Default)]
pub(super) struct Number<'a> {
    pub negative: bool,
    pub prefix: &'a str,
    /// The digits before the point: they are grouped.
    pub digits: &'a str,
    /// Digits in a group.
    pub group: usize,
    /// Point, fraction, exponent; or a whole `inf`.
    pub rest: &'a str,
}

/// Puts `mark` between groups and zeros before the digits up to `least` characters.
/// A mark never comes first, so that the result may be one longer than `least`.
fn group(digits: &str, size: usize, mark: char, least: usize) -> String {
    let mut reversed = Vec::with_capacity(least.max(digits.len() * 2));
    let mut left = digits.bytes().rev();
    let mut in_group = 0;
    loop {
        let digit = match left.next() {
            Some(digit) => digit,
            None if reversed.len() < least => b'0',
            None => break,
        };
        if in_group == size {
            reversed.push(mark as u8);
            in_group = 0;
        }
        reversed.push(digit);
        in_group += 1;
    }
    reversed.iter().rev().map(|&b| b as char).collect()
}

/// The decimal digits of `value` without its sign.
///
/// # Errors
/// `ValueError` beyond the digit limit of `str(int)`.
pub(super) fn decimal(value: &Int) -> Result<String> {
    let mut text = String::new();
    value.py_str_into(&mut text)?;
    if text.starts_with('-') {
        text.remove(0);
    }
    Ok(text)
}

/// The digits of `value` in base 2, 8 or 16 without its sign.
pub(super) fn in_radix(value: &Int, radix: u32) -> String {
    if let Some(small) = value.to_i64() {
        let size = small.unsigned_abs();
        return match radix {
            2 => format!("{size:b}"),
            8 => format!("{size:o}"),
            _ => format!("{size:x}"),
        };
    }
    value.abs().to_string_radix(radix)
}
