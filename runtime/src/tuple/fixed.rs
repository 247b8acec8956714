//! Rust tuples as Python tuples of a known shape.

use super::{Tuple, TupleHash};
use crate::iter::same::{enter_repr_of_tuple, same};
use crate::{Exc, Iterable, Py, Result, Value};

/// A tuple whose elements have one type, which therefore can be walked.
pub trait Uniform: Py {
    type Item: Py;
    fn to_items(&self) -> Vec<Self::Item>;

    /// The same tuple, its length forgotten.
    #[inline]
    fn to_tuple(&self) -> Tuple<Self::Item> {
        Tuple::from(self.to_items())
    }

    /// `self[index]` for an index that is not a literal.
    #[inline]
    fn get(&self, index: i64) -> Result<Self::Item> {
        self.to_tuple().get(index)
    }

    /// `x in self`.
    #[inline]
    fn contains(&self, x: &Self::Item) -> Result<bool> {
        self.to_tuple().contains(x)
    }
}

/// A tuple of a known shape.
pub trait Shape: Py {
    /// `len(self)`.
    fn len(&self) -> i64;
    /// The same tuple with its elements boxed.
    fn to_values(&self) -> Tuple<Value>;
}

macro_rules! tuples {
    ($len:literal: $($t:ident $i:tt $one:ident),*) => {
        impl<$($t: Py),*> Py for ($($t,)*) {
            const PLAIN: bool = true $(&& $t::PLAIN)*;
            const ORDERED: bool = true $(&& $t::ORDERED)*;

            fn py_type_name(&self) -> &'static str {
                "tuple"
            }
            fn py_repr_into(&self, out: &mut String) -> Result<()> {
                let inert = true $(&& $t::PLAIN)*;
                let _showing = (!inert).then(enter_repr_of_tuple);
                $(
                    out.push_str(if $i == 0 { "(" } else { ", " });
                    self.$i.py_repr_into(out)?;
                )*
                out.push_str(if $len == 1 { ",)" } else { ")" });
                Ok(())
            }
            #[inline]
            fn py_truth(&self) -> Result<bool> {
                Ok(true)
            }
            #[inline]
            fn py_eq(&self, other: &Self) -> Result<bool> {
                $(
                    if !same(&self.$i, &other.$i)? {
                        return Ok(false);
                    }
                )*
                Ok(true)
            }
            #[inline]
            fn py_hash(&self) -> Result<i64> {
                let mut hash = TupleHash::new();
                $(hash.push(self.$i.py_hash()?);)*
                Ok(hash.finish())
            }
            #[inline]
            fn py_lt(&self, other: &Self) -> Result<bool> {
                $(
                    if !same(&self.$i, &other.$i)? {
                        return self.$i.py_lt(&other.$i);
                    }
                )*
                Ok(false)
            }
            fn py_le(&self, other: &Self) -> Result<bool> {
                $(
                    if !same(&self.$i, &other.$i)? {
                        return self.$i.py_le(&other.$i);
                    }
                )*
                Ok(true)
            }
            fn py_gt(&self, other: &Self) -> Result<bool> {
                $(
                    if !same(&self.$i, &other.$i)? {
                        return self.$i.py_gt(&other.$i);
                    }
                )*
                Ok(false)
            }
            fn py_ge(&self, other: &Self) -> Result<bool> {
                $(
                    if !same(&self.$i, &other.$i)? {
                        return self.$i.py_ge(&other.$i);
                    }
                )*
                Ok(true)
            }
            #[inline]
            fn py_is(&self, other: &Self) -> bool {
                true $(&& self.$i.py_is(&other.$i))*
            }
            fn to_value(&self) -> Value {
                Value::Tuple(self.to_values())
            }
            fn from_value(value: &Value) -> Option<Self> {
                let Value::Tuple(tuple) = value else { return None };
                let items = tuple.as_slice();
                if items.len() != $len {
                    return None;
                }
                Some(($($t::from_value(&items[$i])?,)*))
            }
        }

        impl<$($t: Py),*> Shape for ($($t,)*) {
            #[inline]
            fn len(&self) -> i64 {
                $len
            }
            fn to_values(&self) -> Tuple<Value> {
                Tuple::from(vec![$(self.$i.to_value()),*])
            }
        }

        impl<T: Py> Uniform for ($($one,)*) {
            type Item = T;
            #[inline]
            fn to_items(&self) -> Vec<T> {
                vec![$(self.$i.clone()),*]
            }
        }

        impl<T: Py> Iterable for ($($one,)*) {
            type Item = T;
            #[allow(refining_impl_trait)]
            #[inline]
            fn py_iter(&self) -> impl Iterator<Item = Result<T>> + 'static + use<T> {
                [$(self.$i.clone()),*].into_iter().map(Ok)
            }
        }
    };
}

tuples!(1: A 0 T);
tuples!(2: A 0 T, B 1 T);
tuples!(3: A 0 T, B 1 T, C 2 T);
tuples!(4: A 0 T, B 1 T, C 2 T, D 3 T);
tuples!(5: A 0 T, B 1 T, C 2 T, D 3 T, E 4 T);
tuples!(6: A 0 T, B 1 T, C 2 T, D 3 T, E 4 T, F 5 T);
tuples!(7: A 0 T, B 1 T, C 2 T, D 3 T, E 4 T, F 5 T, G 6 T);
tuples!(8: A 0 T, B 1 T, C 2 T, D 3 T, E 4 T, F 5 T, G 6 T, H 7 T);
tuples!(9: A 0 T, B 1 T, C 2 T, D 3 T, E 4 T, F 5 T, G 6 T, H 7 T, I 8 T);
tuples!(10: A 0 T, B 1 T, C 2 T, D 3 T, E 4 T, F 5 T, G 6 T, H 7 T, I 8 T, J 9 T);
tuples!(11: A 0 T, B 1 T, C 2 T, D 3 T, E 4 T, F 5 T, G 6 T, H 7 T, I 8 T, J 9 T, K 10 T);
tuples!(12: A 0 T, B 1 T, C 2 T, D 3 T, E 4 T, F 5 T, G 6 T, H 7 T, I 8 T, J 9 T, K 10 T, L 11 T);

/// The tuple `()`: Rust's `()` is Python's None.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptyTuple;

impl Py for EmptyTuple {
    fn py_type_name(&self) -> &'static str {
        "tuple"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str("()");
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(false)
    }
    #[inline]
    fn py_eq(&self, _other: &Self) -> Result<bool> {
        Ok(true)
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok(TupleHash::new().finish())
    }
    #[inline]
    fn py_lt(&self, _other: &Self) -> Result<bool> {
        Ok(false)
    }
    #[inline]
    fn py_le(&self, _other: &Self) -> Result<bool> {
        Ok(true)
    }
    #[inline]
    fn py_gt(&self, _other: &Self) -> Result<bool> {
        Ok(false)
    }
    #[inline]
    fn py_ge(&self, _other: &Self) -> Result<bool> {
        Ok(true)
    }
    #[inline]
    fn py_is(&self, _other: &Self) -> bool {
        true
    }
    fn to_value(&self) -> Value {
        Value::Tuple(Tuple::from(Vec::new()))
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Tuple(tuple) if tuple.as_slice().is_empty() => Some(EmptyTuple),
            _ => None,
        }
    }
}

/// `t[i]` out of range for a fixed tuple, when the compiler cannot say so itself.
#[cold]
pub(crate) fn out_of_range() -> Exc {
    Exc::index_error("tuple index out of range")
}
