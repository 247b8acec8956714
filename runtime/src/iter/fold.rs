//! Builtins that consume an iterable: `sum`, `min`, `max`, `any`, `all`, `reduce`, `len`.

use crate::list::AnyList;
use crate::num::{self, Num};
use crate::{Exc, Int, List, Py, Result, Tuple};

/// `sum(items, start)` of ints.
#[inline]
pub fn sum_int(items: impl Iterator<Item = Result<Int>>, start: Int) -> Result<Int> {
    let mut total = start;
    for item in items {
        total = total + item?;
    }
    Ok(total)
}

/// `sum(items)` of bools.
pub fn sum_bool(items: impl Iterator<Item = Result<bool>>, start: Int) -> Result<Int> {
    let mut total = 0i64;
    for item in items {
        total += i64::from(item?);
    }
    Ok(start + Int::from(total))
}

/// `sum(items, start)` of floats from a float: left to right, no compensation, as
/// CPython 3.11 does.
#[inline]
pub fn sum_float(items: impl Iterator<Item = Result<f64>>, start: f64) -> Result<f64> {
    let mut total = start;
    for item in items {
        total += item?;
    }
    Ok(total)
}

/// `sum(items)` of floats: no item gives the int 0.
#[inline]
pub fn sum_floats(mut items: impl Iterator<Item = Result<f64>>, start: Int) -> Result<Num> {
    match items.next() {
        None => Ok(Num::Int(start)),
        Some(first) => {
            let first = start.to_f64()? + first?;
            Ok(Num::Float(sum_float(items, first)?))
        }
    }
}

/// `sum(items, start)` of ints from a float.
pub fn sum_ints_from(items: impl Iterator<Item = Result<Int>>, start: f64) -> Result<f64> {
    let mut total = start;
    for item in items {
        total += item?.to_f64()?;
    }
    Ok(total)
}

/// `sum(items, start)` of ints and floats.
pub fn sum_num(items: impl Iterator<Item = Result<Num>>, start: Num) -> Result<Num> {
    let mut total = start;
    for item in items {
        total = num::add(&total, &item?)?;
    }
    Ok(total)
}

/// `sum(lists, start)`.
pub fn sum_lists<T: Py>(
    items: impl Iterator<Item = Result<List<T>>>,
    start: &impl AnyList<T>,
) -> Result<List<T>> {
    let total = start.own().copy();
    for item in items {
        total.extend_list(&item?);
    }
    Ok(total)
}

/// `sum(tuples, start)`.
pub fn sum_tuples<T: Py>(
    items: impl Iterator<Item = Result<Tuple<T>>>,
    start: &Tuple<T>,
) -> Result<Tuple<T>> {
    let mut total = start.as_slice().to_vec();
    for item in items {
        total.extend_from_slice(item?.as_slice());
    }
    Ok(Tuple::from(total))
}

#[cold]
fn empty(name: &str) -> Exc {
    Exc::value_error(format!("{name}() arg is an empty sequence"))
}

macro_rules! extremes {
    ($opt:ident $of:ident $or:ident $pair:ident $rest:ident
     $by_opt:ident $by:ident $by_or:ident $by_rest:ident, $name:literal, $better:ident) => {
        /// The first best item, or `None`.
        #[inline]
        pub fn $opt<T: Py>(items: impl Iterator<Item = Result<T>>) -> Result<Option<T>> {
            let mut best: Option<T> = None;
            for item in items {
                let item = item?;
                let better = match &best {
                    None => true,
                    Some(held) => item.$better(held)?,
                };
                if better {
                    best = Some(item);
                }
            }
            Ok(best)
        }

        /// Over an iterable; `ValueError` when it is empty.
        #[inline]
        pub fn $of<T: Py>(items: impl Iterator<Item = Result<T>>) -> Result<T> {
            $opt(items)?.ok_or_else(|| empty($name))
        }

        /// Over an iterable, with a default.
        pub fn $or<T: Py>(items: impl Iterator<Item = Result<T>>, default: T) -> Result<T> {
            Ok($opt(items)?.unwrap_or(default))
        }

        /// Of two arguments.
        #[inline]
        pub fn $pair<T: Py>(a: T, b: T) -> Result<T> {
            Ok(if b.$better(&a)? { b } else { a })
        }

        /// Of two and more arguments.
        #[inline]
        pub fn $rest<T: Py>(a: T, b: T, rest: &[T]) -> Result<T> {
            let mut best = $pair(a, b)?;
            for item in rest {
                if item.$better(&best)? {
                    best = item.clone();
                }
            }
            Ok(best)
        }

        /// The first item with the best key, or `None`.
        pub fn $by_opt<T: Py, K: Py>(
            items: impl Iterator<Item = Result<T>>,
            mut key: impl FnMut(T) -> Result<K>,
        ) -> Result<Option<T>> {
            let mut best: Option<(K, T)> = None;
            for item in items {
                let item = item?;
                let rank = key(item.clone())?;
                let better = match &best {
                    None => true,
                    Some((held, _)) => rank.$better(held)?,
                };
                if better {
                    best = Some((rank, item));
                }
            }
            Ok(best.map(|(_, item)| item))
        }

        /// By key, over an iterable; `ValueError` when it is empty.
        pub fn $by<T: Py, K: Py>(
            items: impl Iterator<Item = Result<T>>,
            key: impl FnMut(T) -> Result<K>,
        ) -> Result<T> {
            $by_opt(items, key)?.ok_or_else(|| empty($name))
        }

        /// By key, over an iterable, with a default.
        pub fn $by_or<T: Py, K: Py>(
            items: impl Iterator<Item = Result<T>>,
            key: impl FnMut(T) -> Result<K>,
            default: T,
        ) -> Result<T> {
            Ok($by_opt(items, key)?.unwrap_or(default))
        }

        /// By key, of two and more arguments.
        pub fn $by_rest<T: Py, K: Py>(
            a: T,
            b: T,
            rest: &[T],
            key: impl FnMut(T) -> Result<K>,
        ) -> Result<T> {
            let items = [a, b].into_iter().chain(rest.iter().cloned());
            $by(items.map(Ok), key)
        }
    };
}

extremes!(min_opt min_of min_or min_pair min_args
          min_by_opt min_by min_by_or min_by_args, "min", py_lt);
extremes!(max_opt max_of max_or max_pair max_args
          max_by_opt max_by max_by_or max_by_args, "max", py_gt);

/// `any(items)`.
#[inline]
pub fn any<T: Py>(items: impl Iterator<Item = Result<T>>) -> Result<bool> {
    for item in items {
        if item?.py_truth()? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `any(test(x) for x in items)`.
#[inline]
pub fn any_that<T>(
    mut items: impl Iterator<Item = T>,
    mut test: impl FnMut(T) -> Result<bool>,
) -> Result<bool> {
    match items.find_map(|item| test(item).map(|found| found.then_some(())).transpose()) {
        Some(Err(error)) => Err(error),
        found => Ok(found.is_some()),
    }
}

/// `all(test(x) for x in items)`.
#[inline]
pub fn all_that<T>(
    items: impl Iterator<Item = T>,
    mut test: impl FnMut(T) -> Result<bool>,
) -> Result<bool> {
    Ok(!any_that(items, |item| Ok(!test(item)?))?)
}

/// `all(items)`.
#[inline]
pub fn all<T: Py>(items: impl Iterator<Item = Result<T>>) -> Result<bool> {
    for item in items {
        if !item?.py_truth()? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `x in items` for an iterator, which it consumes up to the match.
pub fn contains<T: Py>(items: impl Iterator<Item = Result<T>>, x: &T) -> Result<bool> {
    for item in items {
        if super::same::same(&item?, x)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `functools.reduce(f, items)`.
pub fn reduce<T: Py>(
    f: impl FnMut(T, T) -> Result<T>,
    mut items: impl Iterator<Item = Result<T>>,
) -> Result<T> {
    match items.next() {
        Some(first) => reduce_from(f, items, first?),
        None => Err(Exc::type_error(
            "reduce() of empty iterable with no initial value",
        )),
    }
}

/// `functools.reduce(f, items, start)`.
pub fn reduce_from<T: Py, A: Py>(
    mut f: impl FnMut(A, T) -> Result<A>,
    items: impl Iterator<Item = Result<T>>,
    start: A,
) -> Result<A> {
    let mut total = start;
    for item in items {
        total = f(total, item?)?;
    }
    Ok(total)
}
