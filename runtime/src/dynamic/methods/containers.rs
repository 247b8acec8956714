//! Methods of list, tuple, dict, range, iterators and dict views.

use super::args::{between, bound, none, one, slots};
use crate::dynamic::{self, to_index};
use crate::generator::Iter;
use crate::object::Args;
use crate::range::Range;
use crate::{Dict, Exc, List, Py, Result, Tuple, Value};

type Answer = std::result::Result<Result<Value>, Args>;

pub(super) const LIST_NAMES: &[&str] = &[
    "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse",
    "sort",
];
pub(super) const TUPLE_NAMES: &[&str] = &["count", "index"];
pub(super) const DICT_NAMES: &[&str] = &[
    "clear",
    "copy",
    "fromkeys",
    "get",
    "items",
    "keys",
    "pop",
    "popitem",
    "setdefault",
    "update",
    "values",
];
pub(super) const GENERATOR_NAMES: &[&str] = &["close", "send", "throw"];
pub(super) const VIEW_NAMES: &[&str] = &["isdisjoint"];

fn unit(result: Result<()>) -> Result<Value> {
    result.map(|()| Value::None)
}

pub(super) fn list(v: &List<Value>, name: &str, args: Args) -> Answer {
    Ok(match name {
        "append" => one("list", name, args).map(|x| {
            v.append(x);
            Value::None
        }),
        "pop" => between("list", name, 0, 1, args).and_then(|given| match given.first() {
            None => v.pop(),
            Some(at) => v.pop_at(to_index(at)?),
        }),
        "extend" => one("list", name, args).and_then(|items| match &items {
            Value::List(other) => {
                v.extend_list(other);
                Ok(Value::None)
            }
            other => unit(v.extend(dynamic::iter_sized(other)?)),
        }),
        "insert" => between("list", name, 2, 2, args).and_then(|mut given| {
            let item = given.pop().unwrap_or_default();
            v.insert(to_index(&given[0])?, item);
            Ok(Value::None)
        }),
        "remove" => one("list", name, args).and_then(|x| unit(v.remove(&x))),
        "index" => between("list", name, 1, 3, args).and_then(|given| {
            let start = bound(given.get(1), 0)?;
            let stop = bound(given.get(2), i64::MAX)?;
            v.index(&given[0], start, stop).map(Value::from)
        }),
        "count" => one("list", name, args).and_then(|x| v.count(&x).map(Value::from)),
        "reverse" => none("list", name, &args).map(|()| {
            v.reverse();
            Value::None
        }),
        "clear" => none("list", name, &args).map(|()| {
            v.clear();
            Value::None
        }),
        "copy" => none("list", name, &args).map(|()| Value::List(v.copy())),
        "sort" => sort(v, args),
        _ => return Err(args),
    })
}

/// `key` and `reverse` of `sort` and `sorted`.
pub(in crate::dynamic) fn sort(v: &List<Value>, args: Args) -> Result<Value> {
    if !args.positional.is_empty() {
        return Err(Exc::type_error("sort() takes no positional arguments"));
    }
    let [key, reverse] = slots("sort", ["key", "reverse"], args)?;
    let reverse = match reverse {
        None => false,
        Some(Value::Bool(flag)) => flag,
        Some(flag) => dynamic::to_int(&flag)? != 0,
    };
    unit(match key {
        None | Some(Value::None) => v.sort(reverse),
        Some(key) => v.sort_by_key(
            |item: Value| dynamic::call(&key, Args::of(vec![item])),
            reverse,
        ),
    })
}

pub(super) fn tuple(v: &Tuple<Value>, name: &str, args: Args) -> Answer {
    Ok(match name {
        "index" => between("tuple", name, 1, 3, args).and_then(|given| {
            let start = bound(given.get(1), 0)?;
            let stop = bound(given.get(2), i64::MAX)?;
            v.index(&given[0], start, stop).map(Value::from)
        }),
        "count" => one("tuple", name, args).and_then(|x| v.count(&x).map(Value::from)),
        _ => return Err(args),
    })
}

pub(super) fn range(v: &Range, name: &str, args: Args) -> Answer {
    Ok(match name {
        "index" => one("range", name, args).and_then(|x| match &x {
            Value::Int(x) => v.index(x).map(Value::Int),
            other => Err(Exc::value_error(format!(
                "{} is not in range",
                other.py_repr()?.as_str()
            ))),
        }),
        "count" => one("range", name, args).and_then(|x| match &x {
            Value::Int(x) => Ok(Value::from(v.count(x))),
            _ => Ok(Value::from(0)),
        }),
        _ => return Err(args),
    })
}

pub(super) fn dict(v: &Dict<Value, Value>, name: &str, args: Args) -> Answer {
    Ok(match name {
        "get" => between("dict", name, 1, 2, args).and_then(|given| {
            Ok(v.get(&given[0])?
                .or_else(|| given.get(1).cloned())
                .unwrap_or_default())
        }),
        "items" => none("dict", name, &args).map(|()| Value::DictItems(v.items())),
        "keys" => none("dict", name, &args).map(|()| Value::DictKeys(v.keys())),
        "values" => none("dict", name, &args).map(|()| Value::DictValues(v.values())),
        "pop" => between("dict", name, 1, 2, args).and_then(|given| match given.get(1) {
            None => v.pop(&given[0]),
            Some(default) => Ok(v.take(&given[0])?.unwrap_or_else(|| default.clone())),
        }),
        "popitem" => popitem(v, args).map(|(key, value)| Value::tuple(vec![key, value])),
        "setdefault" => between("dict", name, 1, 2, args).and_then(|mut given| {
            let default = if given.len() == 2 { given.pop() } else { None };
            v.setdefault(given.swap_remove(0), default.unwrap_or_default())
        }),
        "update" => unit(match args.positional.as_slice() {
            [items] if v.py_type_name() == "Counter" && !matches!(items, Value::Dict(_)) => {
                dynamic::iter(items).and_then(|items| v.update_items(items))
            }
            _ => update(v, args),
        }),
        "clear" => none("dict", name, &args).map(|()| {
            v.clear();
            Value::None
        }),
        "copy" => none("dict", name, &args).map(|()| Value::Dict(v.copy())),
        "fromkeys" => fromkeys(args),
        _ => return flavoured(v, name, args),
    })
}

/// Methods of `Counter` and `OrderedDict`.
fn flavoured(v: &Dict<Value, Value>, name: &str, args: Args) -> Answer {
    let known = match v.py_type_name() {
        "Counter" => COUNTER_NAMES,
        "collections.OrderedDict" => ORDERED_NAMES,
        _ => &[],
    };
    if !known.contains(&name) {
        return Err(args);
    }
    Ok(match name {
        "most_common" => slots(name, ["n"], args).and_then(|[n]| {
            let n = match n {
                None | Some(Value::None) => None,
                Some(n) => Some(to_index(&n)?),
            };
            let pairs = v.most_common(n)?.to_vec().into_iter();
            Ok(Value::list(pairs.map(|pair| pair.to_value()).collect()))
        }),
        "elements" => none("Counter", name, &args).and_then(|()| v.elements().map(Value::Iter)),
        "total" => none("Counter", name, &args).and_then(|()| v.total()),
        "subtract" => one("Counter", name, args).and_then(|items| match &items {
            Value::Dict(other) => unit(v.subtract(other)),
            other => unit(v.subtract_items(dynamic::iter(other)?)),
        }),
        _ => slots(name, ["key", "last"], args).and_then(|[key, last]| {
            let key = key.ok_or_else(|| {
                Exc::type_error(format!("{name}() missing required argument 'key' (pos 1)"))
            })?;
            unit(v.move_to_end(&key, last.map_or(Ok(true), |last| last.py_truth())?))
        }),
    })
}

fn popitem(v: &Dict<Value, Value>, args: Args) -> Result<(Value, Value)> {
    if v.py_type_name() != "collections.OrderedDict" {
        return none("dict", "popitem", &args).and_then(|()| v.popitem());
    }
    let [last] = slots("popitem", ["last"], args)?;
    v.popitem_at(last.map_or(Ok(true), |last| last.py_truth())?)
}

pub(super) const COUNTER_NAMES: &[&str] = &["most_common", "elements", "total", "subtract"];
pub(super) const ORDERED_NAMES: &[&str] = &["move_to_end"];

/// `dict.update(…)` and what `dict(…)` does.
pub(in crate::dynamic) fn update(v: &Dict<Value, Value>, args: Args) -> Result<()> {
    if args.positional.len() > 1 {
        return Err(Exc::type_error(format!(
            "update expected at most 1 argument, got {}",
            args.positional.len()
        )));
    }
    if let Some(other) = args.positional.first() {
        dynamic::update_dict(v, other)?;
    }
    for (key, value) in args.keywords {
        v.setitem(Value::Str(key), value)?;
    }
    Ok(())
}

/// `dict.fromkeys(keys, value)`.
pub(super) fn fromkeys(args: Args) -> Result<Value> {
    let given = between("dict", "fromkeys", 1, 2, args)?;
    let value = given.get(1).cloned().unwrap_or_default();
    Dict::fromkeys(dynamic::iter(&given[0])?, value).map(Value::Dict)
}

pub(super) fn iterator(v: &Iter<Value>, name: &str, args: Args) -> Answer {
    if !v.is_generator() {
        return Err(args);
    }
    Ok(match name {
        "send" => one("generator", name, args).and_then(|x| v.send(x)),
        "close" => none("generator", name, &args).and_then(|()| unit(v.close())),
        "throw" => between("generator", name, 1, 3, args).and_then(|given| {
            let exc = match (&given[0], given.get(1)) {
                (class @ Value::Class(_), Some(value)) if !value.is_none() => {
                    Exc::raise(&dynamic::call(class, Args::of(vec![value.clone()]))?)
                }
                (value, _) => match Exc::of(value)? {
                    Some(exc) => exc,
                    None => {
                        return Err(Exc::type_error(format!(
                            "exceptions must be classes or instances deriving from \
                             BaseException, not {}",
                            value.py_type_name()
                        )));
                    }
                },
            };
            v.throw(exc)
        }),
        _ => return Err(args),
    })
}

pub(super) fn slice(v: &crate::Slice, name: &str, args: Args) -> Answer {
    if name != "indices" {
        return Err(args);
    }
    Ok(one("slice", name, args).and_then(|len| {
        let Some(len) = dynamic::to_int(&len)?.to_i64() else {
            return Err(Exc::overflow_error("length too large"));
        };
        if len < 0 {
            return Err(Exc::value_error("length should not be negative"));
        }
        let (start, stop, step) = (v.start.as_ref(), v.stop.as_ref(), v.step.as_ref());
        let found = crate::slice::bounds(len as usize, start, stop, step)?;
        let parts = [found.start, found.stop, found.step];
        Ok(Value::tuple(parts.map(Value::from).to_vec()))
    }))
}

pub(super) fn view(this: &Value, name: &str, args: Args) -> Answer {
    Ok(match name {
        "isdisjoint" => one(this.py_type_name(), name, args).and_then(|other| {
            for item in dynamic::iter(&other)? {
                if dynamic::contains(this, &item?)? {
                    return Ok(Value::Bool(false));
                }
            }
            Ok(Value::Bool(true))
        }),
        _ => return Err(args),
    })
}
