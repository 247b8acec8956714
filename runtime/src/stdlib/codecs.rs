//! base64, binascii, and the checksums of zlib.

use super::hashes::hex;
use crate::bytes::{Bytes, BytesLike};
use crate::exc::{BASE_EXCEPTION, EXCEPTION, VALUE_ERROR};
use crate::{Class, Exc, Int, Result, Str};

/// `binascii.Error`.
pub static BINASCII_ERROR: Class = Class {
    name: "Error",
    module: "binascii",
    mro: &[&VALUE_ERROR, &EXCEPTION, &BASE_EXCEPTION],
};

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#[cold]
fn error(message: &str) -> Exc {
    Exc::with_message(&BINASCII_ERROR, message)
}

fn alphabet(altchars: &[u8]) -> [u8; 64] {
    let mut out = *STANDARD;
    if let [plus, slash] = altchars {
        out[62] = *plus;
        out[63] = *slash;
    }
    out
}

fn encode64(bytes: &[u8], altchars: &[u8]) -> Vec<u8> {
    let alphabet = alphabet(altchars);
    let digit = |word: u32, i: usize| alphabet[(word >> (18 - 6 * i)) as usize & 63];
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    let (whole, rest) = bytes.as_chunks::<3>();
    for [a, b, c] in whole {
        let word = u32::from_be_bytes([0, *a, *b, *c]);
        out.extend_from_slice(&std::array::from_fn::<u8, 4, _>(|i| digit(word, i)));
    }
    if let [a, more @ ..] = rest {
        let word = u32::from_be_bytes([0, *a, more.first().copied().unwrap_or(0), 0]);
        for i in 0..4 {
            out.push(if i <= rest.len() {
                digit(word, i)
            } else {
                b'='
            });
        }
    }
    out
}

const NO_DIGIT: u8 = 255;

/// The value of each byte as a digit of base 64.
fn digit_values(altchars: &[u8]) -> [u8; 256] {
    let mut out = [NO_DIGIT; 256];
    // The first of two equal digits counts.
    for (value, digit) in (0..64).zip(alphabet(altchars)).rev() {
        out[digit as usize] = value;
    }
    out
}

/// `binascii.a2b_base64` without strict mode: what is not of the alphabet is skipped.
fn decode64(text: &[u8], altchars: &[u8]) -> Result<Vec<u8>> {
    let values = digit_values(altchars);
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut quad, mut left, mut pads, mut digits) = (0u32, 0u32, 0, 0usize);
    let mut rest = text;
    loop {
        if quad == 0
            && let Some((four, after)) = rest.split_first_chunk::<4>()
        {
            let four = four.map(|byte| values[byte as usize]);
            if four.iter().all(|value| *value < 64) {
                let word = four.iter().fold(0, |word, v| word << 6 | u32::from(*v));
                out.extend_from_slice(&word.to_be_bytes()[1..]);
                (rest, pads, digits) = (after, 0, digits + 4);
                continue;
            }
        }
        let Some((byte, after)) = rest.split_first() else {
            break;
        };
        rest = after;
        if *byte == b'=' {
            pads += 1;
            if quad >= 2 && quad + pads >= 4 {
                return Ok(out);
            }
            continue;
        }
        let value = u32::from(values[*byte as usize]);
        if value == NO_DIGIT.into() {
            continue;
        }
        digits += 1;
        pads = 0;
        match quad {
            0 => left = value,
            1 => {
                out.push((left << 2 | value >> 4) as u8);
                left = value & 15;
            }
            2 => {
                out.push((left << 4 | value >> 2) as u8);
                left = value & 3;
            }
            _ => {
                out.push((left << 6 | value) as u8);
                left = 0;
            }
        }
        quad = (quad + 1) % 4;
    }
    match quad {
        0 => Ok(out),
        1 => Err(error(&format!(
            "Invalid base64-encoded string: number of data characters ({digits}) cannot be 1 \
             more than a multiple of 4"
        ))),
        _ => Err(error("Incorrect padding")),
    }
}

/// Text or bytes that a decoder takes: text must be ASCII.
pub trait AsciiLike {
    fn ascii(&self) -> Result<Vec<u8>>;
}

impl<T: BytesLike> AsciiLike for T {
    fn ascii(&self) -> Result<Vec<u8>> {
        Ok(self.view().to_vec())
    }
}

impl AsciiLike for Str {
    fn ascii(&self) -> Result<Vec<u8>> {
        if self.is_ascii() {
            return Ok(self.as_bytes().to_vec());
        }
        Err(Exc::value_error(
            "string argument should contain only ASCII characters",
        ))
    }
}

/// `base64.b64encode(s)`.
pub fn b64encode(bytes: &impl BytesLike) -> Bytes {
    Bytes::from(encode64(&bytes.view(), b""))
}

/// `base64.b64decode(s)`.
pub fn b64decode(text: &impl AsciiLike) -> Result<Bytes> {
    Ok(Bytes::from(decode64(&text.ascii()?, b"")?))
}

/// `base64.urlsafe_b64encode(s)`.
pub fn urlsafe_b64encode(bytes: &impl BytesLike) -> Bytes {
    Bytes::from(encode64(&bytes.view(), b"-_"))
}

/// `base64.urlsafe_b64decode(s)`.
pub fn urlsafe_b64decode(text: &impl AsciiLike) -> Result<Bytes> {
    // Characters are translated, so both alphabets decode.
    let text: Vec<u8> = text
        .ascii()?
        .into_iter()
        .map(|c| match c {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        })
        .collect();
    Ok(Bytes::from(decode64(&text, b"")?))
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// `base64.b32encode(s)`.
pub fn b32encode(bytes: &impl BytesLike) -> Bytes {
    let mut out = Vec::new();
    for chunk in bytes.view().chunks(5) {
        let word = chunk
            .iter()
            .fold(0u64, |word, byte| word << 8 | u64::from(*byte));
        let word = word << (8 * (5 - chunk.len()));
        let used = (chunk.len() * 8).div_ceil(5);
        for i in 0..8 {
            out.push(if i < used {
                BASE32[(word >> (35 - 5 * i)) as usize & 31]
            } else {
                b'='
            });
        }
    }
    Bytes::from(out)
}

/// `base64.b32decode(s)`.
pub fn b32decode(text: &impl AsciiLike) -> Result<Bytes> {
    let text = text.ascii()?;
    if text.len() % 8 != 0 {
        return Err(error("Incorrect padding"));
    }
    let digits: Vec<u8> = {
        let end = text.iter().rposition(|c| *c != b'=').map_or(0, |at| at + 1);
        text[..end].to_vec()
    };
    let pads = text.len() - digits.len();
    let mut out = Vec::new();
    for chunk in digits.chunks(8) {
        let mut word = 0u64;
        for c in chunk {
            match BASE32.iter().position(|d| d == c) {
                Some(value) => word = word << 5 | value as u64,
                None => return Err(error("Non-base32 digit found")),
            }
        }
        word <<= 5 * (8 - chunk.len());
        out.extend(&word.to_be_bytes()[3..]);
    }
    let dropped = match pads {
        0 => 0,
        1 => 1,
        3 => 2,
        4 => 3,
        6 => 4,
        _ => return Err(error("Incorrect padding")),
    };
    out.truncate(out.len().saturating_sub(dropped));
    Ok(Bytes::from(out))
}

/// `base64.b16encode(s)`.
pub fn b16encode(bytes: &impl BytesLike) -> Bytes {
    Bytes::from(hex(&bytes.view()).to_ascii_uppercase().into_bytes())
}

/// `binascii.hexlify(s)`.
pub fn hexlify(bytes: &impl BytesLike) -> Bytes {
    Bytes::from(hex(&bytes.view()).into_bytes())
}

/// `binascii.unhexlify(s)`.
pub fn unhexlify(text: &impl AsciiLike) -> Result<Bytes> {
    let text = text.ascii()?;
    if text.len() % 2 != 0 {
        return Err(error("Odd-length string"));
    }
    let digit = |c: u8| {
        (c as char)
            .to_digit(16)
            .ok_or_else(|| error("Non-hexadecimal digit found"))
    };
    let pairs = text
        .chunks_exact(2)
        .map(|pair| Ok((digit(pair[0])? << 4 | digit(pair[1])?) as u8));
    Ok(Bytes::from(pairs.collect::<Result<Vec<u8>>>()?))
}

/// `base64.b16decode(s)`.
pub fn b16decode(text: &impl AsciiLike) -> Result<Bytes> {
    let text = text.ascii()?;
    if text.iter().any(|c| !matches!(c, b'0'..=b'9' | b'A'..=b'F')) {
        return Err(error("Non-base16 digit found"));
    }
    unhexlify(&Bytes::from(text))
}

/// `binascii.b2a_base64(s, newline)`.
pub fn b2a_base64(bytes: &impl BytesLike, newline: bool) -> Bytes {
    let mut out = encode64(&bytes.view(), b"");
    if newline {
        out.push(b'\n');
    }
    Bytes::from(out)
}

/// `zlib.crc32(bytes, value)`: the polynomial 0xedb88320, reflected.
pub fn crc32(bytes: &impl BytesLike, value: &Int) -> Int {
    let mut crc = !low_word(value);
    for byte in bytes.view().iter() {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    Int::from(i64::from(!crc))
}

/// `zlib.adler32(bytes, value)`.
pub fn adler32(bytes: &impl BytesLike, value: &Int) -> Int {
    let start = low_word(value);
    let (mut a, mut b) = (start & 0xffff, start >> 16);
    for byte in bytes.view().iter() {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    Int::from(i64::from(b << 16 | a))
}

fn low_word(value: &Int) -> u32 {
    let mask = Int::from(0xffff_ffffi64);
    (value & &mask).to_i64().unwrap_or(0) as u32
}
