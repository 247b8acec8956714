//! The `heapq` module, on lists: the algorithm of CPython's Modules/_heapqmodule.c.

use crate::list::{AnyList, OwnList, sort_vec, sort_vec_by_key};
use crate::{Exc, Iter, List, Py, Result};

#[cold]
fn resized() -> Exc {
    Exc::runtime_error("list changed size during iteration")
}

/// `heap[a] < heap[b]`; user code may compare, and must not resize the heap.
#[inline]
fn less<T: Py>(heap: &OwnList<T>, a: usize, b: usize, len: usize) -> Result<bool> {
    if T::PLAIN {
        return heap.with(|v| v[a].py_lt(&v[b]));
    }
    let (Some(x), Some(y)) = (heap.at(a), heap.at(b)) else {
        return Err(resized());
    };
    let less = x.py_lt(&y)?;
    if heap.len() as usize == len {
        Ok(less)
    } else {
        Err(resized())
    }
}

fn sift_down<T: Py>(heap: &OwnList<T>, start: usize, mut at: usize) -> Result<()> {
    let len = heap.len() as usize;
    while at > start {
        let parent = (at - 1) >> 1;
        if !less(heap, at, parent, len)? {
            break;
        }
        heap.edit(|v| v.swap(parent, at));
        at = parent;
    }
    Ok(())
}

fn sift_up<T: Py>(heap: &OwnList<T>, start: usize) -> Result<()> {
    let len = heap.len() as usize;
    let mut at = start;
    while at < len >> 1 {
        let mut child = 2 * at + 1;
        if child + 1 < len && !less(heap, child, child + 1, len)? {
            child += 1;
        }
        heap.edit(|v| v.swap(child, at));
        at = child;
    }
    sift_down(heap, start, at)
}

/// `heapq.heappush(heap, item)`.
pub fn heappush<T: Py>(heap: &impl AnyList<T>, item: T) -> Result<()> {
    let heap = heap.own();
    heap.append(item);
    sift_down(heap, 0, heap.len() as usize - 1)
}

/// `heapq.heappop(heap)`.
pub fn heappop<T: Py>(heap: &impl AnyList<T>) -> Result<T> {
    let heap = heap.own();
    let last = match heap.edit(|v| v.pop()) {
        Some(last) => last,
        None => return Err(Exc::index_error("index out of range")),
    };
    if heap.is_empty() {
        return Ok(last);
    }
    let top = heap.edit(|v| std::mem::replace(&mut v[0], last));
    sift_up(heap, 0)?;
    Ok(top)
}

/// `heapq.heapreplace(heap, item)`.
pub fn heapreplace<T: Py>(heap: &impl AnyList<T>, item: T) -> Result<T> {
    let heap = heap.own();
    if heap.is_empty() {
        return Err(Exc::index_error("index out of range"));
    }
    let top = heap.edit(|v| std::mem::replace(&mut v[0], item));
    sift_up(heap, 0)?;
    Ok(top)
}

/// `heapq.heappushpop(heap, item)`.
pub fn heappushpop<T: Py>(heap: &impl AnyList<T>, item: T) -> Result<T> {
    let heap = heap.own();
    let Some(top) = heap.at(0) else {
        return Ok(item);
    };
    if !top.py_lt(&item)? {
        return Ok(item);
    }
    if heap.is_empty() {
        return Err(Exc::index_error("index out of range"));
    }
    let top = heap.edit(|v| std::mem::replace(&mut v[0], item));
    sift_up(heap, 0)?;
    Ok(top)
}

/// `heapq.heapify(heap)`.
pub fn heapify<T: Py>(heap: &impl AnyList<T>) -> Result<()> {
    let heap = heap.own();
    for at in (0..heap.len() as usize >> 1).rev() {
        sift_up(heap, at)?;
    }
    Ok(())
}

fn first<T: Py>(items: Vec<T>, n: i64) -> List<T> {
    let mut items = items;
    items.truncate(n.max(0) as usize);
    List::from(items)
}

/// `heapq.nlargest(n, items)`: as `sorted(items, reverse=True)[:n]`.
pub fn nlargest<T: Py>(n: i64, items: impl Iterator<Item = Result<T>>) -> Result<List<T>> {
    let mut items = items.collect::<Result<Vec<T>>>()?;
    sort_vec(&mut items, true)?;
    Ok(first(items, n))
}

/// `heapq.nsmallest(n, items)`: as `sorted(items)[:n]`.
pub fn nsmallest<T: Py>(n: i64, items: impl Iterator<Item = Result<T>>) -> Result<List<T>> {
    let mut items = items.collect::<Result<Vec<T>>>()?;
    sort_vec(&mut items, false)?;
    Ok(first(items, n))
}

pub fn nlargest_by<T: Py, K: Py>(
    n: i64,
    items: impl Iterator<Item = Result<T>>,
    key: impl FnMut(T) -> Result<K>,
) -> Result<List<T>> {
    let mut items = items.collect::<Result<Vec<T>>>()?;
    sort_vec_by_key(&mut items, key, true)?;
    Ok(first(items, n))
}

pub fn nsmallest_by<T: Py, K: Py>(
    n: i64,
    items: impl Iterator<Item = Result<T>>,
    key: impl FnMut(T) -> Result<K>,
) -> Result<List<T>> {
    let mut items = items.collect::<Result<Vec<T>>>()?;
    sort_vec_by_key(&mut items, key, false)?;
    Ok(first(items, n))
}

/// `heapq.merge(*inputs)`: equal items in the order of the inputs.
pub fn merge<T: Py>(inputs: Vec<Iter<T>>) -> Iter<T> {
    let mut heads: Option<Vec<(T, Iter<T>)>> = None;
    Iter::new(
        "generator",
        std::iter::from_fn(move || next_merged(&inputs, &mut heads).transpose()),
    )
}

/// `heapq.merge(*inputs, key=key, reverse=reverse)`: a key is computed once an item.
pub fn merge_by<T: Py, K: Py>(
    inputs: Vec<Iter<T>>,
    mut key: impl FnMut(T) -> Result<K> + 'static,
    reverse: bool,
) -> Iter<T> {
    let mut heads: Option<Vec<(K, T, Iter<T>)>> = None;
    Iter::new(
        "generator",
        std::iter::from_fn(move || {
            next_merged_by(&inputs, &mut heads, &mut key, reverse).transpose()
        }),
    )
}

fn next_merged_by<T: Py, K: Py>(
    inputs: &[Iter<T>],
    state: &mut Option<Vec<(K, T, Iter<T>)>>,
    key: &mut impl FnMut(T) -> Result<K>,
    reverse: bool,
) -> Result<Option<T>> {
    if state.is_none() {
        let mut heads = Vec::new();
        for input in inputs {
            if let Some(item) = input.step().transpose()? {
                heads.push((key(item.clone())?, item, input.clone()));
            }
        }
        *state = Some(heads);
    }
    let Some(heads) = state else { return Ok(None) };
    if heads.is_empty() {
        return Ok(None);
    }
    let mut best = 0;
    for at in 1..heads.len() {
        let (low, high) = if reverse { (best, at) } else { (at, best) };
        if heads[low].0.py_lt(&heads[high].0)? {
            best = at;
        }
    }
    Ok(Some(match heads[best].2.step().transpose()? {
        Some(next) => {
            heads[best].0 = key(next.clone())?;
            std::mem::replace(&mut heads[best].1, next)
        }
        None => heads.remove(best).1,
    }))
}

fn next_merged<T: Py>(
    inputs: &[Iter<T>],
    state: &mut Option<Vec<(T, Iter<T>)>>,
) -> Result<Option<T>> {
    if state.is_none() {
        let mut heads = Vec::new();
        for input in inputs {
            if let Some(item) = input.step().transpose()? {
                heads.push((item, input.clone()));
            }
        }
        *state = Some(heads);
    }
    let Some(heads) = state else { return Ok(None) };
    let mut best = 0;
    for at in 1..heads.len() {
        if heads[at].0.py_lt(&heads[best].0)? {
            best = at;
        }
    }
    if heads.is_empty() {
        return Ok(None);
    }
    Ok(Some(match heads[best].1.step().transpose()? {
        Some(next) => std::mem::replace(&mut heads[best].0, next),
        None => heads.remove(best).0,
    }))
}
