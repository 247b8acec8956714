//! The digits of a float, as `PyOS_double_to_string` writes them.
//!
//! Rust's `{:.N}` and `{:.Ne}` round the exact value half to even, as CPython's dtoa
//! does; `{:e}` gives the shortest digits that read back, of which `nearer_digits` takes the nearest.

use crate::float::text::nearer_digits;
use crate::{Exc, Result};

#[derive(Clone, Copy, Default, Debug)]
pub struct FloatStyle {
    /// `#`: always a point, and `g` keeps its zeros.
    pub alternate: bool,
    /// `z`: what rounds to zero has no sign.
    pub no_negative_zero: bool,
    /// At least one digit after the point unless there is an exponent.
    pub add_dot_0: bool,
}

/// No f64 has more digits after the point, or in all.
const MOST_DIGITS: usize = 1100;

/// `x` in style `kind`: `e f g E F G`, or `r` for repr. Begins with `-` if negative.
///
/// # Errors
/// `MemoryError` for an absurd precision.
pub fn float_digits(x: f64, kind: char, precision: usize, style: FloatStyle) -> Result<String> {
    let upper = kind.is_ascii_uppercase();
    if !x.is_finite() {
        let name = match (x.is_nan(), upper) {
            (true, false) => "nan",
            (true, true) => "NAN",
            (false, false) => "inf",
            (false, true) => "INF",
        };
        let sign = if x < 0.0 { "-" } else { "" };
        return Ok(format!("{sign}{name}"));
    }
    let mut out = String::new();
    super::reserve(&mut out, precision.saturating_add(32))?;
    let size = x.abs();
    match kind.to_ascii_lowercase() {
        'f' => {
            let exact = precision.min(MOST_DIGITS);
            out.push_str(&format!("{size:.exact$}"));
            out.extend(std::iter::repeat_n('0', precision - exact));
            if precision == 0 && style.alternate {
                out.push('.');
            }
        }
        'e' => {
            let exact = precision.min(MOST_DIGITS);
            let (digits, exponent) = scientific(size, Some(exact))?;
            push_scientific(&mut out, &digits, precision, exponent, style.alternate);
        }
        'g' => {
            let wanted = precision.max(1);
            let exact = wanted.min(MOST_DIGITS);
            let (digits, exponent) = scientific(size, Some(exact - 1))?;
            let most = wanted as i64 - i64::from(style.add_dot_0);
            general(&mut out, digits, exponent, most, style, wanted);
        }
        _ => {
            let (digits, exponent) = scientific(size, None)?;
            general(&mut out, digits, exponent, 16, style, 0);
        }
    }
    if upper {
        out.make_ascii_uppercase();
    }
    let zero = || {
        out.bytes()
            .take_while(|b| *b != b'e')
            .all(|b| !matches!(b, b'1'..=b'9'))
    };
    if x.is_sign_negative() && !(style.no_negative_zero && zero()) {
        out.insert(0, '-');
    }
    Ok(out)
}

/// Significant digits and the decimal exponent of the first.
fn scientific(size: f64, after_point: Option<usize>) -> Result<(String, i64)> {
    let text = match after_point {
        Some(precision) => format!("{size:.precision$e}"),
        None => nearer_digits(size).unwrap_or_else(|| format!("{size:e}")),
    };
    let (mantissa, exponent) = text.split_once('e').ok_or_else(broken)?;
    Ok((
        mantissa.replace('.', ""),
        exponent.parse().map_err(|_| broken())?,
    ))
}

#[cold]
fn broken() -> Exc {
    Exc::runtime_error("portalis: a float has no digits")
}

fn push_exponent(out: &mut String, exponent: i64) {
    let sign = if exponent < 0 { '-' } else { '+' };
    out.push_str(&format!("e{sign}{:02}", exponent.abs()));
}

/// One digit, a point, `after` digits (zeros are added), the exponent.
fn push_scientific(out: &mut String, digits: &str, after: usize, exponent: i64, point: bool) {
    out.push_str(&digits[..1]);
    if after > 0 || point {
        out.push('.');
    }
    out.push_str(&digits[1..]);
    out.extend(std::iter::repeat_n(
        '0',
        after.saturating_sub(digits.len() - 1),
    ));
    push_exponent(out, exponent);
}

/// Positional between 1e-4 and `10**most`, else scientific; without trailing zeros
/// unless the alternate form asks for all `wanted` digits. `wanted` is 0 for repr.
fn general(
    out: &mut String,
    mut digits: String,
    exponent: i64,
    most: i64,
    style: FloatStyle,
    wanted: usize,
) {
    if style.alternate && wanted > 0 {
        digits.extend(std::iter::repeat_n(
            '0',
            wanted.saturating_sub(digits.len()),
        ));
    } else {
        digits.truncate(digits.trim_end_matches('0').len().max(1));
    }
    if exponent < -4 || exponent >= most {
        push_scientific(out, &digits, digits.len() - 1, exponent, style.alternate);
        return;
    }
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
        return;
    }
    out.push_str(&digits);
    out.extend(std::iter::repeat_n('0', whole - digits.len()));
    if style.add_dot_0 {
        out.push_str(".0");
    } else if style.alternate {
        out.push('.');
    }
}
