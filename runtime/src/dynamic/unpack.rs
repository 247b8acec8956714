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

/// Exactly `count` items of something that can be walked.
pub fn unpack_exact<T: Py>(items: &impl Iterable<Item = T>, count: usize) -> Result<Vec<T>> {
    exact(items.py_iter(), count)
}

fn exact<T>(mut walk: impl Iterator<Item = Result<T>>, count: usize) -> Result<Vec<T>> {
    let mut taken = Vec::with_capacity(count);
    while taken.len() < count {
        match walk.next() {
            Some(item) => taken.push(item?),
            None => return Err(not_enough(false, count, taken.len())),
        }
    }
    match walk.next() {
        None => Ok(taken),
        Some(Ok(_)) => Err(too_many(count)),
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

/// Exactly `count` items of a value.
pub fn unpack(value: &Value, count: usize) -> Result<Vec<Value>> {
    // CPython takes lists and tuples of the right length without walking them.
    exact(walk(value)?, count)
}

/// As `unpack_star_exact`, of a value.
pub fn unpack_star(
    value: &Value,
    before: usize,
    after: usize,
) -> Result<(Vec<Value>, Vec<Value>, Vec<Value>)> {
    star(walk(value)?, before, after)
}
