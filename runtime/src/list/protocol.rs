//! What a list does as a value.

use super::{AnyList, List, OwnList};
use crate::core::{Repr, Show};
use crate::iter::same::{Order, cast, enter_repr, lexicographic, same};
use crate::slice::unhashable;
use crate::{Py, Result, Str, Value};

/// What a list does as a value, whoever owns it.
impl<T: Py> OwnList<T> {
    #[inline]
    fn compare(&self, other: &impl AnyList<T>, order: Order) -> Result<bool> {
        let other = other.own();
        lexicographic(
            order,
            |at| self.at(at),
            |at| other.at(at),
            || (self.len() as usize, other.len() as usize),
        )
    }

    /// `self == other`.
    pub fn eq_list(&self, other: &impl AnyList<T>) -> Result<bool> {
        let other = other.own();
        if self.len() != other.len() {
            return Ok(false);
        }
        if T::PLAIN {
            return self.with(|a| {
                other.with(|b| {
                    for (x, y) in a.iter().zip(b) {
                        if !same(x, y)? {
                            return Ok(false);
                        }
                    }
                    Ok(true)
                })
            });
        }
        let mut at = 0;
        while let (Some(x), Some(y)) = (self.at(at), other.at(at)) {
            if !same(&x, &y)? {
                return Ok(false);
            }
            at += 1;
        }
        Ok(self.len() == other.len())
    }

    #[inline]
    pub fn ne_list(&self, other: &impl AnyList<T>) -> Result<bool> {
        Ok(!self.eq_list(other)?)
    }
    #[inline]
    pub fn lt_list(&self, other: &impl AnyList<T>) -> Result<bool> {
        self.compare(other, Order::Lt)
    }
    #[inline]
    pub fn le_list(&self, other: &impl AnyList<T>) -> Result<bool> {
        self.compare(other, Order::Le)
    }
    #[inline]
    pub fn gt_list(&self, other: &impl AnyList<T>) -> Result<bool> {
        self.compare(other, Order::Gt)
    }
    #[inline]
    pub fn ge_list(&self, other: &impl AnyList<T>) -> Result<bool> {
        self.compare(other, Order::Ge)
    }

    #[inline]
    pub fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }

    pub(crate) fn repr_into(&self, out: &mut String) -> Result<()> {
        match enter_repr(self.address()) {
            Some(_showing) => repr_items(out, "[", self.iter(), "]"),
            None => {
                out.push_str("[...]");
                Ok(())
            }
        }
    }

    /// `repr(self)`.
    pub fn py_repr(&self) -> Result<Str> {
        let mut out = String::new();
        self.repr_into(&mut out)?;
        Ok(Str::from(out))
    }

    /// `str(self)`.
    pub fn py_str(&self) -> Result<Str> {
        self.py_repr()
    }
}

impl<T: Py> Show for OwnList<T> {
    fn show(&self, out: &mut String) -> Result<()> {
        self.repr_into(out)
    }
}

impl<T: Py> Show for Repr<'_, OwnList<T>> {
    fn show(&self, out: &mut String) -> Result<()> {
        self.0.repr_into(out)
    }
}

/// Appends `open`, the elements' reprs with commas, `close`.
pub(crate) fn repr_items<T: Py>(
    out: &mut String,
    open: &str,
    items: impl Iterator<Item = T>,
    close: &str,
) -> Result<()> {
    out.push_str(open);
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        item.py_repr_into(out)?;
    }
    out.push_str(close);
    Ok(())
}

impl<T: Py> Py for List<T> {
    fn py_type_name(&self) -> &'static str {
        "list"
    }

    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        self.repr_into(out)
    }

    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }

    #[inline]
    fn py_eq(&self, other: &Self) -> Result<bool> {
        self.eq_list(other)
    }

    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Err(unhashable("list"))
    }

    #[inline]
    fn py_lt(&self, other: &Self) -> Result<bool> {
        self.lt_list(other)
    }
    #[inline]
    fn py_le(&self, other: &Self) -> Result<bool> {
        self.le_list(other)
    }
    #[inline]
    fn py_gt(&self, other: &Self) -> Result<bool> {
        self.gt_list(other)
    }
    #[inline]
    fn py_ge(&self, other: &Self) -> Result<bool> {
        self.ge_list(other)
    }

    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self.address() == other.address()
    }

    fn to_value(&self) -> Value {
        Value::List(cast(self).unwrap_or_else(|| {
            List::from(self.with(|v| v.iter().map(T::to_value).collect::<Vec<_>>()))
        }))
    }

    fn from_value(value: &Value) -> Option<Self> {
        let Value::List(list) = value else {
            return None;
        };
        cast(list).or_else(|| {
            list.with(|v| v.iter().map(T::from_value).collect::<Option<Vec<T>>>())
                .map(List::from)
        })
    }
}
