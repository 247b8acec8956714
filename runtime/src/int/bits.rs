//! Shifts, bit counts and bytes.

use super::{Int, memory_error};
use crate::bigint;
use crate::{Exc, Result};

/// CPython refuses more digits of 30 bits than this.
const MAX_DIGITS: u64 = (i64::MAX as u64 - 24) / 4;

impl Int {
    /// `self << by`.
    ///
    /// Errors: ValueError for a negative count; MemoryError or OverflowError for a
    /// result that no machine can hold.
    #[inline]
    pub fn shl(&self, by: &Int) -> Result<Int> {
        if let (Int::Small(x), Int::Small(n @ 0..=62)) = (self, by) {
            let shifted = x << n;
            if shifted >> n == *x {
                return Ok(Int::Small(shifted));
            }
        }
        self.clone().shl_big(by.clone())
    }

    #[cold]
    #[inline(never)]
    fn shl_big(self, by: Int) -> Result<Int> {
        if by.is_negative() {
            return Err(Exc::value_error("negative shift count"));
        }
        if self.is_zero() {
            return Ok(Int::ZERO);
        }
        let mut buffer = [0];
        let bits = match by.parts(&mut buffer).1 {
            [] => 0,
            [bits] => *bits,
            _ if !too_many_digits(&by) => return Err(memory_error()),
            _ => return Err(Exc::overflow_error("too many digits in integer")),
        };
        let mut buffer = [0];
        let (neg, mag) = self.parts(&mut buffer);
        let mag = bigint::shl(mag, bits).ok_or_else(memory_error)?;
        Ok(Int::from_parts(neg, mag))
    }

    /// `self >> by`, rounding down.
    ///
    /// Errors: ValueError for a negative count.
    #[inline]
    pub fn shr(&self, by: &Int) -> Result<Int> {
        match (self, by) {
            (Int::Small(x), Int::Small(n @ 0..)) => Ok(Int::Small(x >> (*n).min(63))),
            _ => self.clone().shr_big(by.clone()),
        }
    }

    #[cold]
    #[inline(never)]
    fn shr_big(self, by: Int) -> Result<Int> {
        if by.is_negative() {
            return Err(Exc::value_error("negative shift count"));
        }
        let bits = by.saturate() as u64;
        let mut buffer = [0];
        let (neg, mag) = self.parts(&mut buffer);
        let (mut mag, lost) = bigint::shr(mag, bits);
        if neg && lost {
            mag = bigint::mag::add(&mag, &[1]);
        }
        Ok(Int::from_parts(neg, mag))
    }

    /// `self.bit_length()`: bits of the magnitude.
    #[inline]
    pub fn bit_length(&self) -> i64 {
        match self {
            Int::Small(x) => i64::from(64 - x.unsigned_abs().leading_zeros()),
            Int::Big(big) => bigint::bit_length(&big.mag) as i64,
        }
    }

    /// `self.bit_count()`: ones in the magnitude.
    #[inline]
    pub fn bit_count(&self) -> i64 {
        match self {
            Int::Small(x) => i64::from(x.unsigned_abs().count_ones()),
            Int::Big(big) => big.mag.iter().map(|x| i64::from(x.count_ones())).sum(),
        }
    }

    /// `self.to_bytes(length, byteorder, signed=signed)`.
    ///
    /// Errors: ValueError for a bad order or length; OverflowError when it does not fit.
    pub fn to_bytes(&self, length: i64, byteorder: &str, signed: bool) -> Result<Vec<u8>> {
        let big_endian = is_big_endian(byteorder)?;
        let Ok(length) = usize::try_from(length) else {
            return Err(Exc::value_error("length argument must be non-negative"));
        };
        if self.is_negative() && !signed {
            return Err(Exc::overflow_error(
                "can't convert negative int to unsigned",
            ));
        }
        let mut buffer = [0];
        let (neg, mag) = self.parts(&mut buffer);
        // Signed numbers need their bits and a sign, but -2**(n-1) fits n bits.
        let mut needed = bigint::bit_length(mag);
        if signed && !mag.is_empty() {
            let power = neg && bigint::trailing_zeros(mag) == needed - 1;
            needed += u64::from(!power);
        }
        if needed.div_ceil(8) > length as u64 {
            return Err(Exc::overflow_error("int too big to convert"));
        }
        let twos = bigint::to_twos(neg, mag, mag.len() + 1);
        let mut bytes = Vec::new();
        bytes
            .try_reserve_exact(length)
            .map_err(|_| memory_error())?;
        bytes.extend(twos.iter().flat_map(|x| x.to_le_bytes()).take(length));
        bytes.resize(length, if neg { 0xff } else { 0 });
        if big_endian {
            bytes.reverse();
        }
        Ok(bytes)
    }

    /// `int.from_bytes(bytes, byteorder, signed=signed)`.
    ///
    /// Errors: ValueError for a bad order.
    pub fn from_bytes(bytes: &[u8], byteorder: &str, signed: bool) -> Result<Int> {
        let mut bytes = bytes.to_vec();
        if is_big_endian(byteorder)? {
            bytes.reverse();
        }
        let neg = signed && bytes.last().is_some_and(|top| top >> 7 == 1);
        let len = bytes.len() / 8 + 1;
        bytes.resize(len * 8, if neg { 0xff } else { 0 });
        let limb = |part: &[u8]| u64::from_le_bytes(part.try_into().expect("eight bytes"));
        let (neg, mag) = bigint::from_twos(bytes.chunks_exact(8).map(limb).collect());
        Ok(Int::from_parts(neg, mag))
    }
}

fn is_big_endian(byteorder: &str) -> Result<bool> {
    match byteorder {
        "big" => Ok(true),
        "little" => Ok(false),
        _ => Err(Exc::value_error(
            "byteorder must be either 'little' or 'big'",
        )),
    }
}

#[inline]
fn too_many_digits(bits: &Int) -> bool {
    *bits >= Int::from(u128::from(MAX_DIGITS) * 30)
}
