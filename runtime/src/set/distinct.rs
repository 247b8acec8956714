//! How many different ints there are, without a set of them.

use std::cell::{Cell, OnceCell};

use super::Set;
use crate::{Int, Result};

/// What `len(set(ints))` needs of the set.
#[derive(Default)]
pub struct Distinct {
    /// A bit for each of the ints from -64 to -1 and from 0 to 63 that were added.
    near: [Cell<u64>; 2],
    /// The others.
    far: OnceCell<Set<Int>>,
}

impl Distinct {
    #[inline]
    pub fn new() -> Distinct {
        Distinct::default()
    }

    #[inline]
    pub fn collect(items: impl Iterator<Item = Result<Int>>) -> Result<Distinct> {
        let out = Distinct::new();
        for item in items {
            out.add(item?)?;
        }
        Ok(out)
    }

    #[inline(always)]
    pub fn add(&self, x: Int) -> Result<()> {
        match x {
            Int::Small(x @ -64..=63) => {
                let near = &self.near[usize::from(x >= 0)];
                near.set(near.get() | 1 << (x & 63));
                Ok(())
            }
            _ => self.far.get_or_init(Set::new).add(x),
        }
    }

    #[inline]
    pub fn len(&self) -> i64 {
        let far = self.far.get().map_or(0, Set::len);
        let near = self.near.iter().map(|bits| bits.get().count_ones());
        i64::from(near.sum::<u32>()) + far
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
