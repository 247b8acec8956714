//! The format mini-language, %-formatting and `str.format`.
//!
//! `spec` reads `[[fill]align][sign][z][#][0][width][grouping][.precision][type]` and
//! lays numbers out; `float` writes the digits; `percent` and `template` are the two
//! older languages on top. Algorithms: Python/formatter_unicode.c and
//! Objects/stringlib/unicode_format.h of CPython 3.11.

mod float;
mod percent;
mod spec;
mod template;
#[cfg(test)]
mod tests;

pub use float::{FloatStyle, float_digits};
pub use percent::{percent, percent_bytes, percent_map, percent_value};
pub use spec::Spec;
pub use template::{format_map, str_format};

use crate::entry::unsupported;
use crate::{Exc, Int, Py, Result, Str};
use spec::{Number, decimal, in_radix, invalid_code};

/// `MemoryError` for a width that no memory can hold.
fn reserve(out: &mut String, bytes: usize) -> Result<()> {
    out.try_reserve(bytes)
        .map_err(|_| Exc::new(&crate::exc::MEMORY_ERROR, Vec::new()))
}

/// Appends `format(x, spec)`: what the builtin and `{x:spec}` say.
pub fn format_value<T: Py>(value: &T, spec: &Str) -> Result<Str> {
    let mut out = String::new();
    value.py_format_into(spec.as_str(), &mut out)?;
    Ok(Str::from(out))
}

/// Appends `format(text, spec)` of a str.
///
/// # Errors
/// `ValueError` with CPython's words for a spec that a str does not know.
pub fn format_str(text: &str, spec: &str, out: &mut String) -> Result<()> {
    if spec.is_empty() {
        out.push_str(text);
        return Ok(());
    }
    let parsed = Spec::parse(spec, 's', '<', "str")?;
    if parsed.kind != 's' {
        return Err(invalid_code(parsed.kind, "str"));
    }
    parsed.allow_for_str()?;
    let kept = match parsed.precision {
        Some(most) => match text.char_indices().nth(most) {
            Some((end, _)) => &text[..end],
            None => text,
        },
        None => text,
    };
    let missing = parsed
        .width
        .map_or(0, |w| w.saturating_sub(kept.chars().count()));
    let (left, right) = match parsed.align {
        '>' => (missing, 0),
        '^' => (missing / 2, missing - missing / 2),
        _ => (0, missing),
    };
    reserve(
        out,
        kept.len()
            .saturating_add(missing.saturating_mul(parsed.fill.len_utf8())),
    )?;
    out.extend(std::iter::repeat_n(parsed.fill, left));
    out.push_str(kept);
    out.extend(std::iter::repeat_n(parsed.fill, right));
    Ok(())
}

/// Appends `format(value, spec)` of an int.
///
/// # Errors
/// `ValueError` for a wrong spec, `OverflowError` where a conversion to float or a
/// character fails.
pub fn format_int(value: &Int, spec: &str, out: &mut String) -> Result<()> {
    int_as(value, spec, out, "int")
}

/// Appends `format(value, spec)` of a bool: an int, but for an empty spec.
pub fn format_bool(value: bool, spec: &str, out: &mut String) -> Result<()> {
    if spec.is_empty() {
        out.push_str(if value { "True" } else { "False" });
        return Ok(());
    }
    int_as(&Int::from(i64::from(value)), spec, out, "bool")
}

fn int_as(value: &Int, spec: &str, out: &mut String, type_name: &str) -> Result<()> {
    if spec.is_empty() || spec == "d" {
        return value.py_str_into(out);
    }
    let parsed = Spec::parse(spec, 'd', '>', type_name)?;
    match parsed.kind {
        'b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n' => {}
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => {
            return float_as(value.to_f64()?, &parsed, out);
        }
        kind => return Err(invalid_code(kind, type_name)),
    }
    parsed.allow_for_int()?;
    if parsed.kind == 'c' {
        let code = value
            .to_i64()
            .ok_or_else(|| Exc::overflow_error("Python int too large to convert to C long"))?;
        let code = u32::try_from(code).ok().filter(|&code| code < 0x11_0000);
        let code = code.ok_or_else(|| Exc::overflow_error("%c arg not in range(0x110000)"))?;
        let c = char::from_u32(code).unwrap_or_else(|| unsupported("a lone surrogate"));
        let text = c.encode_utf8(&mut [0; 4]).to_owned();
        return parsed.lay_out(
            &Number {
                rest: &text,
                ..Number::default()
            },
            out,
        );
    }
    let negative = value.is_negative();
    let digits = match parsed.kind {
        'b' => in_radix(value, 2),
        'o' => in_radix(value, 8),
        'x' => in_radix(value, 16),
        'X' => in_radix(value, 16).to_ascii_uppercase(),
        _ => decimal(value)?,
    };
    let prefix = match parsed.kind {
        'b' if parsed.alternate => "0b",
        'o' if parsed.alternate => "0o",
        'x' if parsed.alternate => "0x",
        'X' if parsed.alternate => "0X",
        _ => "",
    };
    let group = if matches!(parsed.kind, 'b' | 'o' | 'x' | 'X') {
        4
    } else {
        3
    };
    parsed.lay_out(
        &Number {
            negative,
            prefix,
            digits: &digits,
            group,
            rest: "",
        },
        out,
    )
}

/// Appends `format(value, spec)` of a float.
///
/// # Errors
/// `ValueError` for a wrong spec.
pub fn format_float(value: f64, spec: &str, out: &mut String) -> Result<()> {
    if spec.is_empty() {
        out.push_str(&crate::float::repr(value));
        return Ok(());
    }
    // `.2f` and its like, by far the most frequent.
    if let [b'.', digit @ b'0'..=b'9', b'f'] = spec.as_bytes()
        && value.is_finite()
    {
        use std::fmt::Write;
        let precision = (digit - b'0') as usize;
        // Writing to a String cannot fail.
        let _ = write!(out, "{value:.precision$}");
        return Ok(());
    }
    // The type 0 means none given, which is also how CPython reads a NUL.
    let parsed = Spec::parse(spec, '\0', '>', "float")?;
    match parsed.kind {
        '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' | 'n' => float_as(value, &parsed, out),
        kind => Err(invalid_code(kind, "float")),
    }
}

fn float_as(value: f64, spec: &Spec, out: &mut String) -> Result<()> {
    let style = FloatStyle {
        alternate: spec.alternate,
        no_negative_zero: spec.no_negative_zero,
        add_dot_0: spec.kind == '\0',
    };
    let precision = match spec.precision {
        Some(p) if p > i32::MAX as usize => return Err(Exc::value_error("precision too big")),
        given => given,
    };
    let (kind, scaled) = match spec.kind {
        '\0' if precision.is_none() => ('r', value),
        '\0' | 'n' => ('g', value),
        '%' => ('f', value * 100.0),
        kind => (kind, value),
    };
    let mut text = float_digits(scaled, kind, precision.unwrap_or(6), style)?;
    if spec.kind == '%' {
        text.push('%');
    }
    lay_out_float(spec, &text, out)
}

/// Lays out the digits of a float, its sign apart.
fn lay_out_float(spec: &Spec, text: &str, out: &mut String) -> Result<()> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(whole);
    spec.lay_out(
        &Number {
            negative,
            prefix: "",
            digits,
            group: 3,
            rest,
        },
        out,
    )
}

/// `format(complex(re, im), spec)`.
///
/// # Errors
/// `ValueError` for a wrong spec.
pub fn complex_text(re: f64, im: f64, spec: &str) -> Result<String> {
    let mut parsed = Spec::parse(spec, '\0', '>', "complex")?;
    if !matches!(parsed.kind, '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n') {
        return Err(invalid_code(parsed.kind, "complex"));
    }
    if parsed.fill == '0' {
        return Err(Exc::value_error(
            "Zero padding is not allowed in complex format specifier",
        ));
    }
    if parsed.align == '=' {
        return Err(Exc::value_error(
            "'=' alignment flag is not allowed in complex format specifier",
        ));
    }
    let around = Spec::parse("", '\0', parsed.align, "complex")?;
    let around = Spec {
        fill: parsed.fill,
        width: parsed.width.take(),
        ..around
    };
    let plain = parsed.kind == '\0';
    let lone = plain && re == 0.0 && !re.is_sign_negative();
    let mut text = String::new();
    if !lone {
        complex_part(re, &parsed, &mut text)?;
        parsed.sign = Some('+');
    }
    complex_part(im, &parsed, &mut text)?;
    text.push('j');
    if plain && !lone {
        text = format!("({text})");
    }
    let mut out = String::new();
    around.lay_out(
        &Number {
            rest: &text,
            ..Number::default()
        },
        &mut out,
    )?;
    Ok(out)
}

/// One part of a complex number: no type given means the digits of repr, without `.0`.
fn complex_part(value: f64, spec: &Spec, out: &mut String) -> Result<()> {
    let style = FloatStyle {
        alternate: spec.alternate,
        no_negative_zero: spec.no_negative_zero,
        add_dot_0: false,
    };
    let (kind, precision) = match (spec.kind, spec.precision) {
        ('\0', None) => ('r', 0),
        ('\0' | 'n', given) => ('g', given.unwrap_or(6)),
        (kind, given) => (kind, given.unwrap_or(6)),
    };
    let text = float_digits(value, kind, precision, style)?;
    lay_out_float(spec, &text, out)
}
