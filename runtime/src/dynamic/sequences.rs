//! Operators of strings and containers.

use super::BinOp;
use super::items::to_count;
use crate::{Dict, Exc, FrozenSet, Int, Py, Result, Set, Str, Value};

pub(super) fn percent(format: &Str, argument: &Value) -> Result<Value> {
    Ok(Value::Str(crate::format::percent_value(format, argument)?))
}

pub(super) fn concat(a: &Value, b: &Value) -> Result<Option<Value>> {
    Ok(Some(match (a, b) {
        (Value::Str(a), Value::Str(b)) => Value::Str(a + b),
        (Value::List(a), Value::List(b)) => Value::List(a.add(b)),
        (Value::Tuple(a), Value::Tuple(b)) => Value::Tuple(a.add(b)),
        (Value::Bytes(a), Value::Bytes(b)) => Value::Bytes(a.add(b)),
        (Value::Bytes(a), Value::ByteArray(b)) => Value::Bytes(a.add(&b.freeze())),
        (Value::ByteArray(a), Value::ByteArray(b)) => Value::ByteArray(a.add(&b.freeze())),
        (Value::ByteArray(a), Value::Bytes(b)) => Value::ByteArray(a.add(b)),
        _ => return Ok(None),
    }))
}

fn is_sequence(value: &Value) -> bool {
    matches!(
        value,
        Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Bytes(_) | Value::ByteArray(_)
    )
}

pub(super) fn repeat(a: &Value, b: &Value) -> Result<Option<Value>> {
    let (sequence, times) = if is_sequence(a) {
        (a, b)
    } else if is_sequence(b) {
        (b, a)
    } else {
        return Ok(None);
    };
    let Some(times) = to_count(times)? else {
        return Err(Exc::type_error(format!(
            "can't multiply sequence by non-int of type '{}'",
            times.py_type_name()
        )));
    };
    Ok(Some(match sequence {
        Value::Str(v) => Value::Str(v.repeat(times)?),
        Value::List(v) => Value::List(v.mul(times)?),
        Value::Tuple(v) => Value::Tuple(v.mul(times)?),
        Value::Bytes(v) => Value::Bytes(v.mul(&Int::from(times))?),
        Value::ByteArray(v) => Value::ByteArray(v.mul(&Int::from(times))?),
        _ => return Ok(None),
    }))
}

/// A set-like operand: sets, and the views of dicts.
fn set_like(value: &Value) -> Result<Option<Set<Value>>> {
    Ok(Some(match value {
        Value::Set(v) => v.clone(),
        Value::FrozenSet(_) | Value::DictKeys(_) | Value::DictItems(_) => {
            Set::collect(super::iter(value)?)?
        }
        _ => return Ok(None),
    }))
}

pub(super) fn sets(op: BinOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    if let (BinOp::Or, Value::Dict(a), Value::Dict(b)) = (op, a, b) {
        let merged = a.copy();
        merged.update(b)?;
        return Ok(Some(Value::Dict(merged)));
    }
    let view = |v: &Value| matches!(v, Value::DictKeys(_) | Value::DictItems(_));
    let right = if view(a) && super::is_iterable(b) {
        Some(Set::collect(super::iter(b)?)?)
    } else {
        set_like(b)?
    };
    let (Some(left), Some(right)) = (set_like(a)?, right) else {
        return Ok(None);
    };
    let result = match op {
        BinOp::Sub => left.difference_set(&right)?,
        BinOp::And => left.intersection_set(&right)?,
        BinOp::Or => left.union_set(&right)?,
        _ => left.symmetric_difference_set(&right)?,
    };
    Ok(Some(match a {
        Value::FrozenSet(_) => Value::FrozenSet(FrozenSet::from_set(&result)?),
        _ => Value::Set(result),
    }))
}

/// In-place operators of mutable built-in containers.
pub(super) fn mutate(op: BinOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    match (op, a, b) {
        (BinOp::Add, Value::List(list), _) => {
            match b {
                Value::List(other) => list.extend_list(other),
                _ => list.extend(super::iter(b)?)?,
            }
            Ok(Some(a.clone()))
        }
        (BinOp::Mul, Value::List(list), _) => match to_count(b)? {
            Some(times) => {
                list.mul_assign(times)?;
                Ok(Some(a.clone()))
            }
            None => Ok(None),
        },
        (BinOp::Or, Value::Dict(dict), _) => {
            update_dict(dict, b)?;
            Ok(Some(a.clone()))
        }
        (BinOp::Sub | BinOp::And | BinOp::Or | BinOp::Xor, Value::Set(set), _) => {
            if !matches!(
                b,
                Value::Set(_) | Value::FrozenSet(_) | Value::DictKeys(_) | Value::DictItems(_)
            ) {
                return Ok(None);
            }
            let Some(other) = set_like(b)? else {
                return Ok(None);
            };
            match op {
                BinOp::Sub => set.difference_update_set(&other)?,
                BinOp::And => set.intersection_update_set(&other)?,
                BinOp::Or => set.update_set(&other)?,
                _ => set.symmetric_difference_update_set(&other)?,
            }
            Ok(Some(a.clone()))
        }
        (BinOp::Add, Value::ByteArray(bytes), Value::Bytes(more)) => {
            bytes.extend_bytes(more);
            Ok(Some(a.clone()))
        }
        (BinOp::Add, Value::ByteArray(bytes), Value::ByteArray(more)) => {
            bytes.extend_bytes(&more.freeze());
            Ok(Some(a.clone()))
        }
        (BinOp::Add, Value::ByteArray(bytes), Value::Obj(_)) => {
            Ok(crate::stdlib::array::bytes_of(b).map(|more| {
                bytes.extend_bytes(&more);
                a.clone()
            }))
        }
        (BinOp::Mul, Value::ByteArray(bytes), times) => match to_count(times)? {
            Some(times) => {
                bytes.mul_assign(&Int::from(times))?;
                Ok(Some(a.clone()))
            }
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// `dict(other)` of a mapping that is no dict.
pub fn entries(other: &Value) -> Result<Dict<Value, Value>> {
    let dict = Dict::new();
    update_dict(&dict, other)?;
    Ok(dict)
}

/// `dict.update(other)`: a mapping, or an iterable of pairs.
pub fn update_dict(dict: &Dict<Value, Value>, other: &Value) -> Result<()> {
    match other {
        Value::Dict(other) => dict.update(other),
        Value::Obj(object) if object.get_attr("keys")?.is_some() => {
            let keys = super::call_method(other, "keys", crate::Args::none())?;
            for key in super::iter(&keys)? {
                let key = key?;
                let value = super::getitem(other, &key)?;
                dict.setitem(key, value)?;
            }
            Ok(())
        }
        _ => {
            for (i, pair) in super::iter(other)?.enumerate() {
                let pair = pair?;
                if !super::is_iterable(&pair) {
                    return Err(Exc::type_error(format!(
                        "cannot convert dictionary update sequence element #{i} to a sequence"
                    )));
                }
                let mut items = super::items(&pair)?;
                if items.len() != 2 {
                    return Err(Exc::value_error(format!(
                        "dictionary update sequence element #{i} has length {}; 2 is required",
                        items.len()
                    )));
                }
                let value = items.pop().unwrap_or_default();
                let key = items.pop().unwrap_or_default();
                dict.setitem(key, value)?;
            }
            Ok(())
        }
    }
}
