//! The storage of a dict: sizes, growth and probing as in CPython's dictobject.c, so
//! that a dict changed while it is walked shows the same entries.

/// One key and its value.
#[derive(Clone)]
pub(super) struct Entry<K, V> {
    pub hash: i64,
    pub key: K,
    pub value: V,
}

const EMPTY: u32 = u32::MAX;
const DELETED: u32 = u32::MAX - 1;
const MIN_SIZE: usize = 8;

/// Invariant: every live entry's position is in exactly one slot of `index`; an entry
/// that was removed is `None` and its slot `DELETED`; `index` is empty or has a power
/// of two of slots, at least a third of them `EMPTY`.
pub(super) struct Table<K, V> {
    entries: Vec<Option<Entry<K, V>>>,
    index: Box<[u32]>,
    used: usize,
    /// Entries that may be pushed before the table is rebuilt.
    usable: usize,
    /// Counts changes of the set of keys, for searches that user code interrupts.
    edits: u64,
}

/// A search under way: the slots that a hash visits.
pub(super) struct Probe {
    hash: i64,
    slot: usize,
    perturb: u64,
}

fn usable_of(size: usize) -> usize {
    (size << 1) / 3
}

/// `calculate_log2_keysize`: a power of two for at least `n` slots. For 3 and 6 it is
/// 16, an accident that shows where a dict that was shrunk grows again.
fn size_for(n: usize) -> usize {
    (((n | MIN_SIZE) - 1) | (MIN_SIZE - 1)).next_power_of_two()
}

impl<K, V> Table<K, V> {
    pub fn new() -> Self {
        Table {
            entries: Vec::new(),
            index: Box::default(),
            used: 0,
            usable: 0,
            edits: 0,
        }
    }

    #[inline(always)]
    pub fn used(&self) -> usize {
        self.used
    }

    pub fn edits(&self) -> u64 {
        self.edits
    }

    /// The position behind the last entry.
    pub fn end(&self) -> usize {
        self.entries.len()
    }

    #[inline]
    pub fn entry(&self, at: usize) -> Option<&Entry<K, V>> {
        self.entries.get(at)?.as_ref()
    }

    /// The first live entry at `at` or after it.
    #[inline]
    pub fn entry_from(&self, at: usize) -> Option<(usize, &Entry<K, V>)> {
        let tail = self.entries.get(at..)?;
        tail.iter()
            .enumerate()
            .find_map(|(i, e)| e.as_ref().map(|e| (at + i, e)))
    }

    /// The last live entry before `end`.
    pub fn entry_before(&self, end: usize) -> Option<(usize, &Entry<K, V>)> {
        let head = &self.entries[..end.min(self.entries.len())];
        head.iter()
            .enumerate()
            .rev()
            .find_map(|(i, e)| e.as_ref().map(|e| (i, e)))
    }

    #[inline]
    pub fn probe(&self, hash: i64) -> Probe {
        Probe {
            hash,
            slot: hash as usize & self.mask(),
            perturb: hash as u64,
        }
    }

    #[inline(always)]
    fn mask(&self) -> usize {
        self.index.len().wrapping_sub(1)
    }

    #[inline(always)]
    fn advance(&self, probe: &mut Probe) {
        probe.perturb >>= 5;
        probe.slot = probe
            .slot
            .wrapping_mul(5)
            .wrapping_add(probe.perturb as usize)
            .wrapping_add(1)
            & self.mask();
    }

    /// The entry whose hash is `hash` and whose key `matches`.
    #[inline]
    pub fn find(&self, hash: i64, matches: impl Fn(&K) -> bool) -> Option<usize> {
        if self.index.is_empty() {
            return None;
        }
        let mut probe = self.probe(hash);
        loop {
            let at = self.index[probe.slot];
            if at == EMPTY {
                return None;
            }
            if at != DELETED
                && let Some(Some(entry)) = self.entries.get(at as usize)
                && entry.hash == hash
                && matches(&entry.key)
            {
                return Some(at as usize);
            }
            self.advance(&mut probe);
        }
    }

    /// Moves the entry's slot to the state that `remove` and `pop` leave.
    fn unlink(&mut self, at: usize, hash: i64) {
        let mut probe = self.probe(hash);
        while self.index[probe.slot] != at as u32 {
            self.advance(&mut probe);
        }
        self.index[probe.slot] = DELETED;
        self.used -= 1;
        self.edits += 1;
    }

    fn link(&mut self, at: usize, hash: i64) {
        let mut probe = self.probe(hash);
        while self.index[probe.slot] < DELETED {
            self.advance(&mut probe);
        }
        self.index[probe.slot] = at as u32;
    }

    /// Adds a key that is not there.
    pub fn push(&mut self, hash: i64, key: K, value: V) {
        if self.usable == 0 {
            self.rebuild();
        }
        let at = self.entries.len();
        assert!(at < DELETED as usize, "a dict of four billion entries");
        self.link(at, hash);
        self.entries.push(Some(Entry { hash, key, value }));
        self.used += 1;
        self.usable -= 1;
        self.edits += 1;
    }

    /// Replaces a live entry's value and gives the old one.
    #[inline]
    pub fn replace(&mut self, at: usize, value: V) -> Option<V> {
        let entry = self.entries.get_mut(at)?.as_mut()?;
        Some(std::mem::replace(&mut entry.value, value))
    }

    pub fn remove(&mut self, at: usize) -> Option<Entry<K, V>> {
        let entry = self.entries.get_mut(at)?.take()?;
        self.unlink(at, entry.hash);
        Some(entry)
    }

    /// Removes the last entry; the dead ones behind it go too, their room stays spent.
    pub fn pop(&mut self) -> Option<Entry<K, V>> {
        let (at, _) = self.entry_before(self.entries.len())?;
        self.entries.truncate(at + 1);
        let entry = self.entries.pop()??;
        self.unlink(at, entry.hash);
        Some(entry)
    }

    /// The whole table, leaving an empty one.
    pub fn take(&mut self) -> Self {
        let edits = self.edits + 1;
        std::mem::replace(
            self,
            Table {
                edits,
                ..Table::new()
            },
        )
    }

    /// The live entries in order.
    pub fn into_entries(self) -> impl Iterator<Item = Entry<K, V>> {
        self.entries.into_iter().flatten()
    }

    /// Room for three times the live entries, without the dead ones.
    fn rebuild(&mut self) {
        self.resize(size_for(self.used * 3));
    }

    fn resize(&mut self, size: usize) {
        if self.entries.len() != self.used {
            self.entries.retain(Option::is_some);
        }
        self.index = vec![EMPTY; size].into_boxed_slice();
        for at in 0..self.entries.len() {
            if let Some(entry) = &self.entries[at] {
                let hash = entry.hash;
                self.link(at, hash);
            }
        }
        self.usable = usable_of(size) - self.used;
        // A large table takes memory as it needs it.
        self.entries.reserve_exact(self.usable.min(1 << 10));
        self.edits += 1;
    }
}

impl<K: Clone, V: Clone> Table<K, V> {
    fn cloned(&self) -> Self {
        Table {
            entries: self.entries.clone(),
            index: self.index.clone(),
            used: self.used,
            usable: self.usable,
            edits: self.edits,
        }
    }

    /// `dict.copy`: dead entries are copied along while they are few.
    pub fn copied(&self) -> Self {
        if self.used > 0 && self.used >= self.entries.len() * 2 / 3 {
            return self.cloned();
        }
        let mut copy = Table::new();
        copy.prepare_merge(self);
        for entry in self.entries.iter().flatten() {
            copy.push(entry.hash, entry.key.clone(), entry.value.clone());
        }
        copy
    }

    /// What `update` does before it walks the other table: clones it, if this one is
    /// empty and that one tidy, and says so; or makes room for it.
    pub fn prepare_merge(&mut self, other: &Self) -> bool {
        let size = other.index.len();
        if self.used == 0
            && other.used > 0
            && other.used == other.entries.len()
            && (size == MIN_SIZE || usable_of(size / 2) < other.used)
        {
            *self = Table {
                edits: self.edits + 1,
                ..other.cloned()
            };
            return true;
        }
        if usable_of(self.index.len().max(1)) < other.used {
            self.resize(size_for(((self.used + other.used) * 3).div_ceil(2)));
        }
        false
    }
}

impl<K: Clone, V> Table<K, V> {
    /// The next entry of equal hash that the search meets, its key cloned so that user
    /// code can compare it; the probe is moved past it.
    pub fn candidate(&self, probe: &mut Probe) -> Option<(usize, K)> {
        if self.index.is_empty() {
            return None;
        }
        loop {
            let at = self.index[probe.slot];
            if at == EMPTY {
                return None;
            }
            self.advance(probe);
            if at != DELETED
                && let Some(Some(entry)) = self.entries.get(at as usize)
                && entry.hash == probe.hash
            {
                return Some((at as usize, entry.key.clone()));
            }
        }
    }
}
