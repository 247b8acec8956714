//! Builtin functions on dynamic values, by name.

use super::lazy::until;
use super::methods::{between, one_of_function, slots, sort};
use super::{call, compare, iter, listed, to_int};
use crate::func::DynFunc;
use crate::object::Args;
use crate::{Exc, List, Py, Result, Str, Value, classes};

type Function = fn(Args) -> Result<Value>;

static FUNCTIONS: &[(&str, Function)] = &[
    ("abs", |args| super::abs(&one_of_function("abs", args)?)),
    ("all", |args| every(&one_of_function("all", args)?, false)),
    ("any", |args| every(&one_of_function("any", args)?, true)),
    ("ascii", |args| {
        crate::string::ascii(&one_of_function("ascii", args)?).map(Value::Str)
    }),
    ("bin", |args| radix(one_of_function("bin", args)?, 2)),
    ("callable", |args| {
        Ok(Value::Bool(super::is_callable(&one_of_function(
            "callable", args,
        )?)))
    }),
    ("chr", |args| {
        let code = to_int(&one_of_function("chr", args)?)?;
        crate::string::chr(&code).map(Value::Str)
    }),
    ("delattr", |args| {
        let given = between("", "delattr", 2, 2, args)?;
        super::del_attr(&given[0], attribute(&given[1])?.as_str()).map(|()| Value::None)
    }),
    ("divmod", |args| {
        let given = between("", "divmod", 2, 2, args)?;
        super::divmod(&given[0], &given[1])
    }),
    ("format", |args| {
        let given = between("", "format", 1, 2, args)?;
        let spec = match given.get(1) {
            None => Str::from(""),
            Some(Value::Str(spec)) => spec.clone(),
            Some(other) => {
                return Err(Exc::type_error(format!(
                    "format() argument 2 must be str, not {}",
                    other.py_type_name()
                )));
            }
        };
        let mut out = String::new();
        given[0].py_format_into(spec.as_str(), &mut out)?;
        Ok(Value::from(out))
    }),
    ("getattr", getattr),
    ("hasattr", |args| {
        let given = between("", "hasattr", 2, 2, args)?;
        super::has_attr(&given[0], attribute(&given[1])?.as_str()).map(Value::Bool)
    }),
    ("hash", |args| {
        one_of_function("hash", args)?.py_hash().map(Value::from)
    }),
    ("hex", |args| radix(one_of_function("hex", args)?, 16)),
    ("id", |args| {
        Ok(Value::from(crate::builtins::id_of(&one_of_function(
            "id", args,
        )?)))
    }),
    ("input", |args| {
        let given = between("", "input", 0, 1, args)?;
        let prompt = given.first().map(|v| v as &dyn crate::core::Show);
        crate::io::input(prompt).map(Value::Str)
    }),
    ("isinstance", |args| {
        let given = between("", "isinstance", 2, 2, args)?;
        classes::isinstance(&given[0], &given[1]).map(Value::Bool)
    }),
    ("issubclass", |args| {
        let given = between("", "issubclass", 2, 2, args)?;
        classes::issubclass(&given[0], &given[1]).map(Value::Bool)
    }),
    ("iter", |args| {
        let given = between("", "iter", 1, 2, args)?;
        match given.as_slice() {
            [callee, sentinel] => until(callee.clone(), sentinel.clone()),
            _ => super::iter_value(&given[0]),
        }
    }),
    ("len", |args| {
        super::len(&one_of_function("len", args)?).map(Value::from)
    }),
    ("max", |args| extreme("max", args)),
    ("min", |args| extreme("min", args)),
    ("next", |args| {
        let mut given = between("", "next", 1, 2, args)?;
        match given.len() {
            2 => {
                let default = given.pop().unwrap_or_default();
                super::next_or(&given[0], default)
            }
            _ => super::next(&given[0]),
        }
    }),
    ("oct", |args| radix(one_of_function("oct", args)?, 8)),
    ("ord", |args| ord(&one_of_function("ord", args)?)),
    ("pow", |args| {
        let [base, exp, modulus] = slots("pow", ["base", "exp", "mod"], args)?;
        let (Some(base), Some(exp)) = (base, exp) else {
            return Err(Exc::type_error(
                "pow() missing required argument 'exp' (pos 2)",
            ));
        };
        super::pow3(&base, &exp, &modulus.unwrap_or_default())
    }),
    ("print", |args| {
        crate::io::print_values(args).map(|()| Value::None)
    }),
    ("repr", |args| {
        one_of_function("repr", args)?.py_repr().map(Value::Str)
    }),
    ("round", round),
    ("setattr", |args| {
        let given = between("", "setattr", 3, 3, args)?;
        super::set_attr(&given[0], attribute(&given[1])?.as_str(), given[2].clone())
            .map(|()| Value::None)
    }),
    ("sorted", |mut args| {
        if args.positional.len() != 1 {
            let given = args.positional.len();
            return Err(Exc::type_error(format!(
                "sorted expected 1 argument, got {given}"
            )));
        }
        let list = List::from(listed(&args.positional.remove(0))?);
        sort(&list, args)?;
        Ok(Value::List(list))
    }),
    ("sum", sum),
];

/// A builtin function as a value: `map(len, xs)`; built-in types are classes.
pub fn builtin(name: &str) -> Option<Value> {
    if let Some((name, function)) = FUNCTIONS.iter().find(|(n, _)| *n == name) {
        return Some(Value::Func(DynFunc::builtin(name, *function)));
    }
    classes::by_name(name).map(Value::Class)
}

/// `name(*args)` for a builtin function or type.
pub fn call_builtin(name: &str, args: Args) -> Result<Value> {
    if let Some((_, function)) = FUNCTIONS.iter().find(|(n, _)| *n == name) {
        return function(args);
    }
    match classes::by_name(name) {
        Some(class) => call(&Value::Class(class), args),
        None => Err(Exc::name_error(format!("name '{name}' is not defined"))),
    }
}

fn every(value: &Value, looked_for: bool) -> Result<Value> {
    for item in iter(value)? {
        if item?.py_truth()? == looked_for {
            return Ok(Value::Bool(looked_for));
        }
    }
    Ok(Value::Bool(!looked_for))
}

fn radix(value: Value, base: u32) -> Result<Value> {
    let int = to_int(&value)?;
    Ok(Value::Str(match base {
        2 => crate::int::bin(&int),
        8 => crate::int::oct(&int),
        _ => crate::int::hex(&int),
    }))
}

fn attribute(name: &Value) -> Result<Str> {
    match name {
        Value::Str(name) => Ok(name.clone()),
        other => Err(Exc::type_error(format!(
            "attribute name must be string, not '{}'",
            other.py_type_name()
        ))),
    }
}

fn getattr(args: Args) -> Result<Value> {
    let mut given = between("", "getattr", 2, 3, args)?;
    let default = if given.len() == 3 { given.pop() } else { None };
    let name = attribute(&given[1])?;
    match (super::by_name(&given[0], name.as_str()), default) {
        (Err(e), Some(default)) if e.matches(&crate::exc::ATTRIBUTE_ERROR) => Ok(default),
        (result, _) => result,
    }
}

fn ord(value: &Value) -> Result<Value> {
    match value {
        Value::Str(text) => crate::string::ord(text).map(Value::from),
        Value::Bytes(bytes) if bytes.len() == 1 => Ok(Value::from(bytes.as_slice()[0] as i64)),
        Value::Bytes(bytes) => Err(Exc::type_error(format!(
            "ord() expected a character, but string of length {} found",
            bytes.len()
        ))),
        other => Err(Exc::type_error(format!(
            "ord() expected string of length 1, but {} found",
            other.py_type_name()
        ))),
    }
}

/// `min` and `max`: the first of equals wins.
fn extreme(name: &str, mut args: Args) -> Result<Value> {
    let key = args.take_keyword("key").filter(|key| !key.is_none());
    let default = args.take_keyword("default");
    if let Some((word, _)) = args.keywords.first() {
        return Err(Exc::type_error(format!(
            "'{}' is an invalid keyword argument for {name}()",
            word.as_str()
        )));
    }
    let several = args.positional.len() > 1;
    let walk: Box<dyn Iterator<Item = Result<Value>>> = match args.positional.as_slice() {
        [] => {
            return Err(Exc::type_error(format!(
                "{name} expected at least 1 argument, got 0"
            )));
        }
        [one] => Box::new(iter(one)?),
        _ if default.is_some() => {
            return Err(Exc::type_error(format!(
                "Cannot specify a default for {name}() with multiple positional arguments"
            )));
        }
        many => Box::new(many.to_vec().into_iter().map(Ok)),
    };
    let mut best: Option<(Value, Value)> = None;
    for item in walk {
        let item = item?;
        let rank = match &key {
            Some(key) => call(key, Args::of(vec![item.clone()]))?,
            None => item.clone(),
        };
        let better = match &best {
            None => true,
            Some((_, top)) if name == "max" => compare::test_gt(&rank, top)?,
            Some((_, top)) => compare::test_lt(&rank, top)?,
        };
        if better {
            best = Some((item, rank));
        }
    }
    match (best, default) {
        (Some((item, _)), _) => Ok(item),
        (None, Some(default)) if !several => Ok(default),
        _ => Err(Exc::value_error(format!(
            "{name}() arg is an empty sequence"
        ))),
    }
}

fn round(args: Args) -> Result<Value> {
    let [number, digits] = slots("round", ["number", "ndigits"], args)?;
    let Some(number) = number else {
        return Err(Exc::type_error(
            "round() missing required argument 'number' (pos 1)",
        ));
    };
    let digits = digits.filter(|d| !d.is_none());
    match (&number, digits) {
        (Value::Float(v), None) => crate::float::round(*v).map(Value::Int),
        (Value::Float(v), Some(digits)) => {
            crate::float::round_to(*v, &to_int(&digits)?).map(Value::Float)
        }
        (Value::Int(_) | Value::Bool(_), None) => super::pos(&number),
        (Value::Int(_) | Value::Bool(_), Some(digits)) => {
            to_int(&number)?.round_to(&to_int(&digits)?).map(Value::Int)
        }
        (_, digits) => {
            let found = match &digits {
                None => number.dunder("__round__", &[]),
                Some(digits) => number.dunder("__round__", &[digits]),
            };
            found.unwrap_or_else(|| {
                Err(Exc::type_error(format!(
                    "type {} doesn't define __round__ method",
                    number.py_type_name()
                )))
            })
        }
    }
}

/// `sum(items, start)`: plain left-to-right additions, as CPython 3.11.
fn sum(mut args: Args) -> Result<Value> {
    let start = args.take_keyword("start");
    if args.positional.is_empty() {
        return Err(Exc::type_error(
            "sum() takes at least 1 positional argument (0 given)",
        ));
    }
    if args.positional.len() > 2 {
        return Err(Exc::type_error(format!(
            "sum() takes at most 2 arguments ({} given)",
            args.positional.len()
        )));
    }
    let start = start
        .or_else(|| args.positional.get(1).cloned())
        .unwrap_or(Value::from(0));
    let kind = match &start {
        Value::Str(_) => Some("strings [use ''.join(seq) instead]"),
        Value::Bytes(_) => Some("bytes [use b''.join(seq) instead]"),
        Value::ByteArray(_) => Some("bytearray [use b''.join(seq) instead]"),
        _ => None,
    };
    let mut total = start;
    let walk = iter(&args.positional[0])?;
    if let Some(kind) = kind {
        return Err(Exc::type_error(format!("sum() can't sum {kind}")));
    }
    for item in walk {
        total = super::add(&total, &item?)?;
    }
    Ok(total)
}
