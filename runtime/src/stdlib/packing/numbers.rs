//! Numbers in a struct, and what CPython says of those that do not fit.

use super::half;
use super::layout::{Field, Order};
use crate::Int;

fn is_signed(code: u8) -> bool {
    code.is_ascii_lowercase()
}

/// Least and greatest number of the field.
fn bounds(field: &Field) -> (i128, i128) {
    let bits = 8 * field.size as u32;
    if is_signed(field.code) {
        (-(1 << (bits - 1)), (1 << (bits - 1)) - 1)
    } else {
        (0, (1 << bits) - 1)
    }
}

fn wide(number: &Int) -> Option<i128> {
    match number.to_i64() {
        Some(small) => Some(i128::from(small)),
        None => {
            let bytes = number.to_bytes(8, "little", false).ok()?;
            Some(i128::from(u64::from_le_bytes(bytes.try_into().ok()?)))
        }
    }
}

pub(super) fn put_int(field: &Field, number: &Int, out: &mut [u8]) -> Result<(), String> {
    let given = wide(number);
    let (least, most) = bounds(field);
    let range = format!("requires {least} <= number <= {most}");
    let big = field.order == Order::Big;
    let out_of_range = || Err("argument out of range".to_owned());
    let value = match (field.code, field.size) {
        // An address may be given as a negative number.
        (b'P', _) => given.ok_or("int too large to convert")?,
        (b'q' | b'Q', _) if big => given
            .filter(|n| (least..=most).contains(n))
            .ok_or("int too large to convert")?,
        (code, size) => {
            // What CPython first reads the number into.
            let short = matches!(code, b'B') || (code == b'H' && !big);
            let (low, high) = if is_signed(code) || short {
                (i128::from(i64::MIN), i128::from(i64::MAX))
            } else {
                (0, i128::from(u64::MAX))
            };
            let Some(n) = given.filter(|n| (low..=high).contains(n)) else {
                return out_of_range();
            };
            if !(least..=most).contains(&n) {
                debug_assert!(size < 8);
                return Err(match code {
                    b'b' => format!("byte format {range}"),
                    b'B' => format!("ubyte format {range}"),
                    b'h' if !big => format!("short format {range}"),
                    b'H' if !big => format!("ushort format {range}"),
                    _ => format!("'{}' format {range}", code as char),
                });
            }
            n
        }
    };
    store(field, value as u64, out);
    Ok(())
}

fn store(field: &Field, bits: u64, out: &mut [u8]) {
    let bytes = bits.to_le_bytes();
    out.copy_from_slice(&bytes[..field.size]);
    if field.order == Order::Big {
        out.reverse();
    }
}

fn bits(field: &Field, bytes: &[u8]) -> u64 {
    let mut all = [0; 8];
    for (i, byte) in bytes.iter().enumerate() {
        let at = if field.order == Order::Big {
            bytes.len() - 1 - i
        } else {
            i
        };
        all[at] = *byte;
    }
    u64::from_le_bytes(all)
}

pub(super) fn take_int(field: &Field, bytes: &[u8]) -> Int {
    let bits = bits(field, bytes);
    if is_signed(field.code) {
        let unused = 64 - 8 * field.size as u32;
        Int::from(((bits << unused) as i64) >> unused)
    } else {
        Int::from(bits)
    }
}

/// The error is the words of CPython's OverflowError.
pub(super) fn put_float(field: &Field, number: f64, out: &mut [u8]) -> Result<(), &'static str> {
    let bits = match field.code {
        b'd' => number.to_bits(),
        b'f' => {
            let single = number as f32;
            if field.order != Order::Native && single.is_infinite() && number.is_finite() {
                return Err("float too large to pack with f format");
            }
            u64::from(single.to_bits())
        }
        _ => u64::from(half::from_f64(number).ok_or("float too large to pack with e format")?),
    };
    store(field, bits, out);
    Ok(())
}

pub(super) fn take_float(field: &Field, bytes: &[u8]) -> f64 {
    let bits = bits(field, bytes);
    match field.code {
        b'd' => f64::from_bits(bits),
        b'f' => f64::from(f32::from_bits(bits as u32)),
        _ => half::to_f64(bits as u16),
    }
}
