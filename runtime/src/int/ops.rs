//! Operators: `+ - *`, the bitwise ones, negation and order, in every mix of owned,
//! borrowed and `i64` operands.

use std::cmp::Ordering;
use std::ops::{
    Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Mul, MulAssign,
    Neg, Not, Sub, SubAssign,
};

use super::Int;
use crate::bigint::{self, mag};

#[inline]
fn add(a: &Int, b: &Int) -> Int {
    if let (Int::Small(x), Int::Small(y)) = (a, b)
        && let Some(sum) = x.checked_add(*y)
    {
        return Int::Small(sum);
    }
    add_big(a.clone(), b.clone(), false)
}

#[inline]
fn sub(a: &Int, b: &Int) -> Int {
    if let (Int::Small(x), Int::Small(y)) = (a, b)
        && let Some(difference) = x.checked_sub(*y)
    {
        return Int::Small(difference);
    }
    add_big(a.clone(), b.clone(), true)
}

#[inline]
fn mul(a: &Int, b: &Int) -> Int {
    if let (Int::Small(x), Int::Small(y)) = (a, b) {
        if let Some(product) = x.checked_mul(*y) {
            return Int::Small(product);
        }
        return product_of(*x, *y);
    }
    mul_big(a.clone(), b.clone())
}

#[cold]
#[inline(never)]
fn product_of(x: i64, y: i64) -> Int {
    Int::from(i128::from(x) * i128::from(y))
}

// The slow ways take values: an int whose address nobody takes can live in registers.

/// `a + b`, or `a - b` when `minus`.
#[cold]
#[inline(never)]
fn add_big(a: Int, b: Int, minus: bool) -> Int {
    let (mut a_buffer, mut b_buffer) = ([0], [0]);
    let (a_neg, a) = a.parts(&mut a_buffer);
    let (b_neg, b) = b.parts(&mut b_buffer);
    let b_neg = b_neg != minus;
    if a_neg == b_neg {
        return Int::from_parts(a_neg, mag::add(a, b));
    }
    match mag::cmp(a, b) {
        Ordering::Less => Int::from_parts(b_neg, mag::sub(b, a)),
        _ => Int::from_parts(a_neg, mag::sub(a, b)),
    }
}

#[cold]
#[inline(never)]
fn mul_big(a: Int, b: Int) -> Int {
    let (mut a_buffer, mut b_buffer) = ([0], [0]);
    let (a_neg, a) = a.parts(&mut a_buffer);
    let (b_neg, b) = b.parts(&mut b_buffer);
    let product = match (a, b) {
        ([x], long) | (long, [x]) => mag::mul_small(long, *x),
        _ => mag::mul(a, b),
    };
    Int::from_parts(a_neg != b_neg, product)
}

macro_rules! bitwise {
    ($name:ident, $big:ident, $op:tt) => {
        #[inline]
        fn $name(a: &Int, b: &Int) -> Int {
            match (a, b) {
                (Int::Small(x), Int::Small(y)) => Int::Small(x $op y),
                _ => $big(a.clone(), b.clone()),
            }
        }

        #[cold]
        #[inline(never)]
        fn $big(a: Int, b: Int) -> Int {
            let (mut a_buffer, mut b_buffer) = ([0], [0]);
            let (a_neg, a) = a.parts(&mut a_buffer);
            let (b_neg, b) = b.parts(&mut b_buffer);
            let len = a.len().max(b.len()) + 1;
            let mut out = bigint::to_twos(a_neg, a, len);
            for (x, y) in out.iter_mut().zip(bigint::to_twos(b_neg, b, len)) {
                *x = *x $op y;
            }
            let (neg, mag) = bigint::from_twos(out);
            Int::from_parts(neg, mag)
        }
    };
}

bitwise!(and, and_big, &);
bitwise!(or, or_big, |);
bitwise!(xor, xor_big, ^);

macro_rules! operator {
    ($trait:ident $method:ident $assign:ident $assign_method:ident $f:ident) => {
        operator!(@one $trait $method $f (Int, Int) (a, b) (&a, &b));
        operator!(@one $trait $method $f (Int, &Int) (a, b) (&a, b));
        operator!(@one $trait $method $f (&Int, Int) (a, b) (a, &b));
        operator!(@one $trait $method $f (&Int, &Int) (a, b) (a, b));
        operator!(@one $trait $method $f (Int, i64) (a, b) (&a, &Int::Small(b)));
        operator!(@one $trait $method $f (&Int, i64) (a, b) (a, &Int::Small(b)));
        operator!(@one $trait $method $f (i64, Int) (a, b) (&Int::Small(a), &b));
        operator!(@one $trait $method $f (i64, &Int) (a, b) (&Int::Small(a), b));

        impl $assign<&Int> for Int {
            #[inline]
            fn $assign_method(&mut self, other: &Int) {
                *self = $f(self, other);
            }
        }
        impl $assign<Int> for Int {
            #[inline]
            fn $assign_method(&mut self, other: Int) {
                *self = $f(self, &other);
            }
        }
        impl $assign<i64> for Int {
            #[inline]
            fn $assign_method(&mut self, other: i64) {
                *self = $f(self, &Int::Small(other));
            }
        }
    };
    (@one $trait:ident $method:ident $f:ident ($a:ty, $b:ty) ($x:ident, $y:ident)
     ($left:expr, $right:expr)) => {
        impl $trait<$b> for $a {
            type Output = Int;
            #[inline]
            fn $method(self, other: $b) -> Int {
                let ($x, $y) = (self, other);
                $f($left, $right)
            }
        }
    };
}

operator!(Add add AddAssign add_assign add);
operator!(Sub sub SubAssign sub_assign sub);
operator!(Mul mul MulAssign mul_assign mul);
operator!(BitAnd bitand BitAndAssign bitand_assign and);
operator!(BitOr bitor BitOrAssign bitor_assign or);
operator!(BitXor bitxor BitXorAssign bitxor_assign xor);

#[cold]
#[inline(never)]
fn neg_big(x: Int) -> Int {
    match x {
        Int::Small(x) => Int::from(-i128::from(x)),
        Int::Big(big) => Int::from_parts(!big.neg, big.mag.clone()),
    }
}

impl Neg for &Int {
    type Output = Int;
    #[inline]
    fn neg(self) -> Int {
        match self {
            Int::Small(x) if *x != i64::MIN => Int::Small(-x),
            _ => neg_big(self.clone()),
        }
    }
}

impl Neg for Int {
    type Output = Int;
    #[inline]
    fn neg(self) -> Int {
        -&self
    }
}

/// `~x` is `-x - 1`.
impl Not for &Int {
    type Output = Int;
    #[inline]
    fn not(self) -> Int {
        match self {
            Int::Small(x) => Int::Small(!x),
            Int::Big(_) => sub(&Int::Small(-1), self),
        }
    }
}

impl Not for Int {
    type Output = Int;
    #[inline]
    fn not(self) -> Int {
        !&self
    }
}

impl PartialEq for Int {
    #[inline]
    fn eq(&self, other: &Int) -> bool {
        match (self, other) {
            (Int::Small(a), Int::Small(b)) => a == b,
            (Int::Big(a), Int::Big(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Int {}

impl Ord for Int {
    #[inline]
    fn cmp(&self, other: &Int) -> Ordering {
        match (self, other) {
            (Int::Small(a), Int::Small(b)) => a.cmp(b),
            _ => cmp_big(self.clone(), other.clone()),
        }
    }
}

#[cold]
#[inline(never)]
fn cmp_big(a: Int, b: Int) -> Ordering {
    let (mut a_buffer, mut b_buffer) = ([0], [0]);
    let (a_neg, a) = a.parts(&mut a_buffer);
    let (b_neg, b) = b.parts(&mut b_buffer);
    match (a_neg, b_neg) {
        (false, false) => mag::cmp(a, b),
        (true, true) => mag::cmp(b, a),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

macro_rules! comparisons {
    ($($method:ident $op:tt),*) => {$(
        #[inline]
        fn $method(&self, other: &Int) -> bool {
            match (self, other) {
                (Int::Small(a), Int::Small(b)) => a $op b,
                _ => cmp_big(self.clone(), other.clone()) $op Ordering::Equal,
            }
        }
    )*};
}

impl PartialOrd for Int {
    #[inline]
    fn partial_cmp(&self, other: &Int) -> Option<Ordering> {
        Some(self.cmp(other))
    }
    comparisons!(lt <, le <=, gt >, ge >=);
}

macro_rules! order_with_i64 {
    ($($int:ty, $small:ty);*) => {$(
        impl PartialEq<$small> for $int {
            #[inline]
            fn eq(&self, other: &$small) -> bool {
                matches!(self, Int::Small(a) if *a == *other)
            }
        }
        impl PartialEq<$int> for $small {
            #[inline]
            fn eq(&self, other: &$int) -> bool {
                other == self
            }
        }
        impl PartialOrd<$small> for $int {
            #[inline]
            fn partial_cmp(&self, other: &$small) -> Option<Ordering> {
                Some(cmp_small(self, *other))
            }
        }
        impl PartialOrd<$int> for $small {
            #[inline]
            fn partial_cmp(&self, other: &$int) -> Option<Ordering> {
                Some(cmp_small(other, *self).reverse())
            }
        }
    )*};
}

#[inline]
fn cmp_small(a: &Int, b: i64) -> Ordering {
    match a {
        Int::Small(a) => a.cmp(&b),
        Int::Big(big) if big.neg => Ordering::Less,
        Int::Big(_) => Ordering::Greater,
    }
}

order_with_i64!(Int, i64; &Int, i64);
