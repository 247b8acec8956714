//! An array seen dynamically: methods and dunders by name.

use std::any::Any;

use super::{Array, Item};
use crate::bytes::Bytes;
use crate::dynamic::{index_of, iter, to_int};
use crate::func::{DynFunc, FuncKind};
use crate::object::{Args, Object};
use crate::slice::saturate;
use crate::stdlib::copying::Memo;
use crate::{Class, Exc, Int, Iter, Py, Result, Slice, Str, Value};

pub static ARRAY: Class = Class {
    name: "array.array",
    module: "builtins",
    mro: &[],
};

/// The array of such items that `value` is.
pub fn array_of<T: Item>(value: &Value) -> Option<Array<T>> {
    match value {
        Value::Obj(object) => object.as_any().downcast_ref::<Array<T>>().cloned(),
        _ => None,
    }
}

pub fn is_array(value: &Value) -> bool {
    matches!(value, Value::Obj(object) if object.class().is(&ARRAY))
}

/// Runs `$with` on the array that `$value` is, whatever its items are.
macro_rules! any_array {
    ($value:expr, $other:ident => $with:expr) => {
        if let Some($other) = array_of::<f64>($value) {
            Some($with)
        } else if let Some($other) = array_of::<i64>($value) {
            Some($with)
        } else if let Some($other) = array_of::<Int>($value) {
            Some($with)
        } else if let Some($other) = array_of::<Str>($value) {
            Some($with)
        } else {
            None
        }
    };
}

/// The bytes of an array, which it shows to what takes bytes.
pub fn bytes_of(value: &Value) -> Option<Bytes> {
    any_array!(value, array => Bytes::from(array.to_bytes()))
}

fn position(value: &Value) -> Result<i64> {
    to_int(value).map(|index| saturate(&index))
}

/// What stands between the brackets.
enum Key {
    At(i64),
    Cut(Slice),
}

fn key_of(value: &Value) -> Result<Key> {
    if let Value::Slice(slice) = value {
        return Ok(Key::Cut(Slice::clone(slice)));
    }
    match index_of(value)? {
        Some(index) => Ok(Key::At(saturate(&index))),
        None => Err(Exc::type_error("array indices must be integers")),
    }
}

impl<T: Item> Array<T> {
    fn compare(&self, name: &str, other: &Value) -> Result<Value> {
        let answer = any_array!(other, other => match name {
            "__eq__" => self.same(&other),
            "__ne__" => self.differs(&other),
            "__lt__" => self.lt(&other),
            "__le__" => self.le(&other),
            "__gt__" => self.gt(&other),
            _ => self.ge(&other),
        });
        match answer {
            Some(answer) => answer.map(Value::Bool),
            None => Ok(Value::NotImplemented),
        }
    }

    fn add_value(&self, other: &Value) -> Result<Value> {
        match any_array!(other, other => self.add(&other)) {
            Some(sum) => sum.map(|sum| sum.to_value()),
            None => Err(Exc::type_error(format!(
                "can only append array (not \"{}\") to array",
                other.py_type_name()
            ))),
        }
    }

    fn extend_with(&self, other: &Value) -> Result<()> {
        match any_array!(other, other => self.extend_array(&other)) {
            Some(done) => done,
            None => self.extend(iter(other)?),
        }
    }

    fn times(&self, count: &Value) -> Result<Value> {
        match index_of(count)? {
            Some(count) => self.mul(saturate(&count)).map(|made| made.to_value()),
            None => Err(Exc::type_error(format!(
                "can't multiply sequence by non-int of type '{}'",
                count.py_type_name()
            ))),
        }
    }

    fn bytes_from(&self, value: &Value) -> Result<()> {
        match value {
            Value::Bytes(bytes) => self.frombytes(bytes),
            Value::ByteArray(bytes) => self.frombytes(bytes),
            other => Err(Exc::type_error(format!(
                "a bytes-like object is required, not '{}'",
                other.py_type_name()
            ))),
        }
    }

    fn getitem(&self, key: &Value) -> Result<Value> {
        match key_of(key)? {
            Key::At(at) => self.get(at).map(|item| item.to_value()),
            Key::Cut(Slice { start, stop, step }) => self
                .getslice(start.as_ref(), stop.as_ref(), step.as_ref())
                .map(|made| made.to_value()),
        }
    }

    fn setitem(&self, key: &Value, value: &Value) -> Result<()> {
        match key_of(key)? {
            Key::At(at) => self.set(at, value),
            Key::Cut(Slice { start, stop, step }) => {
                self.setslice_value(start.as_ref(), stop.as_ref(), step.as_ref(), value)
            }
        }
    }

    fn delitem(&self, key: &Value) -> Result<()> {
        match key_of(key)? {
            Key::At(at) => self.delete(at),
            Key::Cut(Slice { start, stop, step }) => {
                self.delslice(start.as_ref(), stop.as_ref(), step.as_ref())
            }
        }
    }

    fn plain_call(&self, name: &str, args: &[Value]) -> Option<Result<Value>> {
        let none = |()| Value::None;
        let int = |n: i64| Value::Int(Int::from(n));
        Some(match (name, args) {
            ("append", [x]) => self.append(x).map(none),
            ("extend", [x]) => self.extend_with(x).map(none),
            ("fromlist", [x]) => self.fromlist_value(x).map(none),
            ("frombytes", [x]) => self.bytes_from(x).map(none),
            ("insert", [i, x]) => position(i).and_then(|i| self.insert(i, x)).map(none),
            ("pop", []) => self.pop(-1).map(|x| x.to_value()),
            ("pop", [i]) => position(i).and_then(|i| self.pop(i)).map(|x| x.to_value()),
            ("remove", [x]) => self.remove(x).map(none),
            ("count", [x]) => self.count(x).map(int),
            ("index", [x]) => self.index(x, 0, i64::MAX).map(int),
            ("index", [x, start]) => position(start)
                .and_then(|start| self.index(x, start, i64::MAX))
                .map(int),
            ("index", [x, start, stop]) => position(start)
                .and_then(|start| self.index(x, start, position(stop)?))
                .map(int),
            ("reverse", []) => Ok(none(self.reverse())),
            ("byteswap", []) => self.byteswap().map(none),
            ("tolist", []) => Ok(Value::list(
                self.walk().map(|x| x.to_value()).collect::<Vec<_>>(),
            )),
            ("tobytes", []) => Ok(Value::Bytes(self.to_bytes().into())),
            ("__len__", []) => Ok(int(self.len())),
            ("__bool__", []) => Ok(Value::Bool(!self.is_empty())),
            ("__repr__", []) => self.py_repr().map(Value::Str),
            ("__hash__", []) => self.py_hash().map(int),
            ("__iter__", []) => {
                let items = self.walk().map(|x| Ok(x.to_value()));
                Ok(Value::Iter(Iter::new("array.arrayiterator", items)))
            }
            ("__reversed__", []) => {
                let items = self.walk_back().map(|x| Ok(x.to_value()));
                Ok(Value::Iter(Iter::new("reversed", items)))
            }
            ("__getitem__", [key]) => self.getitem(key),
            ("__setitem__", [key, x]) => self.setitem(key, x).map(none),
            ("__delitem__", [key]) => self.delitem(key).map(none),
            ("__contains__", [x]) => self.contains(x).map(Value::Bool),
            ("__eq__" | "__ne__" | "__lt__" | "__le__" | "__gt__" | "__ge__", [other]) => {
                self.compare(name, other)
            }
            ("__add__", [other]) => self.add_value(other),
            ("__mul__" | "__rmul__", [count]) => self.times(count),
            ("__iadd__", [other]) => self.extend_value(other).map(|()| self.to_value()),
            ("__imul__", [count]) => position(count)
                .and_then(|count| self.mul_assign(count))
                .map(|()| self.to_value()),
            _ => return None,
        })
    }
}

impl<T: Item> Object for Array<T> {
    fn class(&self) -> &'static Class {
        &ARRAY
    }
    fn identity(&self) -> usize {
        self.items.address()
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok(match name {
            "typecode" => Some(Value::Str(self.typecode())),
            "itemsize" => Some(Value::Int(Int::from(self.itemsize()))),
            _ => METHODS
                .iter()
                .find(|method| **method == name)
                .map(|&method| {
                    let this = self.clone();
                    Value::Func(DynFunc::build(
                        method,
                        FuncKind::Builtin,
                        Some(self.to_value()),
                        move |args| this.called(method, args),
                    ))
                }),
        })
    }
    fn set_attr(&self, _name: &str, _value: Value) -> Result<bool> {
        Ok(false)
    }
    fn call_method(&self, name: &str, args: &mut Args) -> Option<Result<Value>> {
        if args.keywords.is_empty()
            && let Some(done) = self.plain_call(name, &args.positional)
        {
            return Some(done);
        }
        METHODS
            .contains(&name)
            .then(|| self.called(name, std::mem::take(args)))
    }
    fn copy_object(&self, _memo: Option<&mut Memo>) -> Option<Result<Value>> {
        Some(Ok(self.copy().to_value()))
    }
}

impl<T: Item> Array<T> {
    fn called(&self, name: &str, args: Args) -> Result<Value> {
        match self.plain_call(name, &args.positional) {
            Some(done) if args.keywords.is_empty() => done,
            _ => crate::entry::refused(
                "array",
                "PT203",
                name,
                "a method of a dynamic array with these arguments",
            ),
        }
    }
}

/// What an array has by name.
const METHODS: [&str; 20] = [
    "__iter__",
    "__len__",
    "append",
    "buffer_info",
    "byteswap",
    "count",
    "extend",
    "frombytes",
    "fromfile",
    "fromlist",
    "fromunicode",
    "index",
    "insert",
    "pop",
    "remove",
    "reverse",
    "tobytes",
    "tofile",
    "tolist",
    "tounicode",
];
