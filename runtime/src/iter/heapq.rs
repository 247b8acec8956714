//! The `heapq` module, on lists: the algorithm of CPython's Modules/_heapqmodule.c.

use super::same::same;
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
    merge_by(inputs, Ok, false)
}

/// `heapq.merge(*inputs, key=key, reverse=reverse)`: a key is computed once an item.
pub fn merge_by<T: Py, K: Py>(
    inputs: Vec<Iter<T>>,
    key: impl FnMut(T) -> Result<K> + 'static,
    reverse: bool,
) -> Iter<T> {
    let mut merging = Merging {
        inputs,
        heads: Vec::new(),
        is_started: false,
        key,
        reverse,
    };
    Iter::new(
        "generator",
        std::iter::from_fn(move || merging.next().transpose()),
    )
}

/// The next item of an input, with its key.
struct Head<T, K> {
    key: K,
    item: T,
    input: usize,
}

/// Source: CPython's Lib/heapq.py, `merge`; items are compared in its order.
struct Merging<T: Py, K, F> {
    inputs: Vec<Iter<T>>,
    /// A heap, its first item given out. An error empties it: a generator that raised has ended.
    heads: Vec<Head<T, K>>,
    is_started: bool,
    key: F,
    reverse: bool,
}

impl<T: Py, K: Py, F: FnMut(T) -> Result<K>> Merging<T, K, F> {
    fn next(&mut self) -> Result<Option<T>> {
        let mut heads = std::mem::take(&mut self.heads);
        if !self.is_started {
            self.is_started = true;
            for input in 0..self.inputs.len() {
                if let Some(item) = self.inputs[input].step().transpose()? {
                    let key = (self.key)(item.clone())?;
                    heads.push(Head { key, item, input });
                }
            }
            for at in (0..heads.len() >> 1).rev() {
                self.settle(&mut heads, at)?;
            }
        } else if !heads.is_empty() {
            self.advance(&mut heads)?;
        }
        let first = heads.first().map(|head| head.item.clone());
        self.heads = heads;
        Ok(first)
    }

    /// The successor of the first item takes its place. What a last input still gives has no key.
    fn advance(&mut self, heads: &mut Vec<Head<T, K>>) -> Result<()> {
        match self.inputs[heads[0].input].step().transpose()? {
            Some(item) => {
                if heads.len() > 1 {
                    heads[0].key = (self.key)(item.clone())?;
                }
                heads[0].item = item;
            }
            None => {
                heads.swap_remove(0);
            }
        }
        self.settle(heads, 0)
    }

    /// As lists `[key, order of the input]` compare.
    fn before(&self, a: &Head<T, K>, b: &Head<T, K>) -> Result<bool> {
        let (low, high) = if self.reverse { (b, a) } else { (a, b) };
        if same(&low.key, &high.key)? {
            return Ok(a.input < b.input);
        }
        low.key.py_lt(&high.key)
    }

    /// `_siftup`.
    fn settle(&self, heads: &mut [Head<T, K>], start: usize) -> Result<()> {
        let mut at = start;
        while at < heads.len() >> 1 {
            let mut child = 2 * at + 1;
            if child + 1 < heads.len() && !self.before(&heads[child], &heads[child + 1])? {
                child += 1;
            }
            heads.swap(child, at);
            at = child;
        }
        while at > start {
            let parent = (at - 1) >> 1;
            if !self.before(&heads[at], &heads[parent])? {
                break;
            }
            heads.swap(parent, at);
            at = parent;
        }
        Ok(())
    }
}
