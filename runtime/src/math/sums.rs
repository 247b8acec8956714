//! Sums and products of the math module.

use crate::int::Int;
use crate::num::{self, Num};
use crate::{Exc, Result};

/// `math.fsum(xs)`: exact, rounded once. Shewchuk's algorithm as in CPython.
///
/// Errors: OverflowError for an intermediate overflow, ValueError for inf - inf.
pub fn fsum(xs: impl Iterator<Item = Result<f64>>) -> Result<f64> {
    // Partial sums that do not overlap, smallest first.
    let mut partials: Vec<f64> = Vec::new();
    let mut special_sum = 0.0;
    let mut infinite_sum = 0.0;
    for x in xs {
        let given = x?;
        let mut x = given;
        let mut kept = 0;
        for j in 0..partials.len() {
            let mut y = partials[j];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x != 0.0 {
            if !x.is_finite() {
                if given.is_finite() {
                    return Err(Exc::overflow_error("intermediate overflow in fsum"));
                }
                if given.is_infinite() {
                    infinite_sum += given;
                }
                special_sum += given;
                partials.clear();
            } else {
                partials.push(x);
            }
        }
    }
    if special_sum != 0.0 {
        if infinite_sum.is_nan() {
            return Err(Exc::value_error("-inf + inf in fsum"));
        }
        return Ok(special_sum);
    }
    Ok(round_partials(&partials))
}

/// The sum of the partials, with a correction for ties between two floats.
fn round_partials(partials: &[f64]) -> f64 {
    let Some((&top, rest)) = partials.split_last() else {
        return 0.0;
    };
    let mut high = top;
    let mut low = 0.0;
    let mut n = rest.len();
    while n > 0 {
        let x = high;
        n -= 1;
        let y = rest[n];
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            break;
        }
    }
    if n > 0 && (low < 0.0 && rest[n - 1] < 0.0 || low > 0.0 && rest[n - 1] > 0.0) {
        let y = low * 2.0;
        let x = high + y;
        if y == x - high {
            return x;
        }
    }
    high
}

/// `math.hypot(*xs)`.
pub fn hypot(xs: &[f64]) -> f64 {
    vector_norm(&mut xs.iter().map(|x| x.abs()).collect::<Vec<f64>>())
}

/// `math.dist(p, q)`.
///
/// Errors: ValueError for points of different dimensions.
pub fn dist(
    p: impl Iterator<Item = Result<f64>>,
    q: impl Iterator<Item = Result<f64>>,
) -> Result<f64> {
    let p = p.collect::<Result<Vec<f64>>>()?;
    let q = q.collect::<Result<Vec<f64>>>()?;
    if p.len() != q.len() {
        return Err(Exc::value_error(
            "both points must have the same number of dimensions",
        ));
    }
    let mut differences: Vec<f64> = p.iter().zip(&q).map(|(a, b)| (a - b).abs()).collect();
    Ok(vector_norm(&mut differences))
}

/// A compensated sum of which each addend is at most 1 and the total at least 1.
struct Sum {
    total: f64,
    lost: [f64; 3],
}

impl Sum {
    fn add(&mut self, x: f64, part: usize) {
        let before = self.total;
        self.total += x;
        self.lost[part] += (before - self.total) + x;
    }

    fn value(&self) -> f64 {
        self.total - 1.0 + (self.lost[0] + self.lost[1] + self.lost[2])
    }
}

/// The two halves of a float of which every product is exact (Veltkamp and Dekker).
fn split(x: f64) -> (f64, f64) {
    let t = x * 134_217_729.0;
    let high = t - (t - x);
    (high, x - high)
}

/// The Euclidean norm of sizes: CPython 3.11's `vector_norm`, with a differential
/// correction of the square root.
fn vector_norm(xs: &mut [f64]) -> f64 {
    let max = xs
        .iter()
        .copied()
        .fold(0.0, |m: f64, x| if x > m { x } else { m });
    if max.is_infinite() {
        return max;
    }
    if xs.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if max == 0.0 || xs.len() <= 1 {
        return max;
    }
    let mut sum = Sum {
        total: 1.0,
        lost: [0.0; 3],
    };
    let exponent = super::frexp(max).1.saturate();
    if exponent < -1023 {
        // The scale would overflow: divide instead.
        for x in xs {
            let x = *x / max;
            sum.add(x * x, 0);
        }
        return max * (sum.total - 1.0 + sum.lost[0]).sqrt();
    }
    let scale = super::c::ldexp(1.0, -exponent as i32);
    for x in xs {
        let (high, low) = split(*x * scale);
        sum.add(high * high, 0);
        sum.add(2.0 * high * low, 1);
        sum.lost[2] += low * low;
    }
    let h = sum.value().sqrt();
    let (high, low) = split(h);
    sum.add(-high * high, 0);
    sum.add(-2.0 * high * low, 1);
    sum.add(-low * low, 2);
    let x = sum.value();
    (h + x / (2.0 * h)) / scale
}

/// `math.prod(xs, start=start)` of ints.
pub fn prod_int(xs: impl Iterator<Item = Result<Int>>, start: &Int) -> Result<Int> {
    let mut product = start.clone();
    for x in xs {
        product *= &x?;
    }
    Ok(product)
}

/// `math.prod(xs, start=start)`: an int as long as all factors are.
pub fn prod_num(xs: impl Iterator<Item = Result<Num>>, start: &Num) -> Result<Num> {
    let mut product = start.clone();
    for x in xs {
        product = num::mul(&product, &x?)?;
    }
    Ok(product)
}

/// `math.prod(xs, start=start)` of floats from a float.
pub fn prod_float(xs: impl Iterator<Item = Result<f64>>, start: f64) -> Result<f64> {
    let mut product = start;
    for x in xs {
        product *= x?;
    }
    Ok(product)
}
