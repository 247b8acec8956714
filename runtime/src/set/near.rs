//! The table of a set of ints from 0 to 127, as bits: a port of the same algorithms as
//! [`super::table`] for elements that are their own hashes.
//!
//! As long as every element is less than the number of slots, each lies in the slot of
//! its own number, whatever was added before; only otherwise are slots remembered.

use std::cell::Cell;

use super::table::{LINEAR_PROBES, MIN_SIZE, PERTURB_SHIFT, is_crowded, mixed_hash, size_above};

/// The most slots that are remembered one by one.
const DISORDERED: usize = 32;

/// What an operation answers that needs a table of slots.
pub(super) struct Outgrown;

/// Invariant: there are dummies only while all elements are in order; they are in order,
/// or there are no more slots than are remembered.
pub(super) struct Near {
    /// A bit for each element.
    pub bits: u128,
    /// A bit for each slot with a dummy.
    pub dummies: u128,
    /// The number of slots, a power of two.
    pub size: u32,
    /// Elements and dummies.
    pub fill: u32,
    pub used: u32,
    /// Where `pop` searches next.
    pub finger: u32,
    /// While an element is out of order.
    layout: Cell<Layout>,
}

/// A bit for each slot in use, and the slots' elements.
#[derive(Clone, Copy)]
struct Slots {
    taken: u32,
    elements: [u8; DISORDERED],
}

/// Where the elements are, or how the set came to them: then it is found out when it is
/// asked.
#[derive(Clone, Copy)]
enum Layout {
    Known(Slots),
    /// They were added in the order of these slots, which hold others, too.
    Listed(Slots),
    /// The first of `levels` earlier sets was added in ascending order, each later one in
    /// the order of its predecessor's slots, and so are these.
    Ascending {
        earlier: [u128; LEVELS],
        levels: usize,
    },
}

/// The most sets that are remembered by their elements.
const LEVELS: usize = 2;

impl Layout {
    const EMPTY: Layout = Layout::Known(Slots::EMPTY);
    const ASCENDING: Layout = Layout::Ascending {
        earlier: [0; LEVELS],
        levels: 0,
    };
}

/// The elements of a set of bits in ascending order.
#[inline(always)]
fn ascending(mut bits: u128) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let least = bits.trailing_zeros() as u8;
        bits &= bits.checked_sub(1)?;
        Some(least)
    })
}

impl Slots {
    const EMPTY: Slots = Slots {
        taken: 0,
        elements: [0; DISORDERED],
    };

    /// Finds an element the first slot of its chain that is not taken.
    fn place(&mut self, element: u8, size: u32) {
        let mask = size as usize - 1;
        let mut perturb = element as usize;
        let mut head = element as usize & mask;
        loop {
            let stretch = if head + LINEAR_PROBES <= mask {
                (2 << LINEAR_PROBES) - 1
            } else {
                1
            };
            let free = !self.taken >> head & stretch;
            if free != 0 {
                let at = head + free.trailing_zeros() as usize;
                self.taken |= 1 << at;
                self.elements[at] = element;
                return;
            }
            perturb >>= PERTURB_SHIFT;
            head = head * 5 + 1 + perturb & mask;
        }
    }

    #[inline(always)]
    fn walk(&self, mut visit: impl FnMut(u8)) {
        let mut rest = self.taken;
        while rest != 0 {
            visit(self.elements[rest.trailing_zeros() as usize]);
            rest &= rest - 1;
        }
    }
}

/// Whether each of the elements has its own slot.
#[inline(always)]
fn in_order(bits: u128, size: u32) -> bool {
    size >= 128 || bits >> size == 0
}

/// Whether bits can say how these elements lie in so many slots.
fn fits(bits: u128, size: u32) -> bool {
    size as usize <= DISORDERED || in_order(bits, size)
}

/// The slots of a table that has grown.
fn enlarged(used: u32) -> u32 {
    size_above(used as usize * 4) as u32
}

/// The slots of fewer than 19 elements, added one by one: the first five in 8 slots, then
/// all in 32.
fn replayed(elements: impl FnOnce(&mut dyn FnMut(u8))) -> Slots {
    let mut slots = Slots::EMPTY;
    let (mut size, mut placed) = (8, 0);
    elements(&mut |element| {
        slots.place(element, size);
        placed += 1;
        if placed == 5 {
            size = 32;
            let mut larger = Slots::EMPTY;
            slots.walk(|element| larger.place(element, size));
            slots = larger;
        }
    });
    slots
}

/// The slots of those elements of `from` that are in `kept`, added one by one.
fn kept_of(from: &Slots, kept: u128) -> Slots {
    replayed(|visit| {
        from.walk(|element| {
            if kept >> element & 1 == 1 {
                visit(element);
            }
        });
    })
}

impl Near {
    #[inline]
    pub fn new() -> Near {
        Near {
            bits: 0,
            dummies: 0,
            size: MIN_SIZE as u32,
            fill: 0,
            used: 0,
            finger: 0,
            layout: Cell::new(Layout::EMPTY),
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
        let in_order = u32::from(element) < self.size && self.in_order();
        let crowded = is_crowded(self.fill as usize + 1, self.size as usize);
        if crowded && !fits(self.bits | bit, enlarged(self.used + 1)) {
            return Err(Outgrown);
        }
        if in_order {
            if self.dummies & bit != 0 {
                return self.fill_dummy(element);
            }
            self.bits |= bit;
        } else {
            self.add_out_of_order(element)?;
        }
        self.used += 1;
        self.fill += 1;
        if crowded {
            self.resize(enlarged(self.used))?;
        }
        Ok(())
    }

    /// An insertion takes the last dummy before an unused slot.
    #[cold]
    fn fill_dummy(&mut self, element: u8) -> Result<(), Outgrown> {
        let at = element as usize;
        if at + LINEAR_PROBES >= self.size as usize {
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
        if self.dummies != 0 || self.size as usize > DISORDERED {
            return Err(Outgrown);
        }
        let mut slots = if self.in_order() {
            self.placed(self.size)
        } else {
            self.slots()
        };
        self.bits |= 1 << element;
        slots.place(element, self.size);
        self.layout.set(Layout::Known(slots));
        Ok(())
    }

    /// Rebuilds with so many slots, without the dummies.
    fn resize(&mut self, size: u32) -> Result<(), Outgrown> {
        let least = MIN_SIZE as u32;
        if size == least && self.size == least && self.fill == self.used {
            return Ok(());
        }
        if !fits(self.bits, size) {
            return Err(Outgrown);
        }
        if !in_order(self.bits, size) {
            self.layout.set(Layout::Known(self.placed(size)));
        }
        self.dummies = 0;
        self.fill = self.used;
        self.size = size;
        Ok(())
    }

    /// Room for `more` elements at once, as merging a set or a dict makes it.
    pub fn reserve(&mut self, more: usize) -> Result<(), Outgrown> {
        if is_crowded(self.fill as usize + more, self.size as usize) {
            let size = size_above((self.used as usize + more) * 2);
            return self.resize(size.try_into().map_err(|_| Outgrown)?);
        }
        Ok(())
    }

    /// Merges into a table without elements or dummies, after `reserve`.
    pub fn merge_clean(&mut self, other: &Near) -> Result<(), Outgrown> {
        if !fits(other.bits, self.size) {
            return Err(Outgrown);
        }
        self.bits = other.bits;
        self.used = other.used;
        self.fill = other.used;
        if self.in_order() {
            return Ok(());
        }
        if self.size == other.size && other.fill == other.used {
            self.layout.set(other.layout.get());
            return Ok(());
        }
        self.layout.set(Layout::Known(other.placed(self.size)));
        Ok(())
    }

    /// A new table of those elements that are in `kept`, added in order of slots.
    #[inline]
    pub fn filtered(&self, kept: u128) -> Near {
        let bits = self.bits & kept;
        let used = bits.count_ones();
        // What a table becomes by so many additions.
        let size = match used {
            0..5 => 8,
            5..19 => 32,
            19..77 => 128,
            _ => 512,
        };
        let out = Near {
            bits,
            size,
            fill: used,
            used,
            ..Near::new()
        };
        if !in_order(bits, size) {
            out.layout.set(self.layout_of_kept());
        }
        out
    }

    /// How a set out of order that is made of elements of this one comes to them.
    fn layout_of_kept(&self) -> Layout {
        if self.in_order() {
            return Layout::ASCENDING;
        }
        match self.layout.get() {
            Layout::Ascending {
                mut earlier,
                levels,
            } if levels < LEVELS => {
                earlier[levels] = self.bits;
                Layout::Ascending {
                    earlier,
                    levels: levels + 1,
                }
            }
            _ => Layout::Listed(self.slots()),
        }
    }

    /// Where the elements are, some of them out of order.
    fn slots(&self) -> Slots {
        let found = match self.layout.get() {
            Layout::Known(slots) => return slots,
            Layout::Listed(from) => kept_of(&from, self.bits),
            Layout::Ascending { earlier, levels } => {
                let mut sets = earlier[..levels].iter().copied().chain([self.bits]);
                let first = sets.next().unwrap_or_default();
                let slots = replayed(|visit| ascending(first).for_each(visit));
                sets.fold(slots, |slots, kept| kept_of(&slots, kept))
            }
        };
        self.layout.set(Layout::Known(found));
        found
    }

    /// The slots of the same elements, added in order to a table of this size.
    fn placed(&self, size: u32) -> Slots {
        let mut slots = Slots::EMPTY;
        self.walk(|element| slots.place(element, size));
        slots
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
        let from = (self.finger & (self.size - 1)) as usize;
        let Some((at, element)) = self.element_from(from).or_else(|| self.element_from(0)) else {
            return Ok(None);
        };
        self.discard(element)?;
        self.finger = at as u32 + 1;
        Ok(Some(element))
    }

    /// Rebuilds if more than a quarter of the slots are dummies.
    pub fn shed_dummies(&mut self) -> Result<(), Outgrown> {
        if self.fill - self.used > (self.size - 1) / 4 {
            self.resize(enlarged(self.used))?;
        }
        Ok(())
    }

    /// The first element at slot `from` or after it, and its slot.
    #[inline]
    pub fn element_from(&self, from: usize) -> Option<(usize, u8)> {
        if self.in_order() {
            let rest = self.bits.checked_shr(from as u32)?;
            let at = from + rest.trailing_zeros() as usize;
            return (rest != 0).then_some((at, at as u8));
        }
        let slots = self.slots();
        let rest = slots.taken.checked_shr(from as u32)?;
        let at = from + rest.trailing_zeros() as usize;
        (rest != 0).then(|| (at, slots.elements[at]))
    }

    /// The elements as they are now, in order of slots.
    #[inline]
    pub fn elements(&self) -> impl Iterator<Item = u8> + use<> {
        let slots = (!self.in_order()).then(|| self.slots());
        let places = slots.as_ref().map_or(self.bits, |s| s.taken.into());
        ascending(places).map(move |at| slots.as_ref().map_or(at, |s| s.elements[at as usize]))
    }

    /// All elements in order of slots.
    #[inline]
    fn walk(&self, visit: impl FnMut(u8)) {
        self.elements().for_each(visit);
    }

    pub fn hash(&self) -> i64 {
        mixed_hash(ascending(self.bits).map(i64::from), self.used as usize)
    }
}
