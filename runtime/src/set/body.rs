//! What a set holds: slots, or bits where all elements are small ints.

use std::any::{Any, TypeId};

use super::near::{Near, Outgrown};
use super::table::Table;
use crate::Int;
use crate::iter::same::cast;

/// Invariant: only a set of `Int` is `Near`.
pub(super) enum Body<T> {
    Near(Near),
    Table(Table<T>),
}

/// Folds to a constant.
#[inline(always)]
fn of_ints<T: 'static>() -> bool {
    TypeId::of::<T>() == TypeId::of::<Int>()
}

/// The element as a table of bits has it.
#[inline(always)]
pub(super) fn lowered<T: 'static>(element: &T) -> Option<u8> {
    match (element as &dyn Any).downcast_ref() {
        Some(Int::Small(x @ 0..=127)) => Some(*x as u8),
        _ => None,
    }
}

#[inline(always)]
pub(super) fn raised<T: Clone + 'static>(element: u8) -> T {
    cast(&Int::Small(element.into())).unwrap_or_else(|| unreachable!("bits of what is no int"))
}

/// The same set in slots.
#[cold]
fn spread<T: Clone + 'static>(near: &Near) -> Table<T> {
    let elements = std::iter::successors(near.element_from(0), |(at, _)| near.element_from(at + 1));
    Table::laid_out(
        near.size as usize,
        near.finger as usize,
        elements.map(|(at, e)| (at, e.into(), raised(e))),
        (0..128).filter(|at| near.dummies >> at & 1 == 1),
    )
}

impl<T: Clone + 'static> Body<T> {
    #[inline]
    pub fn new() -> Self {
        if of_ints::<T>() {
            Body::Near(Near::new())
        } else {
            Body::Table(Table::new())
        }
    }

    #[inline(always)]
    pub fn near(&self) -> Option<&Near> {
        match self {
            Body::Near(near) if of_ints::<T>() => Some(near),
            _ => None,
        }
    }

    #[inline(always)]
    pub fn table(&self) -> &Table<T> {
        match self {
            Body::Table(table) => table,
            Body::Near(_) => unreachable!("the slots of a set of bits"),
        }
    }

    /// Whether this is a set of bits and `edit` could be done on them.
    fn as_bits(&mut self, edit: impl FnOnce(&mut Near) -> Result<(), Outgrown>) -> bool {
        match self {
            Body::Near(near) => edit(near).is_ok(),
            Body::Table(_) => false,
        }
    }

    /// The table of slots, which a set of bits becomes.
    #[inline]
    pub fn slots(&mut self) -> &mut Table<T> {
        if let Body::Near(near) = self {
            *self = Body::Table(spread(near));
        }
        match self {
            Body::Table(table) => table,
            Body::Near(_) => unreachable!("just replaced"),
        }
    }

    /// Adds an element to a set of bits; `None` if it is to be added to slots.
    #[inline(always)]
    pub fn add_near(&mut self, element: &T) -> Option<()> {
        let Body::Near(near) = self else { return None };
        let element = lowered(element)?;
        if near.has(element) {
            return Some(());
        }
        near.add(element).ok()
    }

    /// Whether a set of bits held the element; `None` if slots know.
    pub fn discard_near(&mut self, element: &T) -> Option<bool> {
        let Body::Near(near) = self else { return None };
        match lowered(element) {
            Some(element) => near.discard(element).ok(),
            None => Some(false),
        }
    }

    #[inline(always)]
    pub fn used(&self) -> usize {
        match self {
            Body::Near(near) => near.used as usize,
            Body::Table(table) => table.used(),
        }
    }

    pub fn is_clean(&self) -> bool {
        match self {
            Body::Near(near) => near.fill == 0,
            Body::Table(table) => table.is_clean(),
        }
    }

    pub fn reserve(&mut self, more: usize) {
        if !self.as_bits(|near| near.reserve(more)) {
            self.slots().reserve(more);
        }
    }

    pub fn shed_dummies(&mut self) {
        if !self.as_bits(Near::shed_dummies) {
            self.slots().shed_dummies();
        }
    }

    pub fn pop(&mut self) -> Option<T> {
        if let Body::Near(near) = self {
            match near.pop() {
                Ok(element) => return element.map(raised),
                Err(Outgrown) => {}
            }
        }
        self.slots().pop()
    }

    /// The same layout with other elements of the same hashes.
    pub fn mapped<U>(&self, map: impl FnMut(&T) -> Option<U>) -> Option<Body<U>> {
        let mapped = match self {
            Body::Near(near) => spread(near).mapped(map),
            Body::Table(table) => table.mapped(map),
        };
        mapped.map(Body::Table)
    }

    pub fn hash(&self) -> i64 {
        match self {
            Body::Near(near) => near.hash(),
            Body::Table(table) => table.hash(),
        }
    }

    /// The first element at slot `from` or after it: its slot, hash, and itself.
    #[inline]
    pub fn element_from(&self, from: usize) -> Option<(usize, i64, T)> {
        match self {
            Body::Near(near) => {
                let (at, element) = near.element_from(from)?;
                Some((at, element.into(), raised(element)))
            }
            Body::Table(table) => table
                .element_from(from)
                .map(|(at, hash, e)| (at, hash, e.clone())),
        }
    }

    /// Merges into a set without elements or dummies, after `reserve`.
    pub fn merge_clean(&mut self, other: &Self) {
        match other {
            Body::Near(other) if self.as_bits(|near| near.merge_clean(other)) => {}
            Body::Near(other) => self.slots().merge_clean(&spread(other)),
            Body::Table(other) => self.slots().merge_clean(other),
        }
    }

    /// Exchanges contents, not fingers (`set_swap_bodies`).
    pub fn swap(&mut self, other: &mut Self) {
        if let (Body::Table(a), Body::Table(b)) = (&mut *self, &mut *other) {
            return a.swap(b);
        }
        let fingers = (self.finger(), other.finger());
        std::mem::swap(self, other);
        self.point(fingers.0);
        other.point(fingers.1);
    }

    fn finger(&self) -> usize {
        match self {
            Body::Near(near) => near.finger as usize,
            Body::Table(table) => table.finger,
        }
    }

    fn point(&mut self, finger: usize) {
        match self {
            Body::Near(near) => near.finger = finger as u32,
            Body::Table(table) => table.finger = finger,
        }
    }

    /// The whole content, leaving an empty set; the finger stays.
    pub fn take(&mut self) -> Self {
        let mut empty = Body::new();
        self.swap(&mut empty);
        empty
    }
}
