//! What a list does as a value.

use super::List;
use crate::iter::same::{Order, cast, enter_repr, lexicographic, same};
use crate::slice::unhashable;
use crate::{Py, Result, Value};

impl<T: Py> List<T> {
    #[inline]
    fn compare(&self, other: &Self, order: Order) -> Result<bool> {
        lexicographic(
            order,
            |at| self.at(at),
            |at| other.at(at),
            || (self.len() as usize, other.len() as usize),
        )
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
        match enter_repr(self.address()) {
            Some(_showing) => repr_items(out, "[", self.iter(), "]"),
            None => {
                out.push_str("[...]");
                Ok(())
            }
        }
    }

    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }

    fn py_eq(&self, other: &Self) -> Result<bool> {
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
    fn py_hash(&self) -> Result<i64> {
        Err(unhashable("list"))
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
