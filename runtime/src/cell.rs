//! A variable that several owners share: attributes, globals, captured locals.

use std::cell::UnsafeCell;
use std::mem::ManuallyDrop;
use std::ops::Deref;

/// A slot that is empty until assigned. Reads clone, writes replace.
///
/// Invariant: no reference to the content leaves a method, and neither `Clone`
/// of a `Py` value (it copies or counts up) nor the write itself runs user code
/// while the slot is borrowed. The replaced value is dropped after the borrow.
pub struct Slot<T>(UnsafeCell<Option<T>>);

/// Immutable values whose operations are all the runtime's own and run no code of a program.
pub trait Lent {}

impl<T: Clone> Slot<T> {
    pub const fn empty() -> Self {
        Slot(UnsafeCell::new(None))
    }

    pub const fn new(value: T) -> Self {
        Slot(UnsafeCell::new(Some(value)))
    }

    /// The value, or `None` while unassigned.
    #[inline]
    pub fn get(&self) -> Option<T> {
        // SAFETY: not Sync, and the shared borrow ends before this returns.
        unsafe { (*self.0.get()).clone() }
    }

    /// The value of a slot that the compiler proved assigned.
    #[inline]
    pub fn read(&self) -> T {
        // SAFETY: as in `get`.
        match unsafe { &*self.0.get() } {
            Some(value) => value.clone(),
            None => empty(),
        }
    }

    /// What `read`, which only reads fields, finds in the value of a slot proved assigned.
    #[inline]
    pub fn peek<R>(&self, read: fn(&T) -> R) -> R {
        // SAFETY: as in `get`; fields are read by methods of slots alone.
        match unsafe { &*self.0.get() } {
            Some(value) => read(value),
            None => empty(),
        }
    }

    /// As `peek`: `read` must not run code of the program, nor drop a value of it.
    #[inline(always)]
    pub(crate) fn look<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        // SAFETY: as in `get`; the slot is not written meanwhile.
        match unsafe { &*self.0.get() } {
            Some(value) => read(value),
            None => empty(),
        }
    }

    /// What `find` lends of the value, as `lend` does.
    #[inline(always)]
    pub fn lend_from<U: Lent>(&self, find: fn(&T) -> &U) -> &U {
        // SAFETY: as in `get`; neither slot is written meanwhile.
        match unsafe { &*self.0.get() } {
            Some(value) => find(value),
            None => empty(),
        }
    }

    /// The value of a slot proved assigned, for an operation of the runtime that writes no
    /// slot: the compiler calls this nowhere but in the arguments of one.
    #[inline(always)]
    pub fn lend(&self) -> &T
    where
        T: Lent,
    {
        // SAFETY: as in `get`; the slot is not written meanwhile.
        match unsafe { &*self.0.get() } {
            Some(value) => value,
            None => empty(),
        }
    }

    #[inline]
    pub fn set(&self, value: T) {
        // SAFETY: not Sync; the exclusive borrow ends before the old value drops, and where
        // nothing needs to be dropped nothing is.
        unsafe {
            let place = self.0.get();
            if std::mem::needs_drop::<T>() && (*place).is_some() {
                let old = (*place).replace(value);
                drop(old);
            } else {
                place.write(Some(value));
            }
        }
    }

    /// `del`: the old value, or `None` if there was none.
    pub fn take(&self) -> Option<T> {
        // SAFETY: as in `set`.
        unsafe { (*self.0.get()).take() }
    }
}

#[cold]
#[inline(never)]
fn empty() -> ! {
    unreachable!("a slot proved assigned is empty")
}

impl<T: Clone> Default for Slot<T> {
    #[inline]
    fn default() -> Self {
        Slot::empty()
    }
}

/// The slot of a module variable. What it holds at the program's end is not dropped: a
/// thread-local without a destructor is read without asking whether it is still there.
pub struct Global<T>(ManuallyDrop<Slot<T>>);

impl<T: Clone> Global<T> {
    pub const fn empty() -> Self {
        Global(ManuallyDrop::new(Slot::empty()))
    }
}

impl<T> Deref for Global<T> {
    type Target = Slot<T>;
    #[inline(always)]
    fn deref(&self) -> &Slot<T> {
        &self.0
    }
}

/// A field that every instance has before anything reads it: until then it holds a
/// value that nobody sees. Otherwise as [`Slot`].
#[derive(Default)]
pub struct Plain<T>(UnsafeCell<T>);

impl<T: Clone> Plain<T> {
    /// As of a slot: never `None`.
    #[inline]
    pub fn get(&self) -> Option<T> {
        Some(self.read())
    }

    #[inline]
    pub fn read(&self) -> T {
        // SAFETY: as in `Slot`.
        unsafe { (*self.0.get()).clone() }
    }

    /// As of a slot.
    #[inline(always)]
    pub fn lend_from<U: Lent>(&self, find: fn(&T) -> &U) -> &U {
        // SAFETY: as in `Slot`.
        find(unsafe { &*self.0.get() })
    }

    /// As of a slot.
    #[inline(always)]
    pub fn lend(&self) -> &T
    where
        T: Lent,
    {
        // SAFETY: as in `Slot`.
        unsafe { &*self.0.get() }
    }

    /// As of a slot.
    #[inline]
    pub fn peek<R>(&self, read: fn(&T) -> R) -> R {
        // SAFETY: as in `Slot`.
        read(unsafe { &*self.0.get() })
    }

    /// As of a slot.
    #[inline(always)]
    pub(crate) fn look<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        // SAFETY: as in `Slot`.
        read(unsafe { &*self.0.get() })
    }

    #[inline]
    pub fn set(&self, value: T) {
        // SAFETY: as in `Slot`; the exclusive borrow ends before the old value drops.
        let old = unsafe { std::mem::replace(&mut *self.0.get(), value) };
        drop(old);
    }
}

impl<T: Clone> Slot<Option<T>> {
    /// `self.field is None`, of a field proved assigned.
    #[inline]
    pub fn is_none(&self) -> bool {
        self.peek(Option::is_none)
    }

    #[inline]
    pub fn is_some(&self) -> bool {
        !self.is_none()
    }
}

impl<T: Clone> Plain<Option<T>> {
    /// `self.field is None`.
    #[inline]
    pub fn is_none(&self) -> bool {
        self.peek(Option::is_none)
    }

    #[inline]
    pub fn is_some(&self) -> bool {
        !self.is_none()
    }
}
