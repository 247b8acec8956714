//! A list that one variable owns: how it is made, given away and walked.

use std::cell::UnsafeCell;
use std::rc::Rc;

use super::{AnyList, List, OwnList};
use crate::iter::same::{append_copies, gather_onto};
use crate::{Py, Result};

impl<T> From<Vec<T>> for OwnList<T> {
    #[inline]
    fn from(items: Vec<T>) -> Self {
        OwnList(UnsafeCell::new(items))
    }
}

impl<T> Default for OwnList<T> {
    #[inline]
    fn default() -> Self {
        OwnList::from(Vec::new())
    }
}

impl<T> OwnList<T> {
    #[inline]
    pub fn new() -> Self {
        OwnList::default()
    }

    #[inline]
    pub fn with_capacity(capacity: usize) -> Self {
        OwnList::from(Vec::with_capacity(capacity))
    }

    #[inline]
    pub fn into_vec(self) -> Vec<T> {
        self.0.into_inner()
    }

    /// A handle of the list, which may have others from now on.
    #[inline]
    pub fn shared(self) -> List<T> {
        List(Rc::new(self))
    }
}

impl<T: Py> OwnList<T> {
    /// `list(iterable)`.
    #[inline]
    pub fn collect(items: impl Iterator<Item = Result<T>>) -> Result<Self> {
        let mut list = OwnList::new();
        gather_onto(list.0.get_mut(), items)?;
        Ok(list)
    }

    /// `self + other`, in the place of this list.
    #[inline]
    pub fn joined(mut self, other: &impl AnyList<T>) -> Self {
        other.own().with(|v| append_copies(self.0.get_mut(), v));
        self
    }

    /// The elements one by one, the length read anew at every step.
    #[inline]
    pub fn iter(&self) -> OwnIter<'_, T> {
        OwnIter { list: self, at: 0 }
    }

    /// For what uses up its items before anything else can happen.
    #[inline]
    pub fn py_iter(&self) -> impl Iterator<Item = Result<T>> + use<'_, T> {
        self.iter().map(Ok)
    }

    /// `reversed(self)`.
    pub fn reversed(&self) -> impl Iterator<Item = T> + use<'_, T> {
        let mut at = self.len() as usize;
        std::iter::from_fn(move || {
            // As of a handle: past the end of a list that has shrunk, the walk is over.
            at = at.checked_sub(1)?;
            let item = self.at(at);
            if item.is_none() {
                at = 0;
            }
            item
        })
    }
}

/// Walks a list; see [`OwnList::iter`].
pub struct OwnIter<'a, T> {
    list: &'a OwnList<T>,
    /// `usize::MAX` once exhausted: a list that grows later stays walked.
    at: usize,
}

impl<T: Py> Iterator for OwnIter<'_, T> {
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
