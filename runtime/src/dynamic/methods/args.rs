//! Argument checks with CPython's texts.

use crate::object::Args;
use crate::{Exc, Py, Result, Str, Value};

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// `list.clear() takes no arguments (1 given)`.
pub(in crate::dynamic) fn none(class: &str, name: &str, args: &Args) -> Result<()> {
    no_keywords(class, name, args)?;
    match args.positional.len() {
        0 => Ok(()),
        given => Err(Exc::type_error(format!(
            "{class}.{name}() takes no arguments ({given} given)"
        ))),
    }
}

pub(in crate::dynamic) fn no_keywords(class: &str, name: &str, args: &Args) -> Result<()> {
    if args.keywords.is_empty() {
        return Ok(());
    }
    Err(Exc::type_error(format!(
        "{class}.{name}() takes no keyword arguments"
    )))
}

/// `list.append() takes exactly one argument (0 given)`.
pub(in crate::dynamic) fn one(class: &str, name: &str, mut args: Args) -> Result<Value> {
    no_keywords(class, name, &args)?;
    match args.positional.len() {
        1 => Ok(args.positional.pop().unwrap_or_default()),
        given => Err(Exc::type_error(format!(
            "{class}.{name}() takes exactly one argument ({given} given)"
        ))),
    }
}

/// `len() takes exactly one argument (2 given)`.
pub(in crate::dynamic) fn one_of_function(name: &str, mut args: Args) -> Result<Value> {
    if !args.keywords.is_empty() {
        return Err(Exc::type_error(format!(
            "{name}() takes no keyword arguments"
        )));
    }
    match args.positional.len() {
        1 => Ok(args.positional.pop().unwrap_or_default()),
        given => Err(Exc::type_error(format!(
            "{name}() takes exactly one argument ({given} given)"
        ))),
    }
}

/// Between `least` and `most` positional arguments: `pop expected at most 1 argument, got 2`.
/// `class` is empty for a builtin function.
pub(in crate::dynamic) fn between(
    class: &str,
    name: &str,
    least: usize,
    most: usize,
    args: Args,
) -> Result<Vec<Value>> {
    if !class.is_empty() {
        no_keywords(class, name, &args)?;
    } else if !args.keywords.is_empty() {
        return Err(Exc::type_error(format!(
            "{name}() takes no keyword arguments"
        )));
    }
    let given = args.positional.len();
    let (kind, bound) = match given {
        _ if given < least => ("at least ", least),
        _ if given > most => ("at most ", most),
        _ => return Ok(args.positional),
    };
    let kind = if least == most { "" } else { kind };
    Err(Exc::type_error(format!(
        "{name} expected {kind}{bound} argument{}, got {given}",
        plural(bound)
    )))
}

/// Positional or keyword parameters of a builtin, all optional.
pub(in crate::dynamic) fn slots<const N: usize>(
    name: &str,
    params: [&str; N],
    args: Args,
) -> Result<[Option<Value>; N]> {
    let given = args.positional.len() + args.keywords.len();
    if given > N {
        return Err(Exc::type_error(format!(
            "{name}() takes at most {N} argument{} ({given} given)",
            plural(N)
        )));
    }
    let mut values: [Option<Value>; N] = std::array::from_fn(|_| None);
    for (slot, value) in values.iter_mut().zip(args.positional) {
        *slot = Some(value);
    }
    for (key, value) in args.keywords {
        match params.iter().position(|p| *p == key.as_str()) {
            None => {
                return Err(Exc::type_error(format!(
                    "'{}' is an invalid keyword argument for {name}()",
                    key.as_str()
                )));
            }
            Some(at) if values[at].is_some() => {
                return Err(Exc::type_error(format!(
                    "argument for {name}() given by name ('{}') and position ({})",
                    key.as_str(),
                    at + 1
                )));
            }
            Some(at) => values[at] = Some(value),
        }
    }
    Ok(values)
}

/// An argument that must be a str.
pub(in crate::dynamic) fn text(name: &str, at: usize, value: &Value) -> Result<Str> {
    match value {
        Value::Str(text) => Ok(text.clone()),
        other => {
            let place = if at == 0 {
                String::new()
            } else {
                format!(" {at}")
            };
            Err(Exc::type_error(format!(
                "{name}() argument{place} must be str, not {}",
                shown_type(other)
            )))
        }
    }
}

/// A slice bound: `None` or an integer, saturated.
pub(in crate::dynamic) fn bound(value: Option<&Value>, default: i64) -> Result<i64> {
    match value {
        None | Some(Value::None) => Ok(default),
        Some(value) => match crate::dynamic::items::index_of(value)? {
            Some(int) => Ok(crate::slice::saturate(&int)),
            None => Err(Exc::type_error(
                "slice indices must be integers or None or have an __index__ method",
            )),
        },
    }
}

/// The type as argument parsing names it: `None` for `None`.
pub(in crate::dynamic) fn shown_type(value: &Value) -> &'static str {
    if value.is_none() {
        "None"
    } else {
        value.py_type_name()
    }
}

/// A flag that CPython reads as a C int.
pub(in crate::dynamic) fn flag(value: Option<&Value>) -> Result<bool> {
    match value {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(value) => Ok(crate::dynamic::to_int(value)? != 0),
    }
}
