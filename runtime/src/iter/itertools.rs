//! The `itertools` module.

mod combinatorics;
mod starmap;

pub use combinatorics::{
    combinations, combinations_2, combinations_with_replacement, permutations, product_repeat,
    product_rows, product1, product2, product3, product4, product5, product6,
};
pub use starmap::{starmap_dynamic, starmap1, starmap2, starmap3, starmap4};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::builtins::keeping;
use super::same::same;
use crate::slice::saturate;
use crate::{Exc, Int, Iter, Iterable, Num, Py, Result, Tuple, Value, dynamic, num};

/// `itertools.count(start, step)`.
pub fn count(start: Int, step: Int) -> Iter<Int> {
    let mut at = start;
    Iter::new(
        "count",
        std::iter::from_fn(move || {
            let next = at.clone() + step.clone();
            Some(Ok(std::mem::replace(&mut at, next)))
        }),
    )
}

/// `itertools.count(start, step)` of floats: each item adds the step once more.
pub fn count_float(start: f64, step: f64) -> Iter<f64> {
    let mut at = start;
    Iter::new(
        "count",
        std::iter::from_fn(move || {
            let item = at;
            at += step;
            Some(Ok(item))
        }),
    )
}

/// `itertools.count(start, step)` of an int and a float: the start stays what it is.
pub fn count_num(start: &Num, step: &Num) -> Iter<Num> {
    let (mut at, step) = (start.clone(), step.clone());
    Iter::new(
        "count",
        std::iter::from_fn(move || {
            Some(num::add(&at, &step).map(|next| std::mem::replace(&mut at, next)))
        }),
    )
}

/// `itertools.cycle(items)`.
pub fn cycle<T: Py>(items: impl Iterator<Item = Result<T>> + 'static) -> Iter<T> {
    let mut items = Some(items);
    let mut saved = Vec::new();
    let mut at = 0;
    Iter::new(
        "cycle",
        std::iter::from_fn(move || {
            if let Some(walk) = &mut items {
                match walk.next() {
                    Some(Ok(item)) => {
                        saved.push(item.clone());
                        return Some(Ok(item));
                    }
                    Some(Err(e)) => return Some(Err(e)),
                    None => items = None,
                }
            }
            let item = saved.get(at)?.clone();
            at = (at + 1) % saved.len();
            Some(Ok(item))
        }),
    )
}

/// `itertools.repeat(x)`.
pub fn repeat<T: Py>(x: T) -> Iter<T> {
    Iter::new("repeat", std::iter::repeat(x).map(Ok))
}

/// `itertools.repeat(x, times)`.
pub fn repeat_n<T: Py>(x: T, times: i64) -> Iter<T> {
    Iter::new(
        "repeat",
        std::iter::repeat_n(x, times.max(0) as usize).map(Ok),
    )
}

/// An iterable as an `Iter`, so that several kinds fit one list.
pub fn erase<T: Py>(items: impl Iterator<Item = Result<T>> + 'static) -> Iter<T> {
    Iter::new("iterator", items)
}

/// `itertools.chain(*inputs)`.
pub fn chain<T: Py>(inputs: Vec<Iter<T>>) -> Iter<T> {
    chain_from(inputs.into_iter().map(Ok))
}

/// `itertools.chain.from_iterable(inputs)`.
pub fn chain_from<T: Py>(inputs: impl Iterator<Item = Result<Iter<T>>> + 'static) -> Iter<T> {
    let mut inputs = inputs;
    let mut active: Option<Iter<T>> = None;
    Iter::new(
        "chain",
        std::iter::from_fn(move || {
            loop {
                if let Some(item) = active.as_ref().and_then(Iter::step) {
                    return Some(item);
                }
                match inputs.next()? {
                    Ok(next) => active = Some(next),
                    Err(e) => return Some(Err(e)),
                }
            }
        }),
    )
}

/// `itertools.chain.from_iterable(inputs)` over containers of one kind.
pub fn chain_all<C: Iterable>(inputs: impl Iterator<Item = Result<C>> + 'static) -> Iter<C::Item> {
    chain_from(inputs.map(|input| Ok(erase(input?.py_iter()))))
}

/// `itertools.chain.from_iterable(inputs)` over whatever can be walked.
pub fn chain_values(inputs: impl Iterator<Item = Result<Value>> + 'static) -> Iter<Value> {
    chain_from(inputs.map(|input| Ok(erase(dynamic::iter(&input?)?))))
}

/// The rows of `product(*rows)` as walks.
pub fn walks<C: Iterable>(rows: impl Iterator<Item = Result<C>>) -> Result<Vec<Iter<C::Item>>> {
    rows.map(|row| Ok(erase(row?.py_iter()))).collect()
}

#[cold]
fn bad_slice(what: &str) -> Exc {
    let name = if what == "Step" {
        "Step for islice()"
    } else {
        what
    };
    Exc::value_error(match what {
        "Stop" => "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
            .to_owned(),
        "Indices" => {
            "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.".to_owned()
        }
        _ => format!("{name} must be a positive integer or None."),
    })
}

/// `itertools.islice(items, stop)`.
pub fn islice_to<T: Py>(
    items: impl Iterator<Item = Result<T>> + 'static,
    stop: Option<&Int>,
) -> Result<Iter<T>> {
    islice(items, None, stop, None)
}

/// `itertools.islice(items, start, stop, step)`.
pub fn islice<T: Py>(
    items: impl Iterator<Item = Result<T>> + 'static,
    start: Option<&Int>,
    stop: Option<&Int>,
    step: Option<&Int>,
) -> Result<Iter<T>> {
    let (start, stop) = (start.map_or(0, saturate), stop.map(saturate));
    // As CPython, which takes -1 for a stop that is no integer.
    if stop == Some(-1) {
        return Err(bad_slice("Stop"));
    }
    if start < 0 || stop.is_some_and(|stop| stop < 0) {
        return Err(bad_slice("Indices"));
    }
    let step = step.map_or(1, saturate);
    if step < 1 {
        return Err(bad_slice("Step"));
    }
    let mut items = items;
    let (mut taken, mut next) = (0i64, start);
    Ok(Iter::new(
        "islice",
        std::iter::from_fn(move || {
            // Skips up to the next wanted item, but never past `stop`.
            loop {
                if stop.is_some_and(|stop| taken >= stop) {
                    return None;
                }
                let item = items.next()?;
                taken += 1;
                if taken > next || item.is_err() {
                    next = next.saturating_add(step);
                    return Some(item);
                }
            }
        }),
    ))
}

/// `itertools.takewhile(test, items)`.
pub fn takewhile<T: Py, R: Py>(
    mut test: impl FnMut(T) -> Result<R> + 'static,
    items: impl Iterator<Item = Result<T>> + 'static,
) -> Iter<T> {
    let mut items = items;
    Iter::new(
        "takewhile",
        std::iter::from_fn(move || {
            let item = match items.next()? {
                Ok(item) => item,
                Err(e) => return Some(Err(e)),
            };
            match test(item.clone()).and_then(|r| r.py_truth()) {
                Ok(true) => Some(Ok(item)),
                Ok(false) => None,
                Err(e) => Some(Err(e)),
            }
        }),
    )
}

/// `itertools.dropwhile(test, items)`.
pub fn dropwhile<T: Py, R: Py>(
    mut test: impl FnMut(T) -> Result<R> + 'static,
    items: impl Iterator<Item = Result<T>> + 'static,
) -> Iter<T> {
    let mut started = false;
    let kept = keeping(items, move |item| {
        if !started {
            started = !test(item.clone())?.py_truth()?;
        }
        Ok(started)
    });
    Iter::new("dropwhile", kept)
}

/// `itertools.filterfalse(test, items)`.
pub fn filterfalse<T: Py, R: Py>(
    mut test: impl FnMut(T) -> Result<R> + 'static,
    items: impl Iterator<Item = Result<T>> + 'static,
) -> Iter<T> {
    Iter::new(
        "filterfalse",
        keeping(items, move |item| Ok(!test(item.clone())?.py_truth()?)),
    )
}

/// `itertools.compress(items, selectors)`.
pub fn compress<T: Py, S: Py>(
    items: impl Iterator<Item = Result<T>> + 'static,
    selectors: impl Iterator<Item = Result<S>> + 'static,
) -> Iter<T> {
    let chosen = items.zip(selectors).filter_map(|(item, selector)| {
        match item.and_then(|item| Ok((item, selector?.py_truth()?))) {
            Ok((item, true)) => Some(Ok(item)),
            Ok((_, false)) => None,
            Err(e) => Some(Err(e)),
        }
    });
    Iter::new("compress", chosen)
}

/// `itertools.pairwise(items)`.
pub fn pairwise<T: Py>(items: impl Iterator<Item = Result<T>> + 'static) -> Iter<(T, T)> {
    let mut items = items;
    let mut old: Option<T> = None;
    Iter::new(
        "pairwise",
        std::iter::from_fn(move || {
            loop {
                let item = match items.next()? {
                    Ok(item) => item,
                    Err(e) => return Some(Err(e)),
                };
                if let Some(before) = old.replace(item.clone()) {
                    return Some(Ok((before, item)));
                }
            }
        }),
    )
}

/// `itertools.accumulate(items)` by a function.
pub fn accumulate<T: Py>(
    items: impl Iterator<Item = Result<T>> + 'static,
    mut f: impl FnMut(T, T) -> Result<T> + 'static,
    initial: Option<T>,
) -> Iter<T> {
    let mut items = items;
    let mut pending = initial.clone();
    let mut total = initial;
    Iter::new(
        "accumulate",
        std::iter::from_fn(move || {
            if let Some(first) = pending.take() {
                return Some(Ok(first));
            }
            let step = items.next()?.and_then(|item| match total.take() {
                None => Ok(item),
                Some(sum) => f(sum, item),
            });
            if let Ok(sum) = &step {
                total = Some(sum.clone());
            }
            Some(step)
        }),
    )
}

/// `itertools.accumulate(items)` of ints.
pub fn accumulate_int(
    items: impl Iterator<Item = Result<Int>> + 'static,
    initial: Option<Int>,
) -> Iter<Int> {
    accumulate(items, |a, b| Ok(a + b), initial)
}

/// `itertools.accumulate(items)` of floats.
pub fn accumulate_float(
    items: impl Iterator<Item = Result<f64>> + 'static,
    initial: Option<f64>,
) -> Iter<f64> {
    accumulate(items, |a, b| Ok(a + b), initial)
}

/// `itertools.zip_longest(a, b)`: what has ended is None.
pub fn zip_longest<A: Py, B: Py>(
    a: impl Iterator<Item = Result<A>> + 'static,
    b: impl Iterator<Item = Result<B>> + 'static,
) -> Iter<(Option<A>, Option<B>)> {
    let (mut a, mut b) = (a.fuse(), b.fuse());
    Iter::new(
        "zip_longest",
        std::iter::from_fn(move || {
            let left = match a.next().transpose() {
                Ok(left) => left,
                Err(e) => return Some(Err(e)),
            };
            let right = match b.next().transpose() {
                Ok(right) => right,
                Err(e) => return Some(Err(e)),
            };
            if left.is_none() && right.is_none() {
                None
            } else {
                Some(Ok((left, right)))
            }
        }),
    )
}

/// `itertools.zip_longest(a, b, fillvalue=fill)`.
pub fn zip_longest_filled<T: Py>(
    a: impl Iterator<Item = Result<T>> + 'static,
    b: impl Iterator<Item = Result<T>> + 'static,
    fill: T,
) -> Iter<(T, T)> {
    let pairs = zip_longest(a, b);
    Iter::new(
        "zip_longest",
        std::iter::from_fn(move || pairs.step()).map(move |pair| {
            let (a, b) = pair?;
            Ok((
                a.unwrap_or_else(|| fill.clone()),
                b.unwrap_or_else(|| fill.clone()),
            ))
        }),
    )
}

macro_rules! longest {
    ($name:ident: $($t:ident $var:ident),*) => {
        /// `itertools.zip_longest(a, b, …)`: what has ended is None.
        pub fn $name<$($t: Py),*>(
            $($var: impl Iterator<Item = Result<$t>> + 'static),*
        ) -> Iter<($(Option<$t>,)*)> {
            $(let mut $var = $var.fuse();)*
            let mut step = move || {
                $(let $var = $var.next().transpose()?;)*
                let over = true $(&& $var.is_none())*;
                Ok((!over).then_some(($($var,)*)))
            };
            Iter::new("zip_longest", std::iter::from_fn(move || step().transpose()))
        }
    };
}

longest!(zip_longest3: A a, B b, C c);
longest!(zip_longest4: A a, B b, C c, D d);
longest!(zip_longest5: A a, B b, C c, D d, E e);

/// `itertools.zip_longest(*rows)`: what has ended is None.
pub fn zip_longest_rows<T: Py>(rows: Vec<Iter<T>>) -> Result<Iter<Tuple<Option<T>>>> {
    let mut rows = rows.into_iter().map(Some).collect::<Vec<_>>();
    let mut step = move || {
        let mut column = Vec::with_capacity(rows.len());
        for slot in &mut rows {
            let item = slot.as_ref().and_then(Iter::step).transpose()?;
            if item.is_none() {
                *slot = None;
            }
            column.push(item);
        }
        let over = rows.iter().all(Option::is_none);
        Ok((!over).then(|| column.into()))
    };
    Ok(Iter::new(
        "zip_longest",
        std::iter::from_fn(move || step().transpose()),
    ))
}

/// `itertools.zip_longest(*rows, fillvalue=fill)`.
pub fn zip_longest_filled_rows<T: Py>(rows: Vec<Iter<T>>, fill: T) -> Result<Iter<Tuple<T>>> {
    let columns = zip_longest_rows(rows)?;
    Ok(Iter::new(
        "zip_longest",
        std::iter::from_fn(move || columns.step()).map(move |column| {
            let column = column?;
            let items = column.as_slice().iter().cloned();
            Ok(items
                .map(|item| item.unwrap_or_else(|| fill.clone()))
                .collect::<Vec<_>>()
                .into())
        }),
    ))
}

/// `itertools.tee(items, n)`.
pub fn tee_n<T: Py>(
    items: impl Iterator<Item = Result<T>> + 'static,
    n: i64,
) -> Result<Tuple<Iter<T>>> {
    if n < 0 {
        return Err(Exc::value_error("n must be >= 0"));
    }
    Ok(branches(items, n as usize).into())
}

/// `itertools.tee(items)`.
pub fn tee<T: Py>(items: impl Iterator<Item = Result<T>> + 'static) -> (Iter<T>, Iter<T>) {
    let mut made = branches(items, 2).into_iter();
    let mut branch = || made.next().expect("two branches were made");
    (branch(), branch())
}

/// Walks over the same items that read them from their source once.
fn branches<T: Py>(items: impl Iterator<Item = Result<T>> + 'static, n: usize) -> Vec<Iter<T>> {
    let source = Iter::new("_tee", items);
    let queues = Rc::new(RefCell::new(vec![VecDeque::new(); n]));
    let branch = |mine: usize| {
        let (source, queues) = (source.clone(), queues.clone());
        Iter::new(
            "_tee",
            std::iter::from_fn(move || {
                if let Some(item) = queues.borrow_mut()[mine].pop_front() {
                    return Some(Ok(item));
                }
                let item = source.step()?;
                if let Ok(item) = &item {
                    for (at, queue) in queues.borrow_mut().iter_mut().enumerate() {
                        if at != mine {
                            queue.push_back(T::clone(item));
                        }
                    }
                }
                Some(item)
            }),
        )
    };
    (0..n).map(branch).collect()
}

struct Groups<T, K> {
    items: Iter<T>,
    /// The item that was read but not given, with its key.
    ahead: Option<(K, T)>,
    /// The key of the group that is being given; groups are numbered.
    key: Option<K>,
    number: u64,
    over: bool,
}

/// `itertools.groupby(items, key)`: a group is walked before the next is asked for.
pub fn groupby<T: Py, K: Py>(
    items: impl Iterator<Item = Result<T>> + 'static,
    key: impl FnMut(T) -> Result<K> + 'static,
) -> Iter<(K, Iter<T>)> {
    let key: Rc<RefCell<dyn FnMut(T) -> Result<K>>> = Rc::new(RefCell::new(key));
    let state = Rc::new(RefCell::new(Groups {
        items: Iter::new("iterator", items),
        ahead: None,
        key: None,
        number: 0,
        over: false,
    }));
    Iter::new(
        "itertools.groupby",
        std::iter::from_fn(move || next_group(&state, &key).transpose()),
    )
}

type Key<T, K> = Rc<RefCell<dyn FnMut(T) -> Result<K>>>;

/// Reads the next item and its key, without a borrow while user code runs.
fn read_ahead<T: Py, K: Py>(
    state: &Rc<RefCell<Groups<T, K>>>,
    key: &Key<T, K>,
) -> Result<Option<(K, T)>> {
    if let Some(ahead) = state.borrow_mut().ahead.take() {
        return Ok(Some(ahead));
    }
    if state.borrow().over {
        return Ok(None);
    }
    let items = state.borrow().items.clone();
    let Some(item) = items.step().transpose()? else {
        state.borrow_mut().over = true;
        return Ok(None);
    };
    let mut key = key
        .try_borrow_mut()
        .map_err(|_| Exc::value_error("generator already executing"))?;
    Ok(Some((key(item.clone())?, item)))
}

fn next_group<T: Py, K: Py>(
    state: &Rc<RefCell<Groups<T, K>>>,
    key: &Key<T, K>,
) -> Result<Option<(K, Iter<T>)>> {
    let group = state.borrow().key.clone();
    loop {
        let Some((rank, item)) = read_ahead(state, key)? else {
            return Ok(None);
        };
        if let Some(group) = &group
            && same(group, &rank)?
        {
            continue;
        }
        let mut inner = state.borrow_mut();
        inner.ahead = Some((rank.clone(), item));
        inner.key = Some(rank.clone());
        inner.number += 1;
        let number = inner.number;
        drop(inner);
        let (state, key, mine) = (state.clone(), key.clone(), rank.clone());
        let members = std::iter::from_fn(move || {
            if state.borrow().number != number {
                return None;
            }
            next_member(&state, &key, &mine).transpose()
        });
        return Ok(Some((rank, Iter::new("itertools._grouper", members))));
    }
}

fn next_member<T: Py, K: Py>(
    state: &Rc<RefCell<Groups<T, K>>>,
    key: &Key<T, K>,
    mine: &K,
) -> Result<Option<T>> {
    let Some((rank, item)) = read_ahead(state, key)? else {
        return Ok(None);
    };
    if same(mine, &rank)? {
        return Ok(Some(item));
    }
    state.borrow_mut().ahead = Some((rank, item));
    Ok(None)
}
