//! Python's frozenset.

use super::{AnySet, Core, shared_operations};
use crate::iter::same::{cast, enter_repr};
use crate::list::repr_items;
use crate::{Iterable, Py, Result, Value};

/// An immutable set: nothing changes its table once it is built.
pub struct FrozenSet<T>(pub(crate) Core<T>);

impl<T> Clone for FrozenSet<T> {
    #[inline]
    fn clone(&self) -> Self {
        FrozenSet(self.0.clone())
    }
}

impl<T: Py> Default for FrozenSet<T> {
    fn default() -> Self {
        FrozenSet::new()
    }
}

impl<T: Py> AnySet<T> for FrozenSet<T> {
    fn core(&self) -> &Core<T> {
        &self.0
    }
}

shared_operations!(FrozenSet);

impl<T: Py> FrozenSet<T> {
    /// The elements in table order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Result<T>> + use<T> {
        self.0.walk_fixed()
    }

    /// A display of constants that is only walked or searched (`for x in {1, 2}`),
    /// which CPython folds to a frozenset and rebuilds once; see `Set::from_constants`.
    pub fn from_constants(items: impl IntoIterator<Item = T>) -> Result<Self> {
        FrozenSet::from_items(FrozenSet::from_items(items)?.0.elements())
    }

    /// `self.copy()`, `frozenset(self)`: itself.
    pub fn copy(&self) -> Result<FrozenSet<T>> {
        Ok(self.clone())
    }
}

impl<T: Py> Py for FrozenSet<T> {
    fn py_type_name(&self) -> &'static str {
        "frozenset"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        if self.is_empty() {
            out.push_str("frozenset()");
            return Ok(());
        }
        match enter_repr(self.0.address()) {
            Some(_showing) => repr_items(out, "frozenset({", self.0.elements().into_iter(), "})"),
            None => {
                out.push_str("frozenset(...)");
                Ok(())
            }
        }
    }
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    fn py_eq(&self, other: &Self) -> Result<bool> {
        self.eq_set(other)
    }
    fn py_hash(&self) -> Result<i64> {
        Ok(self.0.frozen_hash())
    }
    fn py_lt(&self, other: &Self) -> Result<bool> {
        self.lt_set(other)
    }
    fn py_le(&self, other: &Self) -> Result<bool> {
        self.issubset_set(other)
    }
    fn py_gt(&self, other: &Self) -> Result<bool> {
        other.lt_set(self)
    }
    fn py_ge(&self, other: &Self) -> Result<bool> {
        other.issubset_set(self)
    }
    fn py_is(&self, other: &Self) -> bool {
        self.0.is(&other.0)
    }
    fn to_value(&self) -> Value {
        Value::FrozenSet(cast(self).unwrap_or_else(|| {
            FrozenSet(
                self.0
                    .mapped(|x| Some(x.to_value()))
                    .unwrap_or_else(Core::new),
            )
        }))
    }
    fn from_value(value: &Value) -> Option<Self> {
        let Value::FrozenSet(set) = value else {
            return None;
        };
        cast(set).or_else(|| set.0.mapped(T::from_value).map(FrozenSet))
    }
}
