//! Iterator objects, and generators as suspended `async` blocks.
//!
//! A generator body is an `async` block that the compiler wrote; `yield` parks a
//! value in a shared cell and suspends once. Nothing here needs an executor: the
//! consumer polls with a waker that does nothing (the technique of the
//! `genawaiter` crate, in safe std Rust).

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::{Exc, Iterable, Py, Result, Value};

type Step<T> = dyn FnMut() -> Option<Result<T>>;

/// Any Python iterator: shared, single pass.
pub struct Iter<T>(Rc<IterData<T>>);

struct IterData<T> {
    /// `generator`, `list_iterator`, `map`, …
    kind: &'static str,
    step: RefCell<Box<Step<T>>>,
}

impl<T> Clone for Iter<T> {
    fn clone(&self) -> Self {
        Iter(self.0.clone())
    }
}

impl<T: Py> Iter<T> {
    /// Wraps a Rust iterator; `kind` is what `type(x).__name__` says.
    pub fn new(kind: &'static str, mut inner: impl Iterator<Item = Result<T>> + 'static) -> Self {
        let mut done = false;
        Iter(Rc::new(IterData {
            kind,
            step: RefCell::new(Box::new(move || {
                if done {
                    return None;
                }
                let item = inner.next();
                done = !matches!(item, Some(Ok(_)));
                item
            })),
        }))
    }

    /// `next(self)` without the StopIteration.
    pub fn step(&self) -> Option<Result<T>> {
        match self.0.step.try_borrow_mut() {
            Ok(mut step) => step(),
            Err(_) => Some(Err(Exc::value_error(format!("{} already executing", self.0.kind)))),
        }
    }

    /// `next(self)`.
    pub fn next(&self) -> Result<T> {
        self.step().unwrap_or_else(|| Err(Exc::stop_iteration()))
    }

    /// `next(self, default)`.
    pub fn next_or(&self, default: T) -> Result<T> {
        self.step().unwrap_or(Ok(default))
    }
}

impl<T: Py> Iterable for Iter<T> {
    type Item = T;
    fn py_iter(&self) -> impl Iterator<Item = Result<T>> + 'static {
        let this = self.clone();
        std::iter::from_fn(move || this.step())
    }
}

impl<T: Py> Py for Iter<T> {
    fn py_type_name(&self) -> &'static str {
        self.0.kind
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<{} object at {:#x}>", self.0.kind, Rc::as_ptr(&self.0) as *const () as usize));
        Ok(())
    }
    fn py_truth(&self) -> Result<bool> {
        Ok(true)
    }
    fn py_eq(&self, other: &Self) -> Result<bool> {
        Ok(self.py_is(other))
    }
    fn py_hash(&self) -> Result<i64> {
        Ok((Rc::as_ptr(&self.0) as *const () as usize >> 4) as i64)
    }
    fn py_is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
    fn to_value(&self) -> Value {
        let this = self.clone();
        Value::Iter(Iter::new(self.0.kind, this.py_iter().map(|item| item.map(|v| v.to_value()))))
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Iter(inner) => {
                let walk = inner.py_iter();
                Some(Iter::new(
                    inner.0.kind,
                    walk.map(|item| {
                        let item = item?;
                        T::from_value(&item).ok_or_else(|| crate::func::wrong_type(&item))
                    }),
                ))
            }
            _ => None,
        }
    }
}

/// The generator body's end of the channel.
pub struct Yielder<T>(Rc<Cell<Option<T>>>);

impl<T> Yielder<T> {
    /// `yield value`.
    pub fn give(&self, value: T) -> impl Future<Output = ()> + use<T> {
        self.0.set(Some(value));
        let mut parked = false;
        std::future::poll_fn(move |_| {
            if parked {
                Poll::Ready(())
            } else {
                parked = true;
                Poll::Pending
            }
        })
    }
}

/// A generator: `body` runs up to its first `give` when the first item is asked for.
pub fn generator<T, F, B>(body: B) -> Iter<T>
where
    T: Py,
    F: Future<Output = Result<()>> + 'static,
    B: FnOnce(Yielder<T>) -> F,
{
    let slot = Rc::new(Cell::new(None));
    let mut future: Pin<Box<F>> = Box::pin(body(Yielder(slot.clone())));
    let mut done = false;
    Iter::new(
        "generator",
        std::iter::from_fn(move || {
            if done {
                return None;
            }
            match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Pending => Some(Ok(slot.take().expect("a generator parked without a value"))),
                Poll::Ready(end) => {
                    done = true;
                    // PEP 479: StopIteration must not leak out of a generator body.
                    end.err().map(|e| {
                        Err(if e.matches(&crate::exc::STOP_ITERATION) {
                            Exc::runtime_error("generator raised StopIteration")
                        } else {
                            e
                        })
                    })
                }
            }
        }),
    )
}
