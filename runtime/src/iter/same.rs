//! Equality and order of elements, as containers ask for them.

use std::any::TypeId;

use crate::{Int, Py, Result};

/// The same items once more.
#[inline]
pub(crate) fn copied<T: Clone + 'static>(items: &[T]) -> Vec<T> {
    let mut copy = Vec::new();
    append_copies(&mut copy, items);
    copy
}

/// Appends the same items once more. Small ints are copied as they lie, which is what
/// their clones are.
#[inline]
pub(crate) fn append_copies<T: Clone + 'static>(out: &mut Vec<T>, items: &[T]) {
    make_room(out, items.len());
    if TypeId::of::<T>() != TypeId::of::<Int>() {
        return out.extend_from_slice(items);
    }
    // SAFETY: `T` is `Int`.
    let ints = unsafe { &*(items as *const [T] as *const [Int]) };
    let small = |all: bool, x: &Int| all & matches!(x, Int::Small(_));
    if !ints.iter().fold(true, small) {
        return out.extend_from_slice(items);
    }
    let len = out.len();
    // SAFETY: there is room for the items, and a small int owns nothing.
    unsafe {
        out.as_mut_ptr()
            .add(len)
            .copy_from_nonoverlapping(items.as_ptr(), items.len());
        out.set_len(len + items.len());
    }
}

/// Room for so many more: just so many in a vector that never had any.
#[inline(always)]
pub(crate) fn make_room<T>(out: &mut Vec<T>, more: usize) {
    if out.capacity() == 0 {
        // Shorter than a reallocation.
        *out = Vec::with_capacity(more);
    } else {
        out.reserve(more);
    }
}

/// What an iterator gives, in a vector that has room for its least length at once.
#[inline]
pub(crate) fn gathered<T>(items: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    let mut out = Vec::new();
    gather_onto(&mut out, items)?;
    Ok(out)
}

/// Appends what an iterator gives, up to an error, to an empty vector.
#[inline]
pub(crate) fn gather_onto<T>(
    out: &mut Vec<T>,
    items: impl Iterator<Item = Result<T>>,
) -> Result<()> {
    // Not `collect`: through `Result` it loses the lower bound of the length.
    make_room(out, items.size_hint().0.min(1 << 20));
    for item in items {
        out.push(item?);
    }
    Ok(())
}

/// `a is b or a == b`: what `in`, `index`, `count`, `remove` and keys ask.
#[inline]
pub(crate) fn same<T: Py>(a: &T, b: &T) -> Result<bool> {
    Ok(a.py_is(b) || a.py_eq(b)?)
}

/// One of the four order operators.
#[derive(Clone, Copy)]
pub(crate) enum Order {
    Lt,
    Le,
    Gt,
    Ge,
}

impl Order {
    pub(crate) fn of<T: Py>(self, a: &T, b: &T) -> Result<bool> {
        match self {
            Order::Lt => a.py_lt(b),
            Order::Le => a.py_le(b),
            Order::Gt => a.py_gt(b),
            Order::Ge => a.py_ge(b),
        }
    }

    pub(crate) fn of_lens(self, a: usize, b: usize) -> bool {
        match self {
            Order::Lt => a < b,
            Order::Le => a <= b,
            Order::Gt => a > b,
            Order::Ge => a >= b,
        }
    }
}

/// Lexicographic order of two sequences that may change while user code compares:
/// `get` gives the element at an index, or `None` past the present end.
pub(crate) fn lexicographic<T: Py>(
    order: Order,
    a: impl Fn(usize) -> Option<T>,
    b: impl Fn(usize) -> Option<T>,
    lens: impl Fn() -> (usize, usize),
) -> Result<bool> {
    let mut at = 0;
    while let (Some(x), Some(y)) = (a(at), b(at)) {
        if !same(&x, &y)? {
            return order.of(&x, &y);
        }
        at += 1;
    }
    let (a_len, b_len) = lens();
    Ok(order.of_lens(a_len, b_len))
}

thread_local! {
    static SHOWN: std::cell::RefCell<Vec<usize>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// Marks the container at `address` as being shown; `None` when it already is, which
/// prints as an ellipsis (`Py_ReprEnter`).
pub(crate) fn enter_repr(address: usize) -> Option<Showing> {
    SHOWN.with_borrow_mut(|shown| {
        if let Some(at) = shown.iter().position(|other| *other == address) {
            // The tuple without an address may be one that stands inside of it.
            let boxed = shown[at + 1..]
                .iter()
                .any(|it| *it > TUPLE && it & TUPLE != 0);
            if boxed && shown[..at].contains(&TUPLE) {
                crate::entry::unsupported("showing a tuple that holds itself");
            }
            return None;
        }
        shown.push(address);
        Some(Showing)
    })
}

/// As `enter_repr`, for a tuple that is not behind a handle.
pub(crate) fn enter_repr_of_tuple() -> Showing {
    SHOWN.with_borrow_mut(|shown| shown.push(TUPLE));
    Showing
}

/// Marks the even address of a tuple; alone, a tuple without one.
pub(crate) const TUPLE: usize = 1;

/// Lives as long as the container is being shown.
pub(crate) struct Showing;

impl Drop for Showing {
    fn drop(&mut self) {
        SHOWN.with_borrow_mut(|shown| shown.pop());
    }
}

/// The value itself if it is of type `B`: how a container of `Value` boxes as an alias.
#[inline]
pub(crate) fn cast<A: 'static, B: Clone + 'static>(a: &A) -> Option<B> {
    (a as &dyn std::any::Any).downcast_ref::<B>().cloned()
}
