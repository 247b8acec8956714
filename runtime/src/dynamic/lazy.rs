//! Builtins that give iterators: `enumerate`, `zip`, `map`, `filter`, `reversed`, `iter`.

use super::methods::{between, slots};
use super::{call, items, iter, to_int};
use crate::generator::Iter;
use crate::object::Args;
use crate::{Exc, Int, Py, Result, Value};

/// `iter(callee, sentinel)`.
pub(super) fn until(callee: Value, sentinel: Value) -> Result<Value> {
    if !super::is_callable(&callee) {
        return Err(Exc::type_error("iter(v, w): v must be callable"));
    }
    let mut done = false;
    Ok(Value::Iter(Iter::new(
        "callable_iterator",
        std::iter::from_fn(move || {
            if done {
                return None;
            }
            let step =
                call(&callee, Args::none()).and_then(|value| Ok((value.py_eq(&sentinel)?, value)));
            match step {
                Ok((false, value)) => Some(Ok(value)),
                Ok((true, _)) => {
                    done = true;
                    None
                }
                Err(e) => Some(Err(e)),
            }
        }),
    )))
}

pub(super) fn enumerate(args: Args) -> Result<Value> {
    let [iterable, start] = slots("enumerate", ["iterable", "start"], args)?;
    let Some(iterable) = iterable else {
        return Err(Exc::type_error(
            "enumerate() missing required argument 'iterable'",
        ));
    };
    let mut at = start.map_or(Ok(Int::from(0)), |v| to_int(&v))?;
    let pairs = iter(&iterable)?.map(move |item| {
        let item = item?;
        let index = at.clone();
        at = &at + 1;
        Ok(Value::tuple(vec![Value::Int(index), item]))
    });
    Ok(Value::Iter(Iter::new("enumerate", pairs)))
}

pub(super) fn zip(mut args: Args) -> Result<Value> {
    let strict = args
        .take_keyword("strict")
        .map_or(Ok(false), |v| v.py_truth())?;
    if let Some((word, _)) = args.keywords.first() {
        return Err(Exc::type_error(format!(
            "'{}' is an invalid keyword argument for zip()",
            word.as_str()
        )));
    }
    let mut walks = args
        .positional
        .iter()
        .map(iter)
        .collect::<Result<Vec<_>>>()?;
    let step = move || {
        let mut row = Vec::with_capacity(walks.len());
        for at in 0..walks.len() {
            match walks[at].next() {
                Some(Ok(item)) => row.push(item),
                Some(Err(e)) => return Some(Err(e)),
                None if strict => return strict_end(&mut walks, at),
                None => return None,
            }
        }
        if row.is_empty() {
            None
        } else {
            Some(Ok(Value::tuple(row)))
        }
    };
    Ok(Value::Iter(Iter::new("zip", std::iter::from_fn(step))))
}

/// Iterable `at` of `zip(…, strict=True)` has ended: so must the others.
fn strict_end(walks: &mut [super::DynIter], at: usize) -> Option<Result<Value>> {
    let complaint = |which: usize, what: &str| {
        let others = if which == 1 {
            " ".to_owned()
        } else {
            format!("s 1-{which}")
        };
        let others = if which == 1 { " 1".to_owned() } else { others };
        Exc::value_error(format!(
            "zip() argument {} is {what} than argument{others}",
            which + 1
        ))
    };
    if at > 0 {
        return Some(Err(complaint(at, "shorter")));
    }
    for (which, walk) in walks.iter_mut().enumerate().skip(1) {
        match walk.next() {
            None => {}
            Some(Ok(_)) => return Some(Err(complaint(which, "longer"))),
            Some(Err(e)) => return Some(Err(e)),
        }
    }
    None
}

pub(super) fn map(args: Args) -> Result<Value> {
    if args.positional.len() < 2 {
        return Err(Exc::type_error("map() must have at least two arguments."));
    }
    let function = args.positional[0].clone();
    let mut walks = args.positional[1..]
        .iter()
        .map(iter)
        .collect::<Result<Vec<_>>>()?;
    let step = move || {
        let mut row = Vec::with_capacity(walks.len());
        for walk in &mut walks {
            match walk.next()? {
                Ok(item) => row.push(item),
                Err(e) => return Some(Err(e)),
            }
        }
        Some(call(&function, Args::of(row)))
    };
    Ok(Value::Iter(Iter::new("map", std::iter::from_fn(step))))
}

pub(super) fn filter(args: Args) -> Result<Value> {
    let given = between("", "filter", 2, 2, args)?;
    let function = Some(given[0].clone()).filter(|f| !f.is_none());
    let mut walk = iter(&given[1])?;
    let step = move || {
        loop {
            let item = match walk.next()? {
                Ok(item) => item,
                Err(e) => return Some(Err(e)),
            };
            let kept = match &function {
                Some(f) => call(f, Args::of(vec![item.clone()])).and_then(|v| v.py_truth()),
                None => item.py_truth(),
            };
            match kept {
                Ok(true) => return Some(Ok(item)),
                Ok(false) => {}
                Err(e) => return Some(Err(e)),
            }
        }
    };
    Ok(Value::Iter(Iter::new("filter", std::iter::from_fn(step))))
}

pub(super) fn reversed(value: &Value) -> Result<Value> {
    let iter = match value {
        Value::List(v) => Iter::new("list_reverseiterator", v.reversed().map(Ok)),
        Value::Dict(v) => Iter::new("dict_reversekeyiterator", v.reversed()),
        Value::Range(v) => Iter::new("range_iterator", v.reversed().map(|i| Ok(Value::Int(i)))),
        Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_) => {
            Iter::new("reversed", items(value)?.into_iter().rev().map(Ok))
        }
        Value::DictKeys(_) | Value::DictValues(_) | Value::DictItems(_) => Iter::new(
            "dict_reversekeyiterator",
            items(value)?.into_iter().rev().map(Ok),
        ),
        Value::Obj(object) => {
            if let Some(result) = object.call_method("__reversed__", &mut Args::none()) {
                return result;
            }
            if !super::has_attr(value, "__len__")? || !super::has_attr(value, "__getitem__")? {
                return Err(not_reversible(value));
            }
            let sequence = value.clone();
            let mut at = super::len(value)?;
            Iter::new(
                "reversed",
                std::iter::from_fn(move || {
                    at -= 1;
                    (at >= 0).then(|| super::getitem(&sequence, &Value::from(at)))
                }),
            )
        }
        _ => return Err(not_reversible(value)),
    };
    Ok(Value::Iter(iter))
}

#[cold]
fn not_reversible(value: &Value) -> Exc {
    Exc::type_error(format!(
        "'{}' object is not reversible",
        value.py_type_name()
    ))
}
