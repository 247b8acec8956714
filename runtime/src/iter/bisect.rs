//! The `bisect` module, on lists.

use crate::list::{AnyList, OwnList};
use crate::slice::saturate;
use crate::{Exc, Int, Py, Result};

/// The bounds of a search; `hi` of `None` is the list's length.
fn bounds<T>(list: &OwnList<T>, lo: i64, hi: Option<&Int>) -> Result<(i64, i64)> {
    if lo < 0 {
        return Err(Exc::value_error("lo must be non-negative"));
    }
    Ok((lo, hi.map_or_else(|| list.len(), saturate)))
}

/// Where `x` belongs, before equals.
pub fn bisect_left<T: Py>(list: &impl AnyList<T>, x: &T, lo: i64, hi: Option<&Int>) -> Result<i64> {
    let list = list.own();
    bisect_left_by(list, x, lo, hi, Ok)
}

/// Where `x` belongs, after equals.
pub fn bisect_right<T: Py>(
    list: &impl AnyList<T>,
    x: &T,
    lo: i64,
    hi: Option<&Int>,
) -> Result<i64> {
    let list = list.own();
    bisect_right_by(list, x, lo, hi, Ok)
}

/// Where a key belongs among the keys of the items, before equals.
pub fn bisect_left_by<T: Py, K: Py>(
    list: &impl AnyList<T>,
    x: &K,
    lo: i64,
    hi: Option<&Int>,
    mut key: impl FnMut(T) -> Result<K>,
) -> Result<i64> {
    let list = list.own();
    let (mut lo, mut hi) = bounds(list, lo, hi)?;
    while lo < hi {
        let mid = lo + (hi - lo) / 2;
        if key(list.get(mid)?)?.py_lt(x)? {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    Ok(lo)
}

/// Where a key belongs among the keys of the items, after equals.
pub fn bisect_right_by<T: Py, K: Py>(
    list: &impl AnyList<T>,
    x: &K,
    lo: i64,
    hi: Option<&Int>,
    mut key: impl FnMut(T) -> Result<K>,
) -> Result<i64> {
    let list = list.own();
    let (mut lo, mut hi) = bounds(list, lo, hi)?;
    while lo < hi {
        let mid = lo + (hi - lo) / 2;
        if x.py_lt(&key(list.get(mid)?)?)? {
            hi = mid;
        } else {
            lo = mid + 1;
        }
    }
    Ok(lo)
}

pub fn insort_left<T: Py>(list: &impl AnyList<T>, x: T, lo: i64, hi: Option<&Int>) -> Result<()> {
    let list = list.own();
    let at = bisect_left(list, &x, lo, hi)?;
    list.insert(at, x);
    Ok(())
}

pub fn insort_right<T: Py>(list: &impl AnyList<T>, x: T, lo: i64, hi: Option<&Int>) -> Result<()> {
    let list = list.own();
    let at = bisect_right(list, &x, lo, hi)?;
    list.insert(at, x);
    Ok(())
}
