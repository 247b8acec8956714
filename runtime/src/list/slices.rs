//! Slices of a list: read, assigned, deleted.

use super::{List, OwnList};
use crate::iter::same::{append_copies, copied, gathered};
use crate::slice::{Bounds, adjust, bounds, saturate};
use crate::{Exc, Int, Py, Result};

/// The items of a slice that is not made. A type with a name: nothing of it is dropped, so its
/// list may be assigned to in the statement that walks it.
pub struct SliceIter<'a, T: Py> {
    list: &'a OwnList<T>,
    left: Bounds,
}

impl<T: Py> Iterator for SliceIter<'_, T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let at = self.left.next_position()?;
        Some(self.list.with(|v| v[at].clone()))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left.count, Some(self.left.count))
    }
}

impl<T: Py> OwnList<T> {
    /// `self[start:stop:step]`.
    #[inline]
    pub fn getslice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
    ) -> Result<List<T>> {
        if step.is_none() {
            return Ok(List::filled(|out| self.append_stretch(start, stop, out)).1);
        }
        self.with(|v| pick(v, start, stop, step)).map(List::from)
    }

    #[inline]
    pub fn own_getslice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
    ) -> Result<OwnList<T>> {
        if step.is_none() {
            let mut copy = Vec::new();
            self.append_stretch(start, stop, &mut copy);
            return Ok(OwnList::from(copy));
        }
        self.with(|v| pick(v, start, stop, step)).map(OwnList::from)
    }

    /// The items of `self[start:stop:step]` one by one, where nothing changes the list
    /// meanwhile.
    #[inline]
    pub fn slice_iter(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
    ) -> Result<SliceIter<'_, T>> {
        let left = self.selected(start, stop, step)?;
        Ok(SliceIter { list: self, left })
    }

    #[inline]
    fn selected(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
    ) -> Result<Bounds> {
        let len = self.with(Vec::len);
        if step.is_some() {
            return bounds(len, start, stop, step);
        }
        let (start, stop) = (start.map_or(0, saturate), stop.map_or(i64::MAX, saturate));
        Ok(adjust(len, start, stop, 1))
    }

    /// Puts `self[start:stop]` into `out`, which is empty.
    fn append_stretch(&self, start: Option<&Int>, stop: Option<&Int>, out: &mut Vec<T>) {
        let (start, stop) = (start.map_or(0, saturate), stop.map_or(i64::MAX, saturate));
        self.with(|v| {
            let b = adjust(v.len(), start, stop, 1);
            append_copies(out, &v[b.start as usize..][..b.count]);
        });
    }

    /// `self[start:stop:step] = items`.
    pub fn setslice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
        items: impl Iterator<Item = Result<T>>,
    ) -> Result<()> {
        if step.is_some() {
            // A zero step is an error before the right side is walked.
            bounds(0, start, stop, step)?;
        }
        self.put_slice(start, stop, step, gathered(items)?)
    }

    /// `self[start:stop:step] = items` for a list, which may be `self`.
    pub fn setslice_list(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
        items: List<T>,
    ) -> Result<()> {
        self.put_slice(start, stop, step, items.into_vec())
    }

    fn put_slice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
        mut items: Vec<T>,
    ) -> Result<()> {
        let b = self.selected(start, stop, step)?;
        if b.step == 1 {
            let (from, to) = (b.start as usize, b.stop.max(b.start) as usize);
            if items.len() == to - from {
                self.edit(|v| v[from..to].swap_with_slice(&mut items));
                return Ok(());
            }
            let old: Vec<T> = self.edit(|v| v.splice(from..to, items).collect());
            drop(old);
            return Ok(());
        }
        if items.len() != b.count {
            return Err(Exc::value_error(format!(
                "attempt to assign sequence of size {} to extended slice of size {}",
                items.len(),
                b.count
            )));
        }
        let old: Vec<T> = self.edit(|v| {
            let places = b.positions().zip(items);
            places
                .map(|(at, item)| std::mem::replace(&mut v[at], item))
                .collect()
        });
        drop(old);
        Ok(())
    }

    /// `del self[start:stop:step]`.
    pub fn delslice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
    ) -> Result<()> {
        let b = bounds(self.len() as usize, start, stop, step)?;
        if b.step == 1 {
            let (from, to) = (b.start as usize, b.stop.max(b.start) as usize);
            let old: Vec<T> = self.edit(|v| v.drain(from..to).collect());
            drop(old);
            return Ok(());
        }
        let mut doomed = b.positions().collect::<Vec<_>>();
        doomed.sort_unstable();
        let old = self.edit(|v| {
            let (mut kept, mut gone) = (Vec::with_capacity(v.len() - doomed.len()), Vec::new());
            let mut next = doomed.iter().copied().peekable();
            for (at, item) in std::mem::take(v).into_iter().enumerate() {
                if next.next_if_eq(&at).is_some() {
                    gone.push(item);
                } else {
                    kept.push(item);
                }
            }
            *v = kept;
            gone
        });
        drop(old);
        Ok(())
    }
}

/// The elements that a slice selects.
pub(crate) fn pick<T: Clone + 'static>(
    items: &[T],
    start: Option<&Int>,
    stop: Option<&Int>,
    step: Option<&Int>,
) -> Result<Vec<T>> {
    let b = bounds(items.len(), start, stop, step)?;
    Ok(if b.step == 1 {
        let from = b.start as usize;
        copied(&items[from..from + b.count])
    } else {
        b.positions().map(|at| items[at].clone()).collect()
    })
}
