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

/// The seconds that local time is ahead of UTC at `at`, by the zone of `TZ` or
/// `/etc/localtime`; UTC where there is none.
pub fn local_offset(at: f64) -> Int {
    static ZONE: OnceLock<Option<Vec<u8>>> = OnceLock::new();
    let zone = ZONE.get_or_init(|| std::fs::read(zone_file()?).ok());
    let at = at.floor() as i64;
    let offset = zone.as_deref().and_then(|bytes| offset_in(bytes, at));
    Int::from(offset.unwrap_or(0))
}

fn zone_file() -> Option<std::path::PathBuf> {
    match std::env::var("TZ") {
        Err(_) => Some("/etc/localtime".into()),
        Ok(name) if name.is_empty() => None,
        Ok(name) => {
            let name = name.strip_prefix(':').unwrap_or(&name);
            Some(std::path::Path::new("/usr/share/zoneinfo").join(name))
        }
    }
}

/// The offset at a moment by the 64-bit part of a TZif file, past its last change the
/// last one's.
fn offset_in(file: &[u8], at: i64) -> Option<i64> {
    let count = |part: &[u8], n: usize| -> Option<usize> {
        let bytes = part.get(20 + 4 * n..24 + 4 * n)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?) as usize)
    };
    if !file.starts_with(b"TZif") {
        return None;
    }
    let (utc, std, leap) = (count(file, 0)?, count(file, 1)?, count(file, 2)?);
    let (times, types, chars) = (count(file, 3)?, count(file, 4)?, count(file, 5)?);
    let first = 44 + times * 5 + types * 6 + chars + leap * 8 + std + utc;
    let file = file.get(first..)?;
    let (times, types) = (count(file, 3)?, count(file, 4)?);
    let moments = file.get(44..44 + times * 8)?;
    let kinds = file.get(44 + times * 8..44 + times * 9)?;
    let table = file.get(44 + times * 9..44 + times * 9 + types * 6)?;
    let past = moments
        .chunks_exact(8)
        .take_while(|m| <[u8; 8]>::try_from(*m).is_ok_and(|m| i64::from_be_bytes(m) <= at))
        .count();
    let kind = if past == 0 { 0 } else { kinds[past - 1] };
    let entry = table.get(usize::from(kind) * 6..)?.get(..4)?;
    Some(i64::from(i32::from_be_bytes(entry.try_into().ok()?)))
}
