//! Live views of a dict: `keys()`, `values()`, `items()`.

use super::Dict;
use crate::iter::same::same;
use crate::list::repr_items;
use crate::slice::unhashable;
use crate::{Iterable, Py, Result, Set, Value};

macro_rules! view {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $item:ty, $get:expr) => {
        $(#[$doc])*
        pub struct $name<K, V: 'static>(pub(crate) Dict<K, V>);

        impl<K, V> Clone for $name<K, V> {
            fn clone(&self) -> Self {
                $name(self.0.clone())
            }
        }

        impl<K: Py, V: Py> $name<K, V> {
            /// `len(self)`.
            pub fn len(&self) -> i64 {
                self.0.len()
            }
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
            #[inline]
            pub fn iter(&self) -> impl Iterator<Item = Result<$item>> + use<K, V> {
                self.0.walk($get)
            }
            /// `reversed(self)`.
            pub fn reversed(&self) -> impl Iterator<Item = Result<$item>> + use<K, V> {
                self.0.walk_back($get)
            }
            fn repr_view(&self, out: &mut String) -> Result<()> {
                let items = self.iter().collect::<Result<Vec<_>>>()?;
                repr_items(out, concat!($kind, "(["), items.into_iter(), "])")
            }
        }

        impl<K: Py, V: Py> Iterable for $name<K, V> {
            type Item = $item;
            #[allow(refining_impl_trait)]
            fn py_iter(&self) -> impl Iterator<Item = Result<$item>> + 'static + use<K, V> {
                self.iter()
            }
        }
    };
}

view!(
    /// `dict.keys()`.
    DictKeys, "dict_keys", K, |e| e.key.clone()
);
view!(
    /// `dict.values()`.
    DictValues, "dict_values", V, |e| e.value.clone()
);
view!(
    /// `dict.items()`.
    DictItems, "dict_items", (K, V), |e| (e.key.clone(), e.value.clone())
);

macro_rules! set_like {
    ($name:ident, $item:ty) => {
        impl<K: Py, V: Py> $name<K, V> {
            /// `self | items`.
            pub fn union(&self, items: impl Iterator<Item = Result<$item>>) -> Result<Set<$item>> {
                let out = self.to_set()?;
                out.update(items)?;
                Ok(out)
            }
            /// `self - items`.
            pub fn difference(
                &self,
                items: impl Iterator<Item = Result<$item>>,
            ) -> Result<Set<$item>> {
                let out = self.to_set()?;
                out.difference_update(items)?;
                Ok(out)
            }
            /// `self & items`: in the order of `items`.
            pub fn intersection(
                &self,
                items: impl Iterator<Item = Result<$item>>,
            ) -> Result<Set<$item>> {
                let out = Set::new();
                for item in items {
                    let item = item?;
                    if self.contains(&item)? {
                        out.add(item)?;
                    }
                }
                Ok(out)
            }
            /// `self ^ items`.
            pub fn symmetric_difference(
                &self,
                items: impl Iterator<Item = Result<$item>>,
            ) -> Result<Set<$item>> {
                let out = self.to_set()?;
                out.symmetric_difference_update(items)?;
                Ok(out)
            }
            /// `self.isdisjoint(items)`.
            pub fn isdisjoint(&self, items: impl Iterator<Item = Result<$item>>) -> Result<bool> {
                for item in items {
                    if self.contains(&item?)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            fn all_in(&self, other: &Self) -> Result<bool> {
                for item in self.iter() {
                    if !other.contains(&item?)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
        }
    };
}

set_like!(DictKeys, K);
set_like!(DictItems, (K, V));

impl<K: Py, V: Py> DictKeys<K, V> {
    /// The set that operators start from: sized as `set(dict)` sizes it.
    fn to_set(&self) -> Result<Set<K>> {
        Set::from_dict(&self.0)
    }
    /// `self == other` for keys of dicts of different values.
    pub fn eq_keys<W: Py>(&self, other: &DictKeys<K, W>) -> Result<bool> {
        if self.len() != other.len() {
            return Ok(false);
        }
        for key in self.iter() {
            if !other.contains(&key?)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
    /// `self != other`.
    pub fn ne_keys<W: Py>(&self, other: &DictKeys<K, W>) -> Result<bool> {
        Ok(!self.eq_keys(other)?)
    }
    /// `self == set`.
    pub fn eq_set(&self, other: &Set<K>) -> Result<bool> {
        if self.len() != other.len() {
            return Ok(false);
        }
        for key in self.iter() {
            if !other.contains(&key?)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
    /// `self & set`, in either order: the smaller one is walked.
    pub fn intersection_set(&self, other: &Set<K>) -> Result<Set<K>> {
        if self.len() <= other.len() {
            other.intersection(self.iter())
        } else {
            self.intersection(other.iter())
        }
    }
    /// `self & other`: the smaller view is walked.
    pub fn intersection_keys<W: Py>(&self, other: &DictKeys<K, W>) -> Result<Set<K>> {
        if other.len() > self.len() {
            other.intersection(self.iter())
        } else {
            self.intersection(other.iter())
        }
    }
    /// `key in self`.
    pub fn contains(&self, key: &K) -> Result<bool> {
        self.0.contains(key)
    }
}

impl<K: Py, V: Py> DictValues<K, V> {
    /// `value in self`.
    pub fn contains(&self, value: &V) -> Result<bool> {
        for held in self.iter() {
            if same(&held?, value)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl<K: Py, V: Py> DictItems<K, V> {
    fn to_set(&self) -> Result<Set<(K, V)>> {
        Set::collect(self.iter())
    }
    /// `(key, value) in self`.
    pub fn contains(&self, item: &(K, V)) -> Result<bool> {
        match self.0.get(&item.0)? {
            Some(value) => same(&value, &item.1),
            None => Ok(false),
        }
    }
}

macro_rules! view_value {
    ($name:ident, $kind:literal, $eq:expr, $order:tt) => {
        impl<K: Py, V: Py> Py for $name<K, V> {
            fn py_type_name(&self) -> &'static str {
                $kind
            }
            fn py_repr_into(&self, out: &mut String) -> Result<()> {
                self.repr_view(out)
            }
            fn py_truth(&self) -> Result<bool> {
                Ok(!self.is_empty())
            }
            fn py_eq(&self, other: &Self) -> Result<bool> {
                let eq: fn(&Self, &Self) -> Result<bool> = $eq;
                eq(self, other)
            }
            fn py_hash(&self) -> Result<i64> {
                Err(unhashable($kind))
            }
            fn py_is(&self, other: &Self) -> bool {
                self.0.py_is(&other.0)
            }
            view_value!(@order $order);
            fn to_value(&self) -> Value {
                Value::$name($name(self.0.boxed()))
            }
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::$name(view) => view.0.unboxed().map($name),
                    _ => None,
                }
            }
        }
    };
    (@order subset) => {
        fn py_lt(&self, other: &Self) -> Result<bool> {
            Ok(self.len() < other.len() && self.all_in(other)?)
        }
        fn py_le(&self, other: &Self) -> Result<bool> {
            Ok(self.len() <= other.len() && self.all_in(other)?)
        }
        fn py_gt(&self, other: &Self) -> Result<bool> {
            other.py_lt(self)
        }
        fn py_ge(&self, other: &Self) -> Result<bool> {
            other.py_le(self)
        }
    };
    (@order none) => {};
}

view_value!(
    DictKeys,
    "dict_keys",
    |a, b| Ok(a.len() == b.len() && a.all_in(b)?),
    subset
);
view_value!(DictValues, "dict_values", |a, b| Ok(a.py_is(b)), none);
view_value!(
    DictItems,
    "dict_items",
    |a, b| Ok(a.len() == b.len() && a.all_in(b)?),
    subset
);
