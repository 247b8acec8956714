//! Division of magnitudes.

use super::mag;

/// Divides two limbs by one normalised limb with a precomputed reciprocal
/// (Möller and Granlund, "Improved division by invariant integers", algorithm 4).
#[derive(Clone, Copy)]
struct Reciprocal {
    d: u64,
    v: u64,
}

impl Reciprocal {
    /// `d` has its top bit set.
    fn new(d: u64) -> Self {
        let all = u128::MAX - (u128::from(d) << 64);
        Reciprocal {
            d,
            v: (all / u128::from(d)) as u64,
        }
    }

    /// Quotient and remainder of `(high, low) / d`, where `high < d`.
    #[inline]
    fn divide(self, high: u64, low: u64) -> (u64, u64) {
        let t = u128::from(self.v) * u128::from(high) + (u128::from(high) << 64 | u128::from(low));
        let mut q = ((t >> 64) as u64).wrapping_add(1);
        let mut r = low.wrapping_sub(q.wrapping_mul(self.d));
        if r > t as u64 {
            q = q.wrapping_sub(1);
            r = r.wrapping_add(self.d);
        }
        if r >= self.d {
            q = q.wrapping_add(1);
            r -= self.d;
        }
        (q, r)
    }
}

/// Quotient and remainder of `a / d`, `d` not 0.
pub fn divrem_small(a: &[u64], d: u64) -> (Vec<u64>, u64) {
    let mut q = a.to_vec();
    let r = divrem_small_in_place(&mut q, d);
    mag::trim(&mut q);
    (q, r)
}

/// `a /= d`, returning the remainder; leading zeros stay.
pub fn divrem_small_in_place(a: &mut [u64], d: u64) -> u64 {
    let shift = d.leading_zeros();
    let by = Reciprocal::new(d << shift);
    let mut r = 0;
    if shift == 0 {
        for x in a.iter_mut().rev() {
            (*x, r) = by.divide(r, *x);
        }
        return r;
    }
    // The dividend is shifted on the fly.
    if let Some(top) = a.last() {
        r = top >> (64 - shift);
    }
    for i in (0..a.len()).rev() {
        let below = if i == 0 { 0 } else { a[i - 1] >> (64 - shift) };
        (a[i], r) = by.divide(r, a[i] << shift | below);
    }
    r >> shift
}

/// Quotient and remainder of `a / b`, `b` not empty. Knuth's algorithm D; above
/// `BURNIKEL_ZIEGLER` limbs their recursive division.
pub fn divrem(a: &[u64], b: &[u64]) -> (Vec<u64>, Vec<u64>) {
    if mag::cmp(a, b).is_lt() {
        return (Vec::new(), a.to_vec());
    }
    if b.len() == 1 {
        let (q, r) = divrem_small(a, b[0]);
        return (q, if r == 0 { Vec::new() } else { vec![r] });
    }
    let shift = b[b.len() - 1].leading_zeros();
    let divisor = shift_left(b, shift, 0);
    let mut rest = shift_left(a, shift, 1);
    let mut q = if divisor.len() >= BURNIKEL_ZIEGLER && a.len() - b.len() >= BURNIKEL_ZIEGLER / 2 {
        divide_blocks(&mut rest, &divisor)
    } else {
        let mut q = vec![0; rest.len() - divisor.len()];
        knuth(&mut rest, &divisor, &mut q);
        q
    };
    mag::trim(&mut q);
    rest.truncate(divisor.len());
    shift_right_in_place(&mut rest, shift);
    mag::trim(&mut rest);
    (q, rest)
}

/// Divisors shorter than this are divided by the schoolbook.
const BURNIKEL_ZIEGLER: usize = 80;

/// `a << shift` with `extra` zero limbs on top, `shift < 64`; nothing is lost if
/// `extra` is 1 or the top bits are free.
fn shift_left(a: &[u64], shift: u32, extra: usize) -> Vec<u64> {
    let mut out = Vec::with_capacity(a.len() + extra);
    out.extend_from_slice(a);
    out.resize(a.len() + extra, 0);
    if shift > 0 {
        for i in (1..out.len()).rev() {
            out[i] = out[i] << shift | out[i - 1] >> (64 - shift);
        }
        out[0] <<= shift;
    }
    out
}

fn shift_right_in_place(a: &mut [u64], shift: u32) {
    if shift > 0 {
        for i in 0..a.len() {
            let above = a.get(i + 1).copied().unwrap_or(0);
            a[i] = a[i] >> shift | above << (64 - shift);
        }
    }
}

/// Knuth's algorithm D (The Art of Computer Programming 2, 4.3.1) on a normalised
/// divisor `b` of two or more limbs: `a` becomes the remainder, `q` (as long as `a`
/// is longer than `b`) the quotient. The top `b.len()` limbs of `a` are below `b`.
fn knuth(a: &mut [u64], b: &[u64], q: &mut [u64]) {
    let n = b.len();
    let (top, second) = (b[n - 1], b[n - 2]);
    let by = Reciprocal::new(top);
    for j in (0..q.len()).rev() {
        let (high, mid, low) = (a[j + n], a[j + n - 1], a[j + n - 2]);
        let (mut guess, mut r, overflow) = if high >= top {
            let (r, overflow) = mid.overflowing_add(top);
            (u64::MAX, r, overflow)
        } else {
            let (q, r) = by.divide(high, mid);
            (q, r, false)
        };
        let mut small = !overflow;
        while small && u128::from(guess) * u128::from(second) > join(r, low) {
            guess -= 1;
            let carry;
            (r, carry) = r.overflowing_add(top);
            small = !carry;
        }
        if mul_sub(&mut a[j..=j + n], b, guess) {
            guess -= 1;
            mag::add_into(&mut a[j..=j + n], b);
        }
        q[j] = guess;
    }
}

#[inline]
fn join(high: u64, low: u64) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

/// `a -= b * limb`, `a` one longer than `b`; whether it fell below zero.
#[inline]
fn mul_sub(a: &mut [u64], b: &[u64], limb: u64) -> bool {
    let mut carry = 0u64;
    for (x, &y) in a.iter_mut().zip(b) {
        let t = u128::from(y) * u128::from(limb) + u128::from(carry);
        let (d, borrow) = x.overflowing_sub(t as u64);
        *x = d;
        carry = (t >> 64) as u64 + u64::from(borrow);
    }
    let last = a.len() - 1;
    let (d, borrow) = a[last].overflowing_sub(carry);
    a[last] = d;
    borrow
}

/// Divides block by block of the divisor's length, each two blocks by one. `a` becomes
/// the remainder; the quotient may have leading zeros.
fn divide_blocks(a: &mut Vec<u64>, b: &[u64]) -> Vec<u64> {
    let n = b.len();
    while a.len() % n != 0 {
        a.push(0);
    }
    // The first pair's upper block must be below the divisor.
    if mag::cmp(trimmed(&a[a.len() - n..]), b).is_ge() {
        a.resize(a.len() + n, 0);
    }
    let blocks = a.len() / n - 1;
    let mut q = vec![0; blocks * n];
    for i in (0..blocks).rev() {
        divide_two_by_one(&mut a[i * n..(i + 2) * n], b, &mut q[i * n..(i + 1) * n]);
    }
    q
}

/// Burnikel and Ziegler, "Fast recursive division", algorithm 1: `a` of `2n` limbs by a
/// normalised `b` of `n`, the upper half of `a` below `b`.
fn divide_two_by_one(a: &mut [u64], b: &[u64], q: &mut [u64]) {
    let n = b.len();
    if n % 2 == 1 || n < BURNIKEL_ZIEGLER {
        knuth(a, b, q);
        return;
    }
    let half = n / 2;
    let (q_low, q_high) = q.split_at_mut(half);
    divide_three_by_two(&mut a[half..], b, q_high);
    divide_three_by_two(&mut a[..3 * half], b, q_low);
}

/// Algorithm 2: `a` of three halves by `b` of two, the upper two halves of `a` below `b`.
fn divide_three_by_two(a: &mut [u64], b: &[u64], q: &mut [u64]) {
    let half = q.len();
    let (b_low, b_high) = b.split_at(half);
    if mag::cmp(trimmed(&a[2 * half..]), trimmed(b_high)).is_lt() {
        divide_two_by_one(&mut a[half..], b_high, q);
    } else {
        // The quotient would overflow: take the largest, B^half - 1.
        q.fill(u64::MAX);
        mag::sub_from(&mut a[2 * half..], b_high);
        let carry = mag::add_into(&mut a[half..2 * half], b_high);
        mag::add_into(&mut a[2 * half..], &[u64::from(carry)]);
    }
    let product = mag::mul(trimmed(q), trimmed(b_low));
    let mut below = mag::sub_from(a, &product);
    while below {
        mag::sub_from(q, &[1]);
        below = !mag::add_into(a, b);
    }
}

fn trimmed(a: &[u64]) -> &[u64] {
    let len = a.iter().rposition(|&x| x != 0).map_or(0, |i| i + 1);
    &a[..len]
}
