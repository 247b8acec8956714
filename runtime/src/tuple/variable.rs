//! Tuples of any length, their elements of one type.

use std::rc::Rc;

use super::TupleHash;
use super::fixed::out_of_range;
use crate::iter::same::{
    Order, TUPLE, cast, enter_repr, enter_repr_of_tuple, gather_onto, lexicographic, same,
};
use crate::list::{pick, repeat, repr_items};
use crate::slice::{place, window};
use crate::{Exc, Int, Iterable, Py, Result, Value};

/// An immutable sequence; clones share it.
pub struct Tuple<T>(Rc<Vec<T>>);

impl<T> Clone for Tuple<T> {
    #[inline]
    fn clone(&self) -> Self {
        Tuple(self.0.clone())
    }
}

impl<T> From<Vec<T>> for Tuple<T> {
    #[inline]
    fn from(items: Vec<T>) -> Self {
        Tuple(Rc::new(items))
    }
}

impl<T> Default for Tuple<T> {
    #[inline]
    fn default() -> Self {
        Tuple::from(Vec::new())
    }
}

impl<T: Py> Tuple<T> {
    #[inline]
    pub fn new() -> Self {
        Tuple::default()
    }

    /// `tuple(iterable)`.
    #[inline]
    pub fn collect(items: impl Iterator<Item = Result<T>>) -> Result<Self> {
        let mut tuple = Rc::new(Vec::new());
        gather_onto(
            Rc::get_mut(&mut tuple).expect("nobody else has a new tuple"),
            items,
        )?;
        Ok(Tuple(tuple))
    }

    /// `len(self)`.
    #[inline]
    pub fn len(&self) -> i64 {
        self.0.len() as i64
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `a, b = self`.
    #[inline]
    pub fn unpack<const N: usize>(&self) -> Result<[T; N]> {
        crate::dynamic::unpack_slice(&self.0)
    }

    #[inline]
    pub fn to_vec(&self) -> Vec<T> {
        self.0.to_vec()
    }

    #[inline]
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// `self[index]`.
    #[inline]
    pub fn get(&self, index: i64) -> Result<T> {
        match place(index, self.0.len()) {
            Some(at) => Ok(self.0[at].clone()),
            None => Err(out_of_range()),
        }
    }

    /// `self[start:stop:step]`.
    pub fn getslice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
    ) -> Result<Tuple<T>> {
        let items = pick(&self.0, start, stop, step)?;
        let step_is_one = step.is_none_or(|s| s.to_i64() == Some(1));
        Ok(if step_is_one && items.len() == self.0.len() {
            self.clone()
        } else {
            Tuple::from(items)
        })
    }

    /// `self + other`.
    #[inline]
    pub fn add(&self, other: &Tuple<T>) -> Tuple<T> {
        Tuple::from([self.as_slice(), other.as_slice()].concat())
    }

    /// `self * count`.
    #[inline]
    pub fn mul(&self, count: i64) -> Result<Tuple<T>> {
        repeat(&self.0, count).map(Tuple::from)
    }

    /// `x in self`.
    pub fn contains(&self, x: &T) -> Result<bool> {
        for item in self.0.iter() {
            if same(item, x)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// `self.index(x, start, stop)`.
    pub fn index(&self, x: &T, start: i64, stop: i64) -> Result<i64> {
        let (start, stop) = window(self.0.len(), start, stop);
        for at in start..stop.min(self.0.len()) {
            if same(&self.0[at], x)? {
                return Ok(at as i64);
            }
        }
        Err(Exc::value_error("tuple.index(x): x not in tuple"))
    }

    /// `self.count(x)`.
    pub fn count(&self, x: &T) -> Result<i64> {
        let mut found = 0;
        for item in self.0.iter() {
            found += i64::from(same(item, x)?);
        }
        Ok(found)
    }

    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = T> + use<T> {
        let tuple = self.clone();
        (0..tuple.0.len()).map(move |at| tuple.0[at].clone())
    }

    /// `reversed(self)`.
    pub fn reversed(&self) -> impl Iterator<Item = T> + use<T> {
        let tuple = self.clone();
        let mut at = tuple.0.len();
        std::iter::from_fn(move || {
            at = at.checked_sub(1)?;
            tuple.0.get(at).cloned()
        })
    }

    #[inline]
    fn compare(&self, other: &Self, order: Order) -> Result<bool> {
        lexicographic(
            order,
            |at| self.0.get(at).cloned(),
            |at| other.0.get(at).cloned(),
            || (self.0.len(), other.0.len()),
        )
    }
}

impl<T: Py> Iterable for Tuple<T> {
    type Item = T;
    #[allow(refining_impl_trait)]
    #[inline]
    fn py_iter(&self) -> impl Iterator<Item = Result<T>> + 'static + use<T> {
        self.iter().map(Ok)
    }
}

impl<T: Py> Py for Tuple<T> {
    const PLAIN: bool = T::PLAIN;
    const ORDERED: bool = T::ORDERED;

    fn py_type_name(&self) -> &'static str {
        "tuple"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        let _showing = if T::PLAIN {
            None
        } else if cast::<Self, Tuple<Value>>(self).is_none() {
            Some(enter_repr_of_tuple())
        } else {
            let Some(showing) = enter_repr(Rc::as_ptr(&self.0) as usize | TUPLE) else {
                out.push_str("(...)");
                return Ok(());
            };
            Some(showing)
        };
        let close = if self.0.len() == 1 { ",)" } else { ")" };
        repr_items(out, "(", self.iter(), close)
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    fn py_eq(&self, other: &Self) -> Result<bool> {
        for (x, y) in self.0.iter().zip(other.0.iter()) {
            if !same(x, y)? {
                return Ok(false);
            }
        }
        Ok(self.0.len() == other.0.len())
    }
    fn py_hash(&self) -> Result<i64> {
        let mut hash = TupleHash::new();
        for item in self.0.iter() {
            hash.push(item.py_hash()?);
        }
        Ok(hash.finish())
    }
    #[inline]
    fn py_lt(&self, other: &Self) -> Result<bool> {
        self.compare(other, Order::Lt)
    }
    #[inline]
    fn py_le(&self, other: &Self) -> Result<bool> {
        self.compare(other, Order::Le)
    }
    #[inline]
    fn py_gt(&self, other: &Self) -> Result<bool> {
        self.compare(other, Order::Gt)
    }
    #[inline]
    fn py_ge(&self, other: &Self) -> Result<bool> {
        self.compare(other, Order::Ge)
    }
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        // All empty tuples are one object.
        Rc::ptr_eq(&self.0, &other.0) || (self.is_empty() && other.is_empty())
    }
    fn to_value(&self) -> Value {
        Value::Tuple(
            cast(self)
                .unwrap_or_else(|| Tuple::from(self.0.iter().map(T::to_value).collect::<Vec<_>>())),
        )
    }
    fn from_value(value: &Value) -> Option<Self> {
        let Value::Tuple(tuple) = value else {
            return None;
        };
        cast(tuple).or_else(|| {
            tuple
                .0
                .iter()
                .map(T::from_value)
                .collect::<Option<Vec<T>>>()
                .map(Tuple::from)
        })
    }
}
