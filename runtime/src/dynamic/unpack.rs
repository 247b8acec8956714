//! `a, b = value` and `a, *rest = value`.

use crate::{Exc, Iterable, Py, Result, Value};

#[cold]
fn too_many(count: usize) -> Exc {
    Exc::value_error(format!("too many values to unpack (expected {count})"))
}

#[cold]
fn not_enough(at_least: bool, count: usize, got: usize) -> Exc {
    let least = if at_least { "at least " } else { "" };
    Exc::value_error(format!(
        "not enough values to unpack (expected {least}{count}, got {got})"
    ))
}

/// Exactly `N` items of what is walked.
#[inline]
pub fn unpack_exact<T, const N: usize>(
    mut walk: impl Iterator<Item = Result<T>>,
) -> Result<[T; N]> {
    let mut taken = [const { None }; N];
    for (have, place) in taken.iter_mut().enumerate() {
        match walk.next() {
            Some(item) => *place = Some(item?),
            None => return Err(not_enough(false, N, have)),
        }
    }
    match walk.next() {
        None => Ok(taken.map(|item| item.expect("every place was filled"))),
        Some(Ok(_)) => Err(too_many(N)),
        Some(Err(error)) => Err(error),
    }
}

/// The items of `before` targets, a starred one and `after` more: all in order, the
/// starred ones in their place as the middle vector.
pub fn unpack_star_exact<T: Py>(
    items: &impl Iterable<Item = T>,
    before: usize,
    after: usize,
) -> Result<(Vec<T>, Vec<T>, Vec<T>)> {
    star(items.py_iter(), before, after)
}

#[allow(clippy::type_complexity)]
fn star<T>(
    walk: impl Iterator<Item = Result<T>>,
    before: usize,
    after: usize,
) -> Result<(Vec<T>, Vec<T>, Vec<T>)> {
    let mut first: Vec<T> = walk.collect::<Result<_>>()?;
    let got = first.len();
    if got < before + after {
        return Err(not_enough(true, before + after, got));
    }
    let last = first.split_off(got - after);
    let middle = first.split_off(before);
    Ok((first, middle, last))
}

fn walk(value: &Value) -> Result<super::DynIter> {
    if !super::is_iterable(value) {
        return Err(Exc::type_error(format!(
            "cannot unpack non-iterable {} object",
            value.py_type_name()
        )));
    }
    super::iter(value)
}

/// All of `items`, which must be `N`.
#[inline]
pub(crate) fn unpack_slice<T: Clone, const N: usize>(items: &[T]) -> Result<[T; N]> {
    match <&[T; N]>::try_from(items) {
        Ok(items) => Ok(items.clone()),
        Err(_) if items.len() > N => Err(too_many(N)),
        Err(_) => Err(not_enough(false, N, items.len())),
    }
}

/// Exactly `N` items of a value.
pub fn unpack<const N: usize>(value: &Value) -> Result<[Value; N]> {
    match value {
        Value::Tuple(items) => items.unpack(),
        Value::List(items) => items.unpack(),
        _ => unpack_exact(walk(value)?),
    }
}

/// As `unpack_star_exact`, of a value.
pub fn unpack_star(
    value: &Value,
    before: usize,
    after: usize,
) -> Result<(Vec<Value>, Vec<Value>, Vec<Value>)> {
    star(walk(value)?, before, after)
}
