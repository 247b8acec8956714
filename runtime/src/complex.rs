//! `complex`: two floats, with the algorithms of CPython's `complexobject.c`.

mod object;
mod text;

pub use text::parse;

use std::ops::{Add, Mul, Neg, Sub};

use crate::{Exc, Int, Num, Result};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}

impl Complex {
    #[inline]
    pub const fn new(re: f64, im: f64) -> Complex {
        Complex { re, im }
    }

    /// `complex(x, y)` of two complex numbers: x + y·1j.
    pub fn of_parts(x: Complex, y: Complex) -> Complex {
        Complex::new(x.re - y.im, x.im + y.re)
    }

    #[inline]
    pub fn conjugate(self) -> Complex {
        Complex::new(self.re, -self.im)
    }

    pub fn is_finite(self) -> bool {
        self.re.is_finite() && self.im.is_finite()
    }

    /// `abs(self)`.
    pub fn abs(self) -> Result<f64> {
        let size = self.re.hypot(self.im);
        if size.is_infinite() && self.is_finite() {
            return Err(Exc::overflow_error("absolute value too large"));
        }
        Ok(size)
    }

    /// `hash(self)`.
    pub fn hash(self) -> i64 {
        let (re, im) = (crate::float::hash(self.re), crate::float::hash(self.im));
        let hash = re.wrapping_add(im.wrapping_mul(1_000_003));
        if hash == -1 { -2 } else { hash }
    }

    #[inline]
    pub fn is_zero(self) -> bool {
        self.re == 0.0 && self.im == 0.0
    }

    /// The quotient; `None` for a zero divisor.
    pub(crate) fn quotient(self, by: Complex) -> Option<Complex> {
        let (re, im) = (by.re.abs(), by.im.abs());
        if re >= im {
            if re == 0.0 {
                return None;
            }
            let ratio = by.im / by.re;
            let below = by.re + by.im * ratio;
            Some(Complex::new(
                (self.re + self.im * ratio) / below,
                (self.im - self.re * ratio) / below,
            ))
        } else if im >= re {
            let ratio = by.re / by.im;
            let below = by.re * ratio + by.im;
            Some(Complex::new(
                (self.re * ratio + self.im) / below,
                (self.im * ratio - self.re) / below,
            ))
        } else {
            Some(Complex::new(f64::NAN, f64::NAN))
        }
    }
}

impl From<f64> for Complex {
    #[inline]
    fn from(x: f64) -> Complex {
        Complex::new(x, 0.0)
    }
}

impl Add for Complex {
    type Output = Complex;
    #[inline]
    fn add(self, other: Complex) -> Complex {
        Complex::new(self.re + other.re, self.im + other.im)
    }
}

impl Sub for Complex {
    type Output = Complex;
    #[inline]
    fn sub(self, other: Complex) -> Complex {
        Complex::new(self.re - other.re, self.im - other.im)
    }
}

impl Mul for Complex {
    type Output = Complex;
    #[inline]
    fn mul(self, other: Complex) -> Complex {
        Complex::new(
            self.re * other.re - self.im * other.im,
            self.re * other.im + self.im * other.re,
        )
    }
}

impl Neg for Complex {
    type Output = Complex;
    #[inline]
    fn neg(self) -> Complex {
        Complex::new(-self.re, -self.im)
    }
}

/// `a / b`.
#[inline]
pub fn truediv(a: Complex, b: Complex) -> Result<Complex> {
    a.quotient(b)
        .ok_or_else(|| Exc::zero_division("complex division by zero"))
}

/// `a ** b`.
pub fn pow(a: Complex, b: Complex) -> Result<Complex> {
    let domain = || Exc::zero_division("0.0 to a negative or complex power");
    let whole = b.im == 0.0 && b.re == b.re.floor() && b.re.abs() <= 100.0;
    let power = if whole {
        let exponent = b.re as i64;
        let size = whole_power(a, exponent.unsigned_abs());
        if exponent > 0 {
            size
        } else {
            Complex::from(1.0).quotient(size).ok_or_else(domain)?
        }
    } else if b.is_zero() {
        Complex::from(1.0)
    } else if a.is_zero() {
        if b.im != 0.0 || b.re < 0.0 {
            return Err(domain());
        }
        Complex::from(0.0)
    } else {
        let size = a.re.hypot(a.im);
        let angle = a.im.atan2(a.re);
        let mut length = size.powf(b.re);
        let mut phase = angle * b.re;
        if b.im != 0.0 {
            length /= (angle * b.im).exp();
            phase += b.im * size.ln();
        }
        Complex::new(length * phase.cos(), length * phase.sin())
    };
    if power.re.is_infinite() || power.im.is_infinite() {
        return Err(Exc::overflow_error("complex exponentiation"));
    }
    Ok(power)
}

fn whole_power(base: Complex, exponent: u64) -> Complex {
    let mut power = Complex::from(1.0);
    let mut square = base;
    let mut mask = 1;
    while mask > 0 && exponent >= mask {
        if exponent & mask != 0 {
            power = power * square;
        }
        mask <<= 1;
        square = square * square;
    }
    power
}

/// `a == b` of a complex number and an int: exact.
pub fn eq_int(a: Complex, b: &Int) -> bool {
    a.im == 0.0 && b.eq_f64(a.re)
}

/// `a == b` of a complex number and a number that is no complex one.
pub fn eq_num(a: Complex, b: &Num) -> bool {
    match b {
        Num::Int(b) => eq_int(a, b),
        Num::Float(b) => a.im == 0.0 && a.re == *b,
    }
}
