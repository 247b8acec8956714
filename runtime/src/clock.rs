//! The `time` module's clocks.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::{Exc, Int, Result};

/// The reading at which `perf_counter` and `monotonic` began.
fn origin() -> Instant {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    *ORIGIN.get_or_init(Instant::now)
}

fn nanoseconds(duration: Duration) -> Int {
    // 64 bits of nanoseconds are 292 years.
    Int::from(i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX))
}

/// `time.time()` in seconds.
pub fn time() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0.0, |d| d.as_secs_f64())
}

/// `time.time_ns()`.
pub fn time_ns() -> Int {
    nanoseconds(
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default(),
    )
}

/// `time.perf_counter()`, `time.monotonic()` in seconds.
pub fn perf_counter() -> f64 {
    origin().elapsed().as_secs_f64()
}

/// `time.perf_counter_ns()`, `time.monotonic_ns()`.
pub fn perf_counter_ns() -> Int {
    nanoseconds(origin().elapsed())
}

/// `time.sleep(seconds)`.
pub fn sleep(seconds: f64) -> Result<()> {
    if seconds.is_nan() {
        return Err(Exc::value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(Exc::value_error("sleep length must be non-negative"));
    }
    crate::io::flush_terminal()?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) => std::thread::sleep(duration),
        Err(_) => {
            return Err(Exc::overflow_error(
                "timestamp too large to convert to C _PyTime_t",
            ));
        }
    }
    Ok(())
}
