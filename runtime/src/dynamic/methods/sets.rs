//! Methods of set and frozenset.

use super::args::{none, one};
use crate::dynamic;
use crate::object::Args;
use crate::{Exc, FrozenSet, Result, Set, Value};

type Answer = std::result::Result<Result<Value>, Args>;

pub(super) const SET_NAMES: &[&str] = &[
    "add",
    "clear",
    "copy",
    "difference",
    "difference_update",
    "discard",
    "intersection",
    "intersection_update",
    "isdisjoint",
    "issubset",
    "issuperset",
    "pop",
    "remove",
    "symmetric_difference",
    "symmetric_difference_update",
    "union",
    "update",
];
pub(super) const FROZENSET_NAMES: &[&str] = &[
    "copy",
    "difference",
    "intersection",
    "isdisjoint",
    "issubset",
    "issuperset",
    "symmetric_difference",
    "union",
];

/// The methods that sets and frozen sets share, on a set of the same elements.
fn common(
    v: &Set<Value>,
    class: &str,
    name: &str,
    args: Args,
) -> std::result::Result<Result<Common>, Args> {
    let chained = |args: Args, step: fn(&Set<Value>, &Value) -> Result<Set<Value>>| {
        let mut result = v.copy()?;
        for other in &args.positional {
            result = step(&result, other)?;
        }
        Ok(Common::Set(result))
    };
    Ok(match name {
        "union" => chained(args, |s, o| s.union(dynamic::iter(o)?)),
        "intersection" => chained(args, |s, o| s.intersection(dynamic::iter(o)?)),
        "difference" => chained(args, |s, o| s.difference(dynamic::iter(o)?)),
        "symmetric_difference" => one(class, name, args)
            .and_then(|o| Ok(Common::Set(v.symmetric_difference(dynamic::iter(&o)?)?))),
        "isdisjoint" => {
            one(class, name, args).and_then(|o| Ok(Common::Bool(v.isdisjoint(dynamic::iter(&o)?)?)))
        }
        "issubset" => {
            one(class, name, args).and_then(|o| Ok(Common::Bool(v.issubset(dynamic::iter(&o)?)?)))
        }
        "issuperset" => {
            one(class, name, args).and_then(|o| Ok(Common::Bool(v.issuperset(dynamic::iter(&o)?)?)))
        }
        "copy" => none(class, name, &args).and_then(|()| Ok(Common::Set(v.copy()?))),
        _ => return Err(args),
    })
}

enum Common {
    Set(Set<Value>),
    Bool(bool),
}

pub(super) fn set(v: &Set<Value>, name: &str, args: Args) -> Answer {
    let unit = |result: Result<()>| result.map(|()| Value::None);
    let each = |args: Args, step: &dyn Fn(dynamic::DynIter) -> Result<()>| {
        for other in &args.positional {
            step(dynamic::iter(other)?)?;
        }
        Ok(Value::None)
    };
    Ok(match name {
        "add" => one("set", name, args).and_then(|x| unit(v.add(x))),
        "discard" => {
            one("set", name, args).and_then(|x| unit(v.discard(&dynamic::items::frozen(&x)?)))
        }
        "remove" => one("set", name, args).and_then(|x| {
            let sought = dynamic::items::frozen(&x)?;
            if matches!(x, Value::Set(_)) && !v.contains(&sought)? {
                return Err(Exc::key_error(x));
            }
            unit(v.remove(&sought))
        }),
        "pop" => none("set", name, &args).and_then(|()| v.pop()),
        "clear" => none("set", name, &args).map(|()| {
            v.clear();
            Value::None
        }),
        "update" => each(args, &|items| v.update(items)),
        "intersection_update" => each(args, &|items| v.intersection_update(items)),
        "difference_update" => each(args, &|items| v.difference_update(items)),
        "symmetric_difference_update" => one("set", name, args)
            .and_then(|o| unit(v.symmetric_difference_update(dynamic::iter(&o)?))),
        _ => match common(v, "set", name, args) {
            Ok(result) => result.map(|c| match c {
                Common::Set(set) => Value::Set(set),
                Common::Bool(answer) => Value::Bool(answer),
            }),
            Err(args) => return Err(args),
        },
    })
}

pub(super) fn frozenset(v: &FrozenSet<Value>, name: &str, args: Args) -> Answer {
    if !FROZENSET_NAMES.contains(&name) {
        return Err(args);
    }
    if name == "copy" {
        return Ok(none("frozenset", name, &args).map(|()| Value::FrozenSet(v.clone())));
    }
    let thawed = match Set::from_set(v) {
        Ok(set) => set,
        Err(error) => return Ok(Err(error)),
    };
    common(&thawed, "frozenset", name, args).map(|result| {
        Ok(match result? {
            Common::Set(set) => Value::FrozenSet(FrozenSet::from_set(&set)?),
            Common::Bool(answer) => Value::Bool(answer),
        })
    })
}
