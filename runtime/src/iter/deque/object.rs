//! A deque seen dynamically: methods and dunders by name.

use std::any::Any;

use super::{DEQUE, Deque};
use crate::func::{DynFunc, FuncKind, wrong_type};
use crate::object::{Args, Object};
use crate::{Class, Exc, Int, Iter, Iterable, Py, Result, Value};

/// The arguments of one call, taken one by one.
struct Taken<'a> {
    name: &'a str,
    given: std::vec::IntoIter<Value>,
}

impl Taken<'_> {
    fn next(&mut self) -> Result<Value> {
        self.given.next().ok_or_else(|| {
            Exc::type_error(format!(
                "deque.{}() takes exactly one argument (0 given)",
                self.name
            ))
        })
    }

    fn item<T: Py>(&mut self) -> Result<T> {
        let value = self.next()?;
        T::from_value(&value).ok_or_else(|| wrong_type(&value))
    }

    fn index(&mut self) -> Result<i64> {
        let value = self.next()?;
        value.as_i64().ok_or_else(|| {
            Exc::type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                value.py_type_name()
            ))
        })
    }

    fn index_or(&mut self, default: i64) -> Result<i64> {
        if self.given.len() == 0 {
            Ok(default)
        } else {
            self.index()
        }
    }

    fn walk<T: Py>(&mut self) -> Result<impl Iterator<Item = Result<T>> + use<T>> {
        walk(&self.next()?)
    }

    /// The other operand, if it is a deque.
    fn other<T: Py>(&mut self) -> Result<Option<Deque<T>>> {
        Ok(Deque::from_value(&self.next()?))
    }

    fn compared<T: Py>(&mut self, test: impl FnOnce(&Deque<T>) -> Result<bool>) -> Result<Value> {
        match self.other()? {
            Some(other) => Ok(test(&other)?.to_value()),
            None => Ok(Value::NotImplemented),
        }
    }
}

fn walk<T: Py>(items: &Value) -> Result<impl Iterator<Item = Result<T>> + use<T>> {
    Ok(crate::dynamic::iter(items)?.map(|item| {
        let item = item?;
        T::from_value(&item).ok_or_else(|| wrong_type(&item))
    }))
}

impl<T: Py> Deque<T> {
    fn call(&self, name: &str, args: Args) -> Option<Result<Value>> {
        let mut a = Taken {
            name,
            given: args.positional.into_iter(),
        };
        let int = |n: i64| Int::from(n).to_value();
        let none = |()| Value::None;
        Some(match name {
            "append" => a.item().map(|x| none(self.append(x))),
            "appendleft" => a.item().map(|x| none(self.appendleft(x))),
            "pop" => self.pop().map(|x| x.to_value()),
            "popleft" => self.popleft().map(|x| x.to_value()),
            "extend" => a.walk().and_then(|items| self.extend(items)).map(none),
            "extendleft" => a.walk().and_then(|items| self.extendleft(items)).map(none),
            "rotate" => a.index_or(1).map(|n| none(self.rotate(n))),
            "clear" => Ok(none(self.clear())),
            "reverse" => Ok(none(self.reverse())),
            "copy" | "__copy__" => Ok(self.copy().to_value()),
            "count" => a.item().and_then(|x| self.count(&x)).map(int),
            "remove" => a.item().and_then(|x| self.remove(&x)).map(none),
            "insert" => a.index().and_then(|i| self.insert(i, a.item()?)).map(none),
            "index" => a
                .item()
                .and_then(|x| self.index(&x, a.index_or(0)?, a.index_or(i64::MAX)?))
                .map(int),
            "__len__" => Ok(int(self.len())),
            "__bool__" => Ok((!self.is_empty()).to_value()),
            "__repr__" => self.py_repr().map(|s| s.to_value()),
            "__iter__" => Ok(Iter::new("_collections._deque_iterator", self.py_iter()).to_value()),
            "__reversed__" => {
                Ok(Iter::new("_collections._deque_reverse_iterator", self.reversed()).to_value())
            }
            "__getitem__" => a.index().and_then(|i| self.get(i)).map(|x| x.to_value()),
            "__setitem__" => a.index().and_then(|i| self.set(i, a.item()?)).map(none),
            "__delitem__" => a.index().and_then(|i| self.delete(i)).map(none),
            "__contains__" => a
                .item()
                .and_then(|x| self.contains(&x))
                .map(|b| b.to_value()),
            "__eq__" => a.compared(|other| self.py_eq(other)),
            "__lt__" => a.compared(|other| self.py_lt(other)),
            "__le__" => a.compared(|other| self.py_le(other)),
            "__gt__" => a.compared(|other| self.py_gt(other)),
            "__ge__" => a.compared(|other| self.py_ge(other)),
            "__add__" => a.other().map(|other: Option<Deque<T>>| match other {
                Some(other) => self.add(&other).to_value(),
                None => Value::NotImplemented,
            }),
            "__mul__" | "__rmul__" => a.next().and_then(|times| match times.as_i64() {
                Some(times) => Ok(self.mul(times)?.to_value()),
                None => Ok(Value::NotImplemented),
            }),
            "__iadd__" => a.next().and_then(|items| {
                match Deque::from_value(&items) {
                    Some(other) => self.extend_deque(&other),
                    None => self.extend(walk(&items)?)?,
                }
                Ok(self.to_value())
            }),
            "__hash__" => self.py_hash().map(int),
            _ => return None,
        })
    }
}

/// What `call` knows by name.
const METHODS: [&str; 32] = [
    "append",
    "appendleft",
    "pop",
    "popleft",
    "extend",
    "extendleft",
    "rotate",
    "clear",
    "reverse",
    "copy",
    "count",
    "remove",
    "insert",
    "index",
    "__copy__",
    "__len__",
    "__repr__",
    "__iter__",
    "__reversed__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__contains__",
    "__eq__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__add__",
    "__mul__",
    "__rmul__",
    "__iadd__",
];

impl<T: Py> Object for Deque<T> {
    fn class(&self) -> &'static Class {
        &DEQUE
    }
    fn identity(&self) -> usize {
        self.address()
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        if name == "maxlen" {
            return Ok(Some(self.maxlen().to_value()));
        }
        let method = METHODS.iter().find(|method| **method == name);
        Ok(method.map(|&method| {
            let (this, owner) = (self.clone(), self.to_value());
            let called = move |args| this.call(method, args).expect("one of its methods");
            Value::Func(DynFunc::build(
                method,
                FuncKind::Builtin,
                Some(owner),
                called,
            ))
        }))
    }
    fn set_attr(&self, _name: &str, _value: Value) -> Result<bool> {
        Ok(false)
    }
    fn call_method(&self, name: &str, args: &mut Args) -> Option<Result<Value>> {
        self.call(name, args.clone())
    }
}
