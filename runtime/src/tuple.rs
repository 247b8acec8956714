//! Tuples: Rust tuples for fixed shapes, `Tuple<T>` for any length.

mod fixed;
mod variable;

pub use fixed::{EmptyTuple, Shape, Uniform};
pub use variable::Tuple;

const PRIME_1: u64 = 11400714785074694791;
const PRIME_2: u64 = 14029467366897019727;
const PRIME_5: u64 = 2870177450012600261;

/// CPython's tuple hash, a simplified xxHash (`tuplehash` in Objects/tupleobject.c).
pub(crate) struct TupleHash {
    acc: u64,
    len: u64,
}

impl TupleHash {
    pub(crate) fn new() -> Self {
        TupleHash {
            acc: PRIME_5,
            len: 0,
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, lane: i64) {
        self.acc = self.acc.wrapping_add((lane as u64).wrapping_mul(PRIME_2));
        self.acc = self.acc.rotate_left(31).wrapping_mul(PRIME_1);
        self.len += 1;
    }

    #[inline]
    pub(crate) fn finish(self) -> i64 {
        let acc = self.acc.wrapping_add(self.len ^ (PRIME_5 ^ 3527539));
        if acc == u64::MAX {
            1546275796
        } else {
            acc as i64
        }
    }
}
