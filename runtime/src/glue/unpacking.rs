//! Unpacking: `a, b = items`, `a, *b = items`.

use crate::list::AnyList;
use crate::{Exc, List, Py, Result, Value, dynamic};

/// `a, b = items`.
#[inline]
pub fn unpack_exact<T: Py, const N: usize, R: From<[T; N]>>(
    items: impl Iterator<Item = Result<T>>,
) -> Result<R> {
    dynamic::unpack_exact(items).map(R::from)
}

/// `a, *b, c = items`, as one list.
pub fn unpack_starred<T: Py>(
    items: impl Iterator<Item = Result<T>>,
    before: usize,
    after: usize,
) -> Result<List<T>> {
    let taken: Vec<T> = items.collect::<Result<_>>()?;
    if taken.len() < before + after {
        return Err(Exc::value_error(format!(
            "not enough values to unpack (expected at least {}, got {})",
            before + after,
            taken.len()
        )));
    }
    Ok(List::from(taken))
}

/// `a, b = value` of a dynamic value.
#[inline]
pub fn unpack_value<const N: usize, R: From<[Value; N]>>(value: &Value) -> Result<R> {
    dynamic::unpack::<N>(value).map(R::from)
}

/// `a, *b = value` of a dynamic value.
pub fn unpack_value_starred(value: &Value, before: usize, after: usize) -> Result<List<Value>> {
    let (mut first, middle, last) = dynamic::unpack_star(value, before, after)?;
    first.extend(middle);
    first.extend(last);
    Ok(List::from(first))
}

/// One of the values that were unpacked; negative: from the end.
#[inline]
pub fn unpacked<T: Py>(items: &impl AnyList<T>, position: i64) -> T {
    items
        .own()
        .get(position)
        .expect("unpacking checked the count")
}

/// The values of the starred target.
pub fn unpacked_rest<T: Py>(items: &impl AnyList<T>, before: usize, after: usize) -> List<T> {
    let all = items.own().to_vec();
    let end = all.len() - after;
    List::from(all[before.min(end)..end].to_vec())
}
