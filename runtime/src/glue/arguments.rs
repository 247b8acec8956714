//! What calls are given by `*` and `**`: counted, named, spread.

use crate::{Exc, List, Py, Result, Str, Value, dynamic};

/// `f(*items)`: the items, as many as the function still takes: `have` arguments are
/// given before them, `required` parameters have no default.
pub fn unpack_args<T: Py>(
    items: impl Iterator<Item = Result<T>>,
    have: usize,
    required: &[&str],
    most: usize,
    name: &str,
) -> Result<List<T>> {
    let taken: Vec<T> = items.collect::<Result<_>>()?;
    if taken.len() < required.len() {
        return Err(missing_arguments(&required[taken.len()..], name));
    }
    at_most(taken, have, required.len(), most, name)
}

/// `f(*items, **more)`: as `unpack_args`; what is missing may yet be among `more`.
pub fn unpack_some_args<T: Py>(
    items: impl Iterator<Item = Result<T>>,
    have: usize,
    required: usize,
    most: usize,
    name: &str,
) -> Result<List<T>> {
    at_most(items.collect::<Result<_>>()?, have, required, most, name)
}

fn at_most<T: Py>(
    taken: Vec<T>,
    have: usize,
    required: usize,
    most: usize,
    name: &str,
) -> Result<List<T>> {
    if taken.len() > most {
        return Err(too_many_arguments(
            have + required,
            have + most,
            have + taken.len(),
            name,
        ));
    }
    Ok(List::from(taken))
}

#[cold]
fn missing_arguments(names: &[&str], function: &str) -> Exc {
    let quoted: Vec<String> = names.iter().map(|n| format!("'{n}'")).collect();
    let listed = match quoted.as_slice() {
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
        [] => String::new(),
    };
    let plural = if names.len() == 1 { "" } else { "s" };
    Exc::type_error(format!(
        "{function}() missing {} required positional argument{plural}: {listed}",
        names.len()
    ))
}

#[cold]
fn too_many_arguments(least: usize, most: usize, given: usize, function: &str) -> Exc {
    let takes = if least == most {
        most.to_string()
    } else {
        format!("from {least} to {most}")
    };
    let plural = if least == most && most == 1 { "" } else { "s" };
    let verb = if given == 1 { "was" } else { "were" };
    Exc::type_error(format!(
        "{function}() takes {takes} positional argument{plural} but {given} {verb} given"
    ))
}

/// `f(**mapping)`: its keys must be parameters that no other argument fills, and each
/// parameter without a default must get a value. Of `params` (name, given by keyword or
/// position, has a default) the ones from `have` on are filled by `spread` items of `*`.
pub fn known_keywords(
    keys: impl Iterator<Item = Result<Str>>,
    params: &[(&str, bool, bool)],
    have: usize,
    spread: usize,
    function: &str,
) -> Result<()> {
    let mut filled: Vec<bool> = params.iter().map(|p| p.1).collect();
    let end = params.len().min(have + spread);
    filled[have.min(end)..end].fill(true);
    for key in keys {
        let key = key?;
        match params.iter().position(|p| p.0 == key.as_str()) {
            Some(at) if filled[at] => {
                return Err(Exc::type_error(format!(
                    "{function}() got multiple values for argument '{key}'"
                )));
            }
            Some(at) => filled[at] = true,
            None => {
                return Err(Exc::type_error(format!(
                    "{function}() got an unexpected keyword argument '{key}'"
                )));
            }
        }
    }
    let missing: Vec<&str> = (params.iter().zip(&filled))
        .filter(|(param, filled)| !**filled && !param.2)
        .map(|(param, _)| param.0)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(missing_arguments(&missing, function))
}

/// `f(**have, **keys)`: no key may be in both.
pub fn no_repeated_keyword(
    have: impl Iterator<Item = Result<Str>>,
    keys: impl Iterator<Item = Result<Str>>,
    function: &str,
) -> Result<()> {
    let have = have.collect::<Result<Vec<Str>>>()?;
    for key in keys {
        let key = key?;
        if have.iter().any(|k| k.as_str() == key.as_str()) {
            return Err(Exc::type_error(format!(
                "{function}() got multiple values for keyword argument '{key}'"
            )));
        }
    }
    Ok(())
}

/// Arguments with `*star` and `**double_star`.
fn spread(
    positional: Vec<Value>,
    star: Option<&Value>,
    keywords: Vec<(Str, Value)>,
    double_star: Option<&Value>,
) -> Result<crate::object::Args> {
    let mut args = crate::object::Args::with(positional, keywords);
    if let Some(items) = star {
        args.star(items)?;
    }
    if let Some(mapping) = double_star {
        args.double_star("function", mapping)?;
    }
    Ok(args)
}

/// `callee(*star, **double_star)` of a dynamic value.
#[inline]
pub fn call_spread(
    callee: &Value,
    positional: Vec<Value>,
    star: Option<&Value>,
    keywords: Vec<(Str, Value)>,
    double_star: Option<&Value>,
) -> Result<Value> {
    dynamic::call(callee, spread(positional, star, keywords, double_star)?)
}

/// `value.name(*star, **double_star)` of a dynamic value.
pub fn call_method_spread(
    value: &Value,
    name: &str,
    positional: Vec<Value>,
    star: Option<&Value>,
    keywords: Vec<(Str, Value)>,
    double_star: Option<&Value>,
) -> Result<Value> {
    dynamic::call_method(
        value,
        name,
        spread(positional, star, keywords, double_star)?,
    )
}

/// The same with keywords that stand after `**double_star`.
pub fn call_spread_then(
    callee: &Value,
    positional: Vec<Value>,
    star: Option<&Value>,
    keywords: Vec<(Str, Value)>,
    double_star: Option<&Value>,
    late: Vec<(Str, Value)>,
) -> Result<Value> {
    let mut args = spread(positional, star, keywords, double_star)?;
    args.then(late)?;
    dynamic::call(callee, args)
}

/// The same of a method.
pub fn call_method_spread_then(
    value: &Value,
    name: &str,
    positional: Vec<Value>,
    star: Option<&Value>,
    keywords: Vec<(Str, Value)>,
    double_star: Option<&Value>,
    late: Vec<(Str, Value)>,
) -> Result<Value> {
    let mut args = spread(positional, star, keywords, double_star)?;
    args.then(late)?;
    dynamic::call_method(value, name, args)
}
