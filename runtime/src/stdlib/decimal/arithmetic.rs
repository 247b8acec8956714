//! Operations on short finite numbers under the active context. Each is the library's
//! operation of the same meaning; `None` where that one must do it.

use std::cmp::Ordering;

use super::active::{self, Active, INEXACT, ROUNDED, Rounding};
use super::wide::{self, POWERS, digits};
use super::{FINITE, Number};
use crate::Str;

/// `10 ** n`, where a shift by so many digits is short.
#[inline(always)]
fn power(n: i64) -> Option<u128> {
    POWERS.get(usize::try_from(n).ok()?).copied()
}

/// A quotient by a unit, rounded by what is dropped, which is not 0.
#[inline(always)]
fn rounded(kept: u128, rest: u128, unit: u128, mode: Rounding, minus: bool) -> u128 {
    // A unit has less than 127 bits.
    let side = (2 * rest).cmp(&unit);
    // Parity, and divisibility by 5 from the number itself where it is asked for.
    let last = match mode {
        Rounding::Up05 => (kept % 10) as u64,
        _ => kept as u64,
    };
    kept + u128::from(mode.goes_up(minus, last, side))
}

/// The number with the context's precision, within its exponents.
#[inline(always)]
fn fixed(rules: &Active, minus: bool, coefficient: u128, exponent: i64) -> Option<Number> {
    let precision = rules.precision.get();
    let (low, high) = (rules.low.get(), rules.high.get());
    if rules.clamped.get() {
        return None;
    }
    if coefficient == 0 {
        let inside = low - precision < exponent && exponent <= high;
        return inside.then(|| Number::short(minus, 0, exponent));
    }
    let length = digits(coefficient);
    let adjusted = exponent + length - 1;
    if adjusted < low || adjusted > high {
        return None;
    }
    if length <= precision {
        return Some(Number::short(minus, coefficient, exponent));
    }
    let places = length - precision;
    let unit = power(places)?;
    shortened(
        rules,
        minus,
        split(coefficient, unit),
        unit,
        exponent + places,
    )
}

#[inline(always)]
fn split(n: u128, unit: u128) -> (u128, u128) {
    match (u64::try_from(n), u64::try_from(unit)) {
        (Ok(n), Ok(unit)) => (u128::from(n / unit), u128::from(n % unit)),
        _ => (n / unit, n % unit),
    }
}

/// What stays of a coefficient, and what goes, as a number of the context's precision.
#[inline(always)]
fn shortened(
    rules: &Active,
    minus: bool,
    (kept, rest): (u128, u128),
    unit: u128,
    exponent: i64,
) -> Option<Number> {
    if rest == 0 {
        rules.signal(ROUNDED)?;
        return Some(Number::short(minus, kept, exponent));
    }
    let made = rounded(kept, rest, unit, rules.rounding.get(), minus);
    if made == power(rules.precision.get())? {
        // One digit too many, which may be one above the greatest exponent.
        if exponent + rules.precision.get() > rules.high.get() {
            return None;
        }
        rules.signal(ROUNDED | INEXACT)?;
        return Some(Number::short(minus, made / 10, exponent + 1));
    }
    rules.signal(ROUNDED | INEXACT)?;
    Some(Number::short(minus, made, exponent))
}

/// `a + b`, or `a - b`.
#[inline]
pub fn added(a: &Number, b: &Number, flip: bool) -> Option<Number> {
    let (mut x, mut y) = (a.finite()?, b.finite()?);
    let gap = a.exponent - b.exponent;
    if gap > 0 {
        x = x.checked_mul(power(gap)?)?;
    } else if gap < 0 {
        y = y.checked_mul(power(-gap)?)?;
    }
    let exponent = a.exponent.min(b.exponent);
    let b_minus = b.minus != flip;
    active::with(|rules| {
        if a.minus == b_minus {
            return fixed(rules, a.minus, x.checked_add(y)?, exponent);
        }
        match x.cmp(&y) {
            Ordering::Greater => fixed(rules, a.minus, x - y, exponent),
            Ordering::Less => fixed(rules, b_minus, y - x, exponent),
            Ordering::Equal => {
                let minus = rules.rounding.get() == Rounding::Floor;
                fixed(rules, minus, 0, exponent)
            }
        }
    })
}

/// `a * b`.
#[inline]
pub fn product(a: &Number, b: &Number) -> Option<Number> {
    let (x, y) = (a.finite()?, b.finite()?);
    let (minus, exponent) = (a.minus != b.minus, a.exponent + b.exponent);
    active::with(|rules| match x.checked_mul(y) {
        Some(made) => fixed(rules, minus, made, exponent),
        None => wide_product(rules, minus, x, y, exponent),
    })
}

#[inline(never)]
fn wide_product(rules: &Active, minus: bool, x: u128, y: u128, exponent: i64) -> Option<Number> {
    let made = wide::product(x, y);
    let length = wide::wide_digits(&made);
    let places = length - rules.precision.get();
    let adjusted = exponent + length - 1;
    let outside = adjusted < rules.low.get() || adjusted > rules.high.get();
    if outside || places <= 0 || rules.clamped.get() {
        return None;
    }
    let unit = power(places)?;
    let parts = wide::divide_by_power(&made, places as usize)?;
    shortened(rules, minus, parts, unit, exponent + places)
}

/// `a / b`.
#[inline]
pub fn quotient(a: &Number, b: &Number) -> Option<Number> {
    let (x, y) = (a.finite()?, b.finite()?);
    if y == 0 {
        return None;
    }
    let minus = a.minus != b.minus;
    let ideal = a.exponent - b.exponent;
    active::with(|rules| {
        if x == 0 {
            return fixed(rules, minus, 0, ideal);
        }
        let shift = digits(y) - digits(x) + rules.precision.get() + 1;
        let scale = power(shift)?;
        let (mut made, rest) = match x.checked_mul(scale) {
            Some(dividend) => split(dividend, y),
            None => wide::divide(&wide::product(x, scale), y)?,
        };
        if rest != 0 {
            // A digit that says that more follow.
            made += u128::from(made.is_multiple_of(5));
            return fixed(rules, minus, made, ideal - shift);
        }
        let (made, zeros) = without_zeros(made, shift);
        fixed(rules, minus, made, ideal - shift + zeros)
    })
}

/// A number other than 0 without the zeros that it ends with, `most` at most, and how many.
fn without_zeros(mut n: u128, most: i64) -> (u128, i64) {
    let mut found = 0;
    for step in [16, 8, 4, 2, 1] {
        while found + step <= most && n.is_multiple_of(POWERS[step as usize]) {
            n /= POWERS[step as usize];
            found += step;
        }
    }
    (n, found)
}

/// A finite number with that sign, in the context.
#[inline]
pub fn signed(a: &Number, minus: bool) -> Option<Number> {
    let coefficient = a.finite()?;
    active::with(|rules| {
        let minus = if coefficient == 0 {
            minus && rules.rounding.get() == Rounding::Floor
        } else {
            minus
        };
        fixed(rules, minus, coefficient, a.exponent)
    })
}

/// The number with that exponent, rounded so, or as the context says.
pub fn quantized(a: &Number, exponent: i64, mode: Option<&Str>) -> Option<Number> {
    let coefficient = a.finite()?;
    active::with(|rules| {
        let mode = match mode {
            Some(name) => Rounding::named(name.as_str())?,
            None => rules.rounding.get(),
        };
        let (precision, low, high) = (rules.precision.get(), rules.low.get(), rules.high.get());
        if rules.clamped.get() || exponent > high || exponent <= low - precision {
            return None;
        }
        let gap = a.exponent - exponent;
        let mut signals = 0;
        let made = if gap >= 0 {
            match coefficient {
                0 => 0,
                _ => coefficient.checked_mul(power(gap)?)?,
            }
        } else if coefficient == 0 {
            0
        } else {
            let unit = power(-gap)?;
            let (kept, rest) = split(coefficient, unit);
            signals = if rest == 0 {
                ROUNDED
            } else {
                ROUNDED | INEXACT
            };
            match rest {
                0 => kept,
                _ => rounded(kept, rest, unit, mode, a.minus),
            }
        };
        let length = digits(made);
        let adjusted = exponent + length - 1;
        if made != 0 && (length > precision || adjusted > high || adjusted < low) {
            return None;
        }
        // What the library does of itself is done before it is asked: signals come last.
        if signals != 0 {
            rules.signal(signals)?;
        }
        Some(Number::short(a.minus, made, exponent))
    })
}

/// -1, 0 or 1 for the order of short finite numbers; 2 where the library must say.
#[inline]
pub fn order(a: &Number, b: &Number) -> i64 {
    compared(a, b).map_or(2, |order| order as i64)
}

#[inline(always)]
fn compared(a: &Number, b: &Number) -> Option<Ordering> {
    let (x, y) = (a.finite()?, b.finite()?);
    let (a_minus, b_minus) = (a.minus && x != 0, b.minus && y != 0);
    if a_minus != b_minus {
        return Some(b_minus.cmp(&a_minus));
    }
    let magnitudes = magnitude_order(x, a.exponent, y, b.exponent)?;
    Some(if a_minus {
        magnitudes.reverse()
    } else {
        magnitudes
    })
}

#[inline(always)]
fn magnitude_order(x: u128, x_exponent: i64, y: u128, y_exponent: i64) -> Option<Ordering> {
    let gap = x_exponent - y_exponent;
    if gap == 0 || x == 0 || y == 0 {
        return Some(x.cmp(&y));
    }
    let adjusted = gap + digits(x) - digits(y);
    if adjusted != 0 {
        return Some(adjusted.cmp(&0));
    }
    // The same number of digits before the point: a gap that is short.
    if gap > 0 {
        return Some(x.checked_mul(power(gap)?)?.cmp(&y));
    }
    Some(x.cmp(&y.checked_mul(power(-gap)?)?))
}

const _: () = assert!(FINITE == 0);

#[cfg(test)]
mod tests {
    use super::super::{follow, parsed, signals};
    use super::*;
    use crate::Int;

    fn rules(precision: i64) {
        follow(
            precision,
            &Str::from("ROUND_HALF_EVEN"),
            -99,
            99,
            false,
            &Int::from(0),
        );
    }

    fn number(text: &str) -> Number {
        parsed(&Str::from(text)).expect("a short number")
    }

    fn shown(made: Option<Number>) -> String {
        match made {
            Some(n) => format!(
                "{}{}e{}",
                if n.minus { "-" } else { "" },
                n.finite().expect("short"),
                n.exponent
            ),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn sums_are_rounded_once() {
        rules(5);
        assert_eq!(
            shown(added(&number("1.5"), &number("2.25"), false)),
            "375e-2"
        );
        assert_eq!(signals(), 0);
        assert_eq!(
            shown(added(&number("99999"), &number("0.5"), false)),
            "10000e1"
        );
        assert_eq!(signals(), 192);
        assert_eq!(shown(added(&number("3"), &number("3.0"), true)), "0e-1");
        assert_eq!(shown(added(&number("-3"), &number("1e40"), false)), "none");
    }

    #[test]
    fn products_and_quotients() {
        rules(28);
        let long = number("9999999999999999999999999999");
        assert_eq!(
            shown(product(&long, &long)),
            "9999999999999999999999999998e28"
        );
        assert_eq!(
            shown(quotient(&number("1"), &number("3"))),
            "3333333333333333333333333333e-28"
        );
        assert_eq!(shown(quotient(&number("1"), &number("8"))), "125e-3");
        assert_eq!(shown(quotient(&number("100"), &number("4"))), "25e0");
        assert_eq!(
            shown(quotient(&long, &number("7777777777777777777777777777"))),
            "1285714285714285714285714286e-27"
        );
        assert_eq!(shown(quotient(&number("1"), &number("0"))), "none");
    }

    #[test]
    fn order_of_signs_and_scales() {
        for (a, b, side) in [
            ("1", "1.0", 0),
            ("-0", "0.0", 0),
            ("-2", "1", -1),
            ("0.1", "1e-2", 1),
            ("-0.1", "-1e-2", -1),
            ("1e60", "1", 1),
        ] {
            assert_eq!(order(&number(a), &number(b)), side, "{a} {b}");
        }
    }

    #[test]
    fn what_is_trapped_is_left_to_the_library() {
        follow(
            3,
            &Str::from("ROUND_HALF_UP"),
            -99,
            99,
            false,
            &Int::from(64),
        );
        assert_eq!(shown(added(&number("1.005"), &number("0"), false)), "none");
        assert_eq!(
            shown(added(&number("1.000"), &number("0"), false)),
            "100e-2"
        );
        assert_eq!(shown(quantized(&number("1.25"), -1, None)), "none");
        rules(28);
        assert_eq!(shown(quantized(&number("1.25"), -1, None)), "12e-1");
        let up = Str::from("ROUND_HALF_UP");
        assert_eq!(shown(quantized(&number("1.25"), -1, Some(&up))), "13e-1");
        assert_eq!(shown(quantized(&number("7"), -2, None)), "700e-2");
    }
}
