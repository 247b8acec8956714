//! Python's dict: insertion-ordered entries behind an open-addressing index.

mod flavour;
mod protocol;
mod table;
mod views;

use std::cell::UnsafeCell;
use std::rc::Rc;

use crate::exc::KEY_ERROR;
use crate::iter::same::same;
use crate::{Exc, Iterable, Py, Result, Value};

use flavour::Flavour;
pub use flavour::{COUNTER, DEFAULTDICT, ORDERED_DICT};
use table::Table;
pub use views::{DictItems, DictKeys, DictValues};

/// A dict handle: clones alias.
///
/// Invariant: the closures given to `with` and `edit` run no user code and touch no
/// other method of this dict; entries that leave it are dropped after the borrow.
pub struct Dict<K, V: 'static>(Rc<Body<K, V>>);

struct Body<K, V: 'static> {
    table: UnsafeCell<Table<K, V>>,
    /// What makes it a `defaultdict`, a `Counter` or an `OrderedDict`.
    flavour: Option<Box<Flavour<V>>>,
}

impl<K, V> Clone for Dict<K, V> {
    #[inline]
    fn clone(&self) -> Self {
        Dict(self.0.clone())
    }
}

impl<K, V> Default for Dict<K, V> {
    fn default() -> Self {
        Dict::with_table(Table::new(), None)
    }
}

impl<K, V> Dict<K, V> {
    fn with_table(table: Table<K, V>, flavour: Option<Box<Flavour<V>>>) -> Self {
        Dict(Rc::new(Body {
            table: UnsafeCell::new(table),
            flavour,
        }))
    }

    #[inline]
    fn flavour(&self) -> Option<&Flavour<V>> {
        self.0.flavour.as_deref()
    }

    #[inline(always)]
    fn with<R>(&self, read: impl FnOnce(&Table<K, V>) -> R) -> R {
        // SAFETY: not Sync; by the invariant nothing mutates the table meanwhile.
        read(unsafe { &*self.0.table.get() })
    }

    #[inline(always)]
    fn edit<R>(&self, write: impl FnOnce(&mut Table<K, V>) -> R) -> R {
        // SAFETY: not Sync; by the invariant nothing else reaches the table meanwhile.
        write(unsafe { &mut *self.0.table.get() })
    }

    pub(crate) fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as *const () as usize
    }

    pub fn new() -> Self {
        Dict::default()
    }

    /// `len(self)`.
    #[inline]
    pub fn len(&self) -> i64 {
        self.with(|t| t.used() as i64)
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<K: Py, V: Py> Dict<K, V> {
    /// A dict display: later pairs win, the first key object stays.
    pub fn from_items(items: impl IntoIterator<Item = (K, V)>) -> Result<Self> {
        let dict = Dict::new();
        for (key, value) in items {
            dict.setitem(key, value)?;
        }
        Ok(dict)
    }

    /// `dict(iterable of pairs)`.
    pub fn collect(items: impl Iterator<Item = Result<(K, V)>>) -> Result<Self> {
        let dict = Dict::new();
        dict.update_pairs(items)?;
        Ok(dict)
    }

    /// `dict.fromkeys(keys, value)`.
    pub fn fromkeys(keys: impl Iterator<Item = Result<K>>, value: V) -> Result<Self> {
        let dict = Dict::new();
        for key in keys {
            dict.setitem(key?, value.clone())?;
        }
        Ok(dict)
    }

    /// The entry that holds `key`. User equality may change the dict: then the search
    /// starts again (`lookdict` of CPython).
    #[inline]
    fn find(&self, key: &K, hash: i64) -> Result<Option<usize>> {
        if K::PLAIN {
            return Ok(self.with(|t| {
                if t.used() == 0 {
                    return None;
                }
                // Equality of plain keys cannot fail.
                t.find(hash, |k| same(k, key).unwrap_or(false))
            }));
        }
        self.find_slowly(key, hash)
    }

    fn find_slowly(&self, key: &K, hash: i64) -> Result<Option<usize>> {
        'again: loop {
            let edits = self.with(|t| t.edits());
            let mut probe = self.with(|t| t.probe(hash));
            while let Some((at, held)) = self.with(|t| t.candidate(&mut probe)) {
                if held.py_is(key) {
                    return Ok(Some(at));
                }
                let equal = held.py_eq(key)?;
                if self.with(|t| t.edits()) != edits {
                    continue 'again;
                }
                if equal {
                    return Ok(Some(at));
                }
            }
            return Ok(None);
        }
    }

    #[inline]
    fn value_at(&self, at: usize) -> Option<V> {
        self.with(|t| t.entry(at).map(|e| e.value.clone()))
    }

    pub(crate) fn find_hashed(&self, key: &K, hash: i64) -> Result<bool> {
        Ok(self.find(key, hash)?.is_some())
    }

    /// The entry at `position` or after it, with the position behind it.
    pub(crate) fn entry_from(&self, position: usize) -> Option<(usize, i64, K, V)> {
        self.with(|t| {
            let (at, e) = t.entry_from(position)?;
            Some((at + 1, e.hash, e.key.clone(), e.value.clone()))
        })
    }

    /// `key in self`.
    #[inline]
    pub fn contains(&self, key: &K) -> Result<bool> {
        Ok(self.find(key, key.py_hash()?)?.is_some())
    }

    /// `self.get(key)`.
    #[inline]
    pub fn get(&self, key: &K) -> Result<Option<V>> {
        Ok(self
            .find(key, key.py_hash()?)?
            .and_then(|at| self.value_at(at)))
    }

    /// `self.get(key, default)`.
    #[inline]
    pub fn get_or(&self, key: &K, default: V) -> Result<V> {
        Ok(self.get(key)?.unwrap_or(default))
    }

    /// `self[key]`.
    #[inline]
    pub fn getitem(&self, key: &K) -> Result<V> {
        match self.get(key)? {
            Some(value) => Ok(value),
            None => self.missing(key),
        }
    }

    /// `self[key] = value`.
    #[inline]
    pub fn setitem(&self, key: K, value: V) -> Result<()> {
        let hash = key.py_hash()?;
        self.set_hashed(key, hash, value)
    }

    /// `self[key] = value` where `key` is not there yet.
    pub(crate) fn set_new(&self, key: K, value: V) -> Result<()> {
        let hash = key.py_hash()?;
        self.edit(|t| t.push(hash, key, value));
        Ok(())
    }

    #[inline]
    pub(crate) fn set_hashed(&self, key: K, hash: i64, value: V) -> Result<()> {
        match self.find(&key, hash)? {
            Some(at) => drop(self.edit(|t| t.replace(at, value))),
            None => self.edit(|t| t.push(hash, key, value)),
        }
        Ok(())
    }

    /// `self[key] = change(self[key])` with one search where nothing intervenes:
    /// what `d[k] += x` becomes. `KeyError` when absent and nothing is made for it.
    #[inline]
    pub fn update_item(&self, key: &K, change: impl FnOnce(V) -> Result<V>) -> Result<()> {
        let hash = key.py_hash()?;
        let Some(at) = self.find(key, hash)? else {
            let new = change(self.missing(key)?)?;
            return self.set_hashed(key.clone(), hash, new);
        };
        let edits = self.with(|t| t.edits());
        let Some(old) = self.value_at(at) else {
            return Ok(());
        };
        let new = change(old)?;
        if self.with(|t| t.edits()) == edits {
            drop(self.edit(|t| t.replace(at, new)));
            return Ok(());
        }
        self.set_hashed(key.clone(), hash, new)
    }

    /// `del self[key]`.
    pub fn delitem(&self, key: &K) -> Result<()> {
        match self.take(key)? {
            Some(_) => Ok(()),
            None if self.is_counter() => Ok(()),
            None => Err(Exc::key_error(key.to_value())),
        }
    }

    /// Removes `key` and gives its value.
    pub fn take(&self, key: &K) -> Result<Option<V>> {
        if self.is_empty() {
            // Even then an unhashable key is an error.
            key.py_hash()?;
            return Ok(None);
        }
        let found = self.find(key, key.py_hash()?)?;
        Ok(found
            .and_then(|at| self.edit(|t| t.remove(at)))
            .map(|e| e.value))
    }

    /// `self.pop(key)`.
    pub fn pop(&self, key: &K) -> Result<V> {
        self.take(key)?
            .ok_or_else(|| Exc::key_error(key.to_value()))
    }

    /// `self.pop(key, default)`.
    pub fn pop_or(&self, key: &K, default: V) -> Result<V> {
        Ok(self.take(key)?.unwrap_or(default))
    }

    /// `self.popitem()`: the last entry.
    pub fn popitem(&self) -> Result<(K, V)> {
        match self.edit(|t| t.pop()) {
            Some(e) => Ok((e.key, e.value)),
            None => Err(Exc::with_message(
                &KEY_ERROR,
                "popitem(): dictionary is empty",
            )),
        }
    }

    /// `self.setdefault(key, value)`.
    pub fn setdefault(&self, key: K, value: V) -> Result<V> {
        let hash = key.py_hash()?;
        if let Some(held) = self.find(&key, hash)?.and_then(|at| self.value_at(at)) {
            return Ok(held);
        }
        self.edit(|t| t.push(hash, key, value.clone()));
        Ok(value)
    }

    /// `self.update(other)`; a Counter adds.
    pub fn update(&self, other: &Dict<K, V>) -> Result<()> {
        if self.is_counter() && !self.is_empty() {
            return self.add_counts(other);
        }
        if self.py_is(other) {
            return Ok(());
        }
        if self.edit(|t| other.with(|o| t.prepare_merge(o))) {
            return Ok(());
        }
        let len = other.len();
        let mut position = 0;
        while let Some((next, hash, key, value)) = other.entry_from(position) {
            self.set_hashed(key, hash, value)?;
            position = next;
            if other.len() != len {
                return Err(Exc::runtime_error("dict mutated during update"));
            }
        }
        Ok(())
    }

    /// `self.update(iterable of pairs)`.
    pub fn update_pairs(&self, items: impl Iterator<Item = Result<(K, V)>>) -> Result<()> {
        if self.is_counter() {
            return self.count_pairs(items);
        }
        for item in items {
            let (key, value) = item?;
            self.setitem(key, value)?;
        }
        Ok(())
    }

    /// `self | other`.
    pub fn union(&self, other: &Dict<K, V>) -> Result<Dict<K, V>> {
        if self.is_counter() && other.is_counter() {
            return self.greatest(other);
        }
        let flavour = self.0.flavour.as_ref().or(other.0.flavour.as_ref());
        let out = Dict::with_table(self.with(Table::copied), flavour.cloned());
        out.update(other)?;
        Ok(out)
    }

    pub fn clear(&self) {
        drop(self.edit(Table::take));
    }

    /// `self.copy()`: a new dict of the same entries and class.
    pub fn copy(&self) -> Dict<K, V> {
        Dict::with_table(self.with(Table::copied), self.0.flavour.clone())
    }

    /// `dict(self)`.
    pub fn plain(&self) -> Dict<K, V> {
        Dict::with_table(self.with(Table::copied), None)
    }

    /// `self.keys()`: a live view.
    pub fn keys(&self) -> DictKeys<K, V> {
        DictKeys(self.clone())
    }

    /// `self.values()`: a live view.
    pub fn values(&self) -> DictValues<K, V> {
        DictValues(self.clone())
    }

    /// `self.items()`: a live view.
    pub fn items(&self) -> DictItems<K, V> {
        DictItems(self.clone())
    }

    /// `iter(self)`: the keys.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Result<K>> + use<K, V> {
        self.walk(|e| e.key.clone())
    }

    /// `reversed(self)`.
    pub fn reversed(&self) -> impl Iterator<Item = Result<K>> + use<K, V> {
        self.walk_back(|e| e.key.clone())
    }

    /// The entries front to back; an error once the dict has changed its size.
    #[inline]
    fn walk<T, G>(&self, get: G) -> impl Iterator<Item = Result<T>> + use<K, V, T, G>
    where
        G: Fn(&table::Entry<K, V>) -> T,
    {
        let dict = self.clone();
        let len = dict.with(|t| t.used());
        let (mut at, mut left, mut over) = (0, len, false);
        std::iter::from_fn(move || {
            if over {
                return None;
            }
            if dict.with(|t| t.used()) != len {
                // CPython's iterator keeps failing.
                return Some(Err(changed("dictionary changed size during iteration")));
            }
            let Some((here, item)) = dict.with(|t| t.entry_from(at).map(|(i, e)| (i, get(e))))
            else {
                over = true;
                return None;
            };
            if left == 0 {
                over = true;
                return Some(Err(changed("dictionary keys changed during iteration")));
            }
            at = here + 1;
            left -= 1;
            Some(Ok(item))
        })
    }

    fn walk_back<T, G>(&self, get: G) -> impl Iterator<Item = Result<T>> + use<K, V, T, G>
    where
        G: Fn(&table::Entry<K, V>) -> T,
    {
        let dict = self.clone();
        let len = dict.with(|t| t.used());
        let mut end = dict.with(|t| t.end());
        let mut over = false;
        std::iter::from_fn(move || {
            if over {
                return None;
            }
            if dict.with(|t| t.used()) != len {
                return Some(Err(changed("dictionary changed size during iteration")));
            }
            match dict.with(|t| t.entry_before(end).map(|(i, e)| (i, get(e)))) {
                Some((here, item)) => {
                    end = here;
                    Some(Ok(item))
                }
                None => {
                    over = true;
                    None
                }
            }
        })
    }
}

#[cold]
fn changed(message: &str) -> Exc {
    Exc::runtime_error(message)
}

impl<K: Py, V: Py> Dict<K, Option<V>> {
    /// `self.get(key)` where the values may be None themselves.
    pub fn get_flat(&self, key: &K) -> Result<Option<V>> {
        Ok(self.get(key)?.flatten())
    }
}

impl<K: Py> Dict<K, Value> {
    /// `self.get(key)` of a dict of dynamic values.
    pub fn get_value(&self, key: &K) -> Result<Value> {
        Ok(self.get(key)?.unwrap_or(Value::None))
    }
}

impl<T: Py> Dict<T, T> {
    /// `dict(iterable of lists)`: every list must have two items.
    pub fn from_lists(items: impl Iterator<Item = Result<crate::List<T>>>) -> Result<Self> {
        let dict = Dict::new();
        for (at, item) in items.enumerate() {
            let pair: [T; 2] = item?.to_vec().try_into().map_err(|wrong: Vec<T>| {
                Exc::value_error(format!(
                    "dictionary update sequence element #{at} has length {}; 2 is required",
                    wrong.len()
                ))
            })?;
            let [key, value] = pair;
            dict.setitem(key, value)?;
        }
        Ok(dict)
    }
}

impl<K: Py, V: Py> Iterable for Dict<K, V> {
    type Item = K;
    #[allow(refining_impl_trait)]
    fn py_iter(&self) -> impl Iterator<Item = Result<K>> + 'static + use<K, V> {
        self.iter()
    }
}
