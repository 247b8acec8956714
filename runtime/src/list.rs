//! Python's list: a growable array, owned by one variable or shared.

mod order;
mod owned;
mod protocol;
mod slices;

use std::cell::UnsafeCell;
use std::ops::Deref;
use std::rc::Rc;

use crate::iter::same::{append_copies, copied, gather_onto, make_room, same};
use crate::slice::{place, window};
use crate::{Exc, Iterable, Py, Result};

pub(crate) use order::{sort_vec, sort_vec_by_key};
pub use owned::OwnIter;
pub(crate) use protocol::repr_items;
pub(crate) use slices::pick;

/// A list itself, which one variable owns. It is changed through shared references, as one
/// that handles share is, so that references to it may alias; it cannot be cloned.
///
/// Invariant: the closures given to `with` and `edit` run no user code and touch no
/// other method of this list. Cloning an element copies or counts up; elements that
/// leave the list are dropped after the borrow.
pub struct OwnList<T>(UnsafeCell<Vec<T>>);

/// A list handle: clones alias.
pub struct List<T>(Rc<OwnList<T>>);

/// A list, whoever owns it.
pub trait AnyList<T> {
    fn own(&self) -> &OwnList<T>;
}

impl<T> AnyList<T> for OwnList<T> {
    #[inline(always)]
    fn own(&self) -> &OwnList<T> {
        self
    }
}

impl<T> AnyList<T> for List<T> {
    #[inline(always)]
    fn own(&self) -> &OwnList<T> {
        &self.0
    }
}

impl<T> Deref for List<T> {
    type Target = OwnList<T>;
    #[inline(always)]
    fn deref(&self) -> &OwnList<T> {
        &self.0
    }
}

impl<T> Clone for List<T> {
    #[inline]
    fn clone(&self) -> Self {
        List(self.0.clone())
    }
}

impl<T> From<Vec<T>> for List<T> {
    #[inline]
    fn from(items: Vec<T>) -> Self {
        List(Rc::new(OwnList::from(items)))
    }
}

impl<T, const N: usize> From<[T; N]> for List<T> {
    #[inline]
    fn from(items: [T; N]) -> Self {
        List::from(Vec::from(items))
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List::from(Vec::new())
    }
}

#[cold]
fn out_of_range() -> Exc {
    Exc::index_error("list index out of range")
}

#[cold]
pub(crate) fn out_of_memory() -> Exc {
    Exc::new(&crate::exc::MEMORY_ERROR, Vec::new())
}

impl<T> OwnList<T> {
    #[inline(always)]
    pub(crate) fn with<R>(&self, read: impl FnOnce(&Vec<T>) -> R) -> R {
        // SAFETY: not Sync; by the invariant nothing mutates the vector meanwhile.
        read(unsafe { &*self.0.get() })
    }

    #[inline(always)]
    pub(crate) fn edit<R>(&self, write: impl FnOnce(&mut Vec<T>) -> R) -> R {
        // SAFETY: not Sync; by the invariant nothing else reaches the vector meanwhile.
        write(unsafe { &mut *self.0.get() })
    }

    pub(crate) fn address(&self) -> usize {
        self as *const Self as *const () as usize
    }

    /// `len(self)`.
    #[inline]
    pub fn len(&self) -> i64 {
        self.with(|v| v.len() as i64)
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.with(|v| v.is_empty())
    }
}

impl<T> List<T> {
    pub fn new() -> Self {
        List::default()
    }

    /// A list whose elements are put where it keeps them.
    #[inline(always)]
    fn filled<R>(fill: impl FnOnce(&mut Vec<T>) -> R) -> (R, Self) {
        let mut list = List::new();
        let own = Rc::get_mut(&mut list.0).expect("nobody else has a new list");
        (fill(own.0.get_mut()), list)
    }

    pub fn with_capacity(capacity: usize) -> Self {
        List::from(Vec::with_capacity(capacity))
    }

    /// The list of a handle that has no other.
    #[inline]
    pub fn into_own(self) -> OwnList<T> {
        match Rc::try_unwrap(self.0) {
            Ok(own) => own,
            Err(_) => still_shared(),
        }
    }
}

#[cold]
#[inline(never)]
fn still_shared() -> ! {
    unreachable!("a list that is said to be new has another handle")
}

impl<T: Py> List<T> {
    /// `list(iterable)`.
    pub fn collect(items: impl Iterator<Item = Result<T>>) -> Result<Self> {
        let (done, list) = List::filled(|v| gather_onto(v, items));
        done.map(|()| list)
    }

    /// The elements, without a copy where nobody else holds the list.
    pub fn into_vec(self) -> Vec<T> {
        match Rc::try_unwrap(self.0) {
            Ok(own) => own.into_vec(),
            Err(shared) => shared.to_vec(),
        }
    }

    /// `self + other`; what nobody else holds is extended in its place.
    pub fn joined(mut self, other: &impl AnyList<T>) -> List<T> {
        match Rc::get_mut(&mut self.0) {
            Some(items) => {
                other.own().with(|v| append_copies(items.0.get_mut(), v));
                self
            }
            None => self.add(other),
        }
    }

    /// The elements one by one, the length read anew at every step.
    #[inline]
    pub fn iter(&self) -> ListIter<T> {
        ListIter {
            list: self.clone(),
            at: 0,
        }
    }

    /// `reversed(self)`.
    pub fn reversed(&self) -> impl Iterator<Item = T> + use<T> {
        let list = self.clone();
        let mut at = list.len() as usize;
        std::iter::from_fn(move || {
            // Past the end of a list that has shrunk, the walk is over for good.
            at = at.checked_sub(1)?;
            let item = list.at(at);
            if item.is_none() {
                at = 0;
            }
            item
        })
    }
}

impl<T: Py> OwnList<T> {
    /// `a, b = self`.
    #[inline]
    pub fn unpack<const N: usize>(&self) -> Result<[T; N]> {
        self.with(|v| crate::dynamic::unpack_slice(v))
    }

    /// The elements as they are now.
    pub fn to_vec(&self) -> Vec<T> {
        self.with(|v| copied(v))
    }

    /// The element at a position, or `None` past the present end.
    #[inline]
    pub(crate) fn at(&self, position: usize) -> Option<T> {
        self.with(|v| v.get(position).cloned())
    }

    /// `self[index]`.
    #[inline]
    pub fn get(&self, index: i64) -> Result<T> {
        match self.with(|v| place(index, v.len()).map(|at| v[at].clone())) {
            Some(item) => Ok(item),
            None => Err(out_of_range()),
        }
    }

    /// `self[index] = value`.
    #[inline]
    pub fn set(&self, index: i64, value: T) -> Result<()> {
        stored(self.exchange(index, value))
    }

    /// `self[index] = value`: what was there, or the value that found no place.
    #[inline]
    pub(crate) fn exchange(&self, index: i64, value: T) -> std::result::Result<T, T> {
        self.edit(|v| match place(index, v.len()) {
            Some(at) => Ok(std::mem::replace(&mut v[at], value)),
            None => Err(value),
        })
    }

    /// `del self[index]`.
    pub fn delete(&self, index: i64) -> Result<()> {
        match self.edit(|v| place(index, v.len()).map(|at| v.remove(at))) {
            Some(_) => Ok(()),
            None => Err(Exc::index_error("list assignment index out of range")),
        }
    }

    /// Exchanges two elements: `self[a], self[b] = self[b], self[a]`.
    #[inline]
    pub fn swap(&self, a: i64, b: i64) -> Result<()> {
        let done = self.edit(|v| match (place(a, v.len()), place(b, v.len())) {
            (Some(a), Some(b)) => {
                v.swap(a, b);
                true
            }
            _ => false,
        });
        if done { Ok(()) } else { Err(out_of_range()) }
    }

    #[inline]
    pub fn append(&self, value: T) {
        self.edit(|v| v.push(value));
    }

    /// `self.extend(items)`. Items before an error stay.
    pub fn extend(&self, items: impl Iterator<Item = Result<T>>) -> Result<()> {
        let (least, _) = items.size_hint();
        self.edit(|v| v.reserve(least.min(1 << 16)));
        for item in items {
            self.append(item?);
        }
        Ok(())
    }

    /// `self.extend(other)` for a list, which may be `self`.
    pub fn extend_list(&self, other: &impl AnyList<T>) {
        let items = other.own().to_vec();
        self.edit(|v| v.extend(items));
    }

    /// `self.insert(index, value)`.
    pub fn insert(&self, index: i64, value: T) {
        self.edit(|v| {
            let len = v.len() as i64;
            let at = if index < 0 {
                (index.saturating_add(len)).max(0)
            } else {
                index.min(len)
            };
            v.insert(at as usize, value);
        });
    }

    /// `self.pop()`.
    #[inline]
    pub fn pop(&self) -> Result<T> {
        match self.edit(|v| v.pop()) {
            Some(item) => Ok(item),
            None => Err(Exc::index_error("pop from empty list")),
        }
    }

    /// `self.pop(index)`.
    pub fn pop_at(&self, index: i64) -> Result<T> {
        if self.is_empty() {
            return Err(Exc::index_error("pop from empty list"));
        }
        match self.edit(|v| place(index, v.len()).map(|at| v.remove(at))) {
            Some(item) => Ok(item),
            None => Err(Exc::index_error("pop index out of range")),
        }
    }

    /// The first position in `start..stop` whose element is or equals `x`.
    pub(crate) fn position(&self, x: &T, start: usize, stop: usize) -> Result<Option<usize>> {
        if T::PLAIN {
            return self.with(|v| {
                let stop = stop.min(v.len());
                for (at, item) in v.iter().enumerate().take(stop).skip(start) {
                    if same(item, x)? {
                        return Ok(Some(at));
                    }
                }
                Ok(None)
            });
        }
        let mut at = start;
        while at < stop {
            let Some(item) = self.at(at) else { break };
            if same(&item, x)? {
                return Ok(Some(at));
            }
            at += 1;
        }
        Ok(None)
    }

    /// `x in self`.
    #[inline]
    pub fn contains(&self, x: &T) -> Result<bool> {
        Ok(self.position(x, 0, usize::MAX)?.is_some())
    }

    /// `self.index(x, start, stop)`.
    pub fn index(&self, x: &T, start: i64, stop: i64) -> Result<i64> {
        let (start, stop) = window(self.len() as usize, start, stop);
        match self.position(x, start, stop)? {
            Some(at) => Ok(at as i64),
            None => Err(Exc::value_error(format!("{} is not in list", x.py_repr()?))),
        }
    }

    /// `self.count(x)`.
    pub fn count(&self, x: &T) -> Result<i64> {
        let mut found = 0;
        let mut at = 0;
        while let Some(item) = self.at(at) {
            found += i64::from(same(&item, x)?);
            at += 1;
        }
        Ok(found)
    }

    /// `self.remove(x)`.
    pub fn remove(&self, x: &T) -> Result<()> {
        match self.position(x, 0, usize::MAX)? {
            Some(at) => {
                // The comparison may have shortened the list.
                drop(self.edit(|v| {
                    if at < v.len() {
                        Some(v.remove(at))
                    } else {
                        None
                    }
                }));
                Ok(())
            }
            None => Err(Exc::value_error("list.remove(x): x not in list")),
        }
    }

    pub fn reverse(&self) {
        self.edit(|v| v.reverse());
    }

    pub fn clear(&self) {
        drop(self.edit(std::mem::take));
    }

    /// `self.copy()`: a new list of the same elements.
    pub fn copy(&self) -> List<T> {
        List::filled(|out| self.with(|v| append_copies(out, v))).1
    }

    pub fn own_copy(&self) -> OwnList<T> {
        OwnList::from(self.to_vec())
    }

    /// Replaces the content: `self[:] = items`.
    pub fn replace(&self, items: Vec<T>) {
        drop(self.edit(|v| std::mem::replace(v, items)));
    }

    /// `self + other`.
    pub fn add(&self, other: &impl AnyList<T>) -> List<T> {
        List::filled(|out| self.append_sum(other.own(), out)).1
    }

    pub fn own_add(&self, other: &impl AnyList<T>) -> OwnList<T> {
        let mut both = Vec::new();
        self.append_sum(other.own(), &mut both);
        OwnList::from(both)
    }

    fn append_sum(&self, other: &OwnList<T>, out: &mut Vec<T>) {
        make_room(out, (self.len() + other.len()) as usize);
        self.with(|v| append_copies(out, v));
        other.with(|v| append_copies(out, v));
    }

    /// `self * count`.
    pub fn mul(&self, count: i64) -> Result<List<T>> {
        self.with(|v| repeat(v, count)).map(List::from)
    }

    #[inline]
    pub fn own_mul(&self, count: i64) -> Result<OwnList<T>> {
        self.with(|v| repeat(v, count)).map(OwnList::from)
    }

    /// `self *= count`.
    pub fn mul_assign(&self, count: i64) -> Result<()> {
        let items = self.with(|v| repeat(v, count))?;
        self.replace(items);
        Ok(())
    }
}

/// `items * count`; `MemoryError` when the result cannot exist.
pub(crate) fn repeat<T: Clone>(items: &[T], count: i64) -> Result<Vec<T>> {
    let count = count.max(0) as usize;
    let total = items.len().checked_mul(count).ok_or_else(out_of_memory)?;
    let mut out = Vec::new();
    out.try_reserve_exact(total).map_err(|_| out_of_memory())?;
    if let [item] = items {
        out.resize(total, item.clone());
        return Ok(out);
    }
    for _ in 0..if items.is_empty() { 0 } else { count } {
        out.extend_from_slice(items);
    }
    Ok(out)
}

/// How an assignment to an element ends.
#[inline]
pub(crate) fn stored<T>(replaced: std::result::Result<T, T>) -> Result<()> {
    match replaced {
        Ok(_) => Ok(()),
        Err(_) => Err(Exc::index_error("list assignment index out of range")),
    }
}

impl<T: Py> OwnList<List<T>> {
    /// `self[row][index]`.
    #[inline]
    pub fn get2(&self, row: i64, index: i64) -> Result<T> {
        self.with(|rows| match place(row, rows.len()) {
            Some(at) => rows[at].get(index),
            None => Err(out_of_range()),
        })
    }

    /// `self[row][index] = value`.
    #[inline]
    pub fn set2(&self, row: i64, index: i64, value: T) -> Result<()> {
        // The row is held: what the old element releases may be the outer list's last row.
        let row = self.get(row)?;
        row.set(index, value)
    }
}

/// Walks a list; see [`List::iter`].
pub struct ListIter<T> {
    list: List<T>,
    /// `usize::MAX` once exhausted: a list that grows later stays walked.
    at: usize,
}

impl<T: Py> Iterator for ListIter<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        match self.list.at(self.at) {
            Some(item) => {
                self.at += 1;
                Some(item)
            }
            None => {
                self.at = usize::MAX;
                None
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        ((self.list.len() as usize).saturating_sub(self.at), None)
    }
}

impl<T: Py> Iterable for List<T> {
    type Item = T;
    #[inline]
    #[allow(refining_impl_trait)]
    fn py_iter(&self) -> impl Iterator<Item = Result<T>> + 'static + use<T> {
        self.iter().map(Ok)
    }
}
