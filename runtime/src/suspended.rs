//! Generators and coroutines as suspended `async` blocks.
//!
//! A generator body is an `async` block that the compiler wrote; `yield` parks a
//! value in a shared channel and suspends once. Nothing here needs an executor: the
//! consumer polls with a waker that does nothing (as the `genawaiter` crate does).

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::exc::{GENERATOR_EXIT, STOP_ITERATION};
use crate::generator::{COROUTINE, Resume, Source, Suspension};
use crate::{Exc, Iter, Py, Result, Value};

/// What a generator's body and its consumer share.
pub struct Channel<T> {
    kind: &'static str,
    /// The value that `yield` parked.
    out: Cell<Option<T>>,
    /// Whether `input` holds anything but `Next`: a plain `next` never touches it.
    woken: Cell<bool>,
    input: Cell<Resume>,
}

impl<T> Channel<T> {
    fn new(kind: &'static str) -> Rc<Self> {
        Rc::new(Channel {
            kind,
            out: Cell::new(None),
            woken: Cell::new(false),
            input: Cell::new(Resume::Next),
        })
    }

    fn wake(&self, with: Resume) {
        self.input.set(with);
        self.woken.set(true);
    }

    /// The GeneratorExit that wakes the generator now, left where it is.
    #[inline]
    fn exit(&self) -> Option<Exc> {
        if self.woken.get() {
            self.thrown()
        } else {
            None
        }
    }

    #[cold]
    fn thrown(&self) -> Option<Exc> {
        let input = self.input.replace(Resume::Next);
        let exit = match &input {
            Resume::Throw(exc) if exc.matches(&GENERATOR_EXIT) => Some(exc.clone()),
            _ => None,
        };
        self.input.set(input);
        exit
    }

    /// What `error` is outside of the body that it leaves: no StopIteration (PEP 479).
    fn leaving(&self, error: Exc) -> Exc {
        leaving(self.kind, error)
    }
}

#[cold]
fn leaving(kind: &str, error: Exc) -> Exc {
    if !error.matches(&STOP_ITERATION) {
        return error;
    }
    let outside = Exc::runtime_error(format!("{kind} raised StopIteration"));
    outside.during(&error).raise_from(Some(error))
}

/// What `error` is once it leaves a coroutine.
pub fn in_coroutine(error: Exc) -> Exc {
    leaving(COROUTINE, error)
}

/// What `error` is once it leaves a generator.
pub fn in_generator(error: Exc) -> Exc {
    leaving("generator", error)
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
        if inner.is_coroutine() && self.0.kind != COROUTINE {
            return Err(Exc::type_error(
                "cannot 'yield from' a coroutine object in a non-coroutine generator",
            ));
        }
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

    /// `await` or `yield from` of a call: runs the callee's `steps` in this generator's
    /// place. What is sent and thrown reaches the innermost of them by itself.
    pub async fn nested<R>(&self, steps: impl Future<Output = Result<R>>) -> Result<R> {
        let mut steps = pin!(steps);
        poll_fn(|cx| self.drive(steps.as_mut(), cx)).await
    }

    #[inline]
    fn drive<R>(
        &self,
        mut steps: Pin<&mut impl Future<Output = Result<R>>>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<R>> {
        let _frame = match crate::entry::enter_frame() {
            Ok(frame) => frame,
            Err(error) => {
                self.0.woken.set(false);
                return Poll::Ready(Err(error));
            }
        };
        if let Some(exit) = self.0.exit() {
            return Poll::Ready(Err(self.close(steps, cx, exit)));
        }
        match steps.as_mut().poll(cx) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(self.0.leaving(error))),
            other => other,
        }
    }

    /// Closes what `steps` runs; the exception that goes on where it was called.
    #[cold]
    fn close<R>(
        &self,
        mut steps: Pin<&mut impl Future<Output = Result<R>>>,
        cx: &mut Context<'_>,
        exit: Exc,
    ) -> Exc {
        let mut close = || {
            self.0
                .wake(Resume::Throw(Exc::new(&GENERATOR_EXIT, Vec::new())));
            steps.as_mut().poll(cx)
        };
        match close() {
            Poll::Ready(Err(error)) if !error.matches(&GENERATOR_EXIT) => self.0.leaving(error),
            Poll::Ready(_) => exit,
            Poll::Pending => {
                // It goes away now, which closes it once more.
                self.0.out.set(None);
                if close().is_pending() {
                    self.0.out.set(None);
                }
                Exc::runtime_error(format!("{} ignored GeneratorExit", self.0.kind))
            }
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
                    Err(error) => Some(Err(self.channel.leaving(error))),
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
            self.channel.wake(Resume::Throw(exc));
        } else if self.started {
            self.channel.wake(with);
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
    let channel = Channel::new(kind);
    let future = Some(Box::pin(body(Yielder(channel.clone()))));
    let body = Body {
        future,
        channel,
        started: false,
        returned: None,
    };
    Iter::from_source(kind, body)
}

/// A generator or coroutine whose body never suspends: `body` gives its one result.
struct AtOnce<B, R> {
    kind: &'static str,
    body: Option<B>,
    returned: Option<R>,
}

impl<T, R: Py, B: FnOnce() -> Result<R>> Source<T> for AtOnce<B, R> {
    fn step(&mut self) -> Option<Result<T>> {
        match self.body.take()?() {
            Ok(value) => {
                self.returned = Some(value);
                None
            }
            Err(error) => Some(Err(leaving(self.kind, error))),
        }
    }
    fn resume(&mut self, with: Resume) -> Option<Option<Result<T>>> {
        if let Resume::Throw(exc) = with {
            self.body = None;
            return Some(Some(Err(exc)));
        }
        Some(self.step())
    }
    fn take_returned(&mut self) -> Option<Value> {
        Some(self.returned.take()?.to_value())
    }
    fn suspended(&self) -> Suspension {
        match self.body {
            Some(_) => Suspension::Fresh,
            None => Suspension::Ended,
        }
    }
    fn abandon(&mut self) {
        self.body = None;
    }
}

/// What calling an `async def` gives that awaits nothing but others like it.
pub fn coroutine_at_once<T: Py, R: Py>(body: impl FnOnce() -> Result<R> + 'static) -> Iter<T> {
    at_once(COROUTINE, body)
}

/// A generator that never yields.
pub fn generator_at_once<T: Py, R: Py>(body: impl FnOnce() -> Result<R> + 'static) -> Iter<T> {
    at_once("generator", body)
}

fn at_once<T: Py, R: Py>(
    kind: &'static str,
    body: impl FnOnce() -> Result<R> + 'static,
) -> Iter<T> {
    let source = AtOnce {
        kind,
        body: Some(body),
        returned: None,
    };
    Iter::from_source(kind, source)
}
