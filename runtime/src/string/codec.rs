//! Text to bytes and back: utf-8, utf-16, utf-32, ascii and latin-1.

use super::Str;
use super::protocol::push_escape;
use crate::bytes::Bytes;
use crate::entry::unsupported;
use crate::exc::{LOOKUP_ERROR, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR};
use crate::{Exc, Result, Value};

/// A codec that the runtime has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Codec {
    Utf8,
    Ascii,
    Latin1,
    /// `bytes` per unit (2 or 4), byte order, and whether a mark is written or read.
    Wide {
        bytes: usize,
        big: bool,
        mark: bool,
    },
    /// utf-8 with a byte order mark.
    Utf8Sig,
}

/// The codec of a Python encoding name.
///
/// # Errors
/// `LookupError` for a name that is unknown here.
pub fn lookup_codec(name: &str) -> Result<Codec> {
    let wide = |bytes, big, mark| Codec::Wide { bytes, big, mark };
    let plain: String = name
        .chars()
        .map(|c| {
            if matches!(c, ' ' | '-') {
                '_'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect();
    Ok(match plain.as_str() {
        "utf_8" | "utf8" | "u8" | "utf" | "cp65001" => Codec::Utf8,
        "utf_8_sig" => Codec::Utf8Sig,
        "ascii" | "us_ascii" | "646" | "ansi_x3.4_1968" => Codec::Ascii,
        "latin_1" | "latin1" | "iso_8859_1" | "iso8859_1" | "8859" | "cp819" | "l1" | "latin"
        | "iso8859" => Codec::Latin1,
        "utf_16" | "utf16" | "u16" => wide(2, false, true),
        "utf_16_le" | "utf_16le" => wide(2, false, false),
        "utf_16_be" | "utf_16be" => wide(2, true, false),
        "utf_32" | "utf32" | "u32" => wide(4, false, true),
        "utf_32_le" | "utf_32le" => wide(4, false, false),
        "utf_32_be" | "utf_32be" => wide(4, true, false),
        _ => {
            return Err(Exc::with_message(
                &LOOKUP_ERROR,
                format!("unknown encoding: {name}"),
            ));
        }
    })
}

/// Whether a name is that of UTF-8.
#[must_use]
pub fn is_utf8(name: &str) -> bool {
    matches!(lookup_codec(name), Ok(Codec::Utf8))
}

#[cold]
fn unknown_handler(errors: &str) -> Exc {
    Exc::with_message(
        &LOOKUP_ERROR,
        format!("unknown error handler name '{errors}'"),
    )
}

impl Str {
    /// `self.encode(encoding, errors)`.
    ///
    /// # Errors
    /// `LookupError` for unknown names, `UnicodeEncodeError` for what does not fit.
    pub fn encode_to_vec(&self, encoding: &str, errors: &str) -> Result<Vec<u8>> {
        let text = self.as_str();
        match lookup_codec(encoding)? {
            Codec::Utf8 => Ok(text.as_bytes().to_vec()),
            Codec::Utf8Sig => Ok([b"\xef\xbb\xbf", text.as_bytes()].concat()),
            Codec::Ascii if self.is_ascii() => Ok(text.as_bytes().to_vec()),
            Codec::Ascii => encode_narrow(text, "ascii", 0x80, errors),
            Codec::Latin1 => encode_narrow(text, "latin-1", 0x100, errors),
            Codec::Wide { bytes, big, mark } => {
                let mut out = Vec::with_capacity(text.len() * bytes + bytes);
                let mut put = |unit: u32| {
                    let all = if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    };
                    out.extend_from_slice(if big {
                        &all[4 - bytes..]
                    } else {
                        &all[..bytes]
                    });
                };
                if mark {
                    put(0xfeff);
                }
                for c in text.chars() {
                    if bytes == 4 {
                        put(c as u32);
                    } else {
                        c.encode_utf16(&mut [0; 2])
                            .iter()
                            .for_each(|&unit| put(unit.into()));
                    }
                }
                Ok(out)
            }
        }
    }
}

fn encode_narrow(text: &str, codec: &str, limit: u32, errors: &str) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut chars = text.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        if (c as u32) < limit {
            out.push(c as u8);
            continue;
        }
        match errors {
            "ignore" => {}
            "replace" => out.push(b'?'),
            "backslashreplace" => {
                let mut escape = String::new();
                push_escape(c, &mut escape);
                out.extend_from_slice(escape.as_bytes());
            }
            "xmlcharrefreplace" => out.extend_from_slice(format!("&#{};", c as u32).as_bytes()),
            "strict" | "surrogateescape" | "surrogatepass" => {
                let mut end = at + 1;
                while chars.next_if(|&(_, c)| c as u32 >= limit).is_some() {
                    end += 1;
                }
                return Err(cannot_encode(codec, limit, text, at, end));
            }
            _ => return Err(unknown_handler(errors)),
        }
    }
    Ok(out)
}

#[cold]
fn cannot_encode(codec: &str, limit: u32, text: &str, start: usize, end: usize) -> Exc {
    Exc::new(
        &UNICODE_ENCODE_ERROR,
        vec![
            Value::from(codec),
            Value::from(text),
            Value::from(start as i64),
            Value::from(end as i64),
            Value::Str(Str::from(format!("ordinal not in range({limit})"))),
        ],
    )
}

/// What becomes of bytes that are no text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecodeErrors {
    Strict,
    Ignore,
    Replace,
    Backslash,
}

/// Handles one stretch of bad bytes; `start` is its place in the whole input.
fn bad_bytes(
    codec: &str,
    whole: &[u8],
    bad: &[u8],
    start: usize,
    reason: &str,
    errors: &str,
    out: &mut String,
) -> Result<()> {
    let handler = match errors {
        "ignore" => DecodeErrors::Ignore,
        "replace" => DecodeErrors::Replace,
        "backslashreplace" => DecodeErrors::Backslash,
        "strict" | "surrogatepass" => DecodeErrors::Strict,
        "surrogateescape" => {
            unsupported("a lone surrogate");
        }
        "xmlcharrefreplace" | "namereplace" => {
            return Err(Exc::type_error(
                "don't know how to handle UnicodeDecodeError in error callback",
            ));
        }
        _ => return Err(unknown_handler(errors)),
    };
    match handler {
        DecodeErrors::Ignore => {}
        DecodeErrors::Replace => out.push('\u{fffd}'),
        DecodeErrors::Backslash => bad
            .iter()
            .for_each(|b| out.push_str(&format!("\\x{b:02x}"))),
        DecodeErrors::Strict => {
            return Err(Exc::new(
                &UNICODE_DECODE_ERROR,
                vec![
                    Value::from(codec),
                    Value::Bytes(Bytes::from(whole.to_vec())),
                    Value::from(start as i64),
                    Value::from((start + bad.len()) as i64),
                    Value::from(reason),
                ],
            ));
        }
    }
    Ok(())
}

/// `bytes.decode(encoding, errors)`.
///
/// # Errors
/// `LookupError` for unknown names, `UnicodeDecodeError` for what is no text.
pub fn decode(bytes: &[u8], encoding: &str, errors: &str) -> Result<Str> {
    let codec = lookup_codec(encoding)?;
    decode_with(codec, bytes, errors).map_err(|error| {
        if !error.class().is(&LOOKUP_ERROR) || is_direct(encoding) {
            return error;
        }
        // A codec of the registry tells of its own failures with its name.
        Exc::with_message(
            &LOOKUP_ERROR,
            format!(
                "decoding with '{encoding}' codec failed \
                 (LookupError: unknown error handler name '{errors}')"
            ),
        )
    })
}

/// The names that CPython decodes without asking the registry of codecs.
fn is_direct(encoding: &str) -> bool {
    matches!(
        encoding.to_ascii_lowercase().replace('_', "-").as_str(),
        "utf-8"
            | "utf8"
            | "utf-16"
            | "utf16"
            | "utf-32"
            | "utf32"
            | "ascii"
            | "us-ascii"
            | "latin1"
            | "latin-1"
            | "iso-8859-1"
            | "iso8859-1"
    )
}

fn decode_with(codec: Codec, bytes: &[u8], errors: &str) -> Result<Str> {
    match codec {
        Codec::Utf8 => decode_utf8(bytes, errors),
        Codec::Utf8Sig => {
            // Places are counted behind the mark.
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            decode_utf8(text, errors)
        }
        Codec::Latin1 => Ok(Str::from(
            bytes.iter().map(|&b| b as char).collect::<String>(),
        )),
        Codec::Ascii => {
            let mut out = String::with_capacity(bytes.len());
            for (at, &byte) in bytes.iter().enumerate() {
                if byte < 0x80 {
                    out.push(byte as char);
                } else {
                    let reason = "ordinal not in range(128)";
                    bad_bytes("ascii", bytes, &[byte], at, reason, errors, &mut out)?;
                }
            }
            Ok(Str::from(out))
        }
        Codec::Wide {
            bytes: size,
            big,
            mark,
        } => decode_wide(bytes, size, big, mark, errors),
    }
}

fn decode_utf8(bytes: &[u8], errors: &str) -> Result<Str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Str::from(text));
    }
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        at += chunk.valid().len();
        let bad = chunk.invalid();
        if bad.is_empty() {
            continue;
        }
        // The same maximal stretches as CPython's; only the reason is told by hand.
        let reason = if !matches!(bad[0], 0xc2..=0xf4) {
            "invalid start byte"
        } else if at + bad.len() == bytes.len() && unfinished(bad) {
            "unexpected end of data"
        } else {
            "invalid continuation byte"
        };
        bad_bytes("utf-8", bytes, bad, at, reason, errors, &mut out)?;
        at += bad.len();
    }
    Ok(Str::from(out))
}

/// Whether more bytes could complete the sequence that `bad` begins.
fn unfinished(bad: &[u8]) -> bool {
    bad.len() < super::width(bad[0])
}

fn decode_wide(bytes: &[u8], size: usize, big: bool, mark: bool, errors: &str) -> Result<Str> {
    let (mut big, mut at) = (big, 0);
    let unit = |at: usize, big: bool| -> u32 {
        let fold = |code: u32, b: &u8| code << 8 | u32::from(*b);
        let part = &bytes[at..at + size];
        if big {
            part.iter().fold(0, fold)
        } else {
            part.iter().rev().fold(0, fold)
        }
    };
    if mark && bytes.len() >= size {
        let swapped = if size == 2 { 0xfffe } else { 0xfffe_0000 };
        match unit(0, false) {
            0xfeff => at = size,
            code if code == swapped => (big, at) = (true, size),
            _ => {}
        }
    }
    let codec = match (size, mark, big) {
        (2, _, false) => "utf-16-le",
        (2, _, true) => "utf-16-be",
        (_, _, false) => "utf-32-le",
        (_, _, true) => "utf-32-be",
    };
    let mut out = String::with_capacity(bytes.len() / size);
    while at < bytes.len() {
        if bytes.len() - at < size {
            bad_bytes(
                codec,
                bytes,
                &bytes[at..],
                at,
                "truncated data",
                errors,
                &mut out,
            )?;
            break;
        }
        let code = unit(at, big);
        let (bad, reason) = match (size, code) {
            (2, 0xd800..0xdc00) if bytes.len() - at < 4 => {
                (bytes.len() - at, "unexpected end of data")
            }
            (2, 0xd800..0xdc00) => match unit(at + 2, big) {
                low @ 0xdc00..0xe000 => {
                    let code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                    out.extend(char::from_u32(code));
                    at += 4;
                    continue;
                }
                _ => (2, "illegal UTF-16 surrogate"),
            },
            (2, 0xdc00..0xe000) => (2, "illegal encoding"),
            _ => match char::from_u32(code) {
                Some(c) => {
                    out.push(c);
                    at += size;
                    continue;
                }
                None if code < 0xe000 => (
                    4,
                    "code point in surrogate code point range(0xd800, 0xe000)",
                ),
                None => (4, "code point not in range(0x110000)"),
            },
        };
        bad_bytes(
            codec,
            bytes,
            &bytes[at..at + bad],
            at,
            reason,
            errors,
            &mut out,
        )?;
        at += bad;
    }
    Ok(Str::from(out))
}
