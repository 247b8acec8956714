//! Python's int: exact at any size.
//!
//! The enum and its conversions are here; `ops` has the operators, `divide` quotients,
//! `power` powers, `bits` shifts and bytes, `text` printing, `parse` reading.

mod big;
mod bits;
mod divide;
mod ops;
mod parse;
mod power;
mod text;

use std::cmp::Ordering;

pub use big::Big;
pub use divide::{
    divmod, divmod_i64, floordiv, floordiv_by, floordiv_i64, floordiv_small, pymod, pymod_by,
    pymod_i64, pymod_small, truediv, truediv_i64, wide_floordiv, wide_mod, wide_to_f64,
};
pub(crate) use parse::{is_space, to_ascii};
pub use power::{modpow, pow_int, pow_num};
pub use text::{bin, hex, max_str_digits, oct, set_max_str_digits};

use crate::bigint::{self, BigInt};
use crate::{Exc, Py, Result, Value};

/// An integer. Canonical: `Big` only holds values outside `i64`.
#[derive(Clone)]
pub enum Int {
    Small(i64),
    Big(Big),
}

impl crate::cell::Lent for Int {}

impl Int {
    pub const ZERO: Int = Int::Small(0);
    pub const ONE: Int = Int::Small(1);

    /// The canonical integer of a sign and a magnitude.
    pub(crate) fn from_parts(neg: bool, mut mag: Vec<u64>) -> Int {
        bigint::mag::trim(&mut mag);
        match mag[..] {
            [] => Int::ZERO,
            [x] if x <= i64::MAX as u64 => Int::Small(if neg { -(x as i64) } else { x as i64 }),
            [x] if neg && x == 1 << 63 => Int::Small(i64::MIN),
            _ => Int::Big(Big::new(BigInt { neg, mag })),
        }
    }

    /// Sign and magnitude; `buffer` lends its place to a small value.
    #[inline]
    pub(crate) fn parts<'a>(&'a self, buffer: &'a mut [u64; 1]) -> (bool, &'a [u64]) {
        match self {
            Int::Small(0) => (false, &[]),
            Int::Small(x) => {
                buffer[0] = x.unsigned_abs();
                (*x < 0, buffer)
            }
            Int::Big(big) => (big.neg, &big.mag),
        }
    }

    /// An integer literal of any length: decimal digits with an optional minus sign.
    pub fn lit(digits: &str) -> Int {
        let (neg, digits) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits),
        };
        let values: Vec<u8> = digits.bytes().map(|b| b.wrapping_sub(b'0')).collect();
        Int::from_parts(neg, bigint::radix::from_digits(&values, 10))
    }

    /// The value if it fits 64 bits.
    #[inline]
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Int::Small(x) => Some(*x),
            Int::Big(_) => None,
        }
    }

    /// The nearest 64-bit value: sizes, counts and slice bounds.
    #[inline]
    pub fn saturate(&self) -> i64 {
        match self {
            Int::Small(x) => *x,
            Int::Big(big) if big.neg => i64::MIN,
            Int::Big(_) => i64::MAX,
        }
    }

    /// The value as an index; IndexError when it does not fit 64 bits.
    #[inline]
    pub fn index(&self) -> Result<i64> {
        match self {
            Int::Small(x) => Ok(*x),
            Int::Big(_) => Err(crate::glue::too_large_index()),
        }
    }

    /// The value as a C `ssize_t`; OverflowError when it does not fit.
    pub fn to_ssize(&self) -> Result<i64> {
        match self {
            Int::Small(x) => Ok(*x),
            Int::Big(_) => Err(Exc::overflow_error(
                "Python int too large to convert to C ssize_t",
            )),
        }
    }

    #[inline]
    pub fn is_zero(&self) -> bool {
        matches!(self, Int::Small(0))
    }

    #[inline]
    pub fn is_negative(&self) -> bool {
        match self {
            Int::Small(x) => *x < 0,
            Int::Big(big) => big.neg,
        }
    }

    /// -1, 0 or 1.
    #[inline]
    pub fn sign(&self) -> i64 {
        match self {
            Int::Small(x) => x.signum(),
            Int::Big(big) => 1 - 2 * i64::from(big.neg),
        }
    }

    /// Whether the lowest bit is set.
    #[inline]
    pub fn is_odd(&self) -> bool {
        match self {
            Int::Small(x) => x & 1 == 1,
            Int::Big(big) => big.mag[0] & 1 == 1,
        }
    }

    /// `abs(self)`.
    #[inline]
    pub fn abs(&self) -> Int {
        match self {
            Int::Small(x) if *x != i64::MIN => Int::Small(x.abs()),
            Int::Big(big) if !big.neg => self.clone(),
            _ => -self,
        }
    }

    /// `float(self)`: nearest, ties to even; OverflowError above the largest float.
    #[inline]
    pub fn to_f64(&self) -> Result<f64> {
        match self {
            Int::Small(x) => Ok(*x as f64),
            Int::Big(big) => big.to_finite(),
        }
    }

    /// `int(x)`: the float without its fraction.
    ///
    /// Errors: OverflowError for infinities, ValueError for NaN.
    #[inline]
    pub fn from_f64(x: f64) -> Result<Int> {
        let x = x.trunc();
        // -2**63 and every float up to below 2**63 convert exactly.
        if (-9223372036854775808.0..9223372036854775808.0).contains(&x) {
            return Ok(Int::Small(x as i64));
        }
        Int::from_large_f64(x)
    }

    #[cold]
    fn from_large_f64(x: f64) -> Result<Int> {
        if x.is_nan() {
            return Err(Exc::value_error("cannot convert float NaN to integer"));
        }
        if x.is_infinite() {
            return Err(Exc::overflow_error(
                "cannot convert float infinity to integer",
            ));
        }
        let bits = x.to_bits();
        let mantissa = bits & ((1 << 52) - 1) | 1 << 52;
        let shift = (bits >> 52 & 0x7ff) - 1075;
        let mag = bigint::shl(&[mantissa], shift).ok_or_else(memory_error)?;
        Ok(Int::from_parts(x < 0.0, mag))
    }

    /// `self == x`, exactly.
    #[inline]
    pub fn eq_f64(&self, x: f64) -> bool {
        self.cmp_f64(x) == Some(Ordering::Equal)
    }

    /// The exact order of an int and a float; `None` for NaN.
    #[inline]
    pub fn cmp_f64(&self, x: f64) -> Option<Ordering> {
        match self {
            Int::Small(i) if i.unsigned_abs() <= 1 << 53 => (*i as f64).partial_cmp(&x),
            _ => self.cmp_f64_exactly(x),
        }
    }

    #[cold]
    fn cmp_f64_exactly(&self, x: f64) -> Option<Ordering> {
        if x.is_nan() {
            return None;
        }
        if x.is_infinite() {
            return Some(if x > 0.0 {
                Ordering::Less
            } else {
                Ordering::Greater
            });
        }
        let whole = Int::from_f64(x).ok()?;
        let fraction = x - x.trunc();
        Some(
            self.cmp(&whole)
                .then_with(|| 0.0_f64.partial_cmp(&fraction).expect("finite")),
        )
    }

    /// `hash(self)`: the value modulo 2**61 - 1, keeping the sign; -2 instead of -1.
    #[inline]
    pub fn hash(&self) -> i64 {
        let hash = match self {
            Int::Small(x) => small_hash(*x),
            Int::Big(big) => big.hash(),
        };
        if hash == -1 { -2 } else { hash }
    }

    /// What `hash(x)` makes of the int that `x.__hash__()` gave: kept if it fits 64 bits.
    #[inline]
    pub fn user_hash(&self) -> i64 {
        match self.to_i64() {
            Some(-1) => -2,
            Some(hash) => hash,
            None => self.hash(),
        }
    }
}

#[inline]
fn small_hash(x: i64) -> i64 {
    if x.unsigned_abs() < HASH_MODULUS {
        x
    } else {
        x % HASH_MODULUS as i64
    }
}

/// The prime that numeric hashes are reduced by.
pub(crate) const HASH_MODULUS: u64 = (1 << 61) - 1;

impl BigInt {
    /// Nearest float, ties to even; infinite when too large.
    pub fn to_f64(&self) -> f64 {
        let x = bigint::to_f64(&self.mag, 0, false);
        if self.neg { -x } else { x }
    }

    #[cold]
    #[inline(never)]
    fn to_finite(&self) -> Result<f64> {
        let x = self.to_f64();
        if x.is_infinite() {
            return Err(Exc::overflow_error("int too large to convert to float"));
        }
        Ok(x)
    }

    #[cold]
    #[inline(never)]
    fn hash(&self) -> i64 {
        // 2**64 is 8 modulo 2**61 - 1.
        let step = |h: u64, &x: &u64| {
            let sum = u128::from(h) * 8 + u128::from(x);
            (sum % u128::from(HASH_MODULUS)) as u64
        };
        let hash = self.mag.iter().rev().fold(0, step) as i64;
        if self.neg { -hash } else { hash }
    }
}

/// `MemoryError()`, for results that no machine can hold.
#[cold]
pub(crate) fn memory_error() -> Exc {
    Exc::new(&crate::exc::MEMORY_ERROR, Vec::new())
}

macro_rules! from_small {
    ($($t:ty),*) => {$(
        impl From<$t> for Int {
            #[inline]
            fn from(x: $t) -> Int {
                Int::Small(i64::from(x))
            }
        }
    )*};
}

from_small!(i64, i32, i16, i8, u32, u16, u8, bool);

impl From<u64> for Int {
    #[inline]
    fn from(x: u64) -> Int {
        match i64::try_from(x) {
            Ok(small) => Int::Small(small),
            Err(_) => Int::from_parts(false, vec![x]),
        }
    }
}

impl From<usize> for Int {
    #[inline]
    fn from(x: usize) -> Int {
        Int::from(x as u64)
    }
}

impl From<i128> for Int {
    #[inline]
    fn from(x: i128) -> Int {
        match i64::try_from(x) {
            Ok(small) => Int::Small(small),
            Err(_) => Int::from_wide(x < 0, x.unsigned_abs()),
        }
    }
}

impl From<u128> for Int {
    #[inline]
    fn from(x: u128) -> Int {
        match i64::try_from(x) {
            Ok(small) => Int::Small(small),
            Err(_) => Int::from_wide(false, x),
        }
    }
}

impl Int {
    #[cold]
    fn from_wide(neg: bool, x: u128) -> Int {
        Int::from_parts(neg, vec![x as u64, (x >> 64) as u64])
    }
}

impl Default for Int {
    #[inline]
    fn default() -> Int {
        Int::ZERO
    }
}

impl std::hash::Hash for Int {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        state.write_i64(Int::hash(self));
    }
}

macro_rules! ordered {
    ($($method:ident $op:tt),*) => {$(
        #[inline]
        fn $method(&self, other: &Self) -> Result<bool> {
            Ok(self $op other)
        }
    )*};
}

pub(crate) use ordered;

impl Py for Int {
    const PLAIN: bool = true;
    const ORDERED: bool = true;

    fn py_type_name(&self) -> &'static str {
        "int"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        text::decimal_into(self, out)
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_zero())
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok(Int::hash(self))
    }
    ordered!(py_eq ==, py_lt <, py_le <=, py_gt >, py_ge >=);
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self == other
    }
    fn to_value(&self) -> Value {
        Value::Int(self.clone())
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(x) => Some(x.clone()),
            _ => None,
        }
    }
    fn py_format_into(&self, spec: &str, out: &mut String) -> Result<()> {
        crate::format::format_int(self, spec, out)
    }
}

impl Py for i64 {
    const PLAIN: bool = true;
    const ORDERED: bool = true;

    fn py_type_name(&self) -> &'static str {
        "int"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        text::small_into(*self, out);
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(*self != 0)
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok(Int::Small(*self).hash())
    }
    ordered!(py_eq ==, py_lt <, py_le <=, py_gt >, py_ge >=);
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self == other
    }
    fn to_value(&self) -> Value {
        Value::Int(Int::Small(*self))
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(Int::Small(x)) => Some(*x),
            _ => None,
        }
    }
    fn py_format_into(&self, spec: &str, out: &mut String) -> Result<()> {
        crate::format::format_int(&Int::from(*self), spec, out)
    }
}

impl Py for bool {
    const PLAIN: bool = true;
    const ORDERED: bool = true;

    fn py_type_name(&self) -> &'static str {
        "bool"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str(if *self { "True" } else { "False" });
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(*self)
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok(i64::from(*self))
    }
    ordered!(py_eq ==, py_lt <, py_le <=, py_gt >, py_ge >=);
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self == other
    }
    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(x) => Some(*x),
            _ => None,
        }
    }
    fn py_format_into(&self, spec: &str, out: &mut String) -> Result<()> {
        crate::format::format_bool(*self, spec, out)
    }
}
