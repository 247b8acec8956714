//! Floats as decimal text.

use std::cell::Cell;

use crate::int::{is_space, to_ascii};
use crate::{Exc, Py, Result, Str};

/// `repr(x)`: the shortest digits that read back as `x`.
pub fn repr(x: f64) -> String {
    let mut out = String::new();
    repr_into(x, &mut out);
    out
}

/// Appends `repr(x)`: positional for exponents -4..=15, else scientific.
pub fn repr_into(x: f64, out: &mut String) {
    use std::fmt::Write;
    if x.is_nan() {
        out.push_str("nan");
        return;
    }
    if x.is_infinite() {
        out.push_str(if x > 0.0 { "inf" } else { "-inf" });
        return;
    }
    let size = x.abs();
    if size == 0.0 || (1e-4..1e16).contains(&size) {
        let start = out.len();
        write!(out, "{x:?}").expect("a String takes any text");
        // Sixteen digits and more may lie half-way between two shortest texts.
        if out.len() - start > 16
            && let Some(nearer) = nearer_digits(x)
        {
            out.truncate(start);
            push_positional(&nearer, out);
        }
        return;
    }
    let start = out.len();
    match nearer_digits(x) {
        Some(nearer) => out.push_str(&nearer),
        None => write!(out, "{x:e}").expect("a String takes any text"),
    }
    let at = start + out[start..].find('e').expect("scientific notation");
    let exponent: i32 = out[at + 1..].parse().expect("an exponent");
    out.truncate(at);
    let sign = if exponent < 0 { '-' } else { '+' };
    write!(out, "e{sign}{:02}", exponent.abs()).expect("a String takes any text");
}

/// The digits of `x` in scientific notation where Rust's shortest ones are not the
/// nearest: of several texts of the shortest length that read back, CPython takes the
/// nearest, and of two equally near the even one (David Gay's `dtoa`, mode 0).
pub(crate) fn nearer_digits(x: f64) -> Option<String> {
    let shortest = format!("{x:e}");
    let digits = shortest
        .bytes()
        .take_while(|b| *b != b'e')
        .filter(u8::is_ascii_digit)
        .count();
    if digits < 16 {
        return None;
    }
    let nearest = format!("{x:.*e}", digits - 1);
    (nearest != shortest && nearest.parse() == Ok(x)).then_some(nearest)
}

/// Scientific notation as positional, with a point.
fn push_positional(scientific: &str, out: &mut String) {
    let (mantissa, exponent) = scientific.split_once('e').expect("scientific notation");
    let exponent: i32 = exponent.parse().expect("an exponent");
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    out.push_str(sign);
    if exponent < 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', (-exponent - 1) as usize));
        out.push_str(&digits);
        return;
    }
    let whole = exponent as usize + 1;
    if digits.len() > whole {
        out.push_str(&digits[..whole]);
        out.push('.');
        out.push_str(&digits[whole..]);
    } else {
        out.push_str(&digits);
        out.extend(std::iter::repeat_n('0', whole - digits.len()));
        out.push_str(".0");
    }
}

/// `float(text)`.
///
/// Errors: ValueError.
pub fn parse(text: &Str) -> Result<f64> {
    match scan(&to_ascii(text.as_str())) {
        Some(x) => Ok(x),
        None => Err(invalid(text)?),
    }
}

#[cold]
fn invalid(text: &Str) -> Result<Exc> {
    Ok(Exc::value_error(format!(
        "could not convert string to float: {}",
        text.py_repr()?
    )))
}

fn scan(text: &str) -> Option<f64> {
    let text = text.trim_matches(|c: char| c.is_ascii() && is_space(c as u8));
    if text.contains('_') {
        return scan(&without_underscores(text)?);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let first = digits.bytes().next()?;
    if first.is_ascii_digit() || first == b'.' {
        // Rust's grammar of plain decimals is C's; both round correctly.
        return text.parse().ok();
    }
    let neg = text.starts_with('-');
    let size = match digits.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => fresh_nan(),
        _ => return None,
    };
    Some(if neg { -size } else { size })
}

/// A NaN told from every other by its payload, as one object is from another.
fn fresh_nan() -> f64 {
    thread_local! {
        static PAYLOAD: Cell<u64> = const { Cell::new(0) };
    }
    const PAYLOADS: u64 = (1 << 51) - 1;
    let payload = PAYLOAD.get() % PAYLOADS + 1;
    PAYLOAD.set(payload);
    f64::from_bits(f64::NAN.to_bits() | payload)
}

/// Underscores may only stand between two digits.
fn without_underscores(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    for (i, &c) in bytes.iter().enumerate() {
        let digit = |at: Option<usize>| {
            at.and_then(|i| bytes.get(i))
                .is_some_and(u8::is_ascii_digit)
        };
        if c == b'_' && !(digit(i.checked_sub(1)) && digit(Some(i + 1))) {
            return None;
        }
    }
    Some(text.replace('_', ""))
}
