//! Gamma functions by CPython's own method: the Lanczos approximation of Boost with
//! 13 coefficients (`mathmodule.c`, after Pugh's thesis).

use super::{c, domain_error, range_error};
use crate::Result;

const G: f64 = 6.024680040776729583740234375;
const G_MINUS_HALF: f64 = 5.524680040776729583740234375;
/// ln(pi)
const LOG_PI: f64 = 1.144729885849400174143427351353058711647;

const NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];

const DENOMINATOR: [f64; 13] = [
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0,
];

/// The Lanczos sum for a positive `x`.
fn lanczos_sum(x: f64) -> f64 {
    let (mut num, mut den) = (0.0, 0.0);
    if x < 5.0 {
        for i in (0..13).rev() {
            num = num * x + NUMERATOR[i];
            den = den * x + DENOMINATOR[i];
        }
    } else {
        for i in 0..13 {
            num = num / x + NUMERATOR[i];
            den = den / x + DENOMINATOR[i];
        }
    }
    num / den
}

/// `sin(pi * x)` for a finite `x`, precise near whole numbers.
fn sin_pi(x: f64) -> f64 {
    use super::PI;
    let y = x.abs() % 2.0;
    let r = match (2.0 * y).round() as i32 {
        0 => c::sin(PI * y),
        1 => c::cos(PI * (y - 0.5)),
        2 => c::sin(PI * (1.0 - y)),
        3 => -c::cos(PI * (y - 1.5)),
        _ => c::sin(PI * (y - 2.0)),
    };
    1.0_f64.copysign(x) * r
}

/// `math.gamma(x)`.
///
/// Errors: ValueError at 0, negative whole numbers and -inf; OverflowError.
pub fn gamma(x: f64) -> Result<f64> {
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 {
            Ok(x)
        } else {
            Err(domain_error())
        };
    }
    if x == 0.0 {
        return Err(domain_error());
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(domain_error());
        }
        if x <= 23.0 {
            // Factorials up to 22! are exact floats.
            return Ok((1..x as u64).fold(1.0, |f, i| f * i as f64));
        }
    }
    let size = x.abs();
    let r = if size < 1e-20 {
        1.0 / x
    } else if size > 200.0 {
        if x < 0.0 {
            0.0 / sin_pi(x)
        } else {
            f64::INFINITY
        }
    } else {
        gamma_by_sum(x, size)
    };
    if r.is_infinite() {
        Err(range_error())
    } else {
        Ok(r)
    }
}

fn gamma_by_sum(x: f64, size: f64) -> f64 {
    let y = size + G_MINUS_HALF;
    // The rounding error of `y`, times the derivative.
    let z = if size > G_MINUS_HALF {
        (y - size) - G_MINUS_HALF
    } else {
        (y - G_MINUS_HALF) - size
    };
    let z = z * G / y;
    if x < 0.0 {
        let mut r = -super::PI / sin_pi(size) / size * c::exp(y) / lanczos_sum(size);
        r -= z * r;
        if size < 140.0 {
            r / c::pow(y, size - 0.5)
        } else {
            let root = c::pow(y, size / 2.0 - 0.25);
            r / root / root
        }
    } else {
        let mut r = lanczos_sum(size) / c::exp(y);
        r += z * r;
        if size < 140.0 {
            r * c::pow(y, size - 0.5)
        } else {
            let root = c::pow(y, size / 2.0 - 0.25);
            r * root * root
        }
    }
}

/// `math.lgamma(x)`.
///
/// Errors: ValueError at 0 and negative whole numbers; OverflowError.
pub fn lgamma(x: f64) -> Result<f64> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 {
            Err(domain_error())
        } else {
            Ok(0.0)
        };
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(-c::log(size));
    }
    let mut r = c::log(lanczos_sum(size)) - G;
    r += (size - 0.5) * (c::log(size + G - 0.5) - 1.0);
    if x < 0.0 {
        r = LOG_PI - c::log(sin_pi(size).abs()) - c::log(size) - r;
    }
    if r.is_infinite() {
        Err(range_error())
    } else {
        Ok(r)
    }
}
