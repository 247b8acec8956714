//! Whole numbers of up to 256 bits: products of coefficients, and dividends.

/// Powers of ten that fit 128 bits, by their exponent.
pub(super) const POWERS: [u128; 39] = {
    let mut made = [1; 39];
    let mut i = 1;
    while i < 39 {
        made[i] = made[i - 1] * 10;
        i += 1;
    }
    made
};

/// How many decimal digits a number has; 0 has one.
#[inline(always)]
pub(super) fn digits(n: u128) -> i64 {
    let bits = 128 - (n | 1).leading_zeros() as usize;
    // The digits of the least number with so many bits, or one less.
    let least = bits * 1233 >> 12;
    (least + usize::from(n >= POWERS[least])) as i64 + i64::from(n == 0)
}

/// Limbs, least significant first.
pub(super) type Wide = [u64; 4];

pub(super) fn product(a: u128, b: u128) -> Wide {
    let (a0, a1) = (a as u64 as u128, a >> 64);
    let (b0, b1) = (b as u64 as u128, b >> 64);
    let low = a0 * b0;
    let middle = a1 * b0 + (low >> 64);
    let (middle, carried) = middle.overflowing_add(a0 * b1);
    let high = a1 * b1 + (middle >> 64) + (u128::from(carried) << 64);
    [low as u64, middle as u64, high as u64, (high >> 64) as u64]
}

/// The number, where it fits 128 bits.
#[inline(always)]
pub(super) fn narrow(n: &Wide) -> Option<u128> {
    (n[2] == 0 && n[3] == 0).then_some(u128::from(n[0]) | u128::from(n[1]) << 64)
}

/// Divides in place; gives the rest.
fn divide_small(n: &mut Wide, divisor: u64) -> u64 {
    let mut rest = 0;
    for limb in n.iter_mut().rev() {
        if rest == 0 && *limb < divisor {
            rest = std::mem::take(limb);
            continue;
        }
        let part = u128::from(rest) << 64 | u128::from(*limb);
        *limb = (part / u128::from(divisor)) as u64;
        rest = (part % u128::from(divisor)) as u64;
    }
    rest
}

/// How many decimal digits a number of more than 128 bits has.
pub(super) fn wide_digits(n: &Wide) -> i64 {
    let mut high = *n;
    divide_small(&mut high, POWERS[19] as u64);
    match narrow(&high) {
        Some(high) => digits(high) + 19,
        None => {
            divide_small(&mut high, POWERS[19] as u64);
            digits(narrow(&high).unwrap_or(u128::MAX)) + 38
        }
    }
}

/// The quotient, where it fits 128 bits, and the rest by a power of ten up to 10**38.
pub(super) fn divide_by_power(n: &Wide, exponent: usize) -> Option<(u128, u128)> {
    let mut left = *n;
    let first = exponent.min(19);
    let low = divide_small(&mut left, POWERS[first] as u64);
    let high = match exponent - first {
        0 => 0,
        more => divide_small(&mut left, POWERS[more] as u64),
    };
    let rest = u128::from(high) * POWERS[first] + u128::from(low);
    Some((narrow(&left)?, rest))
}

/// The quotient, where it fits 128 bits, and the rest; the divisor is not 0.
pub(super) fn divide(n: &Wide, divisor: u128) -> Option<(u128, u128)> {
    if let Some(short) = narrow(n) {
        return Some((short / divisor, short % divisor));
    }
    if let Ok(small) = u64::try_from(divisor) {
        let mut left = *n;
        let rest = divide_small(&mut left, small);
        return Some((narrow(&left)?, u128::from(rest)));
    }
    // Knuth's algorithm D: the divisor's highest bit is set, and two limbs of quotient come.
    let by = divisor.leading_zeros();
    let divisor = divisor << by;
    let high = u128::from(n[2]) | u128::from(n[3]) << 64;
    let low = u128::from(n[0]) | u128::from(n[1]) << 64;
    if by > 0 && high >> (128 - by) != 0 {
        return None;
    }
    let high = if by > 0 {
        high << by | low >> (128 - by)
    } else {
        high
    };
    let low = low << by;
    if high >= divisor {
        return None;
    }
    let (q1, rest) = step(high, (low >> 64) as u64, divisor);
    let (q0, rest) = step(rest, low as u64, divisor);
    Some((u128::from(q1) << 64 | u128::from(q0), rest >> by))
}

/// One limb of quotient: (high, next) by the divisor, which is larger than `high` and has
/// its highest bit set.
fn step(high: u128, next: u64, divisor: u128) -> (u64, u128) {
    let (d1, d0) = (divisor >> 64, divisor as u64);
    let guess = high / d1;
    let mut q = guess.min(u128::from(u64::MAX));
    // Of 192 bits: the top limb and the rest.
    let rest_of = |q: u128| {
        let low = q * u128::from(d0);
        let middle = q * d1 + (low >> 64);
        // (high, next) - (middle, low) by limbs.
        let (part, borrowed) = (u128::from(next)).overflowing_sub(low as u64 as u128);
        let (top, under) = high.overflowing_sub(middle);
        let (top, under_too) = top.overflowing_sub(u128::from(borrowed));
        (
            (top << 64) | (part as u64 as u128),
            top >> 64,
            under || under_too,
        )
    };
    loop {
        let (rest, above, negative) = rest_of(q);
        if !negative && above == 0 && rest < divisor {
            return (q as u64, rest);
        }
        debug_assert!(negative, "a guess is never too small");
        q -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_powers() {
        assert_eq!(digits(0), 1);
        for (i, power) in POWERS.iter().enumerate() {
            assert_eq!(digits(*power), i as i64 + 1);
            assert_eq!(digits(*power - 1), (i as i64).max(1));
        }
        assert_eq!(digits(u128::MAX), 39);
    }

    #[test]
    fn products_are_divided_back() {
        let mut x: u128 = 0x9e3779b97f4a7c15f39cc0605cedc835;
        let mut next = || {
            x ^= x << 23;
            x ^= x >> 41;
            x ^= x << 17;
            x
        };
        for i in 0..20_000u32 {
            let (a, b) = (next() >> (i % 100), (next() >> (i / 7 % 120)).max(1));
            let rest = next() % b;
            let mut sum = product(a, b);
            let low = u128::from(sum[0]) | u128::from(sum[1]) << 64;
            let (low, carry) = low.overflowing_add(rest);
            let high = (u128::from(sum[2]) | u128::from(sum[3]) << 64) + u128::from(carry);
            sum = [
                low as u64,
                (low >> 64) as u64,
                high as u64,
                (high >> 64) as u64,
            ];
            assert_eq!(divide(&sum, b), Some((a, rest)));
            let power = (i % 39) as usize;
            if let Some((q, r)) = divide_by_power(&sum, power) {
                let back = product(q, POWERS[power]);
                let (low, carry) =
                    (u128::from(back[0]) | u128::from(back[1]) << 64).overflowing_add(r);
                let high = (u128::from(back[2]) | u128::from(back[3]) << 64) + u128::from(carry);
                assert!(r < POWERS[power]);
                assert_eq!(
                    [
                        low as u64,
                        (low >> 64) as u64,
                        high as u64,
                        (high >> 64) as u64
                    ],
                    sum
                );
            }
        }
    }
}
