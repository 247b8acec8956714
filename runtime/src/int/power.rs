//! Powers, plain and modular.

use super::{Int, divide, memory_error};
use crate::bigint::{self, div, mag};
use crate::num::Num;
use crate::{Exc, Result};

/// Results of more bits than this are refused as MemoryError: half of a 128 GiB memory.
const MAX_BITS: u64 = 1 << 39;

/// `a ** b` for an exponent that is not negative.
///
/// Errors: MemoryError for a result that no machine can hold.
#[inline]
pub fn pow_int(a: &Int, b: &Int) -> Result<Int> {
    if let (Int::Small(x), Int::Small(y)) = (a, b)
        && let Ok(exponent) = u32::try_from(*y)
        && let Some(power) = x.checked_pow(exponent)
    {
        return Ok(Int::Small(power));
    }
    pow_big(a.clone(), b.clone())
}

#[cold]
#[inline(never)]
fn pow_big(a: Int, b: Int) -> Result<Int> {
    match a {
        Int::Small(0 | 1) => return Ok(if b.is_zero() { Int::ONE } else { a }),
        Int::Small(-1) => return Ok(if b.is_odd() { a } else { Int::ONE }),
        _ => {}
    }
    let Some(exponent) = b.to_i64().and_then(|e| u64::try_from(e).ok()) else {
        if b.is_negative() {
            return Err(Exc::value_error(
                "portalis: negative exponent of an int power",
            ));
        }
        return Err(memory_error());
    };
    let mut buffer = [0];
    let (neg, base) = a.parts(&mut buffer);
    let bits = bigint::bit_length(base) - 1;
    if bits
        .checked_mul(exponent)
        .is_none_or(|total| total > MAX_BITS)
    {
        return Err(memory_error());
    }
    // Powers of two leave the base and come back as one shift.
    let twos = bigint::trailing_zeros(base);
    let (odd, _) = bigint::shr(base, twos);
    let mut power = vec![1u64];
    for i in (0..64 - exponent.leading_zeros()).rev() {
        power = mag::mul(&power, &power);
        if exponent >> i & 1 == 1 {
            power = mag::mul(&power, &odd);
        }
    }
    let mag = bigint::shl(&power, twos * exponent).ok_or_else(memory_error)?;
    Ok(Int::from_parts(neg && exponent & 1 == 1, mag))
}

/// `a ** b`: a float when the exponent is negative.
///
/// Errors: those of `pow_int` and of the float power.
pub fn pow_num(a: &Int, b: &Int) -> Result<Num> {
    if b.is_negative() {
        return Ok(Num::Float(crate::float::pow(a.to_f64()?, b.to_f64()?)?));
    }
    Ok(Num::Int(pow_int(a, b)?))
}

/// `pow(a, b, m)`, with the sign of `m`; a negative exponent takes the inverse.
///
/// Errors: ValueError for a modulus of 0 or a base that has no inverse.
pub fn modpow(a: &Int, b: &Int, m: &Int) -> Result<Int> {
    if m.is_zero() {
        return Err(Exc::value_error("pow() 3rd argument cannot be 0"));
    }
    let size = m.abs();
    if size == 1 {
        return Ok(Int::ZERO);
    }
    let (base, exponent) = if b.is_negative() {
        (inverse(a, &size)?, -b)
    } else {
        (divide::pymod(a, &size)?, b.clone())
    };
    let power = match (&base, &size) {
        (Int::Small(x), Int::Small(m)) => modpow_small(*x as u64, &exponent, *m as u64),
        _ => modpow_big(&base, &exponent, &size),
    };
    if m.is_negative() && !power.is_zero() {
        return Ok(power + m);
    }
    Ok(power)
}

/// The bits of an exponent that is not negative, highest first.
fn exponent_bits(exponent: &Int) -> impl Iterator<Item = bool> {
    let mut buffer = [0];
    let limbs = exponent.parts(&mut buffer).1.to_vec();
    let count = bigint::bit_length(&limbs);
    (0..count)
        .rev()
        .map(move |i| limbs[(i / 64) as usize] >> (i % 64) & 1 == 1)
}

fn modpow_small(base: u64, exponent: &Int, m: u64) -> Int {
    let times = |a: u64, b: u64| {
        if (a | b) >> 32 == 0 {
            a * b % m
        } else {
            (u128::from(a) * u128::from(b) % u128::from(m)) as u64
        }
    };
    let mut power = 1;
    for bit in exponent_bits(exponent) {
        power = times(power, power);
        if bit {
            power = times(power, base);
        }
    }
    Int::from(power)
}

/// Left to right in windows of four bits.
fn modpow_big(base: &Int, exponent: &Int, m: &Int) -> Int {
    let (mut base_buffer, mut m_buffer) = ([0], [0]);
    let base = base.parts(&mut base_buffer).1;
    let m = m.parts(&mut m_buffer).1;
    let times = |a: &[u64], b: &[u64]| div::divrem(&mag::mul(a, b), m).1;
    let mut table = vec![vec![1]];
    for i in 0..15 {
        let next = times(&table[i], base);
        table.push(next);
    }
    let bits: Vec<bool> = exponent_bits(exponent).collect();
    let mut power = vec![1u64];
    let mut at = 0;
    while at < bits.len() {
        let width = if at == 0 && bits.len() % 4 != 0 {
            bits.len() % 4
        } else {
            4
        };
        let mut digit = 0;
        for &bit in &bits[at..at + width] {
            power = times(&power, &power);
            digit = digit * 2 + usize::from(bit);
        }
        if digit != 0 {
            power = times(&power, &table[digit]);
        }
        at += width;
    }
    Int::from_parts(false, power)
}

/// The inverse of `a` modulo `m > 1`, by the extended Euclidean algorithm.
fn inverse(a: &Int, m: &Int) -> Result<Int> {
    let (mut r, mut next_r) = (m.clone(), divide::pymod(a, m)?);
    let (mut t, mut next_t) = (Int::ZERO, Int::ONE);
    while !next_r.is_zero() {
        let (q, rest) = divide::divmod(&r, &next_r)?;
        let step = &t - &(&q * &next_t);
        (r, next_r) = (next_r, rest);
        (t, next_t) = (next_t, step);
    }
    if r != 1 {
        return Err(Exc::value_error(
            "base is not invertible for the given modulus",
        ));
    }
    divide::pymod(&t, m)
}
