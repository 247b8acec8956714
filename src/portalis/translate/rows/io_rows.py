"""Rows of the outside world: standard streams, `sys` and `time`.

`print` and `input` are lowered by the compiler itself (`io::print`, `io::print_to`,
`io::input`), as their parts are shown, not passed.
"""

from __future__ import annotations

from portalis.translate.rows.row import Row

_OS = ("OSError",)
_READ = ("OSError", "UnicodeDecodeError")

ROWS: tuple[Row, ...] = (
    Row("sys.stdout.write", "(text: &str) -> i64", "io::stdout_write({text})", _OS, pure=False),
    Row("sys.stdout.flush", "() -> none", "io::stdout_flush()", _OS, pure=False),
    Row("sys.stderr.write", "(text: &str) -> i64", "io::stderr_write({text})", _OS, pure=False),
    Row("sys.stderr.flush", "() -> none", "io::stderr_flush()", _OS, pure=False),
    Row("sys.stdin", "-> iter[str]", "io::stdin_lines()", pure=False),
    Row("sys.stdin.readline", "() -> str", "io::stdin_readline()", _READ, pure=False),
    Row("sys.stdin.read", "() -> str", "io::stdin_read()", _READ, pure=False),
    Row("sys.stdin.readlines", "() -> list[str]", "io::stdin_readlines()", _READ, pure=False),
    Row("sys.exit", "() -> never", "entry::exit(&())", ("SystemExit",), pure=False),
    Row("sys.exit", "(code: any) -> never", "entry::exit({code})", ("SystemExit",), pure=False),
    Row("exit", "() -> never", "entry::exit(&())", ("SystemExit",), pure=False),
    Row("exit", "(code: any) -> never", "entry::exit({code})", ("SystemExit",), pure=False),
    Row("quit", "() -> never", "entry::exit(&())", ("SystemExit",), pure=False),
    Row("quit", "(code: any) -> never", "entry::exit({code})", ("SystemExit",), pure=False),
    Row(
        "sys.setrecursionlimit",
        "(limit: i64) -> none",
        "entry::set_recursion_limit({limit})",
        ("ValueError", "OverflowError", "RecursionError"),
        pure=False,
    ),
    Row("sys.getrecursionlimit", "() -> i64", "entry::recursion_limit()", pure=False),
    Row("sys.argv", "-> list[str]", "entry::argv()", pure=False),
    Row("sys.intern", "(text: str) -> str", "{text}"),
    # No hook can have been added.
    Row("sys.audit", "(event: &str, *args: value) -> none", "{{ let _ = ({event}, {args}); }}"),
    *(
        Row(f"sys.{name}", "() -> str", 'Str::lit("utf-8")')
        for name in ("getdefaultencoding", "getfilesystemencoding")
    ),
    Row("sys.maxsize", "-> int", "Int::from(i64::MAX)"),
    Row("sys.maxunicode", "-> int", "Int::from(0x10ffff)"),
    Row("sys.byteorder", "-> str", 'Str::from("little")'),
    Row("sys.platform", "-> str", 'Str::from("linux")'),
    Row(
        "sys.version_info",
        "-> tuple[int, int, int]",
        "(Int::from(3), Int::from(11), Int::from(7))",
    ),
    Row("sys.hexversion", "-> int", "Int::from(0x030b07f0)"),
    Row("sys.float_info.max", "-> float", "f64::MAX"),
    Row("sys.float_info.min", "-> float", "f64::MIN_POSITIVE"),
    Row("sys.float_info.epsilon", "-> float", "f64::EPSILON"),
    Row("sys.float_info.dig", "-> int", "Int::from(15)"),
    Row("sys.float_info.mant_dig", "-> int", "Int::from(53)"),
    Row("time.time", "() -> float", "clock::time()", pure=False),
    # Of the library's own modules: the seconds that local time is ahead of UTC.
    Row("time.localoffset", "(at: float) -> int", "clock::local_offset({at})", pure=False),
    Row("time.time_ns", "() -> int", "clock::time_ns()", pure=False),
    Row("time.perf_counter", "() -> float", "clock::perf_counter()", pure=False),
    Row("time.perf_counter_ns", "() -> int", "clock::perf_counter_ns()", pure=False),
    Row("time.monotonic", "() -> float", "clock::perf_counter()", pure=False),
    Row("time.monotonic_ns", "() -> int", "clock::perf_counter_ns()", pure=False),
    Row("time.process_time", "() -> float", "clock::perf_counter()", pure=False),
    Row(
        "time.sleep",
        "(seconds: float) -> none",
        "clock::sleep({seconds})",
        ("ValueError", "OverflowError"),
        pure=False,
    ),
)
