//! `json.loads`.

use crate::bytes::BytesLike;
use crate::exc::{BASE_EXCEPTION, EXCEPTION, VALUE_ERROR};
use crate::{Class, Dict, Exc, Int, Result, Str, Value, entry, float};

/// `json.JSONDecodeError`.
pub static JSON_DECODE_ERROR: Class = Class {
    name: "JSONDecodeError",
    module: "json.decoder",
    mro: &[&VALUE_ERROR, &EXCEPTION, &BASE_EXCEPTION],
};

/// `json.loads(text)`.
pub fn loads(text: &Str) -> Result<Value> {
    loads_with(text, &mut Ok)
}

/// `json.loads(text, object_hook=hook)`.
pub fn loads_hooked(text: &Str, mut hook: impl FnMut(Value) -> Result<Value>) -> Result<Value> {
    loads_with(text, &mut hook)
}

/// `json.loads(bytes)`: UTF-8, UTF-16 or UTF-32 by the first bytes.
pub fn loads_bytes(bytes: &impl BytesLike) -> Result<Value> {
    let bytes = bytes.view();
    loads(&crate::string::decode(
        &bytes,
        encoding_of(&bytes),
        "strict",
    )?)
}

fn encoding_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => "utf-32",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "utf-16",
        [0xef, 0xbb, 0xbf, ..] => "utf-8-sig",
        [0, 0, _, _, ..] => "utf-32-be",
        [0, _, _, _, ..] => "utf-16-be",
        [_, 0, 0, 0, ..] => "utf-32-le",
        [_, 0, _, _, ..] => "utf-16-le",
        _ => "utf-8",
    }
}

fn loads_with(text: &Str, hook: &mut dyn FnMut(Value) -> Result<Value>) -> Result<Value> {
    let mut reader = Reader { text, hook };
    if text.as_str().starts_with('\u{feff}') {
        return Err(reader.error("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0));
    }
    let start = reader.skip(0);
    let (value, end) = reader.value(start)?;
    let end = reader.skip(end);
    if end < text.as_bytes().len() {
        return Err(reader.error("Extra data", end));
    }
    Ok(value)
}

/// Positions are in bytes; messages count characters.
struct Reader<'a> {
    text: &'a Str,
    hook: &'a mut dyn FnMut(Value) -> Result<Value>,
}

impl Reader<'_> {
    #[cold]
    fn error(&self, message: &str, at: usize) -> Exc {
        let before = &self.text.as_str()[..at];
        let position = before.chars().count() as i64;
        let line = 1 + before.matches('\n').count() as i64;
        let column = match before.rfind('\n') {
            Some(end) => before[end..].chars().count() as i64,
            None => position + 1,
        };
        let text = format!("{message}: line {line} column {column} (char {position})");
        let exc = Exc::with_message(&JSON_DECODE_ERROR, text);
        exc.0.links.attrs.borrow_mut().extend([
            (Str::lit("msg"), Value::from(message)),
            (Str::lit("doc"), Value::Str(self.text.clone())),
            (Str::lit("pos"), Value::from(position)),
            (Str::lit("lineno"), Value::from(line)),
            (Str::lit("colno"), Value::from(column)),
        ]);
        exc
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn skip(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            at += 1;
        }
        at
    }

    fn value(&mut self, at: usize) -> Result<(Value, usize)> {
        match self.byte(at) {
            Some(b'"') => {
                let (text, end) = self.string(at + 1)?;
                Ok((Value::Str(text), end))
            }
            Some(b'{') => {
                let _frame = entry::enter(" while decoding a JSON object from a unicode string")?;
                self.object(at + 1)
            }
            Some(b'[') => {
                let _frame = entry::enter(" while decoding a JSON array from a unicode string")?;
                self.array(at + 1)
            }
            Some(b'-' | b'0'..=b'9') => self.number(at),
            _ => self.word(at),
        }
    }

    fn word(&self, at: usize) -> Result<(Value, usize)> {
        let words = [
            ("null", Value::None),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("NaN", Value::Float(f64::NAN)),
            ("Infinity", Value::Float(f64::INFINITY)),
            ("-Infinity", Value::Float(f64::NEG_INFINITY)),
        ];
        let rest = &self.text.as_bytes()[at..];
        for (word, value) in words {
            if rest.starts_with(word.as_bytes()) {
                return Ok((value, at + word.len()));
            }
        }
        Err(self.error("Expecting value", at))
    }

    fn digits(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b'0'..=b'9')) {
            at += 1;
        }
        at
    }

    fn number(&self, start: usize) -> Result<(Value, usize)> {
        let mut at = start + usize::from(self.byte(start) == Some(b'-'));
        at = match self.byte(at) {
            Some(b'0') => at + 1,
            Some(b'1'..=b'9') => self.digits(at),
            _ => return self.word(start),
        };
        let mut end = at;
        if self.byte(end) == Some(b'.') && self.digits(end + 1) > end + 1 {
            end = self.digits(end + 1);
        }
        if matches!(self.byte(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.byte(end + 1), Some(b'+' | b'-')));
            let digits = end + 1 + sign;
            if self.digits(digits) > digits {
                end = self.digits(digits);
            }
        }
        let text = Str::from(&self.text.as_str()[start..end]);
        let value = if end == at {
            Value::Int(Int::parse(&text)?)
        } else {
            Value::Float(float::parse(&text)?)
        };
        Ok((value, end))
    }

    /// What follows an opening quote.
    fn string(&self, start: usize) -> Result<(Str, usize)> {
        let text = self.text.as_str();
        let mut out = String::new();
        let mut at = start;
        loop {
            let stop = text.as_bytes()[at..]
                .iter()
                .position(|b| matches!(b, b'"' | b'\\' | 0..=0x1f));
            let Some(stop) = stop else {
                return Err(self.error("Unterminated string starting at", start - 1));
            };
            out.push_str(&text[at..at + stop]);
            at += stop;
            match text.as_bytes()[at] {
                b'"' => return Ok((Str::from(out), at + 1)),
                b'\\' => at = self.escape(at, start, &mut out)?,
                _ => return Err(self.error("Invalid control character at", at)),
            }
        }
    }

    fn escape(&self, at: usize, start: usize, out: &mut String) -> Result<usize> {
        let Some(letter) = self.byte(at + 1) else {
            return Err(self.error("Unterminated string starting at", start - 1));
        };
        out.push(match letter {
            b'"' | b'\\' | b'/' => letter as char,
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => return self.unicode(at, out),
            _ => return Err(self.error("Invalid \\escape", at)),
        });
        Ok(at + 2)
    }

    /// The code unit of `\uXXXX` at `at`.
    fn unit(&self, at: usize) -> Option<u32> {
        let bytes = self.text.as_bytes();
        if bytes.get(at..at + 2)? != b"\\u" {
            return None;
        }
        let digits = bytes.get(at + 2..at + 6)?;
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    }

    fn unicode(&self, at: usize, out: &mut String) -> Result<usize> {
        let Some(unit) = self.unit(at) else {
            return Err(self.error("Invalid \\uXXXX escape", at + 1));
        };
        if let Some(c) = char::from_u32(unit) {
            out.push(c);
            return Ok(at + 6);
        }
        let low = self
            .unit(at + 6)
            .filter(|low| (0xdc00..0xe000).contains(low));
        match low {
            Some(low) if unit < 0xdc00 => {
                let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                out.extend(char::from_u32(code));
                Ok(at + 12)
            }
            _ => entry::refused(
                "json.loads",
                "PT203",
                "\\u",
                "half of a surrogate pair alone",
            ),
        }
    }

    fn array(&mut self, at: usize) -> Result<(Value, usize)> {
        let mut items = Vec::new();
        let mut at = self.skip(at);
        if self.byte(at) == Some(b']') {
            return Ok((Value::list(items), at + 1));
        }
        loop {
            let (item, end) = self.value(at)?;
            items.push(item);
            at = self.skip(end);
            match self.byte(at) {
                Some(b']') => return Ok((Value::list(items), at + 1)),
                Some(b',') => at = self.skip(at + 1),
                _ => return Err(self.error("Expecting ',' delimiter", at)),
            }
        }
    }

    fn object(&mut self, at: usize) -> Result<(Value, usize)> {
        let dict: Dict<Value, Value> = Dict::new();
        let mut at = self.skip(at);
        if self.byte(at) == Some(b'}') {
            return Ok(((self.hook)(Value::Dict(dict))?, at + 1));
        }
        loop {
            if self.byte(at) != Some(b'"') {
                let message = "Expecting property name enclosed in double quotes";
                return Err(self.error(message, at));
            }
            let (key, end) = self.string(at + 1)?;
            at = self.skip(end);
            if self.byte(at) != Some(b':') {
                return Err(self.error("Expecting ':' delimiter", at));
            }
            at = self.skip(at + 1);
            let (value, end) = self.value(at)?;
            dict.setitem(Value::Str(key), value)?;
            at = self.skip(end);
            match self.byte(at) {
                Some(b'}') => return Ok(((self.hook)(Value::Dict(dict))?, at + 1)),
                Some(b',') => at = self.skip(at + 1),
                _ => return Err(self.error("Expecting ',' delimiter", at)),
            }
        }
    }
}
