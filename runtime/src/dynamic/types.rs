//! Built-in types called as functions: `int(x)`, `dict(pairs)`, `range(n)`.

use super::lazy::{enumerate, filter, map, reversed, zip};
use super::methods::{between, make_bytes, slots, update};
use super::{iter, listed, to_index, to_int};
use crate::object::Args;
use crate::range::Range;
use crate::{Class, Dict, Exc, FrozenSet, Int, List, Py, Result, Set, Str, Tuple, Value};

/// `type(value)`.
#[inline]
pub fn type_of(value: &Value) -> Value {
    Value::Class(value.class())
}

/// A built-in type called; `None` when it has no constructor.
pub(super) fn construct(class: &'static Class, args: Args) -> Option<Result<Value>> {
    Some(match class.name {
        "int" => int(args),
        "float" => float(args),
        "bool" => between("", "bool", 0, 1, args).and_then(|given| {
            Ok(Value::Bool(
                given.first().map_or(Ok(false), |v| v.py_truth())?,
            ))
        }),
        "str" => str(args),
        "list" => collected("list", args).map(|v| Value::List(List::from(v))),
        "tuple" => between("", "tuple", 0, 1, args).and_then(|given| match given.first() {
            Some(same @ Value::Tuple(_)) => Ok(same.clone()),
            Some(other) => Ok(Value::Tuple(Tuple::from(listed(other)?))),
            None => Ok(Value::tuple(Vec::new())),
        }),
        "set" => between("", "set", 0, 1, args).and_then(|given| match given.first() {
            Some(other) => Ok(Value::Set(Set::collect(iter(other)?)?)),
            None => Ok(Value::Set(Set::new())),
        }),
        "frozenset" => between("", "frozenset", 0, 1, args).and_then(|given| match given.first() {
            Some(same @ Value::FrozenSet(_)) => Ok(same.clone()),
            Some(other) => Ok(Value::FrozenSet(FrozenSet::collect(iter(other)?)?)),
            None => Ok(Value::FrozenSet(FrozenSet::new())),
        }),
        "dict" => dict(args),
        "range" => range(args),
        "slice" => between("", "slice", 1, 3, args).and_then(|given| match given.as_slice() {
            [stop] => super::make_slice(&Value::None, stop, &Value::None),
            [start, stop] => super::make_slice(start, stop, &Value::None),
            _ => super::make_slice(&given[0], &given[1], &given[2]),
        }),
        "type" => between("", "type", 1, 1, args).map(|given| Value::Class(given[0].class())),
        "enumerate" => enumerate(args),
        "zip" => zip(args),
        "map" => map(args),
        "filter" => filter(args),
        "reversed" => between("", "reversed", 1, 1, args).and_then(|given| reversed(&given[0])),
        "bytes" => make_bytes("bytes", args).map(Value::Bytes),
        "bytearray" => make_bytes("bytearray", args)
            .map(|bytes| Value::ByteArray(crate::bytes::ByteArray::copy_of(&bytes))),
        "object" => Ok(crate::builtins::new_object()),
        _ => return None,
    })
}

fn collected(name: &str, args: Args) -> Result<Vec<Value>> {
    match between("", name, 0, 1, args)?.first() {
        Some(other) => listed(other),
        None => Ok(Vec::new()),
    }
}

fn int(args: Args) -> Result<Value> {
    let mut args = args;
    let base = args.take_keyword("base");
    let mut given = match slots("int", [""; 2], args) {
        Ok([value, base]) => [value, base],
        Err(e) => return Err(e),
    };
    let base = base.or(given[1].take());
    let Some(value) = given[0].take() else {
        return match base {
            None => Ok(Value::from(0)),
            Some(_) => Err(Exc::type_error("int() missing string argument")),
        };
    };
    if let Some(base) = base {
        let base = to_index(&base)?;
        return match &value {
            Value::Str(text) => Int::parse_radix(text, base).map(Value::Int),
            Value::Bytes(data) => Int::parse_bytes(data, base).map(Value::Int),
            Value::ByteArray(data) => Int::parse_bytes(data, base).map(Value::Int),
            _ => Err(Exc::type_error(
                "int() can't convert non-string with explicit base",
            )),
        };
    }
    match &value {
        Value::Int(_) => Ok(value),
        Value::Bool(v) => Ok(Value::from(*v as i64)),
        Value::Float(v) => Int::from_f64(*v).map(Value::Int),
        Value::Str(text) => Int::parse(text).map(Value::Int),
        Value::Bytes(data) => Int::parse_bytes(data, 10).map(Value::Int),
        Value::ByteArray(data) => Int::parse_bytes(data, 10).map(Value::Int),
        _ => {
            for name in ["__int__", "__index__", "__trunc__"] {
                if let Some(result) = value.dunder(name, &[]) {
                    return match result? {
                        made @ Value::Int(_) => Ok(made),
                        Value::Bool(made) => Ok(Value::from(made as i64)),
                        other => Err(Exc::type_error(format!(
                            "{name} returned non-int (type {})",
                            other.py_type_name()
                        ))),
                    };
                }
            }
            Err(Exc::type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                value.py_type_name()
            )))
        }
    }
}

fn float(args: Args) -> Result<Value> {
    let given = between("", "float", 0, 1, args)?;
    let Some(value) = given.first() else {
        return Ok(Value::Float(0.0));
    };
    match value {
        Value::Float(_) => Ok(value.clone()),
        Value::Int(v) => v.to_f64().map(Value::Float),
        Value::Bool(v) => Ok(Value::Float(*v as i64 as f64)),
        Value::Str(text) => crate::float::parse(text).map(Value::Float),
        Value::Bytes(bytes) => {
            let text: String = bytes.as_slice().iter().map(|b| char::from(*b)).collect();
            match crate::float::parse(&Str::from(text)) {
                Ok(made) => Ok(Value::Float(made)),
                Err(_) => Err(Exc::value_error(format!(
                    "could not convert string to float: {}",
                    value.py_repr()?.as_str()
                ))),
            }
        }
        _ => match value.dunder("__float__", &[]) {
            Some(result) => match result? {
                made @ Value::Float(_) => Ok(made),
                other => Err(Exc::type_error(format!(
                    "{}.__float__ returned non-float (type {})",
                    value.py_type_name(),
                    other.py_type_name()
                ))),
            },
            None => match value.dunder("__index__", &[]) {
                Some(result) => to_int(&result?)?.to_f64().map(Value::Float),
                None => Err(Exc::type_error(format!(
                    "float() argument must be a string or a real number, not '{}'",
                    value.py_type_name()
                ))),
            },
        },
    }
}

fn str(args: Args) -> Result<Value> {
    let [object, encoding, errors] = slots("str", ["object", "encoding", "errors"], args)?;
    let object = object.unwrap_or(Value::from(""));
    if encoding.is_none() && errors.is_none() {
        return object.py_str().map(Value::Str);
    }
    let word = |value: Option<Value>, key: &str, default: &str| match value {
        None => Ok(default.to_owned()),
        Some(Value::Str(text)) => Ok(text.as_str().to_owned()),
        Some(other) => Err(Exc::type_error(format!(
            "str() argument '{key}' must be str, not {}",
            other.py_type_name()
        ))),
    };
    let encoding = word(encoding, "encoding", "utf-8")?;
    let errors = word(errors, "errors", "strict")?;
    let bytes = match &object {
        Value::Bytes(bytes) => bytes.clone(),
        Value::ByteArray(bytes) => bytes.freeze(),
        Value::Str(_) => return Err(Exc::type_error("decoding str is not supported")),
        other => {
            return Err(Exc::type_error(format!(
                "decoding to str: need a bytes-like object, {} found",
                other.py_type_name()
            )));
        }
    };
    crate::string::decode(bytes.as_slice(), &encoding, &errors).map(Value::Str)
}

fn dict(args: Args) -> Result<Value> {
    if args.positional.len() > 1 {
        return Err(Exc::type_error(format!(
            "dict expected at most 1 argument, got {}",
            args.positional.len()
        )));
    }
    let dict = Dict::new();
    update(&dict, args)?;
    Ok(Value::Dict(dict))
}

fn range(args: Args) -> Result<Value> {
    let given = between("", "range", 1, 3, args)?;
    let bounds = given.iter().map(to_int).collect::<Result<Vec<Int>>>()?;
    let range = match bounds.as_slice() {
        [stop] => Range::new(&Int::from(0), stop, &Int::from(1))?,
        [start, stop] => Range::new(start, stop, &Int::from(1))?,
        _ => Range::new(&bounds[0], &bounds[1], &bounds[2])?,
    };
    Ok(Value::from(range))
}
