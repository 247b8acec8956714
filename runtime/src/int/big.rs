//! The shared content of a large int.

use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::rc::Rc;

use crate::bigint::BigInt;

/// A shared `BigInt`.
///
/// It is released by value and out of line: nothing takes the address of an `Int` that a
/// function holds, which can therefore live in registers.
pub struct Big(ManuallyDrop<Rc<BigInt>>);

impl Big {
    #[cold]
    pub(super) fn new(value: BigInt) -> Big {
        Big(ManuallyDrop::new(Rc::new(value)))
    }
}

impl Clone for Big {
    #[inline]
    fn clone(&self) -> Big {
        Big(self.0.clone())
    }
}

impl Deref for Big {
    type Target = BigInt;
    #[inline]
    fn deref(&self) -> &BigInt {
        &self.0
    }
}

impl PartialEq for Big {
    #[inline]
    fn eq(&self, other: &Big) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Drop for Big {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: nothing uses the handle after its drop.
        release(unsafe { ManuallyDrop::take(&mut self.0) });
    }
}

#[cold]
#[inline(never)]
fn release(content: Rc<BigInt>) {
    drop(content);
}
