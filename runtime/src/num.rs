//! Ints and floats in one slot.

use std::cmp::Ordering;

use crate::int::{self, Int};
use crate::{Py, Result, Value, float};

/// A number that is an int at one time and a float at another, and prints as what it is.
#[derive(Clone, Debug)]
pub enum Num {
    Int(Int),
    Float(f64),
}

impl crate::cell::Lent for Num {}

impl Default for Num {
    #[inline]
    fn default() -> Num {
        Num::Float(0.0)
    }
}

impl From<Int> for Num {
    #[inline]
    fn from(x: Int) -> Num {
        Num::Int(x)
    }
}

impl From<i64> for Num {
    #[inline]
    fn from(x: i64) -> Num {
        Num::Int(Int::Small(x))
    }
}

impl From<f64> for Num {
    #[inline]
    fn from(x: f64) -> Num {
        Num::Float(x)
    }
}

impl From<bool> for Num {
    #[inline]
    fn from(x: bool) -> Num {
        Num::Int(Int::from(x))
    }
}

impl Num {
    /// `float(self)`; OverflowError for an int above the largest float.
    #[inline]
    pub fn to_f64(&self) -> Result<f64> {
        match self {
            Num::Int(x) => x.to_f64(),
            Num::Float(x) => Ok(*x),
        }
    }

    /// `int(self)`; errors of `Int::from_f64`.
    pub fn to_int(&self) -> Result<Int> {
        match self {
            Num::Int(x) => Ok(x.clone()),
            Num::Float(x) => Int::from_f64(*x),
        }
    }

    /// `bool(self)`.
    #[inline]
    pub fn truth(&self) -> bool {
        match self {
            Num::Int(x) => !x.is_zero(),
            Num::Float(x) => *x != 0.0,
        }
    }

    /// `abs(self)`.
    pub fn abs(&self) -> Num {
        match self {
            Num::Int(x) => Num::Int(x.abs()),
            Num::Float(x) => Num::Float(x.abs()),
        }
    }

    /// `hash(self)`.
    pub fn hash(&self) -> i64 {
        match self {
            Num::Int(x) => x.hash(),
            Num::Float(x) => float::hash(*x),
        }
    }

    /// Whether it is an int now.
    #[inline]
    pub fn is_int(&self) -> bool {
        matches!(self, Num::Int(_))
    }
}

/// Two numbers as floats where one of them is a float and no int is too large.
#[inline(always)]
fn floats(a: &Num, b: &Num) -> Option<(f64, f64)> {
    match (a, b) {
        (Num::Float(a), Num::Float(b)) => Some((*a, *b)),
        (Num::Float(a), Num::Int(Int::Small(b))) => Some((*a, *b as f64)),
        (Num::Int(Int::Small(a)), Num::Float(b)) => Some((*a as f64, *b)),
        _ => None,
    }
}

// Floats are the common case; the slow ways take values, so that a number whose
// address nobody takes can live in registers.
macro_rules! arithmetic {
    ($(#[$doc:meta] $name:ident $with_float:ident $float_with:ident $slow:ident:
       $ints:expr, $floats:expr;)*) => {$(
        #[$doc]
        #[inline(always)]
        pub fn $name(a: &Num, b: &Num) -> Result<Num> {
            match floats(a, b) {
                Some((a, b)) => $floats(a, b).map(Num::Float),
                None => $slow(a.clone(), b.clone()),
            }
        }

        #[inline(never)]
        fn $slow(a: Num, b: Num) -> Result<Num> {
            match (&a, &b) {
                (Num::Int(a), Num::Int(b)) => $ints(a, b).map(Num::from),
                _ => $floats(a.to_f64()?, b.to_f64()?).map(Num::Float),
            }
        }

        #[$doc]
        #[inline(always)]
        pub fn $with_float(a: &Num, b: f64) -> Result<f64> {
            $floats(a.to_f64()?, b)
        }

        #[$doc]
        #[inline(always)]
        pub fn $float_with(a: f64, b: &Num) -> Result<f64> {
            $floats(a, b.to_f64()?)
        }
    )*};
}

arithmetic! {
    /// `a + b`.
    add add_float float_add add_any: |a: &Int, b: &Int| Ok(a + b), |a: f64, b: f64| Ok(a + b);
    /// `a - b`.
    sub sub_float float_sub sub_any: |a: &Int, b: &Int| Ok(a - b), |a: f64, b: f64| Ok(a - b);
    /// `a * b`.
    mul mul_float float_mul mul_any: |a: &Int, b: &Int| Ok(a * b), |a: f64, b: f64| Ok(a * b);
    /// `a // b`.
    floordiv floordiv_float float_floordiv floordiv_any: int::floordiv, float::floordiv;
    /// `a % b`.
    pymod pymod_float float_pymod pymod_any: int::pymod, float::pymod;
    /// `a ** b`.
    pow pow_float float_pow pow_any: int::pow_num, float::pow;
}

/// `a / b`.
#[inline]
pub fn truediv(a: &Num, b: &Num) -> Result<f64> {
    match floats(a, b) {
        Some((a, b)) => float::truediv(a, b),
        None => truediv_any(a.clone(), b.clone()),
    }
}

#[inline(never)]
fn truediv_any(a: Num, b: Num) -> Result<f64> {
    match (&a, &b) {
        (Num::Int(a), Num::Int(b)) => int::truediv(a, b),
        _ => float::truediv(a.to_f64()?, b.to_f64()?),
    }
}

/// `divmod(a, b)`.
pub fn divmod(a: &Num, b: &Num) -> Result<(Num, Num)> {
    match (a, b) {
        (Num::Int(a), Num::Int(b)) => int::divmod(a, b).map(|(q, r)| (Num::Int(q), Num::Int(r))),
        _ => float::divmod(a.to_f64()?, b.to_f64()?).map(|(q, r)| (Num::Float(q), Num::Float(r))),
    }
}

/// `-x`.
#[inline]
pub fn neg(x: &Num) -> Num {
    match x {
        Num::Int(x) => Num::Int(-x),
        Num::Float(x) => Num::Float(-x),
    }
}

/// `round(x)`.
pub fn round(x: &Num) -> Result<Int> {
    match x {
        Num::Int(x) => Ok(x.clone()),
        Num::Float(x) => float::round(*x),
    }
}

/// `round(x, digits)`.
pub fn round_to(x: &Num, digits: &Int) -> Result<Num> {
    match x {
        Num::Int(x) => x.round_to(digits).map(Num::Int),
        Num::Float(x) => float::round_to(*x, digits).map(Num::Float),
    }
}

/// `round(x, digits)` where `digits` may be None.
pub fn round_perhaps(x: &Num, digits: Option<&Int>) -> Result<Num> {
    match digits {
        Some(digits) => round_to(x, digits),
        None => round(x).map(Num::Int),
    }
}

impl PartialEq for Num {
    #[inline]
    fn eq(&self, other: &Num) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

macro_rules! comparisons {
    ($($method:ident $op:tt;)*) => {$(
        #[inline]
        fn $method(&self, other: &Num) -> bool {
            match (self, other) {
                (Num::Float(a), Num::Float(b)) => a $op b,
                (Num::Float(a), Num::Int(Int::Small(b))) if is_exact(*b) => *a $op *b as f64,
                _ => order(self.clone(), other.clone()).is_some_and(|o| o $op Ordering::Equal),
            }
        }
    )*};
}

/// Exact between ints and floats; NaN has no order.
impl PartialOrd for Num {
    #[inline]
    fn partial_cmp(&self, other: &Num) -> Option<Ordering> {
        match (self, other) {
            (Num::Float(a), Num::Float(b)) => a.partial_cmp(b),
            (Num::Float(a), Num::Int(Int::Small(b))) if is_exact(*b) => a.partial_cmp(&(*b as f64)),
            _ => order(self.clone(), other.clone()),
        }
    }
    comparisons! { lt <; le <=; gt >; ge >=; }
}

/// Whether a float holds the int exactly.
#[inline(always)]
fn is_exact(x: i64) -> bool {
    x.unsigned_abs() <= 1 << 53
}

#[inline(never)]
fn order(a: Num, b: Num) -> Option<Ordering> {
    match (&a, &b) {
        (Num::Int(a), Num::Int(b)) => Some(a.cmp(b)),
        (Num::Int(a), Num::Float(b)) => a.cmp_f64(*b),
        (Num::Float(a), Num::Int(b)) => float::cmp_int(*a, b),
        (Num::Float(a), Num::Float(b)) => a.partial_cmp(b),
    }
}

impl Py for Num {
    const PLAIN: bool = true;

    fn py_type_name(&self) -> &'static str {
        match self {
            Num::Int(x) => x.py_type_name(),
            Num::Float(x) => x.py_type_name(),
        }
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        match self {
            Num::Int(x) => x.py_repr_into(out),
            Num::Float(x) => x.py_repr_into(out),
        }
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(self.truth())
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok(self.hash())
    }
    int::ordered!(py_eq ==, py_lt <, py_le <=, py_gt >, py_ge >=);
    fn py_is(&self, other: &Self) -> bool {
        match (self, other) {
            (Num::Int(a), Num::Int(b)) => a.py_is(b),
            (Num::Float(a), Num::Float(b)) => a.py_is(b),
            _ => false,
        }
    }
    fn to_value(&self) -> Value {
        match self {
            Num::Int(x) => x.to_value(),
            Num::Float(x) => x.to_value(),
        }
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(x) => Some(Num::Int(x.clone())),
            Value::Float(x) => Some(Num::Float(*x)),
            _ => None,
        }
    }
    fn py_format_into(&self, spec: &str, out: &mut String) -> Result<()> {
        match self {
            Num::Int(value) => value.py_format_into(spec, out),
            Num::Float(value) => value.py_format_into(spec, out),
        }
    }
}
