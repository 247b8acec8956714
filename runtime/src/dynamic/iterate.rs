//! Walking values.

use crate::exc::{INDEX_ERROR, STOP_ITERATION, TYPE_ERROR};
use crate::generator::Iter;
use crate::list::ListIter;
use crate::object::{Args, MEMBERS, of_enum};
use crate::{Exc, Iterable, Py, Result, Value};

/// An iterator over any value.
pub enum DynIter {
    List(ListIter<Value>),
    Iter(Iter<Value>),
    Other(&'static str, Box<dyn Iterator<Item = Result<Value>>>),
}

impl Iterator for DynIter {
    type Item = Result<Value>;
    #[inline]
    fn next(&mut self) -> Option<Result<Value>> {
        match self {
            DynIter::List(iter) => iter.next().map(Ok),
            DynIter::Iter(iter) => iter.step(),
            DynIter::Other(_, iter) => iter.next(),
        }
    }
}

#[cold]
fn not_iterable(value: &Value) -> Exc {
    Exc::type_error(format!("'{}' object is not iterable", value.py_type_name()))
}

fn boxed<T: Py>(kind: &'static str, iter: impl Iterator<Item = Result<T>> + 'static) -> DynIter {
    DynIter::Other(kind, Box::new(iter.map(|item| item.map(|v| v.to_value()))))
}

/// Whether `iter(value)` would work.
pub fn is_iterable(value: &Value) -> bool {
    match value {
        Value::Obj(object) => {
            let has = |name| matches!(object.get_attr(name), Ok(Some(_)));
            has("__iter__") || has("__getitem__")
        }
        Value::Class(class) => class.is_enum(),
        Value::None
        | Value::NotImplemented
        | Value::Ellipsis
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Slice(_)
        | Value::Func(_)
        | Value::Exc(_) => false,
        _ => true,
    }
}

/// `iter(value)`.
pub fn iter(value: &Value) -> Result<DynIter> {
    Ok(match value {
        Value::List(v) => DynIter::List(v.iter()),
        Value::Iter(v) if v.is_coroutine() => return Err(not_iterable(value)),
        Value::Iter(v) => DynIter::Iter(v.clone()),
        Value::Tuple(v) => boxed("tuple_iterator", v.py_iter()),
        Value::Str(v) => {
            let kind = if v.is_ascii() {
                "str_ascii_iterator"
            } else {
                "str_iterator"
            };
            boxed(kind, v.py_iter())
        }
        Value::Dict(v) => boxed("dict_keyiterator", v.py_iter()),
        Value::DictKeys(v) => boxed("dict_keyiterator", v.py_iter()),
        Value::DictValues(v) => boxed("dict_valueiterator", v.py_iter()),
        Value::DictItems(v) => boxed("dict_itemiterator", v.py_iter()),
        Value::Set(v) => boxed("set_iterator", v.py_iter()),
        Value::FrozenSet(v) => boxed("set_iterator", v.py_iter()),
        Value::Bytes(v) => boxed("bytes_iterator", v.py_iter()),
        Value::ByteArray(v) => boxed("bytearray_iterator", v.py_iter()),
        Value::Range(v) => boxed("range_iterator", v.py_iter()),
        Value::Obj(_) => return object_iter(value),
        Value::Class(class) if class.is_enum() => return iter(&of_enum(class, MEMBERS)?),
        _ => return Err(not_iterable(value)),
    })
}

fn object_iter(value: &Value) -> Result<DynIter> {
    if let Some(result) = value.dunder("__iter__", &[]) {
        return match result? {
            Value::Iter(iter) => Ok(DynIter::Iter(iter)),
            iterator @ Value::Obj(_) => Ok(walk_object(iterator)),
            other => Err(Exc::type_error(format!(
                "iter() returned non-iterator of type '{}'",
                other.py_type_name()
            ))),
        };
    }
    if !is_iterable(value) {
        return Err(not_iterable(value));
    }
    // The old sequence protocol: `__getitem__` with 0, 1, … until IndexError.
    let sequence = value.clone();
    let mut at = 0i64;
    let mut done = false;
    Ok(DynIter::Other(
        "iterator",
        Box::new(std::iter::from_fn(move || {
            if done {
                return None;
            }
            match super::getitem(&sequence, &Value::from(at)) {
                Ok(item) => {
                    at += 1;
                    Some(Ok(item))
                }
                Err(e) if e.matches(&INDEX_ERROR) || e.matches(&STOP_ITERATION) => {
                    done = true;
                    None
                }
                Err(e) => Some(Err(e)),
            }
        })),
    ))
}

/// Walks an object by its `__next__`.
fn walk_object(iterator: Value) -> DynIter {
    DynIter::Other(
        "iterator",
        Box::new(std::iter::from_fn(move || match next(&iterator) {
            Err(e) if e.matches(&STOP_ITERATION) => None,
            result => Some(result),
        })),
    )
}

/// `next(iterator)`.
pub fn next(iterator: &Value) -> Result<Value> {
    match iterator {
        Value::Iter(iter) => iter.next(),
        _ => match iterator.dunder("__next__", &[]) {
            Some(result) => result,
            None => Err(Exc::type_error(format!(
                "'{}' object is not an iterator",
                iterator.py_type_name()
            ))),
        },
    }
}

/// `next(iterator, default)`.
pub fn next_or(iterator: &Value, default: Value) -> Result<Value> {
    match next(iterator) {
        Err(e) if e.matches(&STOP_ITERATION) => Ok(default),
        result => result,
    }
}

/// What `yield from value` and `await` run.
pub fn iterator(value: &Value) -> Result<Iter<Value>> {
    if let Value::Iter(walk) = value {
        return Ok(walk.clone());
    }
    Ok(match iter(value)? {
        DynIter::Iter(walk) => walk,
        walk => Iter::new("iterator", walk),
    })
}

/// The iterator that `await value` runs.
pub fn awaited(value: &Value) -> Result<Value> {
    match value {
        Value::Iter(it) if it.is_coroutine() => Ok(value.clone()),
        Value::Obj(_) => match value.dunder("__await__", &[]) {
            Some(found) => found,
            None => Err(not_awaitable(value)),
        },
        _ => Err(not_awaitable(value)),
    }
}

#[cold]
fn not_awaitable(value: &Value) -> Exc {
    Exc::type_error(format!(
        "object {} can't be used in 'await' expression",
        value.py_type_name()
    ))
}

/// `iter(value)` as a value.
pub fn iter_value(value: &Value) -> Result<Value> {
    if let Value::Obj(object) = value
        && let Some(result) = object.call_method("__iter__", &mut Args::none())
    {
        return match result? {
            iterator @ (Value::Iter(_) | Value::Obj(_)) => Ok(iterator),
            other => Err(Exc::type_error(format!(
                "iter() returned non-iterator of type '{}'",
                other.py_type_name()
            ))),
        };
    }
    Ok(Value::Iter(match iter(value)? {
        DynIter::List(iter) => Iter::new("list_iterator", iter.map(Ok)),
        DynIter::Iter(iter) => iter,
        DynIter::Other(kind, iter) => Iter::new(kind, iter),
    }))
}

/// Every item of `value`.
pub fn items(value: &Value) -> Result<Vec<Value>> {
    match value {
        Value::List(v) => Ok(v.to_vec()),
        Value::Tuple(v) => Ok(v.as_slice().to_vec()),
        _ => iter(value)?.collect(),
    }
}

/// `iter(value)` for a list: an object of the program is asked for its length then.
///
/// Source: CPython's Objects/listobject.c (3.11), `list_extend`; `PyObject_LengthHint`.
pub fn iter_sized(value: &Value) -> Result<DynIter> {
    let walk = iter(value)?;
    if matches!(value, Value::Obj(_)) {
        ask_length(value)?;
    }
    Ok(walk)
}

/// What a list of `value` is made of.
pub fn sized(value: &Value) -> Result<Iter<Value>> {
    Ok(Iter::new("iterator", iter_sized(value)?))
}

/// `[*value]`.
pub fn listed(value: &Value) -> Result<Vec<Value>> {
    match value {
        Value::Obj(_) => iter_sized(value)?.collect(),
        _ => items(value),
    }
}

fn ask_length(value: &Value) -> Result<()> {
    if let Some(result) = value.dunder("__len__", &[]) {
        let size = result.and_then(|size| match super::items::index_of(&size)? {
            Some(size) if size.is_negative() => {
                Err(Exc::value_error("__len__() should return >= 0"))
            }
            Some(_) => Ok(()),
            None => Err(Exc::type_error("not an integer")),
        });
        match size {
            Err(error) if error.matches(&TYPE_ERROR) => {}
            other => return other,
        }
    }
    match value.dunder("__length_hint__", &[]) {
        None | Some(Ok(Value::NotImplemented)) => Ok(()),
        Some(Err(error)) if error.matches(&TYPE_ERROR) => Ok(()),
        Some(Err(error)) => Err(error),
        Some(Ok(Value::Int(size))) if size.is_negative() => {
            Err(Exc::value_error("__length_hint__() should return >= 0"))
        }
        Some(Ok(Value::Int(_) | Value::Bool(_))) => Ok(()),
        Some(Ok(other)) => Err(Exc::type_error(format!(
            "__length_hint__ must be an integer, not {}",
            other.py_type_name()
        ))),
    }
}

/// A value that is not iterable gives its error as the first item.
impl Iterable for Value {
    type Item = Value;
    fn py_iter(&self) -> impl Iterator<Item = Result<Value>> + 'static {
        let (walk, mut error) = match iter(self) {
            Ok(walk) => (Some(walk), None),
            Err(error) => (None, Some(error)),
        };
        let mut walk = walk;
        std::iter::from_fn(move || match &mut walk {
            Some(walk) => walk.next(),
            None => error.take().map(Err),
        })
    }
}
