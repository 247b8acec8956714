//! Iterator objects, and generators as suspended `async` blocks.
//!
//! A generator body is an `async` block that the compiler wrote; `yield` parks a
//! value in a shared channel and suspends once. Nothing here needs an executor: the
//! consumer polls with a waker that does nothing (as the `genawaiter` crate does).

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::exc::{GENERATOR_EXIT, STOP_ITERATION};
use crate::{Exc, Iterable, Py, Result, Value};

/// What wakes a suspended generator.
pub enum Resume {
    Next,
    Send(Value),
    Throw(Exc),
}

/// Where an iterator's items come from.
trait Source<T> {
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
enum Suspension {
    NotAGenerator,
    Fresh,
    Suspended,
    Ended,
}

const COROUTINE: &str = "coroutine";

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
    fn from_source(kind: &'static str, source: impl Source<T> + 'static) -> Self {
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

    fn resume(&self, method: &str, with: Resume) -> Option<Result<T>> {
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

    /// A coroutine runs once.
    fn awaitable(&self) -> Result<()> {
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

/// What a generator's body and its consumer share.
pub struct Channel<T> {
    /// The value that `yield` parked.
    out: Cell<Option<T>>,
    /// Whether `input` holds anything but `Next`: a plain `next` never touches it.
    woken: Cell<bool>,
    input: Cell<Resume>,
}

/// The generator body's end of the channel.
pub struct Yielder<T>(Rc<Channel<T>>);

impl<T> Clone for Yielder<T> {
    #[inline]
    fn clone(&self) -> Self {
        Yielder(self.0.clone())
    }
}

/// A `yield` in progress: parks its value once, then takes what woke it.
pub struct Exchange<'a, T> {
    channel: &'a Channel<T>,
    value: Option<T>,
}

// Nothing is pinned through an `Exchange`: its value moves out.
impl<T> Unpin for Exchange<'_, T> {}

impl<T> Exchange<'_, T> {
    #[inline]
    fn advance(&mut self) -> Poll<Result<Value>> {
        if let Some(value) = self.value.take() {
            self.channel.out.set(Some(value));
            return Poll::Pending;
        }
        if self.channel.woken.get() {
            self.woken()
        } else {
            Poll::Ready(Ok(Value::None))
        }
    }

    #[cold]
    fn woken(&self) -> Poll<Result<Value>> {
        self.channel.woken.set(false);
        Poll::Ready(match self.channel.input.replace(Resume::Next) {
            Resume::Next => Ok(Value::None),
            Resume::Send(value) => Ok(value),
            Resume::Throw(exc) => Err(exc),
        })
    }
}

impl<T> Future for Exchange<'_, T> {
    type Output = Result<Value>;
    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<Value>> {
        self.advance()
    }
}

/// An [`Exchange`] whose value nobody wants.
pub struct Give<'a, T>(Exchange<'a, T>);

impl<T> Unpin for Give<'_, T> {}

impl<T> Future for Give<'_, T> {
    type Output = Result<()>;
    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        self.0.advance().map(|result| result.map(drop))
    }
}

impl<T: Py> Yielder<T> {
    /// `yield value` whose result is not used; the error is what `throw` or `close` sent.
    #[inline]
    pub fn give(&self, value: T) -> Give<'_, T> {
        Give(self.exchange(value))
    }

    /// `yield value` as an expression: what `send` sent, else `None`.
    #[inline]
    pub fn exchange(&self, value: T) -> Exchange<'_, T> {
        Exchange {
            channel: &self.0,
            value: Some(value),
        }
    }

    /// `yield from inner`, an iterator object: passes on `send`, `throw` and `close`;
    /// the result is what `inner` returned (PEP 380).
    pub async fn delegate(&self, inner: Iter<T>) -> Result<Value> {
        inner.awaitable()?;
        let mut item = inner.step();
        loop {
            let value = match item {
                None => return Ok(inner.returned()),
                Some(result) => result?,
            };
            item = match self.exchange(value).await {
                Ok(Value::None) => inner.step(),
                Ok(sent) => inner.resume("send", Resume::Send(sent)),
                Err(exc) if exc.matches(&GENERATOR_EXIT) => {
                    if inner.is_generator() {
                        inner.close()?;
                    }
                    return Err(exc);
                }
                Err(exc) if inner.is_generator() => inner.resume("throw", Resume::Throw(exc)),
                Err(exc) => return Err(exc),
            };
        }
    }

    /// `yield from items`, anything else that can be walked.
    pub async fn give_all(&self, items: impl Iterator<Item = Result<T>>) -> Result<()> {
        for item in items {
            self.give(item?).await?;
        }
        Ok(())
    }
}

struct Body<T: Py, R: Py, F: Future<Output = Result<R>>> {
    kind: &'static str,
    future: Option<Pin<Box<F>>>,
    channel: Rc<Channel<T>>,
    started: bool,
    returned: Option<Value>,
}

impl<T: Py, R: Py, F: Future<Output = Result<R>>> Body<T, R, F> {
    fn run(&mut self) -> Option<Result<T>> {
        let future = self.future.as_mut()?;
        let _frame = match crate::entry::enter_frame() {
            Ok(frame) => frame,
            Err(error) => return Some(Err(error)),
        };
        self.started = true;
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Pending => match self.channel.out.take() {
                Some(value) => Some(Ok(value)),
                None => Some(Err(Exc::runtime_error(
                    "portalis: a generator awaited something",
                ))),
            },
            Poll::Ready(end) => {
                self.future = None;
                match end {
                    Ok(value) => {
                        self.returned = Some(value.to_value());
                        None
                    }
                    // PEP 479: StopIteration must not leak out of a generator body.
                    Err(e) if e.matches(&STOP_ITERATION) => {
                        let error =
                            Exc::runtime_error(format!("{} raised StopIteration", self.kind));
                        Some(Err(error.during(&e).raise_from(Some(e))))
                    }
                    Err(e) => Some(Err(e)),
                }
            }
        }
    }
}

impl<T: Py, R: Py, F: Future<Output = Result<R>>> Source<T> for Body<T, R, F> {
    #[inline]
    fn step(&mut self) -> Option<Result<T>> {
        self.run()
    }
    fn resume(&mut self, with: Resume) -> Option<Option<Result<T>>> {
        if let Resume::Throw(exc) = with {
            if !self.started || self.future.is_none() {
                self.future = None;
                return Some(Some(Err(exc)));
            }
            self.channel.input.set(Resume::Throw(exc));
            self.channel.woken.set(true);
        } else if self.started {
            self.channel.input.set(with);
            self.channel.woken.set(true);
        }
        Some(self.run())
    }
    #[inline]
    fn take_returned(&mut self) -> Option<Value> {
        self.returned.take()
    }
    fn suspended(&self) -> Suspension {
        match (&self.future, self.started) {
            (None, _) => Suspension::Ended,
            (Some(_), false) => Suspension::Fresh,
            (Some(_), true) => Suspension::Suspended,
        }
    }
    fn abandon(&mut self) {
        self.future = None;
    }
}

/// Runs the `finally` blocks of a generator that is dropped while suspended.
impl<T: Py, R: Py, F: Future<Output = Result<R>>> Drop for Body<T, R, F> {
    fn drop(&mut self) {
        if self.suspended() == Suspension::Suspended && !std::thread::panicking() {
            self.resume(Resume::Throw(Exc::new(&GENERATOR_EXIT, Vec::new())));
        }
    }
}

/// A generator: `body` runs up to its first `give` when the first item is asked for.
pub fn generator<T, R, F, B>(body: B) -> Iter<T>
where
    T: Py,
    R: Py,
    F: Future<Output = Result<R>> + 'static,
    B: FnOnce(Yielder<T>) -> F,
{
    suspended("generator", body)
}

/// What calling an `async def` gives.
pub fn coroutine<T, R, F, B>(body: B) -> Iter<T>
where
    T: Py,
    R: Py,
    F: Future<Output = Result<R>> + 'static,
    B: FnOnce(Yielder<T>) -> F,
{
    suspended(COROUTINE, body)
}

fn suspended<T, R, F, B>(kind: &'static str, body: B) -> Iter<T>
where
    T: Py,
    R: Py,
    F: Future<Output = Result<R>> + 'static,
    B: FnOnce(Yielder<T>) -> F,
{
    let channel = Rc::new(Channel {
        out: Cell::new(None),
        woken: Cell::new(false),
        input: Cell::new(Resume::Next),
    });
    let future = Some(Box::pin(body(Yielder(channel.clone()))));
    let body = Body {
        kind,
        future,
        channel,
        started: false,
        returned: None,
    };
    Iter::from_source(kind, body)
}
