//! The algorithms of sets, on a shared table; from Objects/setobject.c of CPython 3.11.

use std::cell::UnsafeCell;
use std::rc::Rc;

use super::body::{Body, lowered, raised};
use super::near::Near;
use super::table::Found;
use crate::iter::same::same;
use crate::{Dict, Exc, Py, Result};

/// A shared table.
///
/// Invariant: the closures given to `with` and `edit` run no user code and touch no
/// other method of this set; elements that leave it are dropped after the borrow.
#[doc(hidden)]
pub struct Core<T>(Rc<UnsafeCell<Body<T>>>);

impl<T> Clone for Core<T> {
    #[inline]
    fn clone(&self) -> Self {
        Core(self.0.clone())
    }
}

impl<T> Core<T> {
    #[inline(always)]
    fn with<R>(&self, read: impl FnOnce(&Body<T>) -> R) -> R {
        // SAFETY: not Sync; by the invariant nothing mutates the table meanwhile.
        read(unsafe { &*self.0.get() })
    }

    #[inline(always)]
    fn edit<R>(&self, write: impl FnOnce(&mut Body<T>) -> R) -> R {
        // SAFETY: not Sync; by the invariant nothing else reaches the table meanwhile.
        write(unsafe { &mut *self.0.get() })
    }

    fn of(body: Body<T>) -> Self {
        Core(Rc::new(UnsafeCell::new(body)))
    }

    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as *const () as usize
    }

    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Clone + 'static> Core<T> {
    #[inline]
    pub fn new() -> Self {
        Core::of(Body::new())
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.with(|t| t.used())
    }

    pub fn clear(&self) {
        drop(self.edit(Body::take));
    }

    pub fn swap(&self, other: &Self) {
        if !self.is(other) {
            self.edit(|a| other.edit(|b| a.swap(b)));
        }
    }

    pub fn pop(&self) -> Option<T> {
        self.edit(Body::pop)
    }

    pub fn frozen_hash(&self) -> i64 {
        self.with(Body::hash)
    }

    pub fn mapped<U>(&self, map: impl FnMut(&T) -> Option<U>) -> Option<Core<U>> {
        self.with(|t| t.mapped(map)).map(Core::of)
    }

    /// What `of` makes of two sets of bits; `None` if slots are to be asked.
    #[inline(always)]
    fn both<R>(&self, other: &Self, of: impl FnOnce(&Near, &Near) -> R) -> Option<R> {
        self.with(|a| other.with(|b| Some(of(a.near()?, b.near()?))))
    }
}

impl<T: Py> Core<T> {
    /// The slot of the element, or the slot where it belongs, in a set of slots. User
    /// equality may change the set: then the search starts again.
    #[inline]
    fn find(&self, x: &T, hash: i64) -> Result<(usize, bool)> {
        if T::PLAIN {
            // Equality of plain elements cannot fail.
            return Ok(self.with(|t| t.table().find(hash, |e| same(e, x).unwrap_or(false))));
        }
        'again: loop {
            let edits = self.with(|t| t.table().edits());
            let mut probe = self.with(|t| t.table().probe(hash));
            loop {
                match self.with(|t| t.table().candidate(&mut probe)) {
                    Found::Free(at) => return Ok((at, false)),
                    Found::Candidate(at, held) => {
                        if held.py_is(x) {
                            return Ok((at, true));
                        }
                        let equal = held.py_eq(x)?;
                        if self.with(|t| t.table().edits()) != edits {
                            continue 'again;
                        }
                        if equal {
                            return Ok((at, true));
                        }
                    }
                }
            }
        }
    }

    /// Whether a set of bits has the element; `None` if slots are to be asked.
    #[inline(always)]
    fn has_near(&self, x: &T) -> Option<bool> {
        self.with(|t| t.near().map(|n| lowered(x).is_some_and(|x| n.has(x))))
    }

    #[cold]
    fn spread(&self) {
        self.edit(|t| {
            t.slots();
        });
    }

    #[inline]
    fn has(&self, x: &T, hash: i64) -> Result<bool> {
        match self.has_near(x) {
            Some(found) => Ok(found),
            None => Ok(self.find(x, hash)?.1),
        }
    }

    #[inline]
    pub fn contains(&self, x: &T) -> Result<bool> {
        self.has(x, x.py_hash()?)
    }

    #[inline]
    pub fn add(&self, x: T) -> Result<()> {
        let hash = x.py_hash()?;
        self.add_hashed(x, hash)
    }

    #[inline]
    fn add_hashed(&self, x: T, hash: i64) -> Result<()> {
        if self.edit(|t| t.add_near(&x)).is_some() {
            return Ok(());
        }
        if self.with(|t| t.near().is_some()) {
            self.spread();
        }
        let (at, found) = self.find(&x, hash)?;
        if !found {
            self.edit(|t| t.slots().fill_slot(at, hash, x));
        }
        Ok(())
    }

    /// Whether the element was there.
    pub fn discard(&self, x: &T, hash: i64) -> Result<bool> {
        if let Some(found) = self.edit(|t| t.discard_near(x)) {
            return Ok(found);
        }
        if self.with(|t| t.near().is_some()) {
            self.spread();
        }
        let (at, found) = self.find(x, hash)?;
        Ok(found && self.edit(|t| t.slots().discard(at)).is_some())
    }

    /// The first element at slot `from` or after it: the slot behind it, hash, element.
    #[inline]
    fn element_from(&self, from: usize) -> Option<(usize, i64, T)> {
        self.with(|t| t.element_from(from))
            .map(|(at, hash, e)| (at + 1, hash, e))
    }

    /// The elements as they are now.
    pub fn elements(&self) -> Vec<T> {
        self.hashed().map(|(_, x)| x).collect()
    }

    /// Elements with hashes, walked live as CPython's `set_next`.
    fn hashed(&self) -> impl Iterator<Item = (i64, T)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let (next, hash, x) = self.element_from(at)?;
            at = next;
            Some((hash, x))
        })
    }

    #[inline]
    pub fn walk(&self) -> impl Iterator<Item = Result<T>> + use<T> {
        let core = self.clone();
        let len = core.len();
        let mut at = Some(0);
        std::iter::from_fn(move || {
            let from = at?;
            if core.len() != len {
                // CPython's iterator keeps failing.
                return Some(Err(Exc::runtime_error("Set changed size during iteration")));
            }
            match core.element_from(from) {
                Some((next, _, x)) => {
                    at = Some(next);
                    Some(Ok(x))
                }
                None => {
                    at = None;
                    None
                }
            }
        })
    }

    /// As `walk`, of a set that nothing changes any more.
    #[inline]
    pub fn walk_fixed(&self) -> impl Iterator<Item = Result<T>> + use<T> {
        let core = self.clone();
        let mut near = self.with(|t| t.near().map(Near::elements));
        let mut at = 0;
        std::iter::from_fn(move || match &mut near {
            Some(elements) => elements.next().map(|x| Ok(raised(x))),
            None => {
                let (next, _, x) = core.element_from(at)?;
                at = next;
                Some(Ok(x))
            }
        })
    }

    pub fn update(&self, items: impl Iterator<Item = Result<T>>) -> Result<()> {
        for item in items {
            self.add(item?)?;
        }
        Ok(())
    }

    pub fn update_dict<V: Py>(&self, dict: &Dict<T, V>) -> Result<()> {
        self.edit(|t| t.reserve(dict.len() as usize));
        let mut position = 0;
        while let Some((next, hash, key, _)) = dict.entry_from(position) {
            self.add_hashed(key, hash)?;
            position = next;
        }
        Ok(())
    }

    /// Adds all elements of another set (`set_merge`).
    pub fn merge(&self, other: &Core<T>) -> Result<()> {
        if self.is(other) || other.len() == 0 {
            return Ok(());
        }
        self.edit(|t| t.reserve(other.len()));
        if self.with(|t| t.is_clean()) {
            self.edit(|t| other.with(|o| t.merge_clean(o)));
            return Ok(());
        }
        for (hash, x) in other.hashed() {
            self.add_hashed(x, hash)?;
        }
        Ok(())
    }

    pub fn copied(&self) -> Result<Core<T>> {
        let copy = Core::new();
        copy.merge(self)?;
        Ok(copy)
    }

    pub fn intersection(&self, other: &Core<T>) -> Result<Core<T>> {
        if self.is(other) {
            return self.copied();
        }
        let common = self.both(other, |a, b| {
            // CPython walks the smaller set.
            let (base, walked) = if b.used > a.used { (b, a) } else { (a, b) };
            walked.filtered(base.bits)
        });
        if let Some(common) = common {
            return Ok(Core::of(Body::Near(common)));
        }
        let (base, walked) = if other.len() > self.len() {
            (other, self)
        } else {
            (self, other)
        };
        let out = Core::new();
        for (hash, x) in walked.hashed() {
            if base.has(&x, hash)? {
                out.add_hashed(x, hash)?;
            }
        }
        Ok(out)
    }

    /// The number of common elements.
    #[inline]
    pub fn common_len(&self, other: &Core<T>) -> Result<i64> {
        match self.both(other, |a, b| a.bits & b.bits) {
            Some(common) => Ok(common.count_ones().into()),
            None => Ok(self.intersection(other)?.len() as i64),
        }
    }

    /// The least and the greatest element of a set of bits that has any.
    #[inline]
    pub fn ends(&self) -> Option<(T, T)> {
        self.with(|t| {
            let bits = t.near()?.bits;
            let end = 127_u8.checked_sub(bits.leading_zeros() as u8)?;
            Some((raised(bits.trailing_zeros() as u8), raised(end)))
        })
    }

    pub fn intersection_items(&self, items: impl Iterator<Item = Result<T>>) -> Result<Core<T>> {
        let out = Core::new();
        for item in items {
            let item = item?;
            let hash = item.py_hash()?;
            if self.has(&item, hash)? {
                out.add_hashed(item, hash)?;
            }
        }
        Ok(out)
    }

    pub fn isdisjoint(&self, other: &Core<T>) -> Result<bool> {
        if self.is(other) {
            return Ok(self.len() == 0);
        }
        if let Some(common) = self.both(other, |a, b| a.bits & b.bits) {
            return Ok(common == 0);
        }
        let (base, walked) = if other.len() > self.len() {
            (other, self)
        } else {
            (self, other)
        };
        for (hash, x) in walked.hashed() {
            if base.has(&x, hash)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub fn issubset(&self, other: &Core<T>) -> Result<bool> {
        if let Some(missing) = self.both(other, |a, b| a.bits & !b.bits) {
            return Ok(missing == 0);
        }
        if self.len() > other.len() {
            return Ok(false);
        }
        for (hash, x) in self.hashed() {
            if !other.has(&x, hash)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub fn difference_update(&self, other: &Core<T>) -> Result<()> {
        if self.is(other) {
            self.clear();
            return Ok(());
        }
        let common;
        let mut doomed = other;
        if other.len() >> 3 > self.len() {
            common = self.intersection(other)?;
            doomed = &common;
        }
        for (hash, x) in doomed.hashed() {
            self.discard(&x, hash)?;
        }
        self.edit(Body::shed_dummies);
        Ok(())
    }

    pub fn difference_items(&self, items: impl Iterator<Item = Result<T>>) -> Result<()> {
        for item in items {
            let item = item?;
            self.discard(&item, item.py_hash()?)?;
        }
        self.edit(Body::shed_dummies);
        Ok(())
    }

    pub fn difference(&self, other: &Core<T>) -> Result<Core<T>> {
        if self.len() >> 2 > other.len() {
            let out = self.copied()?;
            out.difference_update(other)?;
            return Ok(out);
        }
        if let Some(kept) = self.both(other, |a, b| a.filtered(!b.bits)) {
            return Ok(Core::of(Body::Near(kept)));
        }
        let out = Core::new();
        for (hash, x) in self.hashed() {
            if !other.has(&x, hash)? {
                out.add_hashed(x, hash)?;
            }
        }
        Ok(out)
    }

    pub fn difference_dict<V: Py>(&self, dict: &Dict<T, V>) -> Result<Core<T>> {
        if self.len() >> 2 > dict.len() as usize {
            let out = self.copied()?;
            out.difference_items(dict.iter())?;
            return Ok(out);
        }
        let out = Core::new();
        for (hash, x) in self.hashed() {
            if !dict.find_hashed(&x, hash)? {
                out.add_hashed(x, hash)?;
            }
        }
        Ok(out)
    }

    /// `self ^= other`.
    pub fn toggle_all(&self, other: &Core<T>) -> Result<()> {
        if self.is(other) {
            self.clear();
            return Ok(());
        }
        for (hash, x) in other.hashed() {
            if !self.discard(&x, hash)? {
                self.add_hashed(x, hash)?;
            }
        }
        Ok(())
    }
}
