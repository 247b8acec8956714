//! Slice bounds as CPython adjusts them.

use crate::{Exc, Int, Py, Result, Value};

/// An `Int` as a bound: beyond 64 bits it saturates (`_PyEval_SliceIndex`).
#[inline]
pub fn saturate(bound: &Int) -> i64 {
    match bound.to_i64() {
        Some(v) => v,
        None if bound.is_negative() => i64::MIN,
        None => i64::MAX,
    }
}

/// The positions that a slice selects: `start`, `start + step`, … `count` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
    pub count: usize,
}

impl Bounds {
    /// The selected positions in order.
    #[inline]
    pub fn positions(self) -> impl Iterator<Item = usize> {
        (0..self.count as i64).map(move |i| (self.start + i * self.step) as usize)
    }

    /// Takes the first of the selected positions.
    #[inline]
    pub fn next_position(&mut self) -> Option<usize> {
        self.count = self.count.checked_sub(1)?;
        let at = self.start as usize;
        self.start = self.start.wrapping_add(self.step);
        Some(at)
    }
}

/// `PySlice_Unpack` and `PySlice_AdjustIndices` for a sequence of `len` items.
///
/// Errors: `ValueError` when the step is zero.
pub fn bounds(
    len: usize,
    start: Option<&Int>,
    stop: Option<&Int>,
    step: Option<&Int>,
) -> Result<Bounds> {
    let step = step.map_or(1, saturate).max(-i64::MAX);
    if step == 0 {
        return Err(Exc::value_error("slice step cannot be zero"));
    }
    let backwards = step < 0;
    let start = start.map_or(if backwards { i64::MAX } else { 0 }, saturate);
    let stop = stop.map_or(if backwards { i64::MIN } else { i64::MAX }, saturate);
    Ok(adjust(len, start, stop, step))
}

/// `PySlice_AdjustIndices`; `step` is neither zero nor `i64::MIN`.
#[inline]
pub fn adjust(len: usize, start: i64, stop: i64, step: i64) -> Bounds {
    let len = len as i64;
    let clamp = |bound: i64| {
        if bound < 0 {
            let bound = bound + len;
            if bound < 0 {
                if step < 0 { -1 } else { 0 }
            } else {
                bound
            }
        } else if bound >= len {
            if step < 0 { len - 1 } else { len }
        } else {
            bound
        }
    };
    let (start, stop) = (clamp(start), clamp(stop));
    let count = if step < 0 {
        if stop < start {
            (start - stop - 1) / -step + 1
        } else {
            0
        }
    } else if start < stop {
        (stop - start - 1) / step + 1
    } else {
        0
    };
    Bounds {
        start,
        stop,
        step,
        count: count as usize,
    }
}

/// `start` and `stop` of `index(x, start, stop)`: negative ones count from the end.
pub(crate) fn window(len: usize, start: i64, stop: i64) -> (usize, usize) {
    let place = |bound: i64| if bound < 0 { (bound + len as i64).max(0) } else { bound } as usize;
    (place(start), place(stop))
}

/// An index that may count from the end, as a position; `None` out of range.
#[inline(always)]
pub(crate) fn place(index: i64, len: usize) -> Option<usize> {
    let at = if index < 0 {
        index.wrapping_add(len as i64)
    } else {
        index
    } as usize;
    if at < len { Some(at) } else { None }
}

/// A `slice` object with integer bounds.
#[derive(Clone)]
pub struct Slice {
    pub start: Option<Int>,
    pub stop: Option<Int>,
    pub step: Option<Int>,
}

impl Slice {
    pub fn new(start: Option<Int>, stop: Option<Int>, step: Option<Int>) -> Slice {
        Slice { start, stop, step }
    }

    #[inline]
    pub fn bounds(&self, len: usize) -> Result<Bounds> {
        bounds(
            len,
            self.start.as_ref(),
            self.stop.as_ref(),
            self.step.as_ref(),
        )
    }

    /// `slice.indices(len)`.
    pub fn indices(&self, len: i64) -> Result<(Int, Int, Int)> {
        if len < 0 {
            return Err(Exc::value_error("length should not be negative"));
        }
        let b = self.bounds(len as usize)?;
        Ok((Int::from(b.start), Int::from(b.stop), Int::from(b.step)))
    }

    #[inline]
    fn parts(&self) -> [&Option<Int>; 3] {
        [&self.start, &self.stop, &self.step]
    }
}

impl Py for Slice {
    fn py_type_name(&self) -> &'static str {
        "slice"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        for (part, before) in self.parts().into_iter().zip(["slice(", ", ", ", "]) {
            out.push_str(before);
            match part {
                Some(v) => v.py_repr_into(out)?,
                None => out.push_str("None"),
            }
        }
        out.push(')');
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(true)
    }
    #[inline]
    fn py_eq(&self, other: &Self) -> Result<bool> {
        Ok(self.parts() == other.parts())
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Err(unhashable("slice"))
    }
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
    fn to_value(&self) -> Value {
        Value::from(self.clone())
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Slice(slice) => Some(Slice::clone(slice)),
            _ => None,
        }
    }
}

#[cold]
pub(crate) fn unhashable(kind: &str) -> Exc {
    Exc::type_error(format!("unhashable type: '{kind}'"))
}
