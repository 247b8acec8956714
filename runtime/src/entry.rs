//! How a translated program starts, fails and ends.

use std::cell::Cell;
use std::process::ExitCode;

use crate::exc::{KEYBOARD_INTERRUPT, SYSTEM_EXIT, traceback_text};
use crate::{Exc, List, Py, Result, Str, Value, io};

/// The stack that the program's thread asks for; pages are only used when touched.
/// Deep recursion and the release of long linked structures need it.
const STACK_BYTES: usize = 1 << 30;
const LEAST_STACK_BYTES: usize = 1 << 22;
/// Kept free at the end of the stack for the runtime's own calls.
const RESERVE_BYTES: usize = 1 << 18;

const PANIC_CODE: u8 = 101;
const REFUSED_CODE: i32 = 70;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static LIMIT: Cell<u32> = const { Cell::new(1000) };
    /// The lowest address that a frame may have; 0: unknown.
    static FLOOR: Cell<usize> = const { Cell::new(0) };
}

/// One Python call that is running; leaving it is dropping this.
pub struct Frame(());

impl Drop for Frame {
    #[inline]
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

/// Enters a call; `RecursionError` beyond the limit or the stack.
#[inline]
pub fn enter_frame() -> Result<Frame> {
    enter("")
}

/// Enters a call of the runtime's own that recurses: ` in comparison`.
#[inline]
pub(crate) fn enter(doing: &'static str) -> Result<Frame> {
    let depth = DEPTH.get();
    let here = &raw const depth as usize;
    if depth >= LIMIT.get() || here < FLOOR.get() {
        return Err(too_deep(doing));
    }
    DEPTH.set(depth + 1);
    Ok(Frame(()))
}

#[cold]
fn too_deep(doing: &str) -> Exc {
    Exc::recursion_error(format!("maximum recursion depth exceeded{doing}"))
}

/// `sys.getrecursionlimit()`.
#[inline]
pub fn recursion_limit() -> i64 {
    LIMIT.get() as i64
}

/// `sys.setrecursionlimit(limit)`.
pub fn set_recursion_limit(limit: i64) -> Result<()> {
    if limit < 1 {
        return Err(Exc::value_error(
            "recursion limit must be greater or equal than 1",
        ));
    }
    let limit = match i32::try_from(limit) {
        Ok(limit) => limit as u32,
        Err(_) => {
            return Err(Exc::overflow_error(
                "Python int too large to convert to C int",
            ));
        }
    };
    let depth = DEPTH.get();
    if depth >= limit {
        return Err(Exc::recursion_error(format!(
            "cannot set the recursion limit to {limit} at the recursion depth {depth}: \
             the limit is too low"
        )));
    }
    LIMIT.set(limit);
    Ok(())
}

/// `main` of a translated program, and its allocator.
#[macro_export]
macro_rules! program {
    ($main:path) => {
        #[global_allocator]
        static BLOCKS: $crate::alloc::Blocks = $crate::alloc::Blocks;

        fn main() -> std::process::ExitCode {
            $crate::entry::run_main($main)
        }
    };
}

/// Runs a translated program and ends the process as CPython would: the output
/// written, an uncaught exception shown, the exit status set.
pub fn run_main(main: fn() -> Result<()>) -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        io::last_words(&format!(
            "portalis: internal error, please report it: {panic}\n"
        ));
        std::process::exit(i32::from(PANIC_CODE));
    }));
    let mut stack = STACK_BYTES;
    loop {
        let started = std::thread::Builder::new()
            .stack_size(stack)
            .spawn(move || {
                let here = 0u8;
                let floor = (&raw const here as usize).saturating_sub(stack) + RESERVE_BYTES;
                FLOOR.set(floor);
                DEPTH.set(1);
                let code = finish(main());
                // No destructors: what the program still holds is not worth walking.
                std::process::exit(code);
            });
        match started {
            Ok(thread) => {
                let _ = thread.join();
                return ExitCode::from(PANIC_CODE);
            }
            Err(_) if stack > LEAST_STACK_BYTES => stack /= 2,
            Err(error) => {
                io::last_words(&format!(
                    "portalis: cannot start the program's thread: {error}\n"
                ));
                return ExitCode::from(PANIC_CODE);
            }
        }
    }
}

/// Shows what is to be shown at the end and gives the exit status: 120 if output was lost.
fn finish(result: Result<()>) -> i32 {
    let lost = io::flush().is_err();
    // CPython, too, only mentions files that cannot be closed.
    let _ = crate::stdlib::files::flush_all();
    let code = match result {
        Ok(()) => 0,
        Err(exc) if exc.matches(&SYSTEM_EXIT) => exit_code(&exc),
        Err(exc) => {
            io::last_words(&traceback_text(&exc));
            if exc.matches(&KEYBOARD_INTERRUPT) {
                interrupt();
            }
            1
        }
    };
    // Showing the exception may have run the user's code.
    if io::flush().is_err() || lost {
        120
    } else {
        code
    }
}

/// Ends as a process that Ctrl-C ended, for the shell that waits for it.
fn interrupt() -> ! {
    unsafe extern "C" {
        fn raise(signal: i32) -> i32;
    }
    const SIGINT: i32 = 2;
    // SAFETY: a plain C function; the signal's action is the default one.
    unsafe { raise(SIGINT) };
    std::process::exit(130)
}

/// The status that `SystemExit` asks for; anything but an int or `None` is shown.
fn exit_code(exc: &Exc) -> i32 {
    let code = exc.get_attr("code").ok().flatten().unwrap_or(Value::None);
    match (&code, code.as_i64()) {
        (Value::None, _) => 0,
        (Value::Int(_) | Value::Bool(_), Some(code)) => code as i32 & 0xff,
        (Value::Int(_), None) => 255,
        _ => {
            let text = code
                .py_str()
                .map(|s| s.as_str().to_owned())
                .unwrap_or_default();
            io::last_words(&format!("{text}\n"));
            1
        }
    }
}

/// The type of an expression that never has a value.
#[derive(Clone, Copy, Debug)]
pub enum Never {}

impl Never {
    /// So that a loop over what never comes is a loop.
    pub fn py_iter(self) -> std::iter::Empty<Result<Never>> {
        match self {}
    }
}

/// `sys.exit(code)`: always `Err`.
pub fn exit<T: Py>(code: &T) -> Result<Never> {
    let args = match code.to_value() {
        Value::None => Vec::new(),
        Value::Tuple(items) => items.iter().collect(),
        code => vec![code],
    };
    Err(Exc::new(&SYSTEM_EXIT, args))
}

/// `sys.argv`: one list for the whole program.
pub fn argv() -> List<Str> {
    thread_local! {
        static ARGV: List<Str> =
            List::from(std::env::args_os().map(|a| Str::from(a.to_string_lossy().into_owned())).collect::<Vec<Str>>());
    }
    ARGV.with(Clone::clone)
}

/// What the runtime cannot do as CPython does: ends the process, uncatchable.
#[cold]
pub(crate) fn unsupported(what: &str) -> ! {
    io::last_words(&format!("portalis: {what} is not supported\n"));
    std::process::exit(REFUSED_CODE)
}

/// Stands for a function that the compiler refused: ends the process, uncatchable.
pub fn refused(name: &str, code: &str, location: &str, reason: &str) -> ! {
    io::last_words(&format!(
        "portalis: {name} was not translated ({code} at {location}): {reason}\n"
    ));
    std::process::exit(REFUSED_CODE)
}
