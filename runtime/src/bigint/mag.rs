//! Comparison, addition, subtraction and multiplication of magnitudes.

use std::cmp::Ordering;

/// Below this many limbs in the shorter factor the schoolbook is faster than Karatsuba.
const KARATSUBA: usize = 32;

/// Drops leading zero limbs.
#[inline]
pub fn trim(a: &mut Vec<u64>) {
    while a.last() == Some(&0) {
        a.pop();
    }
}

fn trimmed(a: &[u64]) -> &[u64] {
    let len = a.iter().rposition(|&x| x != 0).map_or(0, |i| i + 1);
    &a[..len]
}

#[inline]
pub fn cmp(a: &[u64], b: &[u64]) -> Ordering {
    a.len()
        .cmp(&b.len())
        .then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

pub fn add(a: &[u64], b: &[u64]) -> Vec<u64> {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut out = Vec::with_capacity(long.len() + 1);
    out.extend_from_slice(long);
    if add_into(&mut out, short) {
        out.push(1);
    }
    out
}

/// `acc += b`, returning the carry; `acc` is at least as long as `b`.
#[inline]
pub fn add_into(acc: &mut [u64], b: &[u64]) -> bool {
    let (low, high) = acc.split_at_mut(b.len());
    let mut carry = false;
    for (x, &y) in low.iter_mut().zip(b) {
        let (s, c1) = x.overflowing_add(y);
        let (s, c2) = s.overflowing_add(u64::from(carry));
        *x = s;
        carry = c1 | c2;
    }
    for x in high {
        if !carry {
            return false;
        }
        (*x, carry) = x.overflowing_add(1);
    }
    carry
}

/// `a - b` where `a >= b`.
pub fn sub(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut out = a.to_vec();
    sub_from(&mut out, b);
    trim(&mut out);
    out
}

/// `acc -= b`, returning the borrow; `acc` is at least as long as `b`.
#[inline]
pub fn sub_from(acc: &mut [u64], b: &[u64]) -> bool {
    let (low, high) = acc.split_at_mut(b.len());
    let mut borrow = false;
    for (x, &y) in low.iter_mut().zip(b) {
        let (d, b1) = x.overflowing_sub(y);
        let (d, b2) = d.overflowing_sub(u64::from(borrow));
        *x = d;
        borrow = b1 | b2;
    }
    for x in high {
        if !borrow {
            return false;
        }
        (*x, borrow) = x.overflowing_sub(1);
    }
    borrow
}

/// `|a - b|`, and whether `a < b`.
fn sub_abs(a: &[u64], b: &[u64]) -> (bool, Vec<u64>) {
    let (a, b) = (trimmed(a), trimmed(b));
    match cmp(a, b) {
        Ordering::Less => (true, sub(b, a)),
        _ => (false, sub(a, b)),
    }
}

pub fn mul(a: &[u64], b: &[u64]) -> Vec<u64> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let mut out = vec![0; a.len() + b.len()];
    mul_add(&mut out, a, b);
    trim(&mut out);
    out
}

/// `a * b` for one limb `b`.
pub fn mul_small(a: &[u64], b: u64) -> Vec<u64> {
    let mut out = a.to_vec();
    mul_small_add(&mut out, b, 0);
    out
}

/// `a = a * b + c` for limbs `b` and `c`.
pub fn mul_small_add(a: &mut Vec<u64>, b: u64, c: u64) {
    let mut carry = c;
    for x in a.iter_mut() {
        let t = u128::from(*x) * u128::from(b) + u128::from(carry);
        *x = t as u64;
        carry = (t >> 64) as u64;
    }
    if carry != 0 {
        a.push(carry);
    }
    trim(a);
}

/// `acc[..a.len()] += a * b`, returning the limb that overflows it.
#[inline]
fn mul_limb_add(acc: &mut [u64], a: &[u64], b: u64) -> u64 {
    let mut carry = 0u64;
    for (out, &x) in acc.iter_mut().zip(a) {
        let t = u128::from(x) * u128::from(b) + u128::from(*out) + u128::from(carry);
        *out = t as u64;
        carry = (t >> 64) as u64;
    }
    carry
}

/// `acc += a * b`; `acc` is long enough for the sum.
fn mul_add(acc: &mut [u64], a: &[u64], b: &[u64]) {
    let (x, y) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if x.len() <= KARATSUBA {
        for (i, &limb) in x.iter().enumerate() {
            if limb != 0 {
                let carry = mul_limb_add(&mut acc[i..], y, limb);
                if carry != 0 {
                    add_into(&mut acc[i + y.len()..], &[carry]);
                }
            }
        }
    } else if x.len() * 2 <= y.len() {
        let (low, high) = y.split_at(y.len() / 2);
        mul_add(acc, x, low);
        mul_add(&mut acc[low.len()..], x, high);
    } else {
        karatsuba_add(acc, x, y);
    }
}

/// Karatsuba's step: three products of half size instead of four.
///
/// With `x = x1 B + x0`, `y = y1 B + y0`:
/// `x y = x1 y1 B^2 + (x1 y1 + x0 y0 - (x1 - x0)(y1 - y0)) B + x0 y0`.
fn karatsuba_add(acc: &mut [u64], x: &[u64], y: &[u64]) {
    let half = y.len() / 2;
    let (x0, x1) = x.split_at(half);
    let (y0, y1) = y.split_at(half);
    let high = mul(trimmed(x1), trimmed(y1));
    add_into(&mut acc[half..], &high);
    add_into(&mut acc[2 * half..], &high);
    let low = mul(trimmed(x0), trimmed(y0));
    add_into(acc, &low);
    add_into(&mut acc[half..], &low);
    let (negative_x, dx) = sub_abs(x1, x0);
    let (negative_y, dy) = sub_abs(y1, y0);
    if negative_x == negative_y {
        sub_from(&mut acc[half..], &mul(&dx, &dy));
    } else {
        mul_add(&mut acc[half..], &dx, &dy);
    }
}
