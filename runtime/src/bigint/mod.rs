//! Integers of any size: a sign and a magnitude of 64-bit limbs, least significant first.
//!
//! `mag` multiplies and adds, `div` divides, `radix` reads and writes digits. Everything
//! here works on magnitudes as slices; `Int` decides when a value is big.

pub mod div;
pub mod mag;
pub mod radix;

/// A value outside `i64`. `mag` has no leading zero limb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BigInt {
    pub neg: bool,
    pub mag: Vec<u64>,
}

/// How many bits the magnitude takes; 0 for 0.
#[inline]
pub fn bit_length(a: &[u64]) -> u64 {
    match a.last() {
        Some(top) => a.len() as u64 * 64 - u64::from(top.leading_zeros()),
        None => 0,
    }
}

/// How many zero bits end the magnitude, which is not 0.
pub fn trailing_zeros(a: &[u64]) -> u64 {
    let limbs = a.iter().take_while(|&&x| x == 0).count();
    limbs as u64 * 64 + u64::from(a[limbs].trailing_zeros())
}

/// `a << bits`; `None` when there is no memory for it.
pub fn shl(a: &[u64], bits: u64) -> Option<Vec<u64>> {
    let limbs = usize::try_from(bits / 64).ok()?;
    let rest = (bits % 64) as u32;
    let mut out = Vec::new();
    out.try_reserve_exact(limbs.checked_add(a.len())?.checked_add(1)?)
        .ok()?;
    out.resize(limbs, 0);
    if rest == 0 {
        out.extend_from_slice(a);
    } else {
        let mut carry = 0;
        for &x in a {
            out.push(x << rest | carry);
            carry = x >> (64 - rest);
        }
        out.push(carry);
    }
    mag::trim(&mut out);
    Some(out)
}

/// `a >> bits`, and whether a one was lost.
pub fn shr(a: &[u64], bits: u64) -> (Vec<u64>, bool) {
    let limbs = usize::try_from(bits / 64).unwrap_or(usize::MAX);
    if limbs >= a.len() {
        return (Vec::new(), !a.is_empty());
    }
    let rest = (bits % 64) as u32;
    let mut lost = a[..limbs].iter().any(|&x| x != 0);
    let mut out = a[limbs..].to_vec();
    if rest != 0 {
        lost |= out[0] << (64 - rest) != 0;
        for i in 0..out.len() {
            let above = out.get(i + 1).copied().unwrap_or(0);
            out[i] = out[i] >> rest | above << (64 - rest);
        }
        mag::trim(&mut out);
    }
    (out, lost)
}

/// The two's complement of a signed magnitude in `len` limbs, enough for its sign bit.
pub fn to_twos(neg: bool, a: &[u64], len: usize) -> Vec<u64> {
    let mut out = a.to_vec();
    out.resize(len, 0);
    if neg {
        negate(&mut out);
    }
    out
}

/// The sign and magnitude of a two's complement number.
pub fn from_twos(mut a: Vec<u64>) -> (bool, Vec<u64>) {
    let neg = a.last().is_some_and(|&top| top >> 63 == 1);
    if neg {
        negate(&mut a);
    }
    mag::trim(&mut a);
    (neg, a)
}

fn negate(a: &mut [u64]) {
    let mut carry = true;
    for x in a {
        let (y, c) = (!*x).overflowing_add(u64::from(carry));
        *x = y;
        carry = c;
    }
}

/// `floor(sqrt(a))`, by Newton's method from above, doubling the precision at each step
/// (the recursion of Zimmermann's "Karatsuba square root", with Newton for the middle).
pub fn isqrt(a: &[u64]) -> Vec<u64> {
    let bits = bit_length(a);
    if bits <= 64 {
        let root = a.first().copied().unwrap_or(0).isqrt();
        return if root == 0 { Vec::new() } else { vec![root] };
    }
    // Half of the root's bits from the top half of `a`, then one Newton step.
    let shift = bits / 4;
    let (top, _) = shr(a, 2 * shift);
    let coarse = isqrt(&top);
    let coarse = mag::add(&coarse, &[1]);
    let mut root = shl(&coarse, shift).expect("shorter than the operand");
    // `root` is above the true root, so Newton falls monotonically onto it.
    loop {
        let (q, _) = div::divrem(a, &root);
        if mag::cmp(&q, &root).is_ge() {
            return root;
        }
        root = shr(&mag::add(&q, &root), 1).0;
    }
}

/// Greatest common divisor, by Lehmer's algorithm (Knuth, The Art of Computer
/// Programming 2, 4.5.2, in the form of CPython's `_PyLong_GCD`): Euclid's steps on the
/// top 62 bits, gathered into one linear step on whole magnitudes.
pub fn gcd(a: &[u64], b: &[u64]) -> Vec<u64> {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    if mag::cmp(&a, &b).is_lt() {
        std::mem::swap(&mut a, &mut b);
    }
    while b.len() > 1 {
        let shift = bit_length(&a) - 62;
        let (steps, [ka, kb, kc, kd]) = lehmer(top_bits(&a, shift), top_bits(&b, shift));
        if steps == 0 {
            let (_, r) = div::divrem(&a, &b);
            a = std::mem::replace(&mut b, r);
        } else if steps % 2 == 1 {
            (a, b) = (combine(ka, &b, kb, &a), combine(kd, &a, kc, &b));
        } else {
            (a, b) = (combine(ka, &a, kb, &b), combine(kd, &b, kc, &a));
        }
    }
    if b.is_empty() {
        return a;
    }
    let (_, r) = div::divrem_small(&a, b[0]);
    vec![gcd_small(b[0], r)]
}

/// Bits `shift..shift + 62`.
fn top_bits(a: &[u64], shift: u64) -> i64 {
    let (limb, rest) = ((shift / 64) as usize, shift % 64);
    let low = a.get(limb).copied().unwrap_or(0);
    let high = a.get(limb + 1).copied().unwrap_or(0);
    let joined = (u128::from(high) << 64 | u128::from(low)) >> rest;
    (joined as u64 & ((1 << 62) - 1)) as i64
}

/// Euclid's steps that are certain from the top bits `x >= y`: how many, and the
/// coefficients, each below 2**31.
fn lehmer(mut x: i64, mut y: i64) -> (u32, [i64; 4]) {
    let (mut a, mut b, mut c, mut d) = (1, 0, 0, 1);
    let mut steps = 0;
    while y != c {
        let q = (x + (a - 1)) / (y - c);
        let s = b + q * d;
        let t = x - q * y;
        if s > t {
            break;
        }
        (x, y) = (y, t);
        (a, b, c, d) = (d, c, s, a + q * c);
        steps += 1;
    }
    (steps, [a, b, c, d])
}

/// `p * a - q * b`, which is not negative, for `p` and `q` below 2**31.
fn combine(p: i64, a: &[u64], q: i64, b: &[u64]) -> Vec<u64> {
    let len = a.len().max(b.len());
    let mut out = Vec::with_capacity(len);
    let mut carry = 0i128;
    for i in 0..len {
        let x = a.get(i).copied().unwrap_or(0);
        let y = b.get(i).copied().unwrap_or(0);
        carry += i128::from(p) * i128::from(x) - i128::from(q) * i128::from(y);
        out.push(carry as u64);
        carry >>= 64;
    }
    mag::trim(&mut out);
    out
}

/// Greatest common divisor of two limbs, by Stein's binary algorithm.
pub fn gcd_small(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    loop {
        b >>= b.trailing_zeros();
        if a > b {
            std::mem::swap(&mut a, &mut b);
        }
        b -= a;
        if b == 0 {
            return a << twos;
        }
    }
}

/// Correctly rounded (half to even) `a * 2**exp`, or infinity when it is too large.
/// `sticky` says that the true value is a little more than `a`.
pub fn to_f64(a: &[u64], exp: i64, sticky: bool) -> f64 {
    let bits = bit_length(a) as i64;
    if bits == 0 {
        return 0.0;
    }
    // Weight of the lowest bit that the result can hold: 53 bits, or the subnormal limit.
    let low = (bits + exp - 53).max(-1074);
    let drop = low - exp;
    let (mantissa, half, rest) = if drop <= 0 {
        (low_u64(a) << (-drop).min(63), false, sticky)
    } else {
        let (kept, _) = shr(a, drop as u64);
        let half = bit(a, drop as u64 - 1);
        let rest = sticky || lower_bits(a, drop as u64 - 1);
        (low_u64(&kept), half, rest)
    };
    let rounded = mantissa + u64::from(half && (rest || mantissa & 1 == 1));
    scale(rounded, low)
}

/// `m * 2**exp` for `m <= 2**53`, exact unless infinite.
fn scale(m: u64, exp: i64) -> f64 {
    if m == 0 {
        return 0.0;
    }
    if exp + 64 - i64::from(m.leading_zeros()) > 1024 {
        return f64::INFINITY;
    }
    let mut x = m as f64;
    let mut exp = exp;
    // Every factor is a power of two, and the first steps stay normal: no rounding.
    while exp > 500 {
        x *= 2f64.powi(500);
        exp -= 500;
    }
    while exp < -500 {
        let step = exp.max(-1000) / 2;
        x *= 2f64.powi(step as i32);
        exp -= step;
    }
    x * 2f64.powi(exp as i32)
}

fn low_u64(a: &[u64]) -> u64 {
    a.first().copied().unwrap_or(0)
}

fn bit(a: &[u64], at: u64) -> bool {
    a.get((at / 64) as usize)
        .is_some_and(|x| x >> (at % 64) & 1 == 1)
}

/// Whether any of the `count` lowest bits is set.
fn lower_bits(a: &[u64], count: u64) -> bool {
    let limbs = ((count / 64) as usize).min(a.len());
    a[..limbs].iter().any(|&x| x != 0)
        || a.get(limbs)
            .is_some_and(|x| count % 64 != 0 && x << (64 - count % 64) != 0)
}
