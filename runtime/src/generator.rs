//! Iterator objects: whatever gives items, behind one type, with `send`, `throw` and
//! `close` where it is a generator.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::exc::{GENERATOR_EXIT, STOP_ITERATION};
use crate::{Exc, Iterable, Py, Result, Value};

/// What wakes a suspended generator.
pub(crate) enum Resume {
    Next,
    Send(Value),
    Throw(Exc),
}

/// Where an iterator's items come from.
pub(crate) trait Source<T> {
    fn step(&mut self) -> Option<Result<T>>;
    /// `send` and `throw`; `None` in the first place: not a generator.
    fn resume(&mut self, with: Resume) -> Option<Option<Result<T>>> {
        drop(with);
        None
    }
    /// What `return` gave, once.
    #[inline]
    fn take_returned(&mut self) -> Option<Value> {
        None
    }
    /// A generator that was started and has not ended.
    #[inline]
    fn suspended(&self) -> Suspension {
        Suspension::NotAGenerator
    }
    /// A generator that never ran ends without running.
    fn abandon(&mut self) {}
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Suspension {
    NotAGenerator,
    Fresh,
    Suspended,
    Ended,
}

pub(crate) const COROUTINE: &str = "coroutine";

/// Any Python iterator: shared, single pass.
pub struct Iter<T>(Rc<IterData<dyn Source<T>>>);

struct IterData<S: ?Sized> {
    /// `generator`, `list_iterator`, `map`, …
    kind: &'static str,
    source: RefCell<S>,
}

impl<T> Clone for Iter<T> {
    #[inline]
    fn clone(&self) -> Self {
        Iter(self.0.clone())
    }
}

struct Walk<I> {
    inner: I,
    done: bool,
}

impl<T, I: Iterator<Item = Result<T>>> Source<T> for Walk<I> {
    #[inline]
    fn step(&mut self) -> Option<Result<T>> {
        if self.done {
            return None;
        }
        let item = self.inner.next();
        self.done = item.is_none();
        item
    }
}

impl<T: Py> Iter<T> {
    /// Wraps a Rust iterator; `kind` is what `type(x).__name__` says.
    #[inline]
    pub fn new(kind: &'static str, inner: impl Iterator<Item = Result<T>> + 'static) -> Self {
        Iter::from_source(kind, Walk { inner, done: false })
    }

    #[inline]
    pub(crate) fn from_source(kind: &'static str, source: impl Source<T> + 'static) -> Self {
        Iter(Rc::new(IterData {
            kind,
            source: RefCell::new(source),
        }))
    }

    /// `next(self)` without the StopIteration.
    #[inline]
    pub fn step(&self) -> Option<Result<T>> {
        match self.0.source.try_borrow_mut() {
            Ok(mut source) => source.step(),
            Err(_) => Some(Err(self.busy())),
        }
    }

    #[cold]
    fn busy(&self) -> Exc {
        Exc::value_error(format!("{} already executing", self.0.kind))
    }

    /// `next(self)`.
    #[inline]
    pub fn next(&self) -> Result<T> {
        self.step().unwrap_or_else(|| Err(self.exhausted()))
    }

    /// `next(self, default)`.
    #[inline]
    pub fn next_or(&self, default: T) -> Result<T> {
        self.step().unwrap_or(Ok(default))
    }

    /// The StopIteration that an ended iterator raises, with the generator's result.
    #[cold]
    fn exhausted(&self) -> Exc {
        match self.returned() {
            Value::None => Exc::stop_iteration(),
            value => Exc::new(&STOP_ITERATION, vec![value]),
        }
    }

    /// What the generator's `return` gave, handed out once; `None` otherwise.
    pub fn returned(&self) -> Value {
        let taken = self
            .0
            .source
            .try_borrow_mut()
            .ok()
            .and_then(|mut s| s.take_returned());
        taken.unwrap_or(Value::None)
    }

    pub(crate) fn resume(&self, method: &str, with: Resume) -> Option<Result<T>> {
        let Ok(mut source) = self.0.source.try_borrow_mut() else {
            return Some(Err(self.busy()));
        };
        source.resume(with).unwrap_or_else(|| {
            Some(Err(Exc::attribute_error(format!(
                "'{}' object has no attribute '{method}'",
                self.0.kind
            ))))
        })
    }

    /// `self.send(value)`.
    pub fn send(&self, value: Value) -> Result<T> {
        if !matches!(value, Value::None) && self.suspension() == Suspension::Fresh {
            return Err(Exc::type_error(format!(
                "can't send non-None value to a just-started {}",
                self.0.kind
            )));
        }
        self.awaitable()?;
        self.resume("send", Resume::Send(value))
            .unwrap_or_else(|| Err(self.exhausted()))
    }

    /// `await self`: only coroutines can be awaited.
    pub fn to_await(&self) -> Result<Self> {
        if !self.is_coroutine() {
            let text = format!("object {} can't be used in 'await' expression", self.0.kind);
            return Err(Exc::type_error(text));
        }
        Ok(self.clone())
    }

    /// A coroutine runs once.
    pub(crate) fn awaitable(&self) -> Result<()> {
        if self.is_coroutine() && self.suspension() == Suspension::Ended {
            return Err(Exc::runtime_error("cannot reuse already awaited coroutine"));
        }
        Ok(())
    }

    pub(crate) fn is_coroutine(&self) -> bool {
        self.0.kind == COROUTINE
    }

    /// `self.throw(exc)`.
    #[inline]
    pub fn throw(&self, exc: Exc) -> Result<T> {
        self.awaitable()?;
        self.resume("throw", Resume::Throw(exc))
            .unwrap_or_else(|| Err(self.exhausted()))
    }

    /// `self.close()`.
    pub fn close(&self) -> Result<()> {
        match self.suspension() {
            Suspension::NotAGenerator => Err(Exc::attribute_error(format!(
                "'{}' object has no attribute 'close'",
                self.0.kind
            ))),
            Suspension::Ended => Ok(()),
            Suspension::Fresh => {
                self.0.source.borrow_mut().abandon();
                Ok(())
            }
            Suspension::Suspended => {
                match self.resume(
                    "close",
                    Resume::Throw(Exc::new(&GENERATOR_EXIT, Vec::new())),
                ) {
                    None => Ok(()),
                    Some(Ok(_)) => Err(Exc::runtime_error(format!(
                        "{} ignored GeneratorExit",
                        self.0.kind
                    ))),
                    Some(Err(e)) if e.matches(&GENERATOR_EXIT) => Ok(()),
                    Some(Err(e)) => Err(e),
                }
            }
        }
    }

    fn suspension(&self) -> Suspension {
        match self.0.source.try_borrow() {
            Ok(source) => source.suspended(),
            // Running right now: `resume` reports it.
            Err(_) => Suspension::Suspended,
        }
    }

    /// Whether `send`, `throw` and `close` exist.
    #[inline]
    pub fn is_generator(&self) -> bool {
        self.suspension() != Suspension::NotAGenerator
    }

    #[inline]
    pub(crate) fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as *const () as usize
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
        out.push_str(&format!(
            "<{} object at {:#x}>",
            self.0.kind,
            self.address()
        ));
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(true)
    }
    #[inline]
    fn py_eq(&self, other: &Self) -> Result<bool> {
        Ok(self.py_is(other))
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok((self.address() >> 4) as i64)
    }
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self.address() == other.address()
    }
    fn to_value(&self) -> Value {
        if let Some(same) = (self as &dyn Any).downcast_ref::<Iter<Value>>() {
            return Value::Iter(same.clone());
        }
        let boxed = Convert {
            inner: self.clone(),
            convert: |item: T| Ok(item.to_value()),
        };
        Value::Iter(Iter::from_source(self.0.kind, boxed))
    }
    fn from_value(value: &Value) -> Option<Self> {
        let Value::Iter(inner) = value else {
            return None;
        };
        if let Some(same) = (inner as &dyn Any).downcast_ref::<Iter<T>>() {
            return Some(same.clone());
        }
        let convert =
            |item: Value| T::from_value(&item).ok_or_else(|| crate::func::wrong_type(&item));
        Some(Iter::from_source(
            inner.0.kind,
            Convert {
                inner: inner.clone(),
                convert,
            },
        ))
    }
}

/// The same iterator seen with items of another static type.
struct Convert<A, F> {
    inner: Iter<A>,
    convert: F,
}

impl<A: Py, B, F: FnMut(A) -> Result<B>> Source<B> for Convert<A, F> {
    #[inline]
    fn step(&mut self) -> Option<Result<B>> {
        Some(self.inner.step()?.and_then(&mut self.convert))
    }
    fn resume(&mut self, with: Resume) -> Option<Option<Result<B>>> {
        let Ok(mut source) = self.inner.0.source.try_borrow_mut() else {
            return Some(Some(Err(self.inner.busy())));
        };
        let resumed = source.resume(with)?;
        drop(source);
        Some(resumed.map(|item| item.and_then(&mut self.convert)))
    }
    #[inline]
    fn take_returned(&mut self) -> Option<Value> {
        self.inner.0.source.try_borrow_mut().ok()?.take_returned()
    }
    #[inline]
    fn suspended(&self) -> Suspension {
        self.inner.suspension()
    }
    fn abandon(&mut self) {
        if let Ok(mut source) = self.inner.0.source.try_borrow_mut() {
            source.abandon();
        }
    }
}
