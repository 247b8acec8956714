//! What a dict does as a value.

use super::Dict;
use super::flavour::Flavour;
use super::table::Table;
use crate::classes::DICT;
use crate::iter::same::{cast, enter_repr, same};
use crate::slice::unhashable;
use crate::{Class, Py, Result, Value};

impl<K: Py, V: Py> Py for Dict<K, V> {
    fn py_type_name(&self) -> &'static str {
        self.py_class().name
    }

    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        match self.flavour() {
            None => self.repr_entries(out),
            Some(flavour) => self.repr_flavoured(flavour, out),
        }
    }

    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }

    fn py_eq(&self, other: &Self) -> Result<bool> {
        if self.is_counter() && other.is_counter() {
            return self.eq_counts(other);
        }
        Ok(self.eq_entries(other)? && self.eq_order(other)?)
    }

    #[inline]
    fn py_lt(&self, other: &Self) -> Result<bool> {
        self.lt_counts(other)
    }
    #[inline]
    fn py_le(&self, other: &Self) -> Result<bool> {
        self.le_counts(other)
    }
    #[inline]
    fn py_gt(&self, other: &Self) -> Result<bool> {
        self.gt_counts(other)
    }
    #[inline]
    fn py_ge(&self, other: &Self) -> Result<bool> {
        self.ge_counts(other)
    }

    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Err(unhashable("dict"))
    }

    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self.address() == other.address()
    }

    fn to_value(&self) -> Value {
        Value::Dict(self.boxed())
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Dict(dict) => dict.unboxed(),
            _ => None,
        }
    }
}

impl<K: Py, V: Py> Dict<K, V> {
    /// `type(self)`.
    #[inline]
    pub fn py_class(&self) -> &'static Class {
        self.flavour().map_or(&DICT, Flavour::class)
    }

    /// The entries as a dict shows them.
    pub(super) fn repr_entries(&self, out: &mut String) -> Result<()> {
        let Some(_showing) = enter_repr(self.address()) else {
            out.push_str("{...}");
            return Ok(());
        };
        out.push('{');
        let mut position = 0;
        while let Some((next, _, key, value)) = self.entry_from(position) {
            if position > 0 {
                out.push_str(", ");
            }
            key.py_repr_into(out)?;
            out.push_str(": ");
            value.py_repr_into(out)?;
            position = next;
        }
        out.push('}');
        Ok(())
    }

    fn eq_entries(&self, other: &Self) -> Result<bool> {
        if self.len() != other.len() {
            return Ok(false);
        }
        let mut position = 0;
        while let Some((next, hash, key, value)) = self.entry_from(position) {
            let Some(theirs) = other.find(&key, hash)?.and_then(|at| other.value_at(at)) else {
                return Ok(false);
            };
            if !same(&theirs, &value)? {
                return Ok(false);
            }
            position = next;
        }
        Ok(true)
    }

    /// Two OrderedDicts also compare their orders.
    fn eq_order(&self, other: &Self) -> Result<bool> {
        if !self.is_ordered() || !other.is_ordered() {
            return Ok(true);
        }
        for (mine, theirs) in self.iter().zip(other.iter()) {
            if !same(&mine?, &theirs?)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The same dict dynamically typed: an alias if its entries are, else a copy.
    pub(super) fn boxed(&self) -> Dict<Value, Value> {
        cast(self).unwrap_or_else(|| {
            let boxed = Dict::with_table(
                Table::new(),
                self.flavour().map(|flavour| Box::new(flavour.boxed())),
            );
            let mut position = 0;
            while let Some((next, hash, key, value)) = self.entry_from(position) {
                // Distinct keys of one type stay distinct when boxed.
                boxed.edit(|t| t.push(hash, key.to_value(), value.to_value()));
                position = next;
            }
            boxed
        })
    }
}

impl Dict<Value, Value> {
    /// The opposite of `boxed`; `None` if an entry is of another type.
    pub(super) fn unboxed<K: Py, V: Py>(&self) -> Option<Dict<K, V>> {
        if let Some(alias) = cast(self) {
            return Some(alias);
        }
        let typed = Dict::with_table(
            Table::new(),
            self.flavour().map(|flavour| Box::new(flavour.unboxed())),
        );
        let mut position = 0;
        while let Some((next, hash, key, value)) = self.entry_from(position) {
            let (key, value) = (K::from_value(&key)?, V::from_value(&value)?);
            typed.edit(|t| t.push(hash, key, value));
            position = next;
        }
        Some(typed)
    }
}
