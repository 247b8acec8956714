//! Methods of int and float.

use super::args::{none, slots};
use crate::dynamic::{self, to_index};
use crate::object::Args;
use crate::{Exc, Int, Py, Result, Value};

type Answer = std::result::Result<Result<Value>, Args>;

pub(super) const INT_NAMES: &[&str] = &[
    "as_integer_ratio",
    "bit_count",
    "bit_length",
    "conjugate",
    "from_bytes",
    "to_bytes",
];
pub(super) const FLOAT_NAMES: &[&str] = &[
    "as_integer_ratio",
    "conjugate",
    "fromhex",
    "hex",
    "is_integer",
];

pub(super) fn int(v: &Int, name: &str, args: Args) -> Answer {
    Ok(match name {
        "bit_length" => none("int", name, &args).map(|()| Value::from(v.bit_length())),
        "bit_count" => none("int", name, &args).map(|()| Value::from(v.bit_count())),
        "conjugate" => none("int", name, &args).map(|()| Value::Int(v.clone())),
        "as_integer_ratio" => none("int", name, &args)
            .map(|()| Value::tuple(vec![Value::Int(v.clone()), Value::from(1)])),
        "to_bytes" => to_bytes(v, args),
        "from_bytes" => from_bytes(args),
        "__int__" | "__index__" | "__trunc__" => {
            none("int", name, &args).map(|()| Value::Int(v.clone()))
        }
        "__float__" => none("int", name, &args).and_then(|()| v.to_f64().map(Value::Float)),
        _ => return Err(args),
    })
}

fn order(value: Option<Value>) -> Result<bool> {
    match value {
        None => Ok(false),
        Some(Value::Str(order)) => match order.as_str() {
            "little" => Ok(true),
            "big" => Ok(false),
            _ => Err(Exc::value_error(
                "byteorder must be either 'little' or 'big'",
            )),
        },
        Some(other) => Err(Exc::type_error(format!(
            "to_bytes() argument 'byteorder' must be str, not {}",
            other.py_type_name()
        ))),
    }
}

fn to_bytes(v: &Int, args: Args) -> Result<Value> {
    let [length, byteorder, signed] = slots("to_bytes", ["length", "byteorder", "signed"], args)?;
    let length = length.map_or(Ok(1), |n| to_index(&n))?;
    let little = order(byteorder)?;
    let signed = signed.map_or(Ok(false), |s| s.py_truth())?;
    let bytes = v.to_bytes(length, if little { "little" } else { "big" }, signed)?;
    Ok(Value::Bytes(crate::bytes::Bytes::from(bytes)))
}

/// `int.from_bytes(bytes, byteorder, signed=False)`.
pub(super) fn from_bytes(args: Args) -> Result<Value> {
    let [bytes, byteorder, signed] = slots("from_bytes", ["bytes", "byteorder", "signed"], args)?;
    let bytes = match bytes {
        Some(Value::Bytes(v)) => v.as_slice().to_vec(),
        Some(Value::ByteArray(v)) => v.freeze().as_slice().to_vec(),
        Some(other) => {
            let mut bytes = Vec::new();
            for item in dynamic::iter(&other)? {
                bytes.push(to_index(&item?)? as u8);
            }
            bytes
        }
        None => {
            return Err(Exc::type_error(
                "from_bytes() missing required argument 'bytes' (pos 1)",
            ));
        }
    };
    let little = order(byteorder)?;
    let signed = signed.map_or(Ok(false), |s| s.py_truth())?;
    Ok(Value::Int(Int::from_bytes(
        &bytes,
        if little { "little" } else { "big" },
        signed,
    )?))
}

pub(super) fn float(v: f64, name: &str, args: Args) -> Answer {
    Ok(match name {
        "is_integer" => {
            none("float", name, &args).map(|()| Value::Bool(v.is_finite() && v.fract() == 0.0))
        }
        "conjugate" => none("float", name, &args).map(|()| Value::Float(v)),
        "hex" => none("float", name, &args).map(|()| Value::from(crate::float::hex(v))),
        "as_integer_ratio" => none("float", name, &args).and_then(|()| {
            let (n, d) = crate::float::as_integer_ratio(v)?;
            Ok(Value::tuple(vec![Value::Int(n), Value::Int(d)]))
        }),
        "fromhex" => fromhex(args),
        "__int__" | "__trunc__" => {
            none("float", name, &args).and_then(|()| Int::from_f64(v).map(Value::Int))
        }
        "__float__" => none("float", name, &args).map(|()| Value::Float(v)),
        _ => return Err(args),
    })
}

/// `float.fromhex(text)`.
pub(super) fn fromhex(args: Args) -> Result<Value> {
    match super::args::one("float", "fromhex", args)? {
        Value::Str(text) => crate::float::fromhex(&text).map(Value::Float),
        _ => Err(Exc::type_error("fromhex() argument must be str")),
    }
}
