//! Laws of big ints at the sizes where algorithms change, and the cost of a value.

use portalis_runtime::num::Num;
use portalis_runtime::prelude::*;

/// Deterministic bits; `kind` picks noise, all ones, or a lone bit with zeros below.
fn number(limbs: usize, kind: usize, seed: &mut u64) -> Int {
    let mut bytes = Vec::with_capacity(limbs * 8);
    for i in 0..limbs {
        *seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        let limb = match kind {
            0 => *seed ^ *seed >> 29,
            1 => u64::MAX,
            2 if i + 1 == limbs => 1 << (*seed >> 58),
            2 => 0,
            _ => {
                if *seed >> 62 == 0 {
                    *seed
                } else {
                    (*seed as i64 >> 63) as u64
                }
            }
        };
        bytes.extend_from_slice(&limb.to_le_bytes());
    }
    ok(Int::from_bytes(&bytes, "little", false))
}

fn ok<T>(result: Result<T>) -> T {
    result.unwrap_or_else(|_| panic!("an operation failed"))
}

const SIZES: [usize; 13] = [1, 2, 3, 31, 32, 33, 65, 79, 80, 81, 160, 333, 640];

#[test]
fn division_undoes_multiplication() {
    let mut seed = 7;
    for a_size in SIZES {
        for b_size in SIZES {
            for kind in 0..4 {
                let a = number(a_size, kind, &mut seed);
                let b = number(b_size, (kind + b_size) % 4, &mut seed) + 1;
                let (q, r) = ok(int::divmod(&a, &b));
                assert!(r >= 0 && r < b, "{a_size} {b_size} {kind}");
                assert!(&(&q * &b) + &r == a, "{a_size} {b_size} {kind}");
                let product = &a * &b;
                for (dividend, rest) in [(product.clone(), Int::ZERO), (&product + &b - 1, &b - 1)]
                {
                    let (q, r) = ok(int::divmod(&dividend, &b));
                    assert!(q == a && r == rest, "{a_size} {b_size} {kind}");
                }
            }
        }
    }
}

#[test]
fn multiplication_distributes() {
    let mut seed = 11;
    for a_size in SIZES {
        for b_size in SIZES {
            let (a, b) = (number(a_size, 3, &mut seed), number(b_size, 0, &mut seed));
            let c = number(b_size, 1, &mut seed);
            assert!(&a * (&b + &c) == &a * &b + &a * &c, "{a_size} {b_size}");
            assert!(&a * (&b - &c) == &a * &b - &a * &c, "{a_size} {b_size}");
        }
    }
}

#[test]
fn digits_read_back() {
    let mut seed = 13;
    for size in SIZES {
        for kind in 0..4 {
            let a = number(size, kind, &mut seed);
            assert!(Int::lit(&a.to_string()) == a, "{size} {kind}");
            assert!(Int::lit(&format!("-{a}")) == -&a, "{size} {kind}");
        }
    }
    for exponent in [18, 19, 20, 1215, 1216, 1217, 2432, 5000] {
        let power = ok(int::pow_int(&Int::from(10), &Int::from(exponent)));
        assert_eq!(
            power.to_string(),
            format!("1{}", "0".repeat(exponent as usize))
        );
        assert_eq!((power - 1).to_string(), "9".repeat(exponent as usize));
    }
}

#[test]
fn roots_are_floors() {
    let mut seed = 17;
    for size in SIZES {
        let a = number(size, 0, &mut seed);
        let root = ok(math::isqrt(&a));
        assert!(
            &root * &root <= a && (&root + 1) * (&root + 1) > a,
            "{size}"
        );
    }
}

#[test]
fn common_divisors_are_euclid_s() {
    let mut seed = 19;
    for size in SIZES {
        for other in [1, 2, 33, 160] {
            for kind in 0..4 {
                let a = number(size, kind, &mut seed) * (size as i64);
                let b = number(other, 3, &mut seed) * (size as i64);
                let (mut x, mut y) = (a.clone(), b.clone());
                while !y.is_zero() {
                    let r = ok(int::pymod(&x, &y));
                    (x, y) = (y, r);
                }
                assert!(math::gcd(&[a, b]) == x, "{size} {other} {kind}");
            }
        }
    }
}

#[test]
fn small_divisors_agree_with_ints() {
    let mut seed = 23;
    for a in [
        number(1, 0, &mut seed),
        number(3, 0, &mut seed),
        Int::from(i64::MIN),
    ] {
        for a in [-&a, a] {
            for b in [1, -1, 2, -2, 10, i64::MAX, i64::MIN] {
                let whole = Int::from(b);
                assert!(ok(int::floordiv_small(&a, b)) == ok(int::floordiv(&a, &whole)));
                assert!(ok(int::pymod(&a, &whole)) == ok(int::pymod_small(&a, b)));
            }
            assert!(int::floordiv_small(&a, 0).is_err() && int::pymod_small(&a, 0).is_err());
        }
    }
}

#[test]
fn wide_ints_agree_with_ints() {
    let near = [i128::from(i64::MAX), i128::from(i64::MIN), 0, 1 << 100];
    for a in near.iter().flat_map(|&x| [x - 1, x, x + 1, -x, 7 - 3 * x]) {
        let whole = Int::from(a);
        assert!(int::wide_to_f64(a) == ok(whole.to_f64()));
        for b in [1, -1, 2, -2, 10, -10, i64::MAX, i64::MIN] {
            let divisor = Int::from(b);
            assert!(Int::from(int::wide_floordiv(a, b)) == ok(int::floordiv(&whole, &divisor)));
            assert!(Int::from(int::wide_mod(a, b)) == ok(int::pymod(&whole, &divisor)));
        }
    }
}

#[test]
fn the_limit_of_digits_can_be_lifted() {
    let long = ok(int::pow_int(&Int::from(10), &Int::from(5000)));
    assert!(long.py_str().is_err());
    ok(int::set_max_str_digits(0));
    assert_eq!(ok(long.py_str()).as_str().len(), 5001);
    assert!(int::set_max_str_digits(639).is_err());
    ok(int::set_max_str_digits(4300));
    assert!(long.py_str().is_err());
}

#[test]
fn values_are_two_words() {
    assert_eq!(size_of::<Int>(), 16);
    assert_eq!(size_of::<Num>(), 16);
    assert_eq!(size_of::<Option<Int>>(), 16);
}

#[test]
fn operators_mix_owned_borrowed_and_small() {
    let (a, b) = (Int::from(i64::MAX), Int::from(2));
    let want = Int::lit("9223372036854775809");
    assert!(&a + &b == want && &a + b.clone() == want && a.clone() + &b == want);
    assert!(&a + 2 == want && 2 + &a == want && a.clone() + 2 == want && 2 + a.clone() == want);
    let mut sum = a.clone();
    sum += 1;
    sum += &b;
    sum -= Int::ONE;
    assert!(sum == want && sum > i64::MAX && i64::MAX < sum && sum != i64::MAX);
    assert!(sum - &b == i64::MAX);
}

#[test]
fn none_orders_like_cpython() {
    let error = Some(Int::ONE).py_lt(&None).err().expect("no order");
    let text = ok(error.py_str());
    assert_eq!(
        text.as_str(),
        "'<' not supported between instances of 'int' and 'NoneType'"
    );
    assert!(ok(None::<Int>.py_eq(&None)) && !ok(Some(Int::ZERO).py_eq(&None)));
    assert_eq!(ok(None::<Int>.py_repr()).as_str(), "None");
    assert!(!ok(Some(Int::ZERO).py_truth()) && ok(Some(Int::ONE).py_truth()));
}
