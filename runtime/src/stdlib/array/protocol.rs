//! What an array does as a value.

use super::{Array, Item};
use crate::iter::same::Order;
use crate::slice::unhashable;
use crate::stdlib::copying::{Copying, Memo};
use crate::{Int, Iterable, Py, Result, Str, Value};

impl<T: Item> Array<T> {
    /// `self == other`: item by item, without a glance at identity.
    ///
    /// # Errors
    /// Those of `==`.
    pub fn same<U: Item>(&self, other: &Array<U>) -> Result<bool> {
        if self.len() != other.len() {
            return Ok(false);
        }
        Ok(self.first_difference(other)?.is_none())
    }

    /// # Errors
    /// Those of `==`.
    pub fn differs<U: Item>(&self, other: &Array<U>) -> Result<bool> {
        self.same(other).map(|same| !same)
    }

    fn first_difference<U: Item>(&self, other: &Array<U>) -> Result<Option<(Value, Value)>> {
        for (a, b) in self.walk().zip(other.walk()) {
            let (a, b) = (a.to_value(), b.to_value());
            if !a.py_eq(&b)? {
                return Ok(Some((a, b)));
            }
        }
        Ok(None)
    }

    fn ordered<U: Item>(&self, other: &Array<U>, order: Order) -> Result<bool> {
        match self.first_difference(other)? {
            Some((a, b)) => order.of(&a, &b),
            None => Ok(order.of_lens(self.len() as usize, other.len() as usize)),
        }
    }

    /// # Errors
    /// Those of `<`.
    pub fn lt<U: Item>(&self, other: &Array<U>) -> Result<bool> {
        self.ordered(other, Order::Lt)
    }
    /// # Errors
    /// Those of `<=`.
    pub fn le<U: Item>(&self, other: &Array<U>) -> Result<bool> {
        self.ordered(other, Order::Le)
    }
    /// # Errors
    /// Those of `>`.
    pub fn gt<U: Item>(&self, other: &Array<U>) -> Result<bool> {
        self.ordered(other, Order::Gt)
    }
    /// # Errors
    /// Those of `>=`.
    pub fn ge<U: Item>(&self, other: &Array<U>) -> Result<bool> {
        self.ordered(other, Order::Ge)
    }
}

impl<T: Item> Py for Array<T> {
    fn py_type_name(&self) -> &'static str {
        "array.array"
    }

    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("array('{}'", self.code as char));
        if !self.is_empty() {
            out.push_str(", ");
            if self.code == b'u' {
                let mut text = String::new();
                for item in self.walk() {
                    item.py_str_into(&mut text)?;
                }
                Str::from(text).py_repr_into(out)?;
            } else {
                crate::list::repr_items(out, "[", self.walk(), "]")?;
            }
        }
        out.push(')');
        Ok(())
    }

    fn py_truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }

    fn py_eq(&self, other: &Self) -> Result<bool> {
        self.same(other)
    }

    fn py_hash(&self) -> Result<i64> {
        Err(unhashable("array.array"))
    }

    fn py_lt(&self, other: &Self) -> Result<bool> {
        self.lt(other)
    }
    fn py_le(&self, other: &Self) -> Result<bool> {
        self.le(other)
    }
    fn py_gt(&self, other: &Self) -> Result<bool> {
        self.gt(other)
    }
    fn py_ge(&self, other: &Self) -> Result<bool> {
        self.ge(other)
    }

    fn py_is(&self, other: &Self) -> bool {
        self.items.address() == other.items.address()
    }

    fn to_value(&self) -> Value {
        Value::obj(self.clone())
    }

    fn from_value(value: &Value) -> Option<Self> {
        super::object::array_of(value)
    }
}

impl<T: Item> Copying for Array<T> {
    fn shallow(&self) -> Result<Self> {
        Ok(self.copy())
    }
    fn deep(&self, memo: &mut Memo) -> Result<Self> {
        let address = self.items.address();
        if let Some(copy) = memo.copied(address) {
            return Ok(copy);
        }
        let copy = self.copy();
        memo.keep(address, &copy);
        Ok(copy)
    }
}

macro_rules! walked {
    ($($kept:ty => $item:ty;)*) => {
        $(impl Iterable for Array<$kept> {
            type Item = $item;
            #[inline]
            #[allow(refining_impl_trait)]
            fn py_iter(&self) -> impl Iterator<Item = Result<$item>> + 'static + use<> {
                self.walk().map(|item| Ok(<$item>::from(item)))
            }
        })*
    };
}

walked! {
    f64 => f64;
    i64 => Int;
    Int => Int;
    Str => Str;
}
