//! The cmath module, with the algorithms of CPython's `cmathmodule.c` for finite numbers.

use std::f64::consts::{E, FRAC_PI_2, LN_2, LN_10};

use crate::{Complex, Exc, Result, entry, math};

const LARGE: f64 = f64::MAX / 4.0;
const DIGITS: i32 = f64::MANTISSA_DIGITS as i32;

#[cold]
fn domain() -> Exc {
    Exc::value_error("math domain error")
}

#[cold]
fn range() -> Exc {
    Exc::overflow_error("math range error")
}

/// The results at infinities and NaNs come from tables that are not here.
fn finite(name: &str, z: Complex) -> Complex {
    if !z.is_finite() {
        entry::refused(
            name,
            "PT203",
            "cmath",
            "a function of a number that is not finite",
        )
    }
    z
}

fn log_large() -> f64 {
    LARGE.ln()
}

fn scaled(x: f64, by: i32) -> f64 {
    x * 2f64.powi(by)
}

fn checked(z: Complex) -> Result<Complex> {
    if z.re.is_infinite() || z.im.is_infinite() {
        return Err(range());
    }
    Ok(z)
}

fn is_large(z: Complex) -> bool {
    z.re.abs() > LARGE || z.im.abs() > LARGE
}

/// The logarithm of the size of a number too large to measure.
fn log_of_large(z: Complex) -> f64 {
    (z.re / 2.0).hypot(z.im / 2.0).ln() + LN_2 * 2.0
}

fn root(z: Complex) -> Complex {
    if z.is_zero() {
        return Complex::new(0.0, z.im);
    }
    let (mut ax, ay) = (z.re.abs(), z.im.abs());
    let size = if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        ax = scaled(ax, 53);
        scaled((ax + ax.hypot(scaled(ay, 53))).sqrt(), -27)
    } else {
        ax /= 8.0;
        2.0 * (ax + ax.hypot(ay / 8.0)).sqrt()
    };
    let other = ay / (2.0 * size);
    if z.re >= 0.0 {
        Complex::new(size, other.copysign(z.im))
    } else {
        Complex::new(other, size.copysign(z.im))
    }
}

pub fn sqrt(z: Complex) -> Complex {
    root(finite("sqrt", z))
}

pub fn exp(z: Complex) -> Result<Complex> {
    let z = finite("exp", z);
    checked(if z.re > log_large() {
        let size = (z.re - 1.0).exp();
        Complex::new(size * z.im.cos() * E, size * z.im.sin() * E)
    } else {
        let size = z.re.exp();
        Complex::new(size * z.im.cos(), size * z.im.sin())
    })
}

pub fn log(z: Complex) -> Result<Complex> {
    let z = finite("log", z);
    let (ax, ay) = (z.re.abs(), z.im.abs());
    let size = if is_large(z) {
        (ax / 2.0).hypot(ay / 2.0).ln() + LN_2
    } else if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        if z.is_zero() {
            return Err(domain());
        }
        scaled(ax, DIGITS).hypot(scaled(ay, DIGITS)).ln() - f64::from(DIGITS) * LN_2
    } else {
        let size = ax.hypot(ay);
        if (0.71..=1.73).contains(&size) {
            let (most, least) = (ax.max(ay), ax.min(ay));
            math::log1p((most - 1.0) * (most + 1.0) + least * least)? / 2.0
        } else {
            size.ln()
        }
    };
    Ok(Complex::new(size, z.im.atan2(z.re)))
}

/// `cmath.log(z, base)`.
pub fn log_base(z: Complex, base: Complex) -> Result<Complex> {
    log(z)?.quotient(log(base)?).ok_or_else(domain)
}

pub fn log10(z: Complex) -> Result<Complex> {
    let made = log(z)?;
    Ok(Complex::new(made.re / LN_10, made.im / LN_10))
}

pub fn cosh(z: Complex) -> Result<Complex> {
    let z = finite("cosh", z);
    checked(if z.re.abs() > log_large() {
        let less = z.re - 1f64.copysign(z.re);
        Complex::new(z.im.cos() * less.cosh() * E, z.im.sin() * less.sinh() * E)
    } else {
        Complex::new(z.im.cos() * z.re.cosh(), z.im.sin() * z.re.sinh())
    })
}

pub fn sinh(z: Complex) -> Result<Complex> {
    let z = finite("sinh", z);
    checked(if z.re.abs() > log_large() {
        let less = z.re - 1f64.copysign(z.re);
        Complex::new(z.im.cos() * less.sinh() * E, z.im.sin() * less.cosh() * E)
    } else {
        Complex::new(z.im.cos() * z.re.sinh(), z.im.sin() * z.re.cosh())
    })
}

pub fn tanh(z: Complex) -> Complex {
    let z = finite("tanh", z);
    if z.re.abs() > log_large() {
        let size = 4.0 * z.im.sin() * z.im.cos() * (-2.0 * z.re.abs()).exp();
        return Complex::new(1f64.copysign(z.re), size);
    }
    let (tx, ty) = (z.re.tanh(), z.im.tan());
    let cx = 1.0 / z.re.cosh();
    let both = tx * ty;
    let below = 1.0 + both * both;
    Complex::new(tx * (1.0 + ty * ty) / below, ((ty / below) * cx) * cx)
}

/// `f` of `iz`, turned back: how sin comes from sinh.
fn turned(z: Complex, f: impl FnOnce(Complex) -> Complex) -> Complex {
    let made = f(Complex::new(-z.im, z.re));
    Complex::new(made.im, -made.re)
}

pub fn cos(z: Complex) -> Result<Complex> {
    cosh(Complex::new(-z.im, z.re))
}

pub fn sin(z: Complex) -> Result<Complex> {
    let made = sinh(Complex::new(-z.im, z.re))?;
    Ok(Complex::new(made.im, -made.re))
}

pub fn tan(z: Complex) -> Complex {
    turned(z, tanh)
}

pub fn acos(z: Complex) -> Complex {
    let z = finite("acos", z);
    if is_large(z) {
        let size = log_of_large(z);
        let im = if z.re < 0.0 {
            -size.copysign(z.im)
        } else {
            size.copysign(-z.im)
        };
        return Complex::new(z.im.abs().atan2(z.re), im);
    }
    let a = root(Complex::new(1.0 - z.re, -z.im));
    let b = root(Complex::new(1.0 + z.re, z.im));
    Complex::new(
        2.0 * a.re.atan2(b.re),
        math::asinh(b.re * a.im - b.im * a.re),
    )
}

pub fn acosh(z: Complex) -> Complex {
    let z = finite("acosh", z);
    if is_large(z) {
        return Complex::new(log_of_large(z), z.im.atan2(z.re));
    }
    let a = root(Complex::new(z.re - 1.0, z.im));
    let b = root(Complex::new(z.re + 1.0, z.im));
    Complex::new(
        math::asinh(a.re * b.re + a.im * b.im),
        2.0 * a.im.atan2(b.re),
    )
}

pub fn asinh(z: Complex) -> Complex {
    let z = finite("asinh", z);
    if is_large(z) {
        let size = log_of_large(z);
        let re = if z.im >= 0.0 {
            size.copysign(z.re)
        } else {
            -size.copysign(-z.re)
        };
        return Complex::new(re, z.im.atan2(z.re.abs()));
    }
    let a = root(Complex::new(1.0 + z.im, -z.re));
    let b = root(Complex::new(1.0 - z.im, z.re));
    Complex::new(
        math::asinh(a.re * b.im - b.re * a.im),
        z.im.atan2(a.re * b.re - a.im * b.im),
    )
}

pub fn asin(z: Complex) -> Complex {
    turned(z, asinh)
}

pub fn atanh(z: Complex) -> Result<Complex> {
    let z = finite("atanh", z);
    if z.re < 0.0 || (z.re == 0.0 && z.re.is_sign_negative()) {
        return atanh(-z).map(|made| -made);
    }
    let ay = z.im.abs();
    if z.re > LARGE.sqrt() || ay > LARGE.sqrt() {
        let size = (z.re / 2.0).hypot(z.im / 2.0);
        return Ok(Complex::new(
            z.re / 4.0 / size / size,
            -FRAC_PI_2.copysign(-z.im),
        ));
    }
    if z.re == 1.0 && ay < f64::MIN_POSITIVE.sqrt() {
        if ay == 0.0 {
            return Err(domain());
        }
        return Ok(Complex::new(
            -(ay.sqrt() / ay.hypot(2.0).sqrt()).ln(),
            (2f64.atan2(-ay) / 2.0).copysign(z.im),
        ));
    }
    Ok(Complex::new(
        math::log1p(4.0 * z.re / ((1.0 - z.re) * (1.0 - z.re) + ay * ay))? / 4.0,
        -(-2.0 * z.im).atan2((1.0 - z.re) * (1.0 + z.re) - ay * ay) / 2.0,
    ))
}

pub fn atan(z: Complex) -> Result<Complex> {
    let made = atanh(Complex::new(-z.im, z.re))?;
    Ok(Complex::new(made.im, -made.re))
}

pub fn phase(z: Complex) -> f64 {
    z.im.atan2(z.re)
}

pub fn polar(z: Complex) -> Result<(f64, f64)> {
    let size = z.re.hypot(z.im);
    if size.is_infinite() && z.is_finite() {
        return Err(range());
    }
    Ok((size, phase(z)))
}

pub fn rect(r: f64, phi: f64) -> Result<Complex> {
    finite("rect", Complex::new(r, phi));
    checked(if phi == 0.0 {
        Complex::new(r, r * phi)
    } else {
        Complex::new(r * phi.cos(), r * phi.sin())
    })
}

pub fn isfinite(z: Complex) -> bool {
    z.is_finite()
}

pub fn isinf(z: Complex) -> bool {
    z.re.is_infinite() || z.im.is_infinite()
}

pub fn isnan(z: Complex) -> bool {
    z.re.is_nan() || z.im.is_nan()
}

pub fn isclose(a: Complex, b: Complex, rel_tol: f64, abs_tol: f64) -> Result<bool> {
    if rel_tol < 0.0 || abs_tol < 0.0 {
        return Err(Exc::value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(true);
    }
    if isinf(a) || isinf(b) {
        return Ok(false);
    }
    let size = |z: Complex| z.re.hypot(z.im);
    let apart = size(a - b);
    Ok(apart <= rel_tol * size(b) || apart <= rel_tol * size(a) || apart <= abs_tol)
}
