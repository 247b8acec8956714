//! The dynamic value: any Python object whose type is only known when it runs.

use std::rc::Rc;

use crate::bytes::{ByteArray, Bytes};
use crate::classes;
use crate::dict::{DictItems, DictKeys, DictValues};
use crate::dynamic;
use crate::exc::BASE_EXCEPTION;
use crate::func::DynFunc;
use crate::generator::Iter;
use crate::instance;
use crate::object::{Args, Object};
use crate::range::Range;
use crate::slice::Slice;
use crate::string::lit;
use crate::{Class, Dict, Exc, FrozenSet, Int, List, Py, Result, Set, Str, Tuple, entry};

#[derive(Clone, Default)]
pub enum Value {
    #[default]
    None,
    NotImplemented,
    Ellipsis,
    Bool(bool),
    Int(Int),
    Float(f64),
    Str(Str),
    Bytes(Bytes),
    ByteArray(ByteArray),
    List(List<Value>),
    Tuple(Tuple<Value>),
    Dict(Dict<Value, Value>),
    DictKeys(DictKeys<Value, Value>),
    DictValues(DictValues<Value, Value>),
    DictItems(DictItems<Value, Value>),
    Set(Set<Value>),
    FrozenSet(FrozenSet<Value>),
    Range(Rc<Range>),
    Slice(Rc<Slice>),
    Iter(Iter<Value>),
    Func(DynFunc),
    /// A class as a value, built-in or the user's.
    Class(&'static Class),
    /// An instance of a built-in exception class.
    Exc(Exc),
    /// An instance of a class that the user wrote.
    Obj(Rc<dyn Object>),
}

macro_rules! from {
    ($($t:ty => $v:ident),* $(,)?) => {
        $(impl From<$t> for Value {
            #[inline]
            fn from(value: $t) -> Value {
                Value::$v(value.into())
            }
        })*
    };
}

from! {
    bool => Bool, i64 => Int, Int => Int, f64 => Float, Str => Str, &str => Str, String => Str,
    List<Value> => List, Dict<Value, Value> => Dict, Set<Value> => Set, Tuple<Value> => Tuple,
    FrozenSet<Value> => FrozenSet, Bytes => Bytes, ByteArray => ByteArray, DynFunc => Func,
    Range => Range, Slice => Slice, Iter<Value> => Iter,
}

impl From<()> for Value {
    fn from(_: ()) -> Value {
        Value::None
    }
}

impl Value {
    pub fn obj(object: impl Object) -> Value {
        Value::Obj(Rc::new(object))
    }

    /// The value of a string literal.
    #[inline]
    pub fn lit(text: &'static str) -> Value {
        Value::Str(lit(text))
    }

    /// `self.name(…)`.
    pub fn method<const N: usize>(&self, name: &str, args: [Value; N]) -> Result<Value> {
        dynamic::call_method(self, name, Args::of(Vec::from(args)))
    }

    /// `self.name`.
    #[inline]
    pub fn attr(&self, name: &str) -> Result<Value> {
        dynamic::get_attr(self, name)
    }

    /// `self.name = value`.
    #[inline]
    pub fn set_attr(&self, name: &str, value: Value) -> Result<()> {
        dynamic::set_attr(self, name, value)
    }

    /// `self[key]`.
    #[inline]
    pub fn item(&self, key: &Value) -> Result<Value> {
        dynamic::getitem(self, key)
    }

    /// `self[key] = value`.
    #[inline]
    pub fn set_item(&self, key: Value, value: Value) -> Result<()> {
        dynamic::setitem(self, key, value)
    }

    /// `item in self`.
    #[inline]
    pub fn has(&self, item: &Value) -> Result<bool> {
        dynamic::contains(self, item)
    }

    /// `len(self)`.
    #[inline]
    pub fn count(&self) -> Result<Int> {
        dynamic::len(self).map(Int::from)
    }

    pub fn list(items: Vec<Value>) -> Value {
        Value::List(List::from(items))
    }

    pub fn tuple(items: Vec<Value>) -> Value {
        Value::Tuple(Tuple::from(items))
    }

    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// The int, or bool as int, that this is, if it fits.
    #[inline]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Int(value) => value.to_i64(),
            Value::Bool(value) => Some(*value as i64),
            _ => None,
        }
    }

    /// `type(self)`.
    pub fn class(&self) -> &'static Class {
        match self {
            Value::Obj(object) => object.class(),
            Value::Exc(exc) => exc.class(),
            other => classes::of_builtin(other),
        }
    }

    /// The address that `is` and `id` compare; `None` for values without one.
    pub(crate) fn address(&self) -> Option<usize> {
        Some(match self {
            Value::List(v) => v.address(),
            Value::Dict(v) => v.address(),
            Value::Set(v) => v.address(),
            Value::Func(v) => v.identity(),
            Value::Class(v) => *v as *const Class as usize,
            Value::Exc(v) => v.address(),
            Value::Obj(v) => v.identity(),
            Value::Iter(v) => v.address(),
            _ => return None,
        })
    }

    /// Calls a dunder of a user's object; `None` when it is not one or has none.
    pub(crate) fn dunder(&self, name: &str, args: &[&Value]) -> Option<Result<Value>> {
        match self {
            Value::Obj(object) => {
                let positional = args.iter().map(|v| (*v).clone()).collect();
                object.call_method(name, &mut Args::of(positional))
            }
            _ => None,
        }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        let _ = self.py_repr_into(&mut text);
        f.write_str(&text)
    }
}

fn default_repr(object: &Rc<dyn Object>, out: &mut String) {
    let class = object.class();
    out.push_str(&format!(
        "<{}.{} object at {:#x}>",
        class.module,
        class.name,
        object.identity()
    ));
}

fn object_repr(this: &Value, object: &Rc<dyn Object>, out: &mut String) -> Result<()> {
    if let Some(result) = object.call_method("__repr__", &mut Args::none()) {
        out.push_str(instance::text_answer(result?, "__repr__")?.as_str());
        return Ok(());
    }
    if object.class().is_subclass(&BASE_EXCEPTION)
        && let Some(exc) = Exc::from_value(this)
    {
        return crate::exc::base_repr(object.class(), exc.args().as_slice(), out);
    }
    default_repr(object, out);
    Ok(())
}

const IN_REPR: &str = " while getting the repr of an object";

impl Py for Value {
    fn py_type_name(&self) -> &'static str {
        match self {
            Value::Iter(iter) => iter.py_type_name(),
            other => other.class().name,
        }
    }

    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        match self {
            Value::None => out.push_str("None"),
            Value::NotImplemented => out.push_str("NotImplemented"),
            Value::Ellipsis => out.push_str("Ellipsis"),
            Value::Bool(v) => return v.py_repr_into(out),
            Value::Int(v) => return v.py_repr_into(out),
            Value::Float(v) => return v.py_repr_into(out),
            Value::Str(v) => return v.py_repr_into(out),
            Value::Bytes(v) => return v.py_repr_into(out),
            Value::ByteArray(v) => return v.py_repr_into(out),
            Value::List(v) => {
                let _frame = entry::enter(IN_REPR)?;
                return v.py_repr_into(out);
            }
            Value::Tuple(v) => {
                let _frame = entry::enter(IN_REPR)?;
                return v.py_repr_into(out);
            }
            Value::Dict(v) => {
                let _frame = entry::enter(IN_REPR)?;
                return v.py_repr_into(out);
            }
            Value::DictKeys(v) => return v.py_repr_into(out),
            Value::DictValues(v) => return v.py_repr_into(out),
            Value::DictItems(v) => return v.py_repr_into(out),
            Value::Set(v) => return v.py_repr_into(out),
            Value::FrozenSet(v) => return v.py_repr_into(out),
            Value::Range(v) => return v.py_repr_into(out),
            Value::Slice(v) => return v.py_repr_into(out),
            Value::Iter(v) => return v.py_repr_into(out),
            Value::Func(v) => return v.py_repr_into(out),
            Value::Class(v) => classes::repr_into(v, out),
            Value::Exc(v) => return v.py_repr_into(out),
            Value::Obj(object) => {
                let _frame = entry::enter(IN_REPR)?;
                return object_repr(self, object, out);
            }
        }
        Ok(())
    }

    fn py_str_into(&self, out: &mut String) -> Result<()> {
        match self {
            Value::Str(v) => {
                out.push_str(v.as_str());
                Ok(())
            }
            Value::Exc(v) => v.py_str_into(out),
            Value::Obj(object) => match object.call_method("__str__", &mut Args::none()) {
                Some(result) => {
                    out.push_str(instance::text_answer(result?, "__str__")?.as_str());
                    Ok(())
                }
                None if object.class().is_subclass(&BASE_EXCEPTION) => {
                    match Exc::from_value(self) {
                        Some(exc) => exc.py_str_into(out),
                        None => self.py_repr_into(out),
                    }
                }
                None => self.py_repr_into(out),
            },
            _ => self.py_repr_into(out),
        }
    }

    #[inline]
    fn py_truth(&self) -> Result<bool> {
        match self {
            Value::Bool(v) => Ok(*v),
            Value::None => Ok(false),
            Value::Int(v) => v.py_truth(),
            Value::Float(v) => Ok(*v != 0.0),
            Value::Str(v) => Ok(!v.is_empty()),
            Value::List(v) => v.py_truth(),
            Value::Dict(v) => v.py_truth(),
            Value::Tuple(v) => v.py_truth(),
            other => dynamic::truth_slow(other),
        }
    }

    #[inline]
    fn py_eq(&self, other: &Self) -> Result<bool> {
        dynamic::equal(self, other)
    }

    fn py_ne(&self, other: &Self) -> Result<bool> {
        dynamic::not_equal(self, other)
    }

    fn py_hash(&self) -> Result<i64> {
        match self {
            Value::Str(v) => v.py_hash(),
            Value::Int(v) => v.py_hash(),
            other => dynamic::hash_slow(other),
        }
    }

    fn py_lt(&self, other: &Self) -> Result<bool> {
        dynamic::test_lt(self, other)
    }
    fn py_le(&self, other: &Self) -> Result<bool> {
        dynamic::test_le(self, other)
    }
    fn py_gt(&self, other: &Self) -> Result<bool> {
        dynamic::test_gt(self, other)
    }
    fn py_ge(&self, other: &Self) -> Result<bool> {
        dynamic::test_ge(self, other)
    }

    /// Mutable values compare addresses. Small ints, bools, strs and other immutable
    /// values compare by value: CPython shares some of them, and none tells by itself.
    fn py_is(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::None, Value::None)
            | (Value::NotImplemented, Value::NotImplemented)
            | (Value::Ellipsis, Value::Ellipsis) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a.py_is(b),
            (Value::Float(a), Value::Float(b)) => a.py_is(b),
            (Value::Str(a), Value::Str(b)) => a.py_is(b),
            (Value::Bytes(a), Value::Bytes(b)) => a.py_is(b),
            (Value::ByteArray(a), Value::ByteArray(b)) => a.py_is(b),
            (Value::List(a), Value::List(b)) => a.py_is(b),
            (Value::Tuple(a), Value::Tuple(b)) => a.py_is(b),
            (Value::Dict(a), Value::Dict(b)) => a.py_is(b),
            (Value::Set(a), Value::Set(b)) => a.py_is(b),
            (Value::FrozenSet(a), Value::FrozenSet(b)) => a.py_is(b),
            (Value::Range(a), Value::Range(b)) => Rc::ptr_eq(a, b),
            (Value::Slice(a), Value::Slice(b)) => Rc::ptr_eq(a, b),
            (Value::Iter(a), Value::Iter(b)) => a.py_is(b),
            (Value::Func(a), Value::Func(b)) => a.is(b),
            (Value::Class(a), Value::Class(b)) => a.is(b),
            (Value::Exc(a), Value::Exc(b)) => a.same(b),
            (Value::Obj(a), Value::Obj(b)) => a.identity() == b.identity(),
            _ => false,
        }
    }

    fn to_value(&self) -> Value {
        self.clone()
    }

    fn from_value(value: &Value) -> Option<Self> {
        Some(value.clone())
    }

    fn py_format_into(&self, spec: &str, out: &mut String) -> Result<()> {
        match self {
            Value::Bool(v) => v.py_format_into(spec, out),
            Value::Int(v) => v.py_format_into(spec, out),
            Value::Float(v) => v.py_format_into(spec, out),
            Value::Str(v) => v.py_format_into(spec, out),
            Value::Obj(object) => {
                let mut args = Args::of(vec![Value::from(spec)]);
                match object.call_method("__format__", &mut args) {
                    Some(result) => match result? {
                        Value::Str(text) => {
                            out.push_str(text.as_str());
                            Ok(())
                        }
                        other => Err(Exc::type_error(format!(
                            "__format__ must return a str, not {}",
                            other.py_type_name()
                        ))),
                    },
                    None if spec.is_empty() => self.py_str_into(out),
                    None => Err(no_format(self)),
                }
            }
            _ if spec.is_empty() => self.py_str_into(out),
            _ => Err(no_format(self)),
        }
    }
}

#[cold]
fn no_format(value: &Value) -> Exc {
    Exc::type_error(format!(
        "unsupported format string passed to {}.__format__",
        value.py_type_name()
    ))
}
