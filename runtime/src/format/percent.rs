//! `format % args` (`PyUnicode_Format`).

use super::float::{FloatStyle, float_digits};
use super::spec::{decimal, in_radix};
use crate::bytes::{BytesLike, FromBytes};
use crate::classes::TUPLE;
use crate::entry::unsupported;
use crate::exc::TYPE_ERROR;
use crate::object::Args;
use crate::string::{escape_beyond_ascii, saturate};
use crate::{Dict, Exc, Int, Py, Result, Str, Value, dynamic};

/// The right operand as the language sees it.
struct Operands {
    /// Arguments still to come, in reverse.
    left: Vec<Value>,
    mapping: Option<Value>,
    /// Formats of bytes are texts of their bytes as characters.
    bytes: bool,
}

impl Operands {
    fn next(&mut self) -> Result<Value> {
        self.left
            .pop()
            .ok_or_else(|| Exc::type_error("not enough arguments for format string"))
    }
}

#[derive(Default)]
struct Flags {
    minus: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
}

struct Directive {
    flags: Flags,
    width: usize,
    precision: Option<usize>,
    bytes: bool,
}

/// `format % (a, b, …)`.
///
/// # Errors
/// `TypeError`, `ValueError`, `OverflowError`, `KeyError` with CPython's words.
pub fn percent(format: &Str, args: Vec<Value>) -> Result<Str> {
    run(
        format,
        Operands {
            left: args.into_iter().rev().collect(),
            mapping: None,
            bytes: false,
        },
    )
}

/// `format % dict`.
pub fn percent_map(format: &Str, mapping: &Dict<Value, Value>) -> Result<Str> {
    percent_value(format, &Value::Dict(mapping.clone()))
}

/// `format % value`, for any value: a tuple is the arguments, all else is one.
pub fn percent_value(format: &Str, value: &Value) -> Result<Str> {
    if let Value::Tuple(items) = value {
        return percent(format, items.to_vec());
    }
    if matches!(value, Value::Obj(object) if object.class().is_subclass(&TUPLE)) {
        return percent(format, dynamic::iter(value)?.collect::<Result<_>>()?);
    }
    let mapping = is_mapping(value).then(|| value.clone());
    run(
        format,
        Operands {
            left: vec![value.clone()],
            mapping,
            bytes: false,
        },
    )
}

/// `format % value` of bytes (`_PyBytes_FormatEx`).
///
/// # Errors
/// `TypeError`, `ValueError`, `OverflowError`, `KeyError` with CPython's words.
pub fn percent_bytes<B: FromBytes>(format: &B, value: &Value) -> Result<B> {
    let text = as_text(&format.view());
    let mut operands = Operands {
        left: vec![value.clone()],
        mapping: None,
        bytes: true,
    };
    match value {
        Value::Tuple(items) => {
            operands.left = items.to_vec();
            operands.left.reverse();
        }
        Value::Obj(object) if object.class().is_subclass(&TUPLE) => {
            operands.left = dynamic::iter(value)?.collect::<Result<_>>()?;
            operands.left.reverse();
        }
        Value::Bytes(_) | Value::ByteArray(_) => {}
        _ if is_mapping(value) => operands.mapping = Some(value.clone()),
        _ => {}
    }
    let made = run(&Str::from(text), operands)?;
    Ok(B::from_bytes(as_bytes(made.as_str())))
}

fn as_text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn as_bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| c as u8).collect()
}

/// `PyMapping_Check` without tuples and strings: whatever has `__getitem__`.
fn is_mapping(value: &Value) -> bool {
    match value {
        Value::Dict(_) | Value::List(_) | Value::Range(_) => true,
        Value::Bytes(_) | Value::ByteArray(_) => true,
        Value::Obj(object) => {
            matches!(object.get_attr("__getitem__"), Ok(Some(_)))
        }
        _ => false,
    }
}

fn run(format: &Str, mut operands: Operands) -> Result<Str> {
    let text = format.as_str();
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        rest = directive(text, rest, &mut operands, &mut out)?;
    }
    out.push_str(rest);
    if !operands.left.is_empty() && operands.mapping.is_none() {
        let kind = if operands.bytes { "bytes" } else { "string" };
        return Err(Exc::type_error(format!(
            "not all arguments converted during {kind} formatting"
        )));
    }
    Ok(Str::from(out))
}

/// Takes the mapping key in parentheses off `rest` and looks it up.
fn take_key<'a>(rest: &'a str, operands: &mut Operands) -> Result<&'a str> {
    let Some(mapping) = &operands.mapping else {
        return Err(Exc::type_error("format requires a mapping"));
    };
    let mut depth = 1;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let key = if operands.bytes {
                Value::Bytes(as_bytes(&rest[..at]).into())
            } else {
                Value::Str(Str::from(&rest[..at]))
            };
            let found = crate::dynamic::getitem(mapping, &key)?;
            operands.left = vec![found];
            return Ok(&rest[at + 1..]);
        }
    }
    Err(Exc::value_error("incomplete format key"))
}

/// Digits at the head of `rest`.
fn take_digits(rest: &mut &str, most: usize, too_big: &'static str) -> Result<usize> {
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    *rest = after;
    if digits.is_empty() {
        return Ok(0);
    }
    digits
        .parse()
        .ok()
        .filter(|&n: &usize| n <= most)
        .ok_or_else(|| Exc::value_error(too_big))
}

/// An argument that a `*` asks for.
fn star(operands: &mut Operands) -> Result<Int> {
    match operands.next()? {
        Value::Int(n) => Ok(n),
        Value::Bool(b) => Ok(Int::from(i64::from(b))),
        _ => Err(Exc::type_error("* wants int")),
    }
}

/// One directive after its `%`; what follows it.
fn directive<'a>(
    whole: &str,
    mut rest: &'a str,
    operands: &mut Operands,
    out: &mut String,
) -> Result<&'a str> {
    if let Some(after) = rest.strip_prefix('(') {
        rest = take_key(after, operands)?;
    }
    let mut flags = Flags::default();
    loop {
        match rest.as_bytes().first() {
            Some(b'-') => flags.minus = true,
            Some(b'+') => flags.plus = true,
            Some(b' ') => flags.space = true,
            Some(b'#') => flags.alternate = true,
            Some(b'0') => flags.zero = true,
            _ => break,
        }
        rest = &rest[1..];
    }
    let width = if let Some(after) = rest.strip_prefix('*') {
        rest = after;
        let given = star(operands)?
            .to_i64()
            .ok_or_else(|| Exc::overflow_error("Python int too large to convert to C ssize_t"))?;
        flags.minus |= given < 0;
        given.unsigned_abs() as usize
    } else {
        take_digits(&mut rest, i64::MAX as usize, "width too big")?
    };
    let mut precision = None;
    if let Some(after) = rest.strip_prefix('.') {
        rest = after;
        precision = Some(if let Some(after) = rest.strip_prefix('*') {
            rest = after;
            let given = star(operands)?;
            let fits = given.to_i64().and_then(|n| i32::try_from(n).ok());
            let given = fits
                .ok_or_else(|| Exc::overflow_error("Python int too large to convert to C int"))?;
            given.max(0) as usize
        } else {
            take_digits(&mut rest, i32::MAX as usize, "precision too big")?
        });
    }
    if rest.starts_with(['h', 'l', 'L']) {
        rest = &rest[1..];
    }
    let Some(code) = rest.chars().next() else {
        return Err(Exc::value_error("incomplete format"));
    };
    let bytes = operands.bytes;
    let index = whole[..whole.len() - rest.len()].chars().count();
    let value = operands.next()?;
    Directive {
        flags,
        width,
        precision,
        bytes,
    }
    .convert(code, &value, index, out)?;
    Ok(&rest[code.len_utf8()..])
}

impl Directive {
    fn convert(&self, code: char, value: &Value, index: usize, out: &mut String) -> Result<()> {
        let mut text = String::new();
        match code {
            's' | 'b' if self.bytes => text = bytes_of(value)?,
            'r' if self.bytes => return self.convert('a', value, index, out),
            'c' if self.bytes => text.push(byte(value)?),
            's' => value.py_str_into(&mut text)?,
            'r' => value.py_repr_into(&mut text)?,
            'a' => {
                value.py_repr_into(&mut text)?;
                text = escape_beyond_ascii(text).as_str().to_owned();
            }
            'c' => text.push(character(value)?),
            'd' | 'i' | 'u' => {
                let number = whole_number(value, code)?;
                text = self.precise(number.is_negative(), "", decimal(&number)?)?;
            }
            'o' | 'x' | 'X' => {
                let number = exact_integer(value, code)?;
                let (radix, prefix) = if code == 'o' { (8, "0o") } else { (16, "0x") };
                let prefix = if self.flags.alternate { prefix } else { "" };
                text = self.precise(number.is_negative(), prefix, in_radix(&number, radix))?;
                if code == 'X' {
                    text.make_ascii_uppercase();
                }
            }
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                let style = FloatStyle {
                    alternate: self.flags.alternate,
                    ..FloatStyle::default()
                };
                let number = dynamic::to_float(value).map_err(|error| {
                    if self.bytes && error.class().is_subclass(&TYPE_ERROR) {
                        let given = value.py_type_name();
                        Exc::type_error(format!("float argument required, not {given}"))
                    } else {
                        error
                    }
                })?;
                text = float_digits(number, code, self.precision.unwrap_or(6), style)?;
            }
            // CPython's bytes have signs where they are characters.
            '\u{80}'.. if self.bytes => {
                return Err(Exc::overflow_error(
                    "character argument not in range(0x110000)",
                ));
            }
            _ => {
                return Err(Exc::value_error(format!(
                    "unsupported format character '{}' (0x{:x}) at index {index}",
                    if matches!(code, '\x1f'..='~') {
                        code
                    } else {
                        '?'
                    },
                    code as u32
                )));
            }
        }
        let shown = matches!(code, 's' | 'r' | 'a') || (self.bytes && code == 'b');
        if shown
            && let Some(most) = self.precision
            && let Some((end, _)) = text.char_indices().nth(most)
        {
            text.truncate(end);
        }
        let numeric = !shown && code != 'c';
        let prefixed = self.flags.alternate && matches!(code, 'o' | 'x' | 'X');
        self.pad(&text, numeric, prefixed, out)
    }

    /// Sign, prefix and digits, with zeros up to the precision.
    fn precise(&self, negative: bool, prefix: &str, digits: String) -> Result<String> {
        let zeros = self.precision.unwrap_or(0).saturating_sub(digits.len());
        let mut text = String::new();
        super::reserve(&mut text, zeros.saturating_add(digits.len() + 3))?;
        text.push_str(if negative { "-" } else { "" });
        text.push_str(prefix);
        text.extend(std::iter::repeat_n('0', zeros));
        text.push_str(&digits);
        Ok(text)
    }

    fn pad(&self, text: &str, numeric: bool, prefixed: bool, out: &mut String) -> Result<()> {
        let (mut sign, mut body) = ("", text);
        if numeric {
            match text.strip_prefix('-') {
                Some(rest) => (sign, body) = ("-", rest),
                None if self.flags.plus => sign = "+",
                None if self.flags.space => sign = " ",
                None => {}
            }
        }
        let (prefix, body) = body.split_at(if prefixed { 2 } else { 0 });
        let length = sign.len() + prefix.len() + body.chars().count();
        let missing = self.width.saturating_sub(length);
        super::reserve(out, text.len().saturating_add(missing).saturating_add(1))?;
        let zero = self.flags.zero && numeric;
        if !self.flags.minus && !zero {
            out.extend(std::iter::repeat_n(' ', missing));
        }
        out.push_str(sign);
        out.push_str(prefix);
        if !self.flags.minus && zero {
            out.extend(std::iter::repeat_n('0', missing));
        }
        out.push_str(body);
        if self.flags.minus {
            out.extend(std::iter::repeat_n(' ', missing));
        }
        Ok(())
    }
}

/// The result of a conversion dunder of a user's class.
fn dunder(value: &Value, name: &str) -> Option<Result<Value>> {
    match value {
        Value::Obj(object) => object.call_method(name, &mut Args::default()),
        _ => None,
    }
}

fn integer_dunder(value: &Value, names: &[&str]) -> Option<Result<Int>> {
    let found = names.iter().find_map(|name| dunder(value, name))?;
    Some(found.and_then(|result| match result {
        Value::Int(n) => Ok(n),
        Value::Bool(b) => Ok(Int::from(i64::from(b))),
        other => Err(Exc::type_error(format!(
            "{} returned non-int (type {})",
            names[0],
            other.py_type_name()
        ))),
    }))
}

/// The operand of `%d`.
fn whole_number(value: &Value, code: char) -> Result<Int> {
    match value {
        Value::Int(n) => Ok(n.clone()),
        Value::Bool(b) => Ok(Int::from(i64::from(*b))),
        Value::Float(x) => Int::from_f64(*x),
        _ => integer_dunder(value, &["__int__", "__index__"]).unwrap_or_else(|| {
            Err(Exc::type_error(format!(
                "%{code} format: a real number is required, not {}",
                value.py_type_name()
            )))
        }),
    }
}

/// The operand of `%x` and `%o`.
fn exact_integer(value: &Value, code: char) -> Result<Int> {
    match value {
        Value::Int(n) => Ok(n.clone()),
        Value::Bool(b) => Ok(Int::from(i64::from(*b))),
        _ => integer_dunder(value, &["__index__"]).unwrap_or_else(|| {
            Err(Exc::type_error(format!(
                "%{code} format: an integer is required, not {}",
                value.py_type_name()
            )))
        }),
    }
}

/// The operand of `%c`.
fn character(value: &Value) -> Result<char> {
    let code = match value {
        Value::Str(text) => {
            let mut chars = text.as_str().chars();
            return match (chars.next(), chars.next()) {
                (Some(c), None) => Ok(c),
                _ => Err(Exc::type_error("%c requires int or char")),
            };
        }
        Value::Int(n) => saturate(n),
        Value::Bool(b) => i64::from(*b),
        _ => match integer_dunder(value, &["__index__"]) {
            Some(n) => saturate(&n?),
            None => return Err(Exc::type_error("%c requires int or char")),
        },
    };
    match u32::try_from(code).ok().map(char::from_u32) {
        Some(Some(c)) => Ok(c),
        Some(None) if (0xd800..0xe000).contains(&code) => unsupported("a lone surrogate"),
        _ => Err(Exc::overflow_error("%c arg not in range(0x110000)")),
    }
}

/// The bytes that `%s` of a bytes format takes, as characters.
fn bytes_of(value: &Value) -> Result<String> {
    match value {
        Value::Bytes(bytes) => return Ok(as_text(bytes.as_slice())),
        Value::ByteArray(bytes) => return Ok(as_text(&bytes.view())),
        _ => {}
    }
    match dunder(value, "__bytes__") {
        Some(made) => match made? {
            Value::Bytes(bytes) => Ok(as_text(bytes.as_slice())),
            other => Err(Exc::type_error(format!(
                "__bytes__ returned non-bytes (type {})",
                other.py_type_name()
            ))),
        },
        None => Err(Exc::type_error(format!(
            "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
            value.py_type_name()
        ))),
    }
}

/// The operand of `%c` of a bytes format.
fn byte(value: &Value) -> Result<char> {
    let refused = || Exc::type_error("%c requires an integer in range(256) or a single byte");
    let code = match value {
        Value::Bytes(bytes) if bytes.as_slice().len() == 1 => i64::from(bytes.as_slice()[0]),
        Value::ByteArray(bytes) if bytes.view().len() == 1 => i64::from(bytes.view()[0]),
        Value::Int(n) => saturate(n),
        Value::Bool(b) => i64::from(*b),
        _ => match integer_dunder(value, &["__index__"]) {
            Some(n) => saturate(&n?),
            None => return Err(refused()),
        },
    };
    u8::try_from(code)
        .map(char::from)
        .map_err(|_| Exc::overflow_error("%c arg not in range(256)"))
}
