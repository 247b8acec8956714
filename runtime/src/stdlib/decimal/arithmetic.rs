//! Operations on short finite numbers under the active context. Each is the library's
//! operation of the same meaning; `None` where that one must do it.

use std::cmp::Ordering;

use super::Number;
use super::active::{self, Active, INEXACT, ROUNDED, Rounding};
use super::wide::{self, POWERS, digits};
use crate::Str;

/// The digits of a short coefficient, less one.
const MOST: i64 = 38;

/// `10 ** n`, where a shift by so many digits is short.
#[inline(always)]
fn power(n: i64) -> Option<u128> {
    POWERS.get(usize::try_from(n).ok()?).copied()
}

/// A quotient by a unit, rounded by what is dropped, which is not 0.
#[inline(always)]
fn rounded(kept: u128, rest: u128, unit: u128, mode: Rounding, minus: bool) -> u128 {
    // A unit has no more than 127 bits.
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
fn fixed(rules: &Active, minus: bool, coefficient: u128, exponent: i64) -> Option<Parts> {
    // Far from all bounds and short enough, which needs no counting.
    let (low, high) = (rules.low.get(), rules.high.get());
    let inside = low <= exponent && exponent <= high - MOST;
    if inside && !rules.clamped.get() && coefficient < rules.limit.get() {
        return Some((coefficient, exponent));
    }
    near_bounds(rules, minus, coefficient, exponent)
}

/// A coefficient and an exponent: a number that is put together in one place needs no memory
/// on the way.
type Parts = (u128, i64);

#[inline(never)]
fn near_bounds(rules: &Active, minus: bool, coefficient: u128, exponent: i64) -> Option<Parts> {
    let precision = rules.precision.get();
    let (low, high) = (rules.low.get(), rules.high.get());
    if rules.clamped.get() {
        return None;
    }
    if coefficient == 0 {
        let inside = low - precision < exponent && exponent <= high;
        return inside.then(|| (0, exponent));
    }
    let length = digits(coefficient);
    let adjusted = exponent + length - 1;
    if adjusted < low || adjusted > high {
        return None;
    }
    if length <= precision {
        return Some((coefficient, exponent));
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

/// Quotient and rest.
#[inline(always)]
fn split(n: u128, unit: u128) -> (u128, u128) {
    if let (Ok(n), Ok(unit)) = (u64::try_from(n), u64::try_from(unit)) {
        return (u128::from(n / unit), u128::from(n % unit));
    }
    let kept = n / unit;
    (kept, n - kept * unit)
}

/// `n * 10 ** places`, where it is short.
#[inline(always)]
fn scaled(n: u128, places: i64) -> Option<u128> {
    let unit = power(places)?;
    match (u64::try_from(n), u64::try_from(unit)) {
        (Ok(n), Ok(unit)) => Some(u128::from(n) * u128::from(unit)),
        _ => n.checked_mul(unit),
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
) -> Option<Parts> {
    if rest == 0 {
        rules.signal(ROUNDED)?;
        return Some((kept, exponent));
    }
    let made = rounded(kept, rest, unit, rules.rounding.get(), minus);
    if made == power(rules.precision.get())? {
        // One digit too many, which may be one above the greatest exponent.
        if exponent + rules.precision.get() > rules.high.get() {
            return None;
        }
        rules.signal(ROUNDED | INEXACT)?;
        return Some((made / 10, exponent + 1));
    }
    rules.signal(ROUNDED | INEXACT)?;
    Some((made, exponent))
}

/// `a + b`, or `a - b`.
#[inline]
pub fn added(a: &Number, b: &Number, flip: bool) -> Option<Number> {
    let (mut x, mut y) = (a.finite()?, b.finite()?);
    let gap = a.exponent - b.exponent;
    if gap > 0 {
        x = scaled(x, gap)?;
    } else if gap < 0 {
        y = scaled(y, -gap)?;
    }
    let exponent = a.exponent.min(b.exponent);
    let b_minus = b.minus() != flip;
    let (minus, (made, exponent)) = active::with(|rules| {
        let (minus, made) = if a.minus() == b_minus {
            (a.minus(), x.checked_add(y)?)
        } else if x == y {
            (rules.rounding.get() == Rounding::Floor, 0)
        } else if x > y {
            (a.minus(), x - y)
        } else {
            (b_minus, y - x)
        };
        Some((minus, fixed(rules, minus, made, exponent)?))
    })?;
    Some(Number::short(minus, made, exponent))
}

/// `a * b`.
#[inline]
pub fn product(a: &Number, b: &Number) -> Option<Number> {
    let (x, y) = (a.finite()?, b.finite()?);
    let (minus, exponent) = (a.minus() != b.minus(), a.exponent + b.exponent);
    let made = match (u64::try_from(x), u64::try_from(y)) {
        (Ok(x), Ok(y)) => Some(u128::from(x) * u128::from(y)),
        _ => x.checked_mul(y),
    };
    let (made, exponent) = active::with(|rules| match made {
        Some(made) => fixed(rules, minus, made, exponent),
        None => wide_product(rules, minus, x, y, exponent),
    })?;
    Some(Number::short(minus, made, exponent))
}

#[inline(never)]
fn wide_product(rules: &Active, minus: bool, x: u128, y: u128, exponent: i64) -> Option<Parts> {
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
    let minus = a.minus() != b.minus();
    let ideal = a.exponent - b.exponent;
    let (made, exponent) = active::with(|rules| {
        if x == 0 {
            return fixed(rules, minus, 0, ideal);
        }
        // So that the quotient has as many digits as the precision.
        let gap = digits(y) - digits(x);
        let at_least_one = match gap >= 0 {
            true => scaled(x, gap)? >= y,
            false => x >= scaled(y, -gap)?,
        };
        let shift = gap + rules.precision.get() - i64::from(at_least_one);
        let (made, rest) = match scaled(x, shift) {
            Some(dividend) => split(dividend, y),
            None => wide::divide(&wide::product(x, power(shift)?), y)?,
        };
        let exponent = ideal - shift;
        if rest == 0 {
            let (made, zeros) = without_zeros(made, shift);
            return fixed(rules, minus, made, exponent + zeros);
        }
        let adjusted = exponent + rules.precision.get() - 1;
        let outside = adjusted < rules.low.get() || adjusted > rules.high.get();
        // Twice a rest must be short.
        if outside || rules.clamped.get() || y > POWERS[MOST as usize] {
            return None;
        }
        shortened(rules, minus, (made, rest), y, exponent)
    })?;
    Some(Number::short(minus, made, exponent))
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
        let (made, exponent) = fixed(rules, minus, coefficient, a.exponent)?;
        Some(Number::short(minus, made, exponent))
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
                _ => rounded(kept, rest, unit, mode, a.minus()),
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
        Some(Number::short(a.minus(), made, exponent))
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
    let (a_minus, b_minus) = (a.minus() && x != 0, b.minus() && y != 0);
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
        return Some(scaled(x, gap)?.cmp(&y));
    }
    Some(x.cmp(&scaled(y, -gap)?))
}

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
                if n.minus() { "-" } else { "" },
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
