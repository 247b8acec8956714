//! Python's set and frozenset, in CPython's own layout so that they print in its order.

mod body;
mod core;
mod distinct;
mod frozen;
mod near;
mod table;

use crate::exc::KEY_ERROR;
use crate::iter::same::{cast, enter_repr};
use crate::list::repr_items;
use crate::slice::unhashable;
use crate::{Exc, Iterable, Py, Result, Value};

pub(crate) use self::core::Core;
pub use distinct::Distinct;
pub use frozen::FrozenSet;

/// A set or a frozenset: what set operators accept on their right.
pub trait AnySet<T: Py> {
    #[doc(hidden)]
    fn core(&self) -> &Core<T>;
}

/// A set handle: clones alias.
pub struct Set<T>(pub(crate) Core<T>);

impl<T> Clone for Set<T> {
    #[inline]
    fn clone(&self) -> Self {
        Set(self.0.clone())
    }
}

impl<T: Py> Default for Set<T> {
    #[inline]
    fn default() -> Self {
        Set::new()
    }
}

impl<T: Py> AnySet<T> for Set<T> {
    #[inline]
    fn core(&self) -> &Core<T> {
        &self.0
    }
}

/// What set and frozenset share; results have the type of the left operand.
macro_rules! shared_operations {
    ($name:ident) => {
        impl<T: Py> $name<T> {
            #[inline]
            pub fn new() -> Self {
                $name(Core::new())
            }
            /// A display, or the fallback of a constructor: the items in their order.
            #[inline]
            pub fn from_items(items: impl IntoIterator<Item = T>) -> Result<Self> {
                Self::collect(items.into_iter().map(Ok))
            }
            /// The constructor over an iterable that is neither a set nor a dict.
            pub fn collect(items: impl Iterator<Item = Result<T>>) -> Result<Self> {
                let core = Core::new();
                core.update(items)?;
                Ok($name(core))
            }
            /// The constructor over a set or frozenset.
            #[inline]
            pub fn from_set(other: &impl AnySet<T>) -> Result<Self> {
                Ok($name(other.core().copied()?))
            }
            /// The constructor over a dict, which sizes the table in advance.
            pub fn from_dict<V: Py>(dict: &crate::Dict<T, V>) -> Result<Self> {
                let core = Core::new();
                core.update_dict(dict)?;
                Ok($name(core))
            }
            /// `len(self)`.
            #[inline]
            pub fn len(&self) -> i64 {
                self.0.len() as i64
            }
            #[inline]
            pub fn is_empty(&self) -> bool {
                self.0.len() == 0
            }
            /// `x in self`.
            #[inline]
            pub fn contains(&self, x: &T) -> Result<bool> {
                self.0.contains(x)
            }
            /// `self | other`, `self.union(set)`.
            pub fn union_set(&self, other: &impl AnySet<T>) -> Result<Self> {
                let out = self.0.copied()?;
                if !self.0.is(other.core()) {
                    out.merge(other.core())?;
                }
                Ok($name(out))
            }
            /// `self.union(items)`.
            pub fn union(&self, items: impl Iterator<Item = Result<T>>) -> Result<Self> {
                let out = self.0.copied()?;
                out.update(items)?;
                Ok($name(out))
            }
            /// `self.union(dict)`.
            pub fn union_dict<V: Py>(&self, dict: &crate::Dict<T, V>) -> Result<Self> {
                let out = self.0.copied()?;
                out.update_dict(dict)?;
                Ok($name(out))
            }
            /// `min(self)`.
            #[inline]
            pub fn least(&self) -> Result<T> {
                match self.0.ends() {
                    Some((least, _)) => Ok(least),
                    None => crate::iter::min_of(self.iter()),
                }
            }
            /// `max(self)`.
            #[inline]
            pub fn greatest(&self) -> Result<T> {
                match self.0.ends() {
                    Some((_, greatest)) => Ok(greatest),
                    None => crate::iter::max_of(self.iter()),
                }
            }
            /// `len(self & other)`.
            #[inline]
            pub fn common_len(&self, other: &impl AnySet<T>) -> Result<i64> {
                self.0.common_len(other.core())
            }
            /// `self & other`, `self.intersection(set)`.
            #[inline]
            pub fn intersection_set(&self, other: &impl AnySet<T>) -> Result<Self> {
                Ok($name(self.0.intersection(other.core())?))
            }
            /// `self.intersection(items)`.
            #[inline]
            pub fn intersection(&self, items: impl Iterator<Item = Result<T>>) -> Result<Self> {
                Ok($name(self.0.intersection_items(items)?))
            }
            /// `self - other`, `self.difference(set)`.
            #[inline]
            pub fn difference_set(&self, other: &impl AnySet<T>) -> Result<Self> {
                Ok($name(self.0.difference(other.core())?))
            }
            /// `self.difference(items)`.
            pub fn difference(&self, items: impl Iterator<Item = Result<T>>) -> Result<Self> {
                let out = self.0.copied()?;
                out.difference_items(items)?;
                Ok($name(out))
            }
            /// `self.difference(dict)`.
            #[inline]
            pub fn difference_dict<V: Py>(&self, dict: &crate::Dict<T, V>) -> Result<Self> {
                Ok($name(self.0.difference_dict(dict)?))
            }
            /// `self ^ other`, `self.symmetric_difference(set)`.
            pub fn symmetric_difference_set(&self, other: &impl AnySet<T>) -> Result<Self> {
                let out = other.core().copied()?;
                out.toggle_all(&self.0)?;
                Ok($name(out))
            }
            /// `self.symmetric_difference(dict)`.
            pub fn symmetric_difference_dict<V: Py>(
                &self,
                dict: &crate::Dict<T, V>,
            ) -> Result<Self> {
                let out = Core::new();
                out.update_dict(dict)?;
                out.toggle_all(&self.0)?;
                Ok($name(out))
            }
            /// `self.symmetric_difference(items)`.
            pub fn symmetric_difference(
                &self,
                items: impl Iterator<Item = Result<T>>,
            ) -> Result<Self> {
                let out = Core::new();
                out.update(items)?;
                out.toggle_all(&self.0)?;
                Ok($name(out))
            }
            /// `self.isdisjoint(set)`.
            #[inline]
            pub fn isdisjoint_set(&self, other: &impl AnySet<T>) -> Result<bool> {
                self.0.isdisjoint(other.core())
            }
            /// `self.isdisjoint(items)`.
            pub fn isdisjoint(&self, items: impl Iterator<Item = Result<T>>) -> Result<bool> {
                for item in items {
                    if self.0.contains(&item?)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            /// `self <= other`, `self.issubset(set)`.
            #[inline]
            pub fn issubset_set(&self, other: &impl AnySet<T>) -> Result<bool> {
                self.0.issubset(other.core())
            }
            /// `self.issubset(items)`.
            #[inline]
            pub fn issubset(&self, items: impl Iterator<Item = Result<T>>) -> Result<bool> {
                Ok(self.0.intersection_items(items)?.len() == self.0.len())
            }
            /// `self >= other`, `self.issuperset(set)`.
            #[inline]
            pub fn issuperset_set(&self, other: &impl AnySet<T>) -> Result<bool> {
                other.core().issubset(&self.0)
            }
            /// `self.issuperset(items)`.
            pub fn issuperset(&self, items: impl Iterator<Item = Result<T>>) -> Result<bool> {
                for item in items {
                    if !self.0.contains(&item?)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            /// `self == other` for sets of either kind.
            #[inline]
            pub fn eq_set(&self, other: &impl AnySet<T>) -> Result<bool> {
                Ok(self.0.len() == other.core().len() && self.0.issubset(other.core())?)
            }
            /// `self != other` for sets of either kind.
            #[inline]
            pub fn ne_set(&self, other: &impl AnySet<T>) -> Result<bool> {
                Ok(!self.eq_set(other)?)
            }
            /// `self < other` for sets of either kind.
            #[inline]
            pub fn lt_set(&self, other: &impl AnySet<T>) -> Result<bool> {
                Ok(self.0.len() < other.core().len() && self.0.issubset(other.core())?)
            }
        }

        impl<T: Py> Iterable for $name<T> {
            type Item = T;
            #[allow(refining_impl_trait)]
            #[inline]
            fn py_iter(&self) -> impl Iterator<Item = Result<T>> + 'static + use<T> {
                self.iter()
            }
        }
    };
}
pub(crate) use shared_operations;

shared_operations!(Set);

impl<T: Py> Set<T> {
    /// The elements in table order; an error once the set has changed its size.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Result<T>> + use<T> {
        self.0.walk()
    }

    /// A display of three or more constants. CPython folds it to a frozenset, builds
    /// that again in its own order when it collects the constants, and merges it into
    /// a new set: that can order the elements otherwise than adding them would.
    pub fn from_constants(items: impl IntoIterator<Item = T>) -> Result<Self> {
        let frozen = FrozenSet::from_constants(items)?;
        let core = Core::new();
        core.merge(&frozen.0)?;
        Ok(Set(core))
    }

    #[inline]
    pub(crate) fn address(&self) -> usize {
        self.0.address()
    }

    /// `self.add(x)`.
    #[inline]
    pub fn add(&self, x: T) -> Result<()> {
        self.0.add(x)
    }

    /// `self.discard(x)`.
    #[inline]
    pub fn discard(&self, x: &T) -> Result<()> {
        self.0.discard(x, x.py_hash()?).map(drop)
    }

    /// `self.remove(x)`.
    pub fn remove(&self, x: &T) -> Result<()> {
        if self.0.discard(x, x.py_hash()?)? {
            return Ok(());
        }
        Err(Exc::key_error(x.to_value()))
    }

    /// `self.pop()`: CPython's choice.
    pub fn pop(&self) -> Result<T> {
        self.0
            .pop()
            .ok_or_else(|| Exc::with_message(&KEY_ERROR, "pop from an empty set"))
    }

    pub fn clear(&self) {
        self.0.clear();
    }

    /// `self.copy()`.
    #[inline]
    pub fn copy(&self) -> Result<Set<T>> {
        Ok(Set(self.0.copied()?))
    }

    /// `self.update(items)`.
    #[inline]
    pub fn update(&self, items: impl Iterator<Item = Result<T>>) -> Result<()> {
        self.0.update(items)
    }

    /// `self |= other`, `self.update(set)`.
    #[inline]
    pub fn update_set(&self, other: &impl AnySet<T>) -> Result<()> {
        self.0.merge(other.core())
    }

    /// `self.update(dict)`.
    #[inline]
    pub fn update_dict<V: Py>(&self, dict: &crate::Dict<T, V>) -> Result<()> {
        self.0.update_dict(dict)
    }

    /// `self.intersection_update(items)`.
    pub fn intersection_update(&self, items: impl Iterator<Item = Result<T>>) -> Result<()> {
        let kept = self.0.intersection_items(items)?;
        self.0.swap(&kept);
        Ok(())
    }

    /// `self &= other`, `self.intersection_update(set)`.
    pub fn intersection_update_set(&self, other: &impl AnySet<T>) -> Result<()> {
        let kept = self.0.intersection(other.core())?;
        self.0.swap(&kept);
        Ok(())
    }

    /// `self.difference_update(items)`.
    #[inline]
    pub fn difference_update(&self, items: impl Iterator<Item = Result<T>>) -> Result<()> {
        self.0.difference_items(items)
    }

    /// `self -= other`, `self.difference_update(set)`.
    #[inline]
    pub fn difference_update_set(&self, other: &impl AnySet<T>) -> Result<()> {
        self.0.difference_update(other.core())
    }

    /// `self.symmetric_difference_update(items)`.
    pub fn symmetric_difference_update(
        &self,
        items: impl Iterator<Item = Result<T>>,
    ) -> Result<()> {
        let other = Core::new();
        other.update(items)?;
        self.0.toggle_all(&other)
    }

    /// `self ^= other`, `self.symmetric_difference_update(set)`.
    #[inline]
    pub fn symmetric_difference_update_set(&self, other: &impl AnySet<T>) -> Result<()> {
        self.0.toggle_all(other.core())
    }
}

impl<T: Py> Py for Set<T> {
    fn py_type_name(&self) -> &'static str {
        "set"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        if self.is_empty() {
            out.push_str("set()");
            return Ok(());
        }
        match enter_repr(self.0.address()) {
            Some(_showing) => repr_items(out, "{", self.0.elements().into_iter(), "}"),
            None => {
                out.push_str("set(...)");
                Ok(())
            }
        }
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    #[inline]
    fn py_eq(&self, other: &Self) -> Result<bool> {
        self.eq_set(other)
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Err(unhashable("set"))
    }
    #[inline]
    fn py_lt(&self, other: &Self) -> Result<bool> {
        self.lt_set(other)
    }
    #[inline]
    fn py_le(&self, other: &Self) -> Result<bool> {
        self.issubset_set(other)
    }
    #[inline]
    fn py_gt(&self, other: &Self) -> Result<bool> {
        other.lt_set(self)
    }
    #[inline]
    fn py_ge(&self, other: &Self) -> Result<bool> {
        other.issubset_set(self)
    }
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self.0.is(&other.0)
    }
    fn to_value(&self) -> Value {
        Value::Set(cast(self).unwrap_or_else(|| {
            Set(self
                .0
                .mapped(|x| Some(x.to_value()))
                .unwrap_or_else(Core::new))
        }))
    }
    fn from_value(value: &Value) -> Option<Self> {
        let Value::Set(set) = value else { return None };
        cast(set).or_else(|| set.0.mapped(T::from_value).map(Set))
    }
}
