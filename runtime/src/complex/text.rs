//! Complex numbers as text, and from it.

use super::Complex;
use crate::format::complex_text;
use crate::{Exc, Result, Str, float};

impl Complex {
    /// `repr(self)`.
    pub fn shown(self) -> String {
        let part = |x: f64| {
            let text = float::repr(x);
            text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
        };
        if self.re == 0.0 && !self.re.is_sign_negative() {
            return format!("{}j", part(self.im));
        }
        let sign = if self.im.is_sign_negative() && !self.im.is_nan() {
            ""
        } else {
            "+"
        };
        format!("({}{sign}{}j)", part(self.re), part(self.im))
    }

    /// `format(self, spec)`.
    pub fn formatted(self, spec: &str) -> Result<String> {
        if spec.is_empty() {
            return Ok(self.shown());
        }
        complex_text(self.re, self.im, spec)
    }
}

#[cold]
fn malformed() -> Exc {
    Exc::value_error("complex() arg is a malformed string")
}

/// The longest number at the head of `text`, as the float grammar has it.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let lower = text[sign..].to_ascii_lowercase();
    for word in ["infinity", "inf", "nan"] {
        if lower.starts_with(word) {
            return sign + word.len();
        }
    }
    let digits = |mut at: usize| {
        while matches!(bytes.get(at), Some(b'0'..=b'9' | b'_')) {
            at += 1;
        }
        at
    };
    let mut end = digits(sign);
    let mut any = end > sign;
    if bytes.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        any |= fraction > end + 1;
        end = fraction;
    }
    if !any {
        return 0;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    end
}

/// `complex(text)`.
pub fn parse(text: &Str) -> Result<Complex> {
    let whole = text.as_str().trim();
    let inner = match whole.strip_prefix('(') {
        Some(rest) => rest.strip_suffix(')').ok_or_else(malformed)?.trim(),
        None => whole,
    };
    let read = |part: &str| float::parse(&Str::from(part)).map_err(|_| malformed());
    let is_unit = |rest: &str| rest == "j" || rest == "J";
    let signed_unit = |part: &str| match part {
        "" | "+" => Some(1.0),
        "-" => Some(-1.0),
        _ => None,
    };
    let first = number(inner);
    let (head, rest) = inner.split_at(first);
    if first == 0 {
        // `j`, `+j`, `-j`.
        let unit = rest.strip_suffix(['j', 'J']).and_then(signed_unit);
        return Ok(Complex::new(0.0, unit.ok_or_else(malformed)?));
    }
    if rest.is_empty() {
        return Ok(Complex::new(read(head)?, 0.0));
    }
    if is_unit(rest) {
        return Ok(Complex::new(0.0, read(head)?));
    }
    if !rest.starts_with(['+', '-']) {
        return Err(malformed());
    }
    let imaginary = rest.strip_suffix(['j', 'J']).ok_or_else(malformed)?;
    let imaginary = match signed_unit(imaginary) {
        Some(unit) => unit,
        None if number(imaginary) == imaginary.len() => read(imaginary)?,
        None => return Err(malformed()),
    };
    Ok(Complex::new(read(head)?, imaginary))
}
