//! Digits of magnitudes.

use super::{bit_length, div, mag};

/// The largest power of ten in a limb, and its exponent.
const CHUNK: (u64, usize) = (10_000_000_000_000_000_000, 19);

/// Below this many limbs repeated division by a limb is faster than halving.
const SPLIT: usize = 64;

/// Appends the decimal digits.
pub fn to_decimal(a: &[u64], out: &mut String) {
    if a.is_empty() {
        out.push('0');
    } else if a.len() <= SPLIT {
        decimal_chunks(a, 0, out);
    } else {
        // powers[k] = 10 ** (19 * 2**k), up to half of the number's length.
        let mut powers = vec![vec![CHUNK.0]];
        while powers[powers.len() - 1].len() * 2 <= a.len() {
            let last = &powers[powers.len() - 1];
            powers.push(mag::mul(last, last));
        }
        decimal_split(a, powers.len(), &powers, 0, out);
    }
}

/// Writes `a < 10 ** (19 * 2**level)` padded with zeros to `width` digits.
fn decimal_split(a: &[u64], level: usize, powers: &[Vec<u64>], width: usize, out: &mut String) {
    if a.len() <= SPLIT || level == 0 {
        decimal_chunks(a, width, out);
        return;
    }
    let power = &powers[level - 1];
    let low_width = CHUNK.1 << (level - 1);
    let (high, low) = div::divrem(a, power);
    if high.is_empty() && width == 0 {
        decimal_split(&low, level - 1, powers, 0, out);
        return;
    }
    decimal_split(
        &high,
        level - 1,
        powers,
        width.saturating_sub(low_width),
        out,
    );
    decimal_split(&low, level - 1, powers, low_width, out);
}

fn decimal_chunks(a: &[u64], width: usize, out: &mut String) {
    let mut rest = a.to_vec();
    let mut chunks = Vec::with_capacity(a.len() + a.len() / 50 + 1);
    while !rest.is_empty() {
        chunks.push(div::divrem_small_in_place(&mut rest, CHUNK.0));
        mag::trim(&mut rest);
    }
    use std::fmt::Write;
    let top = chunks.pop().unwrap_or(0);
    let shown = chunks.len() * CHUNK.1;
    let pad = width.saturating_sub(shown);
    if top != 0 || pad > 0 {
        write!(out, "{top:0pad$}").expect("a String takes any text");
    }
    for chunk in chunks.iter().rev() {
        write!(out, "{chunk:019}").expect("a String takes any text");
    }
}

/// Digits in base `2**bits`, `bits` in 1..=5, lower case.
pub fn to_power_of_two(a: &[u64], bits: u64, out: &mut String) {
    if a.is_empty() {
        out.push('0');
        return;
    }
    let digits = bit_length(a).div_ceil(bits);
    for i in (0..digits).rev() {
        let at = i * bits;
        let (limb, low) = ((at / 64) as usize, at % 64);
        let mut digit = a[limb] >> low;
        if low + bits > 64 {
            digit |= a.get(limb + 1).copied().unwrap_or(0) << (64 - low);
        }
        let digit = (digit & ((1 << bits) - 1)) as u32;
        out.push(char::from_digit(digit, 36).expect("below 36"));
    }
}

/// The magnitude of digit values (most significant first, each below `base`).
pub fn from_digits(digits: &[u8], base: u32) -> Vec<u64> {
    let base = u64::from(base);
    let (mut chunk, mut count) = (base, 1);
    while let Some(next) = chunk.checked_mul(base) {
        (chunk, count) = (next, count + 1);
    }
    from_chunked(digits, base, chunk, count)
}

fn from_chunked(digits: &[u8], base: u64, chunk: u64, count: usize) -> Vec<u64> {
    if digits.len() <= count * SPLIT {
        let mut out = Vec::new();
        let first = digits.len() % count;
        let value = |part: &[u8]| part.iter().fold(0, |v, &d| v * base + u64::from(d));
        mag::mul_small_add(&mut out, 0, value(&digits[..first]));
        for part in digits[first..].chunks(count) {
            mag::mul_small_add(&mut out, chunk, value(part));
        }
        return out;
    }
    let mut low_count = count;
    let mut power = vec![chunk];
    while low_count * 4 <= digits.len() {
        power = mag::mul(&power, &power);
        low_count *= 2;
    }
    let (high, low) = digits.split_at(digits.len() - low_count);
    let high = from_chunked(high, base, chunk, count);
    let low = from_chunked(low, base, chunk, count);
    let mut out = mag::add(&mag::mul(&high, &power), &low);
    mag::trim(&mut out);
    out
}
