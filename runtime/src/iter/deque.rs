//! `collections.deque`.

mod object;

use std::cell::UnsafeCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::same::{Order, enter_repr, lexicographic, same};
use crate::list::repr_items;
use crate::slice::{place, saturate, unhashable, window};
use crate::{Class, Exc, Int, Iterable, Py, Result, Value};

pub static DEQUE: Class = Class {
    name: "collections.deque",
    module: "collections",
    mro: &[],
};

/// A deque handle: clones alias.
///
/// Invariant: the closures given to `with` and `edit` run no user code and touch no
/// other method of this deque; elements that leave it are dropped after the borrow.
pub struct Deque<T>(Rc<UnsafeCell<Content<T>>>);

struct Content<T> {
    items: VecDeque<T>,
    maxlen: Option<usize>,
    /// Counts changes of the length or order, for walks.
    edits: u64,
}

impl<T> Clone for Deque<T> {
    #[inline]
    fn clone(&self) -> Self {
        Deque(self.0.clone())
    }
}

impl<T> Deque<T> {
    #[inline(always)]
    fn with<R>(&self, read: impl FnOnce(&Content<T>) -> R) -> R {
        // SAFETY: not Sync; by the invariant nothing mutates the content meanwhile.
        read(unsafe { &*self.0.get() })
    }

    #[inline(always)]
    fn edit<R>(&self, write: impl FnOnce(&mut Content<T>) -> R) -> R {
        // SAFETY: not Sync; by the invariant nothing else reaches the content meanwhile.
        write(unsafe { &mut *self.0.get() })
    }

    /// An edit that walks notice.
    #[inline(always)]
    fn change<R>(&self, write: impl FnOnce(&mut VecDeque<T>) -> R) -> R {
        self.edit(|c| {
            c.edits += 1;
            write(&mut c.items)
        })
    }

    fn of(items: VecDeque<T>, maxlen: Option<usize>) -> Self {
        Deque(Rc::new(UnsafeCell::new(Content {
            items,
            maxlen,
            edits: 0,
        })))
    }

    fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as *const () as usize
    }

    /// `deque()`.
    pub fn new() -> Self {
        Deque::of(VecDeque::new(), None)
    }

    /// `len(self)`.
    #[inline]
    pub fn len(&self) -> i64 {
        self.with(|c| c.items.len() as i64)
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `self.maxlen`.
    pub fn maxlen(&self) -> Option<Int> {
        self.with(|c| c.maxlen.map(|n| Int::from(n as i64)))
    }
}

impl<T> Default for Deque<T> {
    fn default() -> Self {
        Deque::new()
    }
}

impl<T: Py> Deque<T> {
    /// `deque(items, maxlen)`.
    pub fn collect(items: impl Iterator<Item = Result<T>>, maxlen: Option<&Int>) -> Result<Self> {
        let maxlen = maxlen.map(saturate);
        if maxlen.is_some_and(|n| n < 0) {
            return Err(Exc::value_error("maxlen must be non-negative"));
        }
        let deque = Deque::of(VecDeque::new(), maxlen.map(|n| n as usize));
        deque.extend(items)?;
        Ok(deque)
    }

    #[inline]
    fn at(&self, position: usize) -> Option<T> {
        self.with(|c| c.items.get(position).cloned())
    }

    fn to_items(&self) -> Vec<T> {
        self.with(|c| c.items.iter().cloned().collect())
    }

    /// `self.append(x)`.
    #[inline]
    pub fn append(&self, x: T) {
        let dropped = self.edit(|c| {
            c.edits += 1;
            c.items.push_back(x);
            if c.maxlen.is_some_and(|n| c.items.len() > n) {
                c.items.pop_front()
            } else {
                None
            }
        });
        drop(dropped);
    }

    /// `self.appendleft(x)`.
    #[inline]
    pub fn appendleft(&self, x: T) {
        let dropped = self.edit(|c| {
            c.edits += 1;
            c.items.push_front(x);
            if c.maxlen.is_some_and(|n| c.items.len() > n) {
                c.items.pop_back()
            } else {
                None
            }
        });
        drop(dropped);
    }

    /// `self.pop()`.
    #[inline]
    pub fn pop(&self) -> Result<T> {
        self.change(VecDeque::pop_back).ok_or_else(empty)
    }

    /// `self.popleft()`.
    #[inline]
    pub fn popleft(&self) -> Result<T> {
        self.change(VecDeque::pop_front).ok_or_else(empty)
    }

    /// `self.extend(items)`.
    pub fn extend(&self, items: impl Iterator<Item = Result<T>>) -> Result<()> {
        for item in items {
            self.append(item?);
        }
        Ok(())
    }

    /// `self.extend(other)` for a deque, which may be `self`.
    pub fn extend_deque(&self, other: &Deque<T>) {
        other.to_items().into_iter().for_each(|x| self.append(x));
    }

    /// `self.extendleft(items)`.
    pub fn extendleft(&self, items: impl Iterator<Item = Result<T>>) -> Result<()> {
        for item in items {
            self.appendleft(item?);
        }
        Ok(())
    }

    /// `self.rotate(n)`: to the right.
    pub fn rotate(&self, n: i64) {
        let len = self.len();
        if len > 1 {
            self.change(|items| items.rotate_right(n.rem_euclid(len) as usize));
        }
    }

    pub fn clear(&self) {
        drop(self.change(std::mem::take));
    }

    pub fn reverse(&self) {
        self.change(|items| items.make_contiguous().reverse());
    }

    /// `self.copy()`.
    pub fn copy(&self) -> Deque<T> {
        self.with(|c| Deque::of(c.items.clone(), c.maxlen))
    }

    /// `self[index]`.
    pub fn get(&self, index: i64) -> Result<T> {
        self.with(|c| place(index, c.items.len()).map(|at| c.items[at].clone()))
            .ok_or_else(out_of_range)
    }

    /// `self[index] = x`.
    pub fn set(&self, index: i64, x: T) -> Result<()> {
        let old = self
            .edit(|c| place(index, c.items.len()).map(|at| std::mem::replace(&mut c.items[at], x)));
        old.map(drop).ok_or_else(out_of_range)
    }

    /// `del self[index]`.
    pub fn delete(&self, index: i64) -> Result<()> {
        self.change(|items| place(index, items.len()).and_then(|at| items.remove(at)))
            .map(drop)
            .ok_or_else(out_of_range)
    }

    /// `self.insert(index, x)`.
    pub fn insert(&self, index: i64, x: T) -> Result<()> {
        if self.with(|c| c.maxlen == Some(c.items.len())) {
            return Err(Exc::index_error("deque already at its maximum size"));
        }
        self.change(|items| {
            let len = items.len() as i64;
            let at = if index < 0 {
                (index.saturating_add(len)).max(0)
            } else {
                index.min(len)
            };
            items.insert(at as usize, x);
        });
        Ok(())
    }

    fn position(&self, x: &T, start: usize, stop: usize) -> Result<Option<usize>> {
        let edits = self.with(|c| c.edits);
        for at in start..stop.min(self.len() as usize) {
            let Some(item) = self.at(at) else { break };
            let found = same(&item, x)?;
            if self.with(|c| c.edits) != edits {
                return Err(Exc::runtime_error("deque mutated during iteration"));
            }
            if found {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// `x in self`.
    pub fn contains(&self, x: &T) -> Result<bool> {
        Ok(self.position(x, 0, usize::MAX)?.is_some())
    }

    /// `self.index(x, start, stop)`.
    pub fn index(&self, x: &T, start: i64, stop: i64) -> Result<i64> {
        let (start, stop) = window(self.len() as usize, start, stop);
        match self.position(x, start, stop)? {
            Some(at) => Ok(at as i64),
            None => Err(Exc::value_error(format!(
                "{} is not in deque",
                x.py_repr()?
            ))),
        }
    }

    /// `self.count(x)`.
    pub fn count(&self, x: &T) -> Result<i64> {
        let mut found = 0;
        for item in self.iter() {
            found += i64::from(same(&item?, x)?);
        }
        Ok(found)
    }

    /// `self.remove(x)`.
    pub fn remove(&self, x: &T) -> Result<()> {
        match self.position(x, 0, usize::MAX)? {
            Some(at) => {
                drop(self.change(|items| items.remove(at)));
                Ok(())
            }
            None => Err(Exc::value_error(format!(
                "{} is not in deque",
                x.py_repr()?
            ))),
        }
    }

    /// `self + other`.
    pub fn add(&self, other: &Deque<T>) -> Deque<T> {
        let sum = self.copy();
        sum.extend_deque(other);
        sum
    }

    /// `self * count`.
    pub fn mul(&self, count: i64) -> Result<Deque<T>> {
        let items = crate::list::repeat(&self.to_items(), count)?;
        Deque::collect(items.into_iter().map(Ok), self.maxlen().as_ref())
    }

    /// The elements; an error once the deque has changed.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Result<T>> + use<T> {
        self.walk(|at, _| Some(at))
    }

    /// `reversed(self)`.
    pub fn reversed(&self) -> impl Iterator<Item = Result<T>> + use<T> {
        self.walk(|at, len| len.checked_sub(at + 1))
    }

    fn walk<P>(&self, place: P) -> impl Iterator<Item = Result<T>> + use<T, P>
    where
        P: Fn(usize, usize) -> Option<usize>,
    {
        let deque = self.clone();
        let (len, edits) = self.with(|c| (c.items.len(), c.edits));
        let mut at = 0;
        std::iter::from_fn(move || {
            if at >= len {
                return None;
            }
            if deque.with(|c| c.edits) != edits {
                at = len;
                return Some(Err(Exc::runtime_error("deque mutated during iteration")));
            }
            let item = place(at, len).and_then(|i| deque.at(i));
            at += 1;
            item.map(Ok)
        })
    }

    fn compare(&self, other: &Self, order: Order) -> Result<bool> {
        lexicographic(
            order,
            |at| self.at(at),
            |at| other.at(at),
            || (self.len() as usize, other.len() as usize),
        )
    }
}

#[cold]
fn empty() -> Exc {
    Exc::index_error("pop from an empty deque")
}

#[cold]
fn out_of_range() -> Exc {
    Exc::index_error("deque index out of range")
}

impl<T: Py> Iterable for Deque<T> {
    type Item = T;
    #[allow(refining_impl_trait)]
    fn py_iter(&self) -> impl Iterator<Item = Result<T>> + 'static + use<T> {
        self.iter()
    }
}

impl<T: Py> Py for Deque<T> {
    fn py_type_name(&self) -> &'static str {
        "collections.deque"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        let Some(_showing) = enter_repr(self.address()) else {
            out.push_str("[...]");
            return Ok(());
        };
        let close = match self.with(|c| c.maxlen) {
            Some(n) => format!("], maxlen={n})"),
            None => "])".to_owned(),
        };
        repr_items(out, "deque([", self.to_items().into_iter(), &close)
    }
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    fn py_eq(&self, other: &Self) -> Result<bool> {
        if self.len() != other.len() {
            return Ok(false);
        }
        for (x, y) in self.to_items().iter().zip(&other.to_items()) {
            if !same(x, y)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
    fn py_hash(&self) -> Result<i64> {
        Err(unhashable("collections.deque"))
    }
    fn py_lt(&self, other: &Self) -> Result<bool> {
        self.compare(other, Order::Lt)
    }
    fn py_le(&self, other: &Self) -> Result<bool> {
        self.compare(other, Order::Le)
    }
    fn py_gt(&self, other: &Self) -> Result<bool> {
        self.compare(other, Order::Gt)
    }
    fn py_ge(&self, other: &Self) -> Result<bool> {
        self.compare(other, Order::Ge)
    }
    fn py_is(&self, other: &Self) -> bool {
        self.address() == other.address()
    }
    fn to_value(&self) -> Value {
        Value::Obj(Rc::new(self.clone()))
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Obj(object) => object.as_any().downcast_ref::<Deque<T>>().cloned(),
            _ => None,
        }
    }
}
