//! Standard streams that the program put something else in the place of, for a while: what is
//! written goes to functions.

use std::cell::{Cell, RefCell};

use crate::core::Show;
use crate::object::Args;
use crate::{Result, Str, Value, dynamic};

/// What writes, and what flushes.
type Target = (Value, Value);

thread_local! {
    static ACTIVE: [Cell<bool>; 2] = const { [Cell::new(false), Cell::new(false)] };
    static TARGETS: [RefCell<Vec<Target>>; 2] =
        const { [RefCell::new(Vec::new()), RefCell::new(Vec::new())] };
}

/// Whether standard output (standard error) is redirected.
#[inline]
pub(super) fn is_active(stderr: bool) -> bool {
    ACTIVE.with(|active| active[usize::from(stderr)].get())
}

/// Sends what follows to `write`.
pub fn begin(stderr: bool, write: &Value, flush: &Value) {
    TARGETS.with(|targets| {
        targets[usize::from(stderr)]
            .borrow_mut()
            .push((write.clone(), flush.clone()));
    });
    ACTIVE.with(|active| active[usize::from(stderr)].set(true));
}

/// Ends the last redirection.
pub fn end(stderr: bool) {
    let at = usize::from(stderr);
    let left = TARGETS.with(|targets| {
        let mut targets = targets[at].borrow_mut();
        targets.pop();
        targets.len()
    });
    ACTIVE.with(|active| active[at].set(left > 0));
}

fn target(stderr: bool) -> Target {
    TARGETS.with(|targets| {
        let targets = targets[usize::from(stderr)].borrow();
        targets.last().expect("a redirection is active").clone()
    })
}

#[cold]
pub(super) fn write(stderr: bool, text: &str) -> Result<()> {
    let (write, _) = target(stderr);
    dynamic::call(&write, Args::of(vec![Value::Str(Str::from(text))]))?;
    Ok(())
}

#[cold]
pub(super) fn flush(stderr: bool) -> Result<()> {
    let (_, flush) = target(stderr);
    dynamic::call(&flush, Args::none())?;
    Ok(())
}

/// `print`: each piece is written by itself.
#[cold]
pub(super) fn print(
    parts: &[&dyn Show],
    sep: &str,
    end: &str,
    stderr: bool,
    flush_now: bool,
) -> Result<()> {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            write(stderr, sep)?;
        }
        let mut text = String::new();
        part.show(&mut text)?;
        write(stderr, &text)?;
    }
    write(stderr, end)?;
    if flush_now { flush(stderr) } else { Ok(()) }
}
