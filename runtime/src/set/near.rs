//! The table of a set of ints from 0 to 127, as bits: a port of the same algorithms as
//! [`super::table`] for elements that are their own hashes.
//!
//! As long as every element is less than the number of slots, each lies in the slot of
//! its own number, whatever was added before; only otherwise are slots remembered.

use super::table::{LINEAR_PROBES, MIN_SIZE, PERTURB_SHIFT, is_crowded, mixed_hash, size_above};

/// Slots that may hold an element out of order: with more of them all are in order.
const DISORDERED: usize = 64;

/// What an operation answers that needs a table of slots.
pub(super) struct Outgrown;

/// Invariant: there are dummies only while all elements are in order.
pub(super) struct Near {
    /// A bit for each element.
    pub bits: u128,
    /// A bit for each slot with a dummy.
    pub dummies: u128,
    /// The number of slots, a power of two.
    pub size: usize,
    /// Elements and dummies.
    pub fill: usize,
    pub used: usize,
    /// Where `pop` searches next.
    pub finger: usize,
    /// While an element is out of order: a bit for each slot in use, and its element.
    taken: u64,
    slots: [u8; DISORDERED],
}

/// Whether each of the elements has its own slot.
#[inline(always)]
fn in_order(bits: u128, size: usize) -> bool {
    size >= 128 || bits >> size == 0
}

impl Near {
    #[inline]
    pub fn new() -> Near {
        Near {
            bits: 0,
            dummies: 0,
            size: MIN_SIZE,
            fill: 0,
            used: 0,
            finger: 0,
            taken: 0,
            slots: [0; DISORDERED],
        }
    }

    #[inline(always)]
    pub fn has(&self, element: u8) -> bool {
        self.bits >> element & 1 == 1
    }

    #[inline(always)]
    fn in_order(&self) -> bool {
        in_order(self.bits, self.size)
    }

    /// Adds an element that is not there.
    #[inline]
    pub fn add(&mut self, element: u8) -> Result<(), Outgrown> {
        let bit = 1 << element;
        if (element as usize) < self.size && self.in_order() {
            if self.dummies & bit != 0 {
                return self.fill_dummy(element);
            }
            self.bits |= bit;
        } else {
            self.add_out_of_order(element)?;
        }
        self.used += 1;
        self.fill += 1;
        if is_crowded(self.fill, self.size) {
            self.grow();
        }
        Ok(())
    }

    /// An insertion takes the last dummy before an unused slot.
    #[cold]
    fn fill_dummy(&mut self, element: u8) -> Result<(), Outgrown> {
        let at = element as usize;
        if at + LINEAR_PROBES >= self.size {
            return Err(Outgrown);
        }
        for next in at + 1..=at + LINEAR_PROBES {
            // Slots behind the last element's are unused.
            let slot = 1u128.checked_shl(next as u32).unwrap_or(0);
            if self.dummies & slot != 0 {
                return Err(Outgrown);
            }
            if self.bits & slot == 0 {
                self.dummies ^= 1 << at;
                self.bits |= 1 << at;
                self.used += 1;
                return Ok(());
            }
        }
        Err(Outgrown)
    }

    fn add_out_of_order(&mut self, element: u8) -> Result<(), Outgrown> {
        if self.dummies != 0 {
            return Err(Outgrown);
        }
        if self.in_order() {
            self.taken = self.bits as u64;
            let mut rest = self.taken;
            while rest != 0 {
                let at = rest.trailing_zeros();
                self.slots[at as usize] = at as u8;
                rest &= rest - 1;
            }
        }
        self.bits |= 1 << element;
        self.place(element);
        Ok(())
    }

    /// Finds an element the first slot of its chain that is not taken.
    fn place(&mut self, element: u8) {
        let mask = self.size - 1;
        let mut perturb = element as usize;
        let mut head = element as usize & mask;
        loop {
            let stretch = if head + LINEAR_PROBES <= mask {
                LINEAR_PROBES
            } else {
                0
            };
            for at in head..=head + stretch {
                if self.taken >> at & 1 == 0 {
                    self.taken |= 1 << at;
                    self.slots[at] = element;
                    return;
                }
            }
            perturb >>= PERTURB_SHIFT;
            head = head * 5 + 1 + perturb & mask;
        }
    }

    fn grow(&mut self) {
        self.resize(self.used * 4);
    }

    /// Rebuilds with the smallest size above `least`, without the dummies.
    fn resize(&mut self, least: usize) {
        let size = size_above(least);
        if size == MIN_SIZE && self.size == MIN_SIZE && self.fill == self.used {
            return;
        }
        self.dummies = 0;
        self.fill = self.used;
        if in_order(self.bits, size) {
            self.size = size;
            return;
        }
        let mut rebuilt = Near::new();
        rebuilt.size = size;
        self.walk(|element| rebuilt.place(element));
        self.size = size;
        self.taken = rebuilt.taken;
        self.slots = rebuilt.slots;
    }

    /// Room for `more` elements at once, as merging a set or a dict makes it.
    pub fn reserve(&mut self, more: usize) {
        if is_crowded(self.fill + more, self.size) {
            self.resize((self.used + more) * 2);
        }
    }

    /// Merges into a table without elements or dummies, after `reserve`.
    pub fn merge_clean(&mut self, other: &Near) {
        self.bits = other.bits;
        self.used = other.used;
        self.fill = other.used;
        if self.in_order() {
            return;
        }
        if self.size == other.size && other.fill == other.used {
            self.taken = other.taken;
            self.slots = other.slots;
            return;
        }
        self.taken = 0;
        other.walk(|element| self.place(element));
    }

    /// A new table of those elements that are in `kept`, added in order of slots.
    #[inline]
    pub fn filtered(&self, kept: u128) -> Near {
        let bits = self.bits & kept;
        let used = bits.count_ones() as usize;
        // What a table has become after so many additions.
        let size = match used {
            0..5 => MIN_SIZE,
            5..19 => 32,
            19..77 => 128,
            _ => 512,
        };
        let mut out = Near::new();
        if in_order(bits, size) {
            out.bits = bits;
            out.size = size;
            out.fill = used;
            out.used = used;
            return out;
        }
        self.walk(|element| {
            if bits >> element & 1 == 1 {
                // There are no dummies.
                let _ = out.add(element);
            }
        });
        out
    }

    /// Whether the element was there.
    pub fn discard(&mut self, element: u8) -> Result<bool, Outgrown> {
        if !self.has(element) {
            return Ok(false);
        }
        if !self.in_order() {
            return Err(Outgrown);
        }
        self.bits ^= 1 << element;
        self.dummies |= 1 << element;
        self.used -= 1;
        Ok(true)
    }

    pub fn pop(&mut self) -> Result<Option<u8>, Outgrown> {
        let from = self.finger & (self.size - 1);
        let Some((at, element)) = self.element_from(from).or_else(|| self.element_from(0)) else {
            return Ok(None);
        };
        self.discard(element)?;
        self.finger = at + 1;
        Ok(Some(element))
    }

    /// Rebuilds if more than a quarter of the slots are dummies.
    pub fn shed_dummies(&mut self) {
        if self.fill - self.used > (self.size - 1) / 4 {
            self.grow();
        }
    }

    /// The first element at slot `from` or after it, and its slot.
    #[inline]
    pub fn element_from(&self, from: usize) -> Option<(usize, u8)> {
        if self.in_order() {
            let rest = self.bits.checked_shr(from as u32)?;
            let at = from + rest.trailing_zeros() as usize;
            return (rest != 0).then_some((at, at as u8));
        }
        let rest = self.taken.checked_shr(from as u32)?;
        let at = from + rest.trailing_zeros() as usize;
        (rest != 0).then(|| (at, self.slots[at]))
    }

    /// All elements in order of slots.
    #[inline]
    fn walk(&self, mut visit: impl FnMut(u8)) {
        let mut from = 0;
        while let Some((at, element)) = self.element_from(from) {
            visit(element);
            from = at + 1;
        }
    }

    pub fn hash(&self) -> i64 {
        let elements = (0..128u8).filter(|e| self.has(*e));
        mixed_hash(elements.map(i64::from), self.used)
    }
}
