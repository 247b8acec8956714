//! Standard streams: `print`, `input`, `sys.stdout`, `sys.stderr`, `sys.stdin`.
//!
//! Standard output is one buffer of the thread that runs the program. It is written
//! when it is full, at the end, before input is read, before an error is shown, and
//! at the end of every line when it is a terminal.

pub mod redirect;

use std::cell::{Cell, UnsafeCell};
use std::io::{IsTerminal, Read, Write};
use std::mem::ManuallyDrop;

use crate::entry::unsupported;
use crate::exc::{EOF_ERROR, UNICODE_DECODE_ERROR};
use crate::{Exc, Iter, Py, Result, Str, Value, core::Show};

/// Bytes of standard output that wait.
const FULL_BYTES: usize = 1 << 16;

/// Invariant: a reference to the content never outlives one function of this module
/// and no user code runs meanwhile.
struct Buffer(UnsafeCell<ManuallyDrop<Vec<u8>>>);

thread_local! {
    // Without a destructor, so that access is one address computation.
    static OUT: Buffer = const { Buffer(UnsafeCell::new(ManuallyDrop::new(Vec::new()))) };
    static LINES: Cell<Option<bool>> = const { Cell::new(None) };
    static SCRATCH: Cell<ManuallyDrop<String>> = const { Cell::new(ManuallyDrop::new(String::new())) };
    static IN: Stdin = const { Stdin(UnsafeCell::new(Input { bytes: Vec::new(), at: 0, eof: false })) };
}

#[inline]
fn with_out<R>(f: impl FnOnce(&mut Vec<u8>) -> R) -> R {
    // SAFETY: not Sync, and `f` is code of this module that calls nothing outside.
    OUT.with(|out| f(unsafe { &mut *out.0.get() }))
}

/// Standard output is a terminal.
fn by_lines() -> bool {
    LINES.get().unwrap_or_else(|| {
        let terminal = std::io::stdout().is_terminal();
        LINES.set(Some(terminal));
        terminal
    })
}

#[inline]
fn put(text: &str) -> Result<()> {
    let full = with_out(|out| {
        out.extend_from_slice(text.as_bytes());
        out.len() >= FULL_BYTES
    });
    if full { flush() } else { Ok(()) }
}

/// After a whole `print` or `write`: a terminal sees every line at once.
#[inline]
fn settle() -> Result<()> {
    if by_lines() && with_out(|out| out.contains(&b'\n')) {
        flush()
    } else {
        Ok(())
    }
}

/// What a reader of a terminal waits for while the program sleeps.
pub(crate) fn flush_terminal() -> Result<()> {
    if by_lines() { flush() } else { Ok(()) }
}

/// `sys.stdout.flush()`; `BrokenPipeError` and its kin.
pub fn flush() -> Result<()> {
    let mut waiting = with_out(std::mem::take);
    if waiting.is_empty() {
        return Ok(());
    }
    let done = write_all(1, &waiting);
    waiting.clear();
    // Keep the allocation. What could not be written is dropped, as a second try at
    // the end of the program must fail without it too.
    with_out(|out| {
        if out.is_empty() {
            *out = waiting;
        }
    });
    done.map_err(|error| Exc::os_error(&error, None))
}

fn write_all(fd: i32, bytes: &[u8]) -> std::io::Result<()> {
    // `Stdout` of std would buffer again and look for line ends.
    use std::os::fd::FromRawFd;
    // SAFETY: the descriptor stays open: `ManuallyDrop` never closes it.
    let mut file = ManuallyDrop::new(unsafe { std::fs::File::from_raw_fd(fd) });
    file.write_all(bytes)
}

/// Appends `str(part)` to the output with the piece formatted first: it may print itself.
#[inline]
fn put_part(part: &dyn Show, stderr: bool) -> Result<()> {
    let mut scratch = ManuallyDrop::into_inner(SCRATCH.take());
    scratch.clear();
    let shown = part.show(&mut scratch);
    let written = match shown {
        Ok(()) if stderr => put_error(&scratch),
        Ok(()) => put(&scratch),
        Err(e) => Err(e),
    };
    if scratch.capacity() <= FULL_BYTES {
        drop(ManuallyDrop::into_inner(
            SCRATCH.replace(ManuallyDrop::new(scratch)),
        ));
    }
    written
}

fn put_error(text: &str) -> Result<()> {
    if by_lines() {
        flush()?;
    }
    // A program whose stderr is closed goes on.
    let _ = write_all(2, text.as_bytes());
    Ok(())
}

/// `print(*parts)`.
#[inline]
pub fn print(parts: &[&dyn Show]) -> Result<()> {
    if redirect::is_active(false) {
        return redirect::print(parts, " ", "\n", false, false);
    }
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            put(" ")?;
        }
        put_part(*part, false)?;
    }
    put("\n")?;
    settle()
}

/// `print(text)`.
#[inline]
pub fn print_str(text: &Str) -> Result<()> {
    if redirect::is_active(false) {
        return redirect::print(&[text], " ", "\n", false, false);
    }
    put(text.as_str())?;
    put("\n")?;
    settle()
}

/// `print(*parts, sep=sep, end=end, file=sys.stderr or sys.stdout, flush=flush)`.
pub fn print_to(
    parts: &[&dyn Show],
    sep: Option<&Str>,
    end: Option<&Str>,
    stderr: bool,
    flush_now: bool,
) -> Result<()> {
    if redirect::is_active(stderr) {
        let (sep, end) = (
            sep.map_or(" ", |s| s.as_str()),
            end.map_or("\n", |s| s.as_str()),
        );
        return redirect::print(parts, sep, end, stderr, flush_now);
    }
    let write = |text: &str| if stderr { put_error(text) } else { put(text) };
    let sep = sep.map_or(" ", |s| s.as_str());
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            write(sep)?;
        }
        put_part(*part, stderr)?;
    }
    write(end.map_or("\n", |s| s.as_str()))?;
    if stderr {
        return Ok(());
    }
    if flush_now { flush() } else { settle() }
}

/// `print(*parts)` of values that are only known when it runs, keywords included.
pub fn print_values(mut args: crate::Args) -> Result<()> {
    let mut text = |name: &str| match args.take_keyword(name) {
        None | Some(Value::None) => Ok(None),
        Some(Value::Str(text)) => Ok(Some(text)),
        Some(other) => Err(Exc::type_error(format!(
            "{name} must be None or a string, not {}",
            other.py_type_name()
        ))),
    };
    let sep = text("sep")?;
    let end = text("end")?;
    let flush_now = args
        .take_keyword("flush")
        .map_or(Ok(false), |v| v.py_truth())?;
    let stderr = match args.take_keyword("file") {
        None | Some(Value::None) => false,
        Some(_) => unsupported("printing to a dynamic file"),
    };
    if let Some((name, _)) = args.keywords.first() {
        return Err(Exc::type_error(format!(
            "'{}' is an invalid keyword argument for print()",
            name.as_str()
        )));
    }
    let parts: Vec<&dyn Show> = args.positional.iter().map(|v| v as &dyn Show).collect();
    print_to(&parts, sep.as_ref(), end.as_ref(), stderr, flush_now)
}

/// `sys.stdout.write(text)`: the number of code points.
pub fn stdout_write(text: &Str) -> Result<i64> {
    if redirect::is_active(false) {
        redirect::write(false, text.as_str())?;
        return Ok(text.len());
    }
    put(text.as_str())?;
    settle()?;
    Ok(text.len())
}

/// `sys.stderr.write(text)`.
pub fn stderr_write(text: &Str) -> Result<i64> {
    if redirect::is_active(true) {
        redirect::write(true, text.as_str())?;
        return Ok(text.len());
    }
    put_error(text.as_str())?;
    Ok(text.len())
}

/// `sys.stdout.flush()`.
pub fn stdout_flush() -> Result<()> {
    if redirect::is_active(false) {
        return redirect::flush(false);
    }
    flush()
}

/// `sys.stderr.flush()`.
pub fn stderr_flush() -> Result<()> {
    if redirect::is_active(true) {
        return redirect::flush(true);
    }
    Ok(())
}

/// Flushes what waits and shows `text` on stderr; used where no exception can go.
pub(crate) fn last_words(text: &str) {
    let _ = flush();
    let _ = write_all(2, text.as_bytes());
}

struct Input {
    bytes: Vec<u8>,
    at: usize,
    eof: bool,
}

/// Invariant: as for `Buffer`.
struct Stdin(UnsafeCell<Input>);

fn with_in<R>(f: impl FnOnce(&mut Input) -> R) -> R {
    // SAFETY: not Sync, and `f` is code of this module that calls nothing outside.
    IN.with(|input| f(unsafe { &mut *input.0.get() }))
}

impl Input {
    /// Reads one more block; `false` at the end.
    fn fill(&mut self) -> std::io::Result<bool> {
        if self.eof {
            return Ok(false);
        }
        if self.at > 0 {
            self.bytes.drain(..self.at);
            self.at = 0;
        }
        let used = self.bytes.len();
        self.bytes.resize(used + FULL_BYTES, 0);
        let got = loop {
            match std::io::stdin().lock().read(&mut self.bytes[used..]) {
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                other => break other,
            }
        };
        let got = match got {
            Ok(n) => n,
            Err(e) => {
                self.bytes.truncate(used);
                return Err(e);
            }
        };
        self.bytes.truncate(used + got);
        self.eof = got == 0;
        Ok(got > 0)
    }

    /// The next line with its `\n`; empty at the end. CPython opens standard input with
    /// `newline="\n"`: a carriage return is a character like others.
    fn line(&mut self) -> std::io::Result<Vec<u8>> {
        let mut searched = 0;
        loop {
            let waiting = &self.bytes[self.at..];
            if let Some(found) = waiting[searched..].iter().position(|b| *b == b'\n') {
                let end = searched + found + 1;
                let line = waiting[..end].to_vec();
                self.at += end;
                return Ok(line);
            }
            searched = waiting.len();
            if !self.fill()? {
                let rest = self.bytes.split_off(self.at);
                self.bytes.clear();
                self.at = 0;
                return Ok(rest);
            }
        }
    }
}

fn decode(bytes: Vec<u8>) -> Result<Str> {
    String::from_utf8(bytes).map(Str::from).map_err(|error| {
        let fault = error.utf8_error();
        let start = fault.valid_up_to();
        let bad = error.as_bytes()[start];
        let (reason, end) = match fault.error_len() {
            None => ("unexpected end of data", error.as_bytes().len()),
            Some(1) if !(0xc2..=0xf4).contains(&bad) => ("invalid start byte", start + 1),
            Some(n) => ("invalid continuation byte", start + n),
        };
        Exc::new(
            &UNICODE_DECODE_ERROR,
            vec![
                Value::from("utf-8"),
                Value::Bytes(crate::bytes::Bytes::from(error.as_bytes().to_vec())),
                Value::from(start as i64),
                Value::from(end as i64),
                Value::from(reason),
            ],
        )
    })
}

fn read_failed(error: std::io::Error) -> Exc {
    Exc::os_error(&error, None)
}

/// `sys.stdin.readline()`: empty at the end.
pub fn stdin_readline() -> Result<Str> {
    flush()?;
    decode(with_in(Input::line).map_err(read_failed)?)
}

/// `sys.stdin.read()`.
pub fn stdin_read() -> Result<Str> {
    flush()?;
    let mut all = Vec::new();
    loop {
        let line = with_in(Input::line).map_err(read_failed)?;
        if line.is_empty() {
            return decode(all);
        }
        all.extend_from_slice(&line);
    }
}

/// `for line in sys.stdin`.
pub fn stdin_lines() -> Iter<Str> {
    Iter::new(
        "_io.TextIOWrapper",
        std::iter::from_fn(|| match stdin_readline() {
            Ok(line) if line.as_str().is_empty() => None,
            other => Some(other),
        }),
    )
}

/// `sys.stdin.readlines()`.
pub fn stdin_readlines() -> Result<crate::List<Str>> {
    let mut lines = Vec::new();
    loop {
        let line = stdin_readline()?;
        if line.as_str().is_empty() {
            return Ok(crate::List::from(lines));
        }
        lines.push(line);
    }
}

/// `input(prompt)`; `EOFError` at the end of standard input.
pub fn input(prompt: Option<&dyn Show>) -> Result<Str> {
    if let Some(prompt) = prompt {
        if redirect::is_active(false) {
            redirect::print(&[prompt], "", "", false, false)?;
        } else {
            put_part(prompt, false)?;
        }
    }
    flush()?;
    let mut line = with_in(Input::line).map_err(read_failed)?;
    if line.is_empty() {
        return Err(Exc::with_message(&EOF_ERROR, "EOF when reading a line"));
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    decode(line)
}
