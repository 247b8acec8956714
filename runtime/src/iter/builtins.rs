//! Lazy builtins: `enumerate`, `zip`, `map`, `filter`, `reversed`, `iter`; and `sorted`.

use crate::iter::same::gathered;
use crate::list::{sort_vec, sort_vec_by_key};
use crate::{Exc, Int, Iter, List, Py, Result, Value};

/// The items as dynamic values.
pub fn boxed<T: Py>(items: impl Iterator<Item = Result<T>>) -> impl Iterator<Item = Result<Value>> {
    items.map(|item| item.map(|value| value.to_value()))
}

/// `iter(x)` of a built-in container: `kind` is the iterator's type.
pub fn iter<T: Py>(
    kind: &'static str,
    items: impl Iterator<Item = Result<T>> + 'static,
) -> Iter<T> {
    Iter::new(kind, items)
}

/// `reversed(x)`; `kind` is the iterator's type.
pub fn reversed<T: Py>(kind: &'static str, items: impl Iterator<Item = T> + 'static) -> Iter<T> {
    Iter::new(kind, items.map(Ok))
}

/// `reversed(x)` of an immutable sequence that only walks forwards.
pub fn reversed_items<T: Py>(items: impl Iterator<Item = Result<T>>) -> Result<Iter<T>> {
    let items = gathered(items)?;
    Ok(Iter::new("reversed", items.into_iter().rev().map(Ok)))
}

/// `next(it, None)`.
pub fn next_opt<T: Py>(it: &Iter<T>) -> Result<Option<T>> {
    it.step().transpose()
}

/// `iter(call, sentinel)`.
pub fn iter_until<T: Py>(call: impl FnMut() -> Result<T> + 'static, sentinel: T) -> Iter<T> {
    let mut call = call;
    Iter::new(
        "callable_iterator",
        std::iter::from_fn(move || {
            let item = match call() {
                Ok(item) => item,
                // A call that raises StopIteration ends the walk.
                Err(e) if e.matches(&crate::exc::STOP_ITERATION) => return None,
                Err(e) => return Some(Err(e)),
            };
            match same_as(&sentinel, &item) {
                Ok(true) => None,
                Ok(false) => Some(Ok(item)),
                Err(e) => Some(Err(e)),
            }
        }),
    )
}

fn same_as<T: Py>(sentinel: &T, item: &T) -> Result<bool> {
    super::same::same(sentinel, item)
}

/// `enumerate(items, start)`.
pub fn enumerate<T: Py>(
    items: impl Iterator<Item = Result<T>> + 'static,
    start: Int,
) -> Iter<(Int, T)> {
    let mut at = start;
    Iter::new(
        "enumerate",
        items.map(move |item| {
            let item = item?;
            let next = at.clone() + Int::from(1);
            Ok((std::mem::replace(&mut at, next), item))
        }),
    )
}

#[cold]
fn unequal(at: usize, word: &str) -> Exc {
    let before = if at == 2 {
        "argument 1".to_owned()
    } else {
        format!("arguments 1-{}", at - 1)
    };
    Exc::value_error(format!("zip() argument {at} is {word} than {before}"))
}

macro_rules! zips {
    ($name:ident $first:ident $a:ident; $($t:ident $var:ident $at:literal),*) => {
        /// `zip(a, b, …, strict=strict)`.
        pub fn $name<$first: Py, $($t: Py),*>(
            $a: impl Iterator<Item = Result<$first>> + 'static,
            $($var: impl Iterator<Item = Result<$t>> + 'static,)*
            strict: bool,
        ) -> Iter<($first, $($t),*)> {
            let mut $a = $a;
            $(let mut $var = $var;)*
            Iter::new("zip", std::iter::from_fn(move || {
                let Some(first) = $a.next() else {
                    if strict {
                        $(match $var.next() {
                            Some(Ok(_)) => return Some(Err(unequal($at, "longer"))),
                            Some(Err(e)) => return Some(Err(e)),
                            None => {}
                        })*
                    }
                    return None;
                };
                let $a = match first {
                    Ok(item) => item,
                    Err(e) => return Some(Err(e)),
                };
                $(let $var = match $var.next() {
                    Some(Ok(item)) => item,
                    Some(Err(e)) => return Some(Err(e)),
                    None if strict => return Some(Err(unequal($at, "shorter"))),
                    None => return None,
                };)*
                Some(Ok(($a, $($var),*)))
            }))
        }
    };
}

/// `zip(a)`.
pub fn zip1<A: Py>(a: impl Iterator<Item = Result<A>> + 'static) -> Iter<(A,)> {
    Iter::new("zip", a.map(|item| Ok((item?,))))
}

zips!(zip2 A a; B b 2);
zips!(zip3 A a; B b 2, C c 3);
zips!(zip4 A a; B b 2, C c 3, D d 4);

/// `zip(*rows, strict=strict)` for an iterable of rows.
pub fn zip_star<R: crate::Iterable>(
    rows: impl Iterator<Item = Result<R>>,
    strict: bool,
) -> Result<Iter<crate::Tuple<R::Item>>> {
    let rows = rows
        .map(|row| Ok(Iter::new("iterator", row?.py_iter())))
        .collect::<Result<Vec<_>>>()?;
    if rows.is_empty() {
        return Ok(Iter::new("zip", std::iter::empty()));
    }
    Ok(zip_rows(rows, strict))
}

/// `zip(*rows)`: the columns of equally typed rows.
pub fn zip_rows<T: Py>(rows: Vec<Iter<T>>, strict: bool) -> Iter<crate::Tuple<T>> {
    Iter::new(
        "zip",
        std::iter::from_fn(move || {
            let mut column = Vec::with_capacity(rows.len());
            for (at, row) in rows.iter().enumerate() {
                match row.step() {
                    Some(Ok(item)) => column.push(item),
                    Some(Err(e)) => return Some(Err(e)),
                    None if !strict => return None,
                    None if at > 0 => return Some(Err(unequal(at + 1, "shorter"))),
                    None => {
                        for (at, row) in rows.iter().enumerate().skip(1) {
                            match row.step() {
                                Some(Ok(_)) => return Some(Err(unequal(at + 1, "longer"))),
                                Some(Err(e)) => return Some(Err(e)),
                                None => {}
                            }
                        }
                        return None;
                    }
                }
            }
            if column.is_empty() {
                None
            } else {
                Some(Ok(crate::Tuple::from(column)))
            }
        }),
    )
}

/// `map(f, items)`.
pub fn map<A: Py, R: Py>(
    mut f: impl FnMut(A) -> Result<R> + 'static,
    items: impl Iterator<Item = Result<A>> + 'static,
) -> Iter<R> {
    Iter::new("map", items.map(move |item| f(item?)))
}

/// `map(f, a, b)`.
pub fn map2<A: Py, B: Py, R: Py>(
    mut f: impl FnMut(A, B) -> Result<R> + 'static,
    a: impl Iterator<Item = Result<A>> + 'static,
    b: impl Iterator<Item = Result<B>> + 'static,
) -> Iter<R> {
    Iter::new("map", a.zip(b).map(move |(a, b)| f(a?, b?)))
}

/// `map(f, a, b, c)`.
pub fn map3<A: Py, B: Py, C: Py, R: Py>(
    mut f: impl FnMut(A, B, C) -> Result<R> + 'static,
    a: impl Iterator<Item = Result<A>> + 'static,
    b: impl Iterator<Item = Result<B>> + 'static,
    c: impl Iterator<Item = Result<C>> + 'static,
) -> Iter<R> {
    Iter::new("map", a.zip(b).zip(c).map(move |((a, b), c)| f(a?, b?, c?)))
}

/// Keeps the items that `keep` accepts, and errors.
pub(crate) fn keeping<T: Clone>(
    items: impl Iterator<Item = Result<T>>,
    mut keep: impl FnMut(&T) -> Result<bool>,
) -> impl Iterator<Item = Result<T>> {
    items.filter_map(move |item| match item {
        Ok(item) => match keep(&item) {
            Ok(true) => Some(Ok(item)),
            Ok(false) => None,
            Err(e) => Some(Err(e)),
        },
        Err(e) => Some(Err(e)),
    })
}

/// `filter(f, items)`.
pub fn filter<T: Py, R: Py>(
    mut f: impl FnMut(T) -> Result<R> + 'static,
    items: impl Iterator<Item = Result<T>> + 'static,
) -> Iter<T> {
    Iter::new(
        "filter",
        keeping(items, move |item| f(item.clone())?.py_truth()),
    )
}

/// `filter(None, items)`.
pub fn filter_true<T: Py>(items: impl Iterator<Item = Result<T>> + 'static) -> Iter<T> {
    Iter::new("filter", keeping(items, T::py_truth))
}

/// `filter(None, items)` of optional items: what is left is there.
pub fn filter_some<T: Py>(items: impl Iterator<Item = Result<Option<T>>> + 'static) -> Iter<T> {
    let kept = keeping(items, |item| item.as_ref().map_or(Ok(false), T::py_truth));
    Iter::new("filter", kept.filter_map(Result::transpose))
}

/// `sorted(items, reverse=reverse)`.
pub fn sorted<T: Py>(items: impl Iterator<Item = Result<T>>, reverse: bool) -> Result<List<T>> {
    let mut items = gathered(items)?;
    sort_vec(&mut items, reverse)?;
    Ok(List::from(items))
}

/// `sorted(items, key=key, reverse=reverse)`.
pub fn sorted_by_key<T: Py, K: Py>(
    items: impl Iterator<Item = Result<T>>,
    key: impl FnMut(T) -> Result<K>,
    reverse: bool,
) -> Result<List<T>> {
    let mut items = gathered(items)?;
    sort_vec_by_key(&mut items, key, reverse)?;
    Ok(List::from(items))
}
