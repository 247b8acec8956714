//! Python's range, within 64 bits.

use crate::entry::unsupported;
use crate::slice::{Bounds, place};
use crate::tuple::TupleHash;
use crate::{Exc, Int, Iterable, Py, Result, Value};

/// An arithmetic progression. Invariant: `step` is not zero.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    start: i64,
    stop: i64,
    step: i64,
    len: u64,
}

#[cold]
fn too_large() -> Exc {
    unsupported("a range beyond 64 bits")
}

#[cold]
fn zero_step() -> Exc {
    Exc::value_error("range() arg 3 must not be zero")
}

#[inline]
fn count(start: i64, stop: i64, step: i64) -> u64 {
    if step > 0 && start < stop {
        (stop.wrapping_sub(start) as u64 - 1) / step as u64 + 1
    } else if step < 0 && start > stop {
        (start.wrapping_sub(stop) as u64 - 1) / step.unsigned_abs() + 1
    } else {
        0
    }
}

/// The progression as a Rust iterator, for loops whose bounds are proved 64 bits.
/// A zero step gives nothing: the caller has refused it.
#[inline]
pub fn range_i64(start: i64, stop: i64, step: i64) -> RangeI64 {
    RangeI64 {
        next: start,
        step,
        left: count(start, stop, step),
    }
}

/// As `range_i64`, with Python's error for a zero step.
#[inline]
pub fn checked_range_i64(start: i64, stop: i64, step: i64) -> Result<RangeI64> {
    if step == 0 {
        Err(zero_step())
    } else {
        Ok(range_i64(start, stop, step))
    }
}

/// See [`range_i64`].
#[derive(Clone)]
pub struct RangeI64 {
    next: i64,
    step: i64,
    left: u64,
}

impl Iterator for RangeI64 {
    type Item = i64;

    #[inline(always)]
    fn next(&mut self) -> Option<i64> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let item = self.next;
        self.next = item.wrapping_add(self.step);
        Some(item)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}

impl Range {
    /// `range(start, stop, step)`.
    ///
    /// Errors: `ValueError` for a zero step; `OverflowError` for bounds beyond 64 bits.
    pub fn new(start: &Int, stop: &Int, step: &Int) -> Result<Range> {
        match (start.to_i64(), stop.to_i64(), step.to_i64()) {
            (_, _, Some(0)) => Err(zero_step()),
            (Some(start), Some(stop), Some(step)) => Ok(Range::of(start, stop, step)),
            _ => Err(too_large()),
        }
    }

    /// `range(stop)`.
    #[inline]
    pub fn to(stop: &Int) -> Result<Range> {
        stop.to_i64()
            .map(|stop| Range::of(0, stop, 1))
            .ok_or_else(too_large)
    }

    /// A range whose step is not zero.
    fn of(start: i64, stop: i64, step: i64) -> Range {
        Range {
            start,
            stop,
            step,
            len: count(start, stop, step),
        }
    }

    #[inline]
    pub fn start(&self) -> i64 {
        self.start
    }
    #[inline]
    pub fn stop(&self) -> i64 {
        self.stop
    }
    #[inline]
    pub fn step(&self) -> i64 {
        self.step
    }

    /// `len(self)`; `OverflowError` beyond `sys.maxsize`.
    #[inline]
    pub fn len(&self) -> Result<i64> {
        i64::try_from(self.len)
            .map_err(|_| Exc::overflow_error("Python int too large to convert to C ssize_t"))
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline]
    fn item(&self, at: u64) -> i64 {
        self.start.wrapping_add((at as i64).wrapping_mul(self.step))
    }

    /// `self[index]`.
    pub fn get(&self, index: i64) -> Result<Int> {
        let at = match usize::try_from(self.len) {
            Ok(len) => place(index, len),
            Err(_) => None,
        };
        match at {
            Some(at) => Ok(Int::from(self.item(at as u64))),
            None => Err(Exc::index_error("range object index out of range")),
        }
    }

    /// `self[start:stop:step]`.
    pub fn getslice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
    ) -> Result<Range> {
        let len = self.len()?;
        // A bound beyond 64 bits is beyond the range, too.
        let Bounds {
            start, stop, step, ..
        } = crate::slice::bounds(len as usize, start, stop, step)?;
        let scaled = |at: i64| {
            at.checked_mul(self.step)
                .and_then(|d| d.checked_add(self.start))
                .ok_or_else(too_large)
        };
        let step = step.checked_mul(self.step).ok_or_else(too_large)?;
        Ok(Range::of(scaled(start)?, scaled(stop)?, step))
    }

    fn position(&self, x: &Int) -> Option<u64> {
        let x = x.to_i64()?;
        let inside = if self.step > 0 {
            self.start <= x && x < self.stop
        } else {
            self.stop < x && x <= self.start
        };
        let distance = if self.step > 0 {
            x.wrapping_sub(self.start)
        } else {
            self.start.wrapping_sub(x)
        };
        let (distance, step) = (distance as u64, self.step.unsigned_abs());
        (inside && distance % step == 0).then(|| distance / step)
    }

    /// `x in self`.
    #[inline]
    pub fn contains(&self, x: &Int) -> bool {
        self.position(x).is_some()
    }

    /// `self.index(x)`.
    pub fn index(&self, x: &Int) -> Result<Int> {
        match self.position(x) {
            Some(at) => i64::try_from(at).map(Int::from).map_err(|_| too_large()),
            None => Err(Exc::value_error(format!(
                "{} is not in range",
                x.py_repr()?
            ))),
        }
    }

    /// `self.count(x)`.
    #[inline]
    pub fn count(&self, x: &Int) -> i64 {
        i64::from(self.contains(x))
    }

    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Int> + use<> {
        self.iter_i64().map(Int::from)
    }

    #[inline]
    pub fn iter_i64(&self) -> RangeI64 {
        RangeI64 {
            next: self.start,
            step: self.step,
            left: self.len,
        }
    }

    /// `reversed(self)`.
    pub fn reversed(&self) -> impl Iterator<Item = Int> + use<> {
        let last = self.item(self.len.wrapping_sub(1));
        RangeI64 {
            next: last,
            step: self.step.wrapping_neg(),
            left: self.len,
        }
        .map(Int::from)
    }
}

impl Iterable for Range {
    type Item = Int;
    #[inline]
    #[allow(refining_impl_trait)]
    fn py_iter(&self) -> impl Iterator<Item = Result<Int>> + 'static + use<> {
        self.iter().map(Ok)
    }
}

impl Py for Range {
    fn py_type_name(&self) -> &'static str {
        "range"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("range({}, {}", self.start, self.stop));
        if self.step != 1 {
            out.push_str(&format!(", {}", self.step));
        }
        out.push(')');
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(self.len > 0)
    }
    #[inline]
    fn py_eq(&self, other: &Self) -> Result<bool> {
        Ok(self.len == other.len
            && (self.len == 0
                || (self.start == other.start && (self.len == 1 || self.step == other.step))))
    }
    fn py_hash(&self) -> Result<i64> {
        let mut hash = TupleHash::new();
        hash.push(Int::from(self.len as i64).py_hash()?);
        hash.push(if self.len > 0 {
            Int::from(self.start).py_hash()?
        } else {
            0
        });
        hash.push(if self.len > 1 {
            Int::from(self.step).py_hash()?
        } else {
            0
        });
        Ok(hash.finish())
    }
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        (self.start, self.stop, self.step) == (other.start, other.stop, other.step)
    }
    fn to_value(&self) -> Value {
        Value::from(*self)
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Range(range) => Some(**range),
            _ => None,
        }
    }
}
