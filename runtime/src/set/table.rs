//! The hash table of a set: a port of Objects/setobject.c of CPython 3.11, because the
//! order in which a set is walked is the order of its slots.

pub(super) const LINEAR_PROBES: usize = 9;
pub(super) const PERTURB_SHIFT: u32 = 5;
pub(super) const MIN_SIZE: usize = 8;

/// The hash that marks a slot whose element was removed; no element has it.
const DUMMY: i64 = -1;

/// Invariant: an unused slot is `(0, None)`, a removed one `(DUMMY, None)`; the number
/// of slots is a power of two; `fill` counts elements and dummies, `used` elements.
pub(super) struct Table<T> {
    slots: Vec<(i64, Option<T>)>,
    fill: usize,
    used: usize,
    /// Where `pop` searches next.
    pub finger: usize,
    /// Counts changes, for searches that user code interrupts.
    edits: u64,
}

/// What a search has found.
pub(super) enum Found<T> {
    /// An element of equal hash in this slot: compare it, then go on if it differs.
    Candidate(usize, T),
    /// The search ends in vain: the slot where the element belongs.
    Free(usize),
}

/// A search under way.
pub(super) struct Probe {
    hash: i64,
    perturb: u64,
    /// The head of the present linear stretch and how far it was walked.
    head: usize,
    step: usize,
    /// The last dummy passed, which an insertion fills again.
    dummy: Option<usize>,
}

/// Whether a table of so many slots has to grow.
#[inline(always)]
pub(super) fn is_crowded(fill: usize, size: usize) -> bool {
    fill * 5 >= (size - 1) * 3
}

/// The smallest size above `least`.
#[inline]
pub(super) fn size_above(least: usize) -> usize {
    (least + 1).next_power_of_two().max(MIN_SIZE)
}

/// The hash of a frozenset (`frozenset_hash`).
pub(super) fn mixed_hash(elements: impl Iterator<Item = i64>, used: usize) -> i64 {
    let shuffle = |h: u64| ((h ^ 89869747) ^ (h << 16)).wrapping_mul(3644798167);
    let mut hash = elements.fold(0, |acc, element| acc ^ shuffle(element as u64));
    hash ^= (used as u64).wrapping_add(1).wrapping_mul(1927868237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69069).wrapping_add(907133923);
    if hash == u64::MAX {
        590923713
    } else {
        hash as i64
    }
}

impl<T> Table<T> {
    pub fn new() -> Self {
        Table {
            slots: Self::unused(MIN_SIZE),
            fill: 0,
            used: 0,
            finger: 0,
            edits: 0,
        }
    }

    fn unused(size: usize) -> Vec<(i64, Option<T>)> {
        std::iter::repeat_with(|| (0, None)).take(size).collect()
    }

    #[inline(always)]
    pub fn used(&self) -> usize {
        self.used
    }

    pub fn edits(&self) -> u64 {
        self.edits
    }

    #[inline(always)]
    fn mask(&self) -> usize {
        self.slots.len() - 1
    }

    #[inline]
    pub fn probe(&self, hash: i64) -> Probe {
        Probe {
            hash,
            perturb: hash as u64,
            head: hash as usize & self.mask(),
            step: 0,
            dummy: None,
        }
    }

    #[inline(always)]
    fn advance(&self, probe: &mut Probe) {
        let mask = self.mask();
        let stretch = if probe.head + LINEAR_PROBES <= mask {
            LINEAR_PROBES
        } else {
            0
        };
        if probe.step < stretch {
            probe.step += 1;
            return;
        }
        probe.perturb >>= PERTURB_SHIFT;
        probe.head = probe
            .head
            .wrapping_mul(5)
            .wrapping_add(1)
            .wrapping_add(probe.perturb as usize)
            & mask;
        probe.step = 0;
    }

    /// The slot of the element of this hash that `matches`, or the slot where it
    /// belongs (`set_lookkey`, `set_add_entry`).
    #[inline]
    pub fn find(&self, hash: i64, matches: impl Fn(&T) -> bool) -> (usize, bool) {
        let mask = self.mask();
        let mut perturb = hash as u64;
        let mut head = hash as usize & mask;
        let mut dummy = None;
        loop {
            let last = if head + LINEAR_PROBES <= mask {
                head + LINEAR_PROBES
            } else {
                head
            };
            for (i, (held, element)) in self.slots[head..=last].iter().enumerate() {
                if *held == hash
                    && let Some(element) = element
                {
                    if matches(element) {
                        return (head + i, true);
                    }
                } else if *held == 0 && element.is_none() {
                    return (dummy.unwrap_or(head + i), false);
                } else if *held == DUMMY {
                    dummy = Some(head + i);
                }
            }
            perturb >>= PERTURB_SHIFT;
            head = head
                .wrapping_mul(5)
                .wrapping_add(1)
                .wrapping_add(perturb as usize)
                & mask;
        }
    }

    /// Fills the free slot `at`; an unused one may make the table grow.
    pub fn fill_slot(&mut self, at: usize, hash: i64, element: T) {
        let was_dummy = self.slots[at].0 == DUMMY;
        self.slots[at] = (hash, Some(element));
        self.used += 1;
        self.edits += 1;
        if was_dummy {
            return;
        }
        self.fill += 1;
        if is_crowded(self.fill, self.slots.len()) {
            self.grow();
        }
    }

    fn grow(&mut self) {
        self.resize(if self.used > 50000 {
            self.used * 2
        } else {
            self.used * 4
        });
    }

    /// Rebuilds with the smallest size above `least`, without the dummies.
    fn resize(&mut self, least: usize) {
        let size = size_above(least);
        if size == MIN_SIZE && self.slots.len() == MIN_SIZE && self.fill == self.used {
            return;
        }
        let old = std::mem::replace(&mut self.slots, Self::unused(size));
        self.fill = self.used;
        self.edits += 1;
        for (hash, element) in old {
            if let Some(element) = element {
                self.insert_clean(hash, element);
            }
        }
    }

    /// Room for `more` elements at once, as merging a set or a dict makes it.
    pub fn reserve(&mut self, more: usize) {
        if is_crowded(self.fill + more, self.slots.len()) {
            self.resize((self.used + more) * 2);
        }
    }

    /// Inserts an element that is not there into a table without dummies
    /// (`set_insert_clean`); the counts are the caller's.
    fn insert_clean(&mut self, hash: i64, element: T) {
        let mut probe = self.probe(hash);
        while self.slots[probe.head + probe.step].1.is_some() {
            self.advance(&mut probe);
        }
        self.slots[probe.head + probe.step] = (hash, Some(element));
    }

    /// Makes the slot a dummy and gives its element.
    pub fn discard(&mut self, at: usize) -> Option<T> {
        let element = self.slots.get_mut(at)?.1.take()?;
        self.slots[at].0 = DUMMY;
        self.used -= 1;
        self.edits += 1;
        Some(element)
    }

    pub fn pop(&mut self) -> Option<T> {
        if self.used == 0 {
            return None;
        }
        let mut at = self.finger & self.mask();
        while self.slots[at].1.is_none() {
            at = (at + 1) & self.mask();
        }
        self.finger = at + 1;
        self.discard(at)
    }

    /// Rebuilds if more than a quarter of the slots are dummies.
    pub fn shed_dummies(&mut self) {
        if self.fill - self.used > self.mask() / 4 {
            self.grow();
        }
    }

    /// Exchanges contents, not fingers (`set_swap_bodies`).
    pub fn swap(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.slots, &mut other.slots);
        std::mem::swap(&mut self.fill, &mut other.fill);
        std::mem::swap(&mut self.used, &mut other.used);
        self.edits += 1;
        other.edits += 1;
    }

    /// The first element at slot `from` or after it.
    #[inline]
    pub fn element_from(&self, from: usize) -> Option<(usize, i64, &T)> {
        let tail = self.slots.get(from..)?;
        tail.iter()
            .enumerate()
            .find_map(|(i, (hash, element))| element.as_ref().map(|e| (from + i, *hash, e)))
    }

    /// Whether merging `other` into this table needs no comparisons.
    pub fn is_clean(&self) -> bool {
        self.fill == 0
    }

    pub fn hash(&self) -> i64 {
        let elements = self.slots.iter().filter(|slot| slot.1.is_some());
        mixed_hash(elements.map(|slot| slot.0), self.used)
    }

    /// A table of so many slots, with these elements and dummies in them.
    pub fn laid_out(
        size: usize,
        finger: usize,
        elements: impl Iterator<Item = (usize, i64, T)>,
        dummies: impl Iterator<Item = usize>,
    ) -> Self {
        let mut table = Table {
            slots: Self::unused(size),
            fill: 0,
            used: 0,
            finger,
            edits: 0,
        };
        for (at, hash, element) in elements {
            table.slots[at] = (hash, Some(element));
            table.used += 1;
        }
        table.fill = table.used;
        for at in dummies {
            table.slots[at].0 = DUMMY;
            table.fill += 1;
        }
        table
    }

    /// The same layout with other elements of the same hashes.
    pub fn mapped<U>(&self, mut map: impl FnMut(&T) -> Option<U>) -> Option<Table<U>> {
        let mut slots = Vec::with_capacity(self.slots.len());
        for (hash, element) in &self.slots {
            slots.push((
                *hash,
                match element {
                    Some(element) => Some(map(element)?),
                    None => None,
                },
            ));
        }
        Some(Table {
            slots,
            fill: self.fill,
            used: self.used,
            finger: self.finger,
            edits: 0,
        })
    }
}

impl<T: Clone> Table<T> {
    /// Goes on with a search up to the next element of equal hash or its end.
    pub fn candidate(&self, probe: &mut Probe) -> Found<T> {
        loop {
            let at = probe.head + probe.step;
            let (held, element) = &self.slots[at];
            self.advance(probe);
            match element {
                Some(element) if *held == probe.hash => {
                    return Found::Candidate(at, element.clone());
                }
                None if *held == 0 => return Found::Free(probe.dummy.unwrap_or(at)),
                None => probe.dummy = Some(at),
                Some(_) => {}
            }
        }
    }

    /// Merges into a table without elements or dummies, after `reserve`.
    pub fn merge_clean(&mut self, other: &Self) {
        self.edits += 1;
        self.used = other.used;
        self.fill = other.used;
        if self.slots.len() == other.slots.len() && other.fill == other.used {
            self.slots = other.slots.clone();
            return;
        }
        for (hash, element) in &other.slots {
            if let Some(element) = element {
                self.insert_clean(*hash, element.clone());
            }
        }
    }
}
