//! What decimal numbers are made of, and their arithmetic while numbers are short.
//!
//! The library module `decimal` has the whole of the General Decimal Arithmetic
//! Specification, in Python. What is here answers where coefficients have at most 128
//! bits and nothing out of the way happens; `None` sends the caller to the library.

mod active;
mod arithmetic;
mod text;
mod wide;

use std::rc::Rc;

pub use active::{follow, signals, those};
pub use arithmetic::{added, order, product, quantized, quotient, signed};
pub use text::parsed;

use crate::bigint::BigInt;
use crate::stdlib::handle::Handle;
use crate::{Class, Int, Result, int};

static NUMBER: Class = Class::new("Number", "decimal", &[]);

/// The modulus of the hashes of numbers.
const MODULUS: u64 = (1 << 61) - 1;
/// The inverse of 10 by that modulus.
const TENTH: u64 = 2075258708292324556;

/// Those of more than 128 bits are large.
#[derive(Clone)]
enum Coefficient {
    Short([u64; 2]),
    Large(Rc<BigInt>),
}

/// A sign, a coefficient and an exponent; of what is no number, the coefficient is the
/// payload.
#[derive(Clone)]
pub struct Number {
    coefficient: Coefficient,
    exponent: i64,
    /// The kind, and in the lowest bit whether there is a minus. Whole words only: bytes
    /// that were written one by one are slow to move as words.
    marks: u64,
}

impl crate::cell::Lent for Number {}

impl Default for Number {
    fn default() -> Number {
        Number::short(false, 0, 0)
    }
}

/// The kind of numbers that are neither infinite nor NaN.
const FINITE: u64 = 0;

impl Number {
    /// The coefficient is not negative; the exponent fits 64 bits.
    pub fn new(minus: bool, coefficient: &Int, exponent: i64, kind: i64) -> Number {
        let coefficient = match coefficient {
            Int::Small(x) => Coefficient::Short([*x as u64, 0]),
            Int::Big(big) => match big.mag[..] {
                [x] => Coefficient::Short([x, 0]),
                [x, y] => Coefficient::Short([x, y]),
                _ => Coefficient::Large(Rc::new(BigInt::clone(big))),
            },
        };
        Number {
            coefficient,
            exponent,
            marks: (kind as u64) << 1 | u64::from(minus),
        }
    }

    /// An int.
    pub fn whole(n: &Int) -> Number {
        Number::new(n.is_negative(), &n.abs(), 0, 0)
    }

    /// An int that fits 64 bits.
    #[inline(always)]
    pub fn small(n: i64) -> Number {
        Number::short(n < 0, u128::from(n.unsigned_abs()), 0)
    }

    #[inline(always)]
    fn short(minus: bool, coefficient: u128, exponent: i64) -> Number {
        Number {
            coefficient: Coefficient::Short([coefficient as u64, (coefficient >> 64) as u64]),
            exponent,
            marks: FINITE << 1 | u64::from(minus),
        }
    }

    /// The coefficient of a finite number, if it is short.
    #[inline(always)]
    fn finite(&self) -> Option<u128> {
        match self.coefficient {
            Coefficient::Short([low, high]) if self.marks >> 1 == FINITE => {
                Some(u128::from(low) | u128::from(high) << 64)
            }
            _ => None,
        }
    }

    #[inline]
    pub fn minus(&self) -> bool {
        self.marks & 1 == 1
    }

    #[inline]
    pub fn exponent(&self) -> i64 {
        self.exponent
    }

    #[inline]
    pub fn kind(&self) -> i64 {
        (self.marks >> 1) as i64
    }

    pub fn coefficient(&self) -> Int {
        match &self.coefficient {
            Coefficient::Short([low, high]) => {
                Int::from(u128::from(*low) | u128::from(*high) << 64)
            }
            Coefficient::Large(big) => Int::from_parts(false, big.mag.clone()),
        }
    }

    /// `hash` of a finite number: that of the equal int, float or fraction.
    pub fn hashed(&self) -> Result<i64> {
        let rest = match &self.coefficient {
            Coefficient::Short([low, high]) => {
                ((u128::from(*low) | u128::from(*high) << 64) % u128::from(MODULUS)) as u64
            }
            Coefficient::Large(_) => {
                let rest = int::pymod_small(&self.coefficient(), MODULUS as i64)?;
                rest as u64
            }
        };
        let base = if self.exponent < 0 { TENTH } else { 10 };
        let scale = power(base, self.exponent.unsigned_abs());
        let made = times(rest, scale) as i64;
        Ok(match if self.minus() { -made } else { made } {
            -1 => -2,
            hash => hash,
        })
    }
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(MODULUS)) as u64
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut made = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            made = times(made, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    made
}

impl Handle for Number {
    fn class_of(&self) -> &'static Class {
        &NUMBER
    }
    fn address(&self) -> usize {
        self as *const Number as usize
    }
}

crate::library_object!(Number);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_equal_numbers() {
        let half = Number::short(false, 5, -1);
        assert_eq!(half.hashed().unwrap(), 1152921504606846976);
        assert_eq!(Number::short(true, 1, 0).hashed().unwrap(), -2);
        let large = Number::new(false, &Int::lit(&"7".repeat(60)), 3, 0);
        assert_eq!(large.hashed().unwrap(), 1700888712857868916);
    }

    #[test]
    fn coefficients_of_any_size_are_kept() {
        for digits in ["0", "9223372036854775808", &"9".repeat(38), &"9".repeat(39)] {
            let made = Number::new(false, &Int::lit(digits), 0, 0);
            assert!(made.coefficient() == Int::lit(digits));
        }
    }
}
