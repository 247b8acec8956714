//! Subscripts, membership, size, truth and hash.

use std::rc::Rc;

use crate::num::Num;
use crate::object::{MEMBER_BY_NAME, MEMBERS, of_enum};
use crate::slice::Slice;
use crate::{Dict, Exc, Int, Py, Result, Value, instance};

/// `value.__index__()`; `None` when it has none.
pub(crate) fn index_of(value: &Value) -> Result<Option<Int>> {
    match value {
        Value::Int(v) => Ok(Some(v.clone())),
        Value::Bool(v) => Ok(Some(Int::from(*v as i64))),
        Value::Obj(_) => match value.dunder("__index__", &[]) {
            None => Ok(None),
            Some(result) => match result? {
                Value::Int(v) => Ok(Some(v)),
                Value::Bool(v) => Ok(Some(Int::from(v as i64))),
                other => Err(Exc::type_error(format!(
                    "__index__ returned non-int (type {})",
                    other.py_type_name()
                ))),
            },
        },
        _ => Ok(None),
    }
}

/// The int that a builtin wants here; `TypeError` otherwise.
pub fn to_int(value: &Value) -> Result<Int> {
    index_of(value)?.ok_or_else(|| {
        Exc::type_error(format!(
            "'{}' object cannot be interpreted as an integer",
            value.py_type_name()
        ))
    })
}

/// The float of a real number: `%f`, the functions of the math module.
pub fn to_float(value: &Value) -> Result<f64> {
    match value {
        Value::Float(x) => Ok(*x),
        Value::Int(n) => n.to_f64(),
        Value::Bool(b) => Ok(f64::from(u8::from(*b))),
        _ => match value
            .dunder("__float__", &[])
            .or_else(|| value.dunder("__index__", &[]))
        {
            Some(result) => match result? {
                Value::Float(x) => Ok(x),
                Value::Int(n) => n.to_f64(),
                other => Err(Exc::type_error(format!(
                    "{}.__float__ returned non-float (type {})",
                    value.py_type_name(),
                    other.py_type_name()
                ))),
            },
            None => Err(Exc::type_error(format!(
                "must be real number, not {}",
                value.py_type_name()
            ))),
        },
    }
}

/// The real number that a function of the math module is given: an int stays exact.
pub fn to_num(value: &Value) -> Result<Num> {
    match value {
        Value::Int(n) => Ok(Num::Int(n.clone())),
        Value::Bool(b) => Ok(Num::Int(Int::from(i64::from(*b)))),
        _ => to_float(value).map(Num::Float),
    }
}

/// A size, count or position as an argument of a builtin.
pub fn to_index(value: &Value) -> Result<i64> {
    let int = to_int(value)?;
    int.to_i64()
        .ok_or_else(|| Exc::overflow_error("Python int too large to convert to C ssize_t"))
}

/// How often to repeat a sequence; `None` when it is no integer.
pub(super) fn to_count(value: &Value) -> Result<Option<i64>> {
    match index_of(value)? {
        None => Ok(None),
        Some(int) => match int.to_i64() {
            Some(times) => Ok(Some(times)),
            None if int < 0 => Ok(Some(-1)),
            None => Err(Exc::overflow_error(
                "cannot fit 'int' into an index-sized integer",
            )),
        },
    }
}

/// A subscript as a position; `None` when it is no integer.
fn position(key: &Value) -> Result<Option<i64>> {
    if let Value::Int(v) = key
        && let Some(at) = v.to_i64()
    {
        return Ok(Some(at));
    }
    match index_of(key)? {
        None => Ok(None),
        Some(int) => match int.to_i64() {
            Some(at) => Ok(Some(at)),
            None => Err(Exc::index_error(
                "cannot fit 'int' into an index-sized integer",
            )),
        },
    }
}

fn bound(value: &Value) -> Result<Option<Int>> {
    match value {
        Value::None => Ok(None),
        other => match index_of(other)? {
            Some(int) => Ok(Some(int)),
            None => Err(Exc::type_error(
                "slice indices must be integers or None or have an __index__ method",
            )),
        },
    }
}

/// `slice(start, stop, step)`, whose bounds are checked when it is used.
pub fn make_slice(start: &Value, stop: &Value, step: &Value) -> Result<Value> {
    Ok(Value::Slice(Rc::new(Slice::new(
        bound(start)?,
        bound(stop)?,
        bound(step)?,
    ))))
}

/// `object[start:stop:step]`.
pub fn getslice(object: &Value, start: &Value, stop: &Value, step: &Value) -> Result<Value> {
    match object {
        Value::Dict(_) => return Err(Exc::type_error("unhashable type: 'slice'")),
        Value::Obj(_) => {}
        _ if !super::is_iterable(object) => return getitem(object, &Value::None),
        _ => {}
    }
    getitem(object, &make_slice(start, stop, step)?)
}

#[cold]
fn bad_index(what: &str, key: &Value) -> Exc {
    let name = key.py_type_name();
    Exc::type_error(match what {
        "string" => format!("string indices must be integers, not '{name}'"),
        _ => format!("{what} indices must be integers or slices, not {name}"),
    })
}

/// `object[key]`.
#[inline]
pub fn getitem(object: &Value, key: &Value) -> Result<Value> {
    match (object, key) {
        (Value::List(list), Value::Int(at)) if at.to_i64().is_some() => {
            list.get(at.to_i64().unwrap_or(0))
        }
        (Value::Dict(dict), key) => dict.getitem(key),
        _ => getitem_slow(object, key),
    }
}

fn getitem_slow(object: &Value, key: &Value) -> Result<Value> {
    macro_rules! sequence {
        ($v:expr, $what:literal, $wrap:path, $item:path) => {
            match key {
                Value::Slice(s) => Ok($wrap($v.getslice(
                    s.start.as_ref(),
                    s.stop.as_ref(),
                    s.step.as_ref(),
                )?)),
                _ => match position(key)? {
                    Some(at) => Ok($item($v.get(at)?)),
                    None => Err(bad_index($what, key)),
                },
            }
        };
    }
    match object {
        Value::List(v) => sequence!(v, "list", Value::List, Value::from),
        Value::Tuple(v) => sequence!(v, "tuple", Value::Tuple, Value::from),
        Value::Str(v) => match key {
            Value::Slice(s) => Ok(Value::Str(v.getslice(
                s.start.as_ref(),
                s.stop.as_ref(),
                s.step.as_ref(),
            )?)),
            _ => match position(key)? {
                Some(at) => Ok(Value::Str(v.get(at)?)),
                None => Err(bad_index("string", key)),
            },
        },
        Value::Bytes(v) => sequence!(v, "byte", Value::Bytes, Value::from),
        Value::ByteArray(v) => sequence!(v, "bytearray", Value::ByteArray, Value::from),
        Value::Range(_) if matches!(key, Value::Int(at) if at.to_i64().is_none()) => {
            Err(Exc::index_error("range object index out of range"))
        }
        Value::Range(v) => sequence!(v, "range", Value::from, Value::Int),
        Value::Dict(v) => v.getitem(key),
        Value::Obj(_) => match object.dunder("__getitem__", &[key]) {
            Some(result) => result,
            None => Err(not_subscriptable(object)),
        },
        Value::Class(class) if class.is_enum() => {
            let found = of_enum(class, MEMBER_BY_NAME)?;
            super::call(&found, crate::object::Args::of(vec![key.clone()]))
        }
        Value::Class(class) => Err(Exc::type_error(format!(
            "type '{}' is not subscriptable",
            class.name
        ))),
        _ => Err(not_subscriptable(object)),
    }
}

#[cold]
fn not_subscriptable(object: &Value) -> Exc {
    Exc::type_error(format!(
        "'{}' object is not subscriptable",
        object.py_type_name()
    ))
}

/// `object[key] = value`.
#[inline]
pub fn setitem(object: &Value, key: Value, value: Value) -> Result<()> {
    match object {
        Value::Dict(dict) => dict.setitem(key, value),
        Value::List(list) => match &key {
            Value::Int(at) if at.to_i64().is_some() => list.set(at.to_i64().unwrap_or(0), value),
            _ => setitem_slow(object, &key, value),
        },
        _ => setitem_slow(object, &key, value),
    }
}

fn setitem_slow(object: &Value, key: &Value, value: Value) -> Result<()> {
    match object {
        Value::List(v) => match key {
            Value::Slice(s) => {
                if !super::is_iterable(&value) {
                    return Err(Exc::type_error(if s.step.is_none() {
                        "can only assign an iterable"
                    } else {
                        "must assign iterable to extended slice"
                    }));
                }
                v.setslice(
                    s.start.as_ref(),
                    s.stop.as_ref(),
                    s.step.as_ref(),
                    super::iter(&value)?,
                )
            }
            _ => match position(key)? {
                Some(at) => v.set(at, value),
                None => Err(bad_index("list", key)),
            },
        },
        Value::ByteArray(v) => match key {
            Value::Slice(s) => {
                v.setslice_value(s.start.as_ref(), s.stop.as_ref(), s.step.as_ref(), &value)
            }
            _ => match position(key)? {
                Some(at) => v.set(at, &to_int(&value)?),
                None => Err(bad_index("bytearray", key)),
            },
        },
        Value::Obj(_) => match object.dunder("__setitem__", &[key, &value]) {
            Some(result) => result.map(|_| ()),
            None => Err(no_support(object, "does not support item assignment")),
        },
        _ => Err(no_support(object, "does not support item assignment")),
    }
}

#[cold]
fn no_support(object: &Value, what: &str) -> Exc {
    Exc::type_error(format!("'{}' object {what}", object.py_type_name()))
}

/// `del object[key]`.
pub fn delitem(object: &Value, key: &Value) -> Result<()> {
    match object {
        Value::Dict(v) => v.delitem(key),
        Value::List(v) => match key {
            Value::Slice(s) => v.delslice(s.start.as_ref(), s.stop.as_ref(), s.step.as_ref()),
            _ => match position(key)? {
                Some(at) => v.delete(at),
                None => Err(bad_index("list", key)),
            },
        },
        Value::ByteArray(v) => match key {
            Value::Slice(s) => v.delslice(s.start.as_ref(), s.stop.as_ref(), s.step.as_ref()),
            _ => match position(key)? {
                Some(at) => v.delete(at),
                None => Err(bad_index("bytearray", key)),
            },
        },
        Value::Obj(_) => match object.dunder("__delitem__", &[key]) {
            Some(result) => result.map(|_| ()),
            None => Err(no_support(object, "doesn't support item deletion")),
        },
        _ => Err(no_support(object, "doesn't support item deletion")),
    }
}

/// `item in container`; parameters in the order of the call `contains(container, item)`.
pub fn contains(container: &Value, item: &Value) -> Result<bool> {
    match container {
        Value::List(v) => v.contains(item),
        Value::Tuple(v) => v.contains(item),
        Value::Dict(v) => v.contains(item),
        Value::Set(v) => v.contains(&frozen(item)?),
        Value::FrozenSet(v) => v.contains(&frozen(item)?),
        Value::DictKeys(v) => v.contains(item),
        Value::Str(v) => match item {
            Value::Str(sub) => Ok(v.contains(sub)),
            _ => Err(Exc::type_error(format!(
                "'in <string>' requires string as left operand, not {}",
                item.py_type_name()
            ))),
        },
        Value::Range(v) => match item {
            Value::Int(_) | Value::Bool(_) => Ok(v.contains(&to_int(item)?)),
            _ => walk(container, item),
        },
        Value::Bytes(_) | Value::ByteArray(_) => bytes_contain(container, item),
        Value::Obj(_) => match container.dunder("__contains__", &[item]) {
            Some(result) => result?.py_truth(),
            None if super::is_iterable(container) => walk(container, item),
            None => Err(not_a_container(container)),
        },
        Value::Class(class) if class.is_enum() => match item.class() {
            each if each.is_subclass(class) => Ok(true),
            each if each.is_subclass(&crate::classes::ENUM) => Ok(false),
            each => Err(Exc::type_error(format!(
                "unsupported operand type(s) for 'in': '{}' and 'EnumType'",
                each.name
            ))),
        },
        _ if super::is_iterable(container) => walk(container, item),
        _ => Err(not_a_container(container)),
    }
}

/// A set looked up in a set counts as the frozenset of its elements.
pub(super) fn frozen(item: &Value) -> Result<Value> {
    match item {
        Value::Set(set) => Ok(Value::FrozenSet(crate::FrozenSet::from_set(set)?)),
        _ => Ok(item.clone()),
    }
}

fn bytes_contain(container: &Value, item: &Value) -> Result<bool> {
    let held = match container {
        Value::Bytes(v) => v.clone(),
        Value::ByteArray(v) => v.freeze(),
        _ => return Ok(false),
    };
    match item {
        Value::Bytes(sub) => Ok(held.contains(sub)),
        Value::ByteArray(sub) => Ok(held.contains(&sub.freeze())),
        _ => match index_of(item)? {
            Some(byte) => held.contains_int(&byte),
            None => Err(Exc::type_error(format!(
                "a bytes-like object is required, not '{}'",
                item.py_type_name()
            ))),
        },
    }
}

#[cold]
fn not_a_container(value: &Value) -> Exc {
    Exc::type_error(format!(
        "argument of type '{}' is not iterable",
        value.py_type_name()
    ))
}

fn walk(container: &Value, item: &Value) -> Result<bool> {
    for candidate in super::iter(container)? {
        let candidate = candidate?;
        if candidate.py_is(item) || candidate.py_eq(item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `len(value)`.
pub fn len(value: &Value) -> Result<i64> {
    Ok(match value {
        Value::List(v) => v.len(),
        Value::Str(v) => v.len(),
        Value::Dict(v) => v.len(),
        Value::Tuple(v) => v.len(),
        Value::Set(v) => v.len(),
        Value::FrozenSet(v) => v.len(),
        Value::DictKeys(v) => v.len(),
        Value::DictValues(v) => v.len(),
        Value::DictItems(v) => v.len(),
        Value::Bytes(v) => v.len(),
        Value::ByteArray(v) => v.len(),
        Value::Range(v) => v.len()?,
        _ => match value.dunder("__len__", &[]) {
            Some(result) => {
                let size = to_int(&result?)?;
                if size < 0 {
                    return Err(Exc::value_error("__len__() should return >= 0"));
                }
                size.to_i64().ok_or_else(|| {
                    Exc::overflow_error("cannot fit 'int' into an index-sized integer")
                })?
            }
            None if let Value::Class(class) = value
                && class.is_enum() =>
            {
                len(&of_enum(class, MEMBERS)?)?
            }
            None => {
                return Err(Exc::type_error(format!(
                    "object of type '{}' has no len()",
                    value.py_type_name()
                )));
            }
        },
    })
}

/// `bool(value)`.
#[inline]
pub fn truth(value: &Value) -> Result<bool> {
    value.py_truth()
}

/// `bool(value)` beyond the common types.
pub fn truth_slow(value: &Value) -> Result<bool> {
    match value {
        Value::None => Ok(false),
        Value::Set(_)
        | Value::FrozenSet(_)
        | Value::DictKeys(_)
        | Value::DictValues(_)
        | Value::DictItems(_)
        | Value::Bytes(_)
        | Value::ByteArray(_)
        | Value::Range(_) => Ok(len(value)? != 0),
        Value::Obj(_) => match value.dunder("__bool__", &[]) {
            Some(result) => instance::bool_answer(result?),
            None => match value.dunder("__len__", &[]) {
                Some(result) => {
                    let size = to_int(&result?)?;
                    if size < 0 {
                        return Err(Exc::value_error("__len__() should return >= 0"));
                    }
                    Ok(size != 0)
                }
                None => Ok(true),
            },
        },
        _ => Ok(true),
    }
}

/// `hash(value)` beyond the common types.
pub fn hash_slow(value: &Value) -> Result<i64> {
    match value {
        Value::None => ().py_hash(),
        Value::Bool(v) => Ok(*v as i64),
        Value::Int(v) => v.py_hash(),
        Value::Float(v) => v.py_hash(),
        Value::Str(v) => v.py_hash(),
        Value::Bytes(v) => v.py_hash(),
        Value::Tuple(v) => v.py_hash(),
        Value::FrozenSet(v) => v.py_hash(),
        Value::Range(v) => v.py_hash(),
        Value::Func(v) => v.py_hash(),
        Value::Exc(v) => v.py_hash(),
        Value::Iter(v) => v.py_hash(),
        Value::Class(v) => Ok((*v as *const crate::Class as usize >> 4) as i64),
        Value::NotImplemented | Value::Ellipsis => Ok(0x0bad_cafe),
        Value::Obj(object) => match value.dunder("__hash__", &[]) {
            Some(result) => Ok(instance::hash_answer(result?)?.user_hash()),
            None => Ok((object.identity() >> 4) as i64),
        },
        _ => Err(Exc::type_error(format!(
            "unhashable type: '{}'",
            value.py_type_name()
        ))),
    }
}

/// The pairs of a dict, taken at once.
pub fn dict_pairs(dict: &Dict<Value, Value>) -> Result<Vec<(Value, Value)>> {
    dict.items().py_iter().collect()
}

use crate::Iterable;
