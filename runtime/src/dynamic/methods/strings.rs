//! Methods of str.

use super::args::{between, bound, flag, no_keywords, none, one, shown_type, slots, text};
use crate::dynamic::{self, to_index};
use crate::object::Args;
use crate::{Exc, List, Py, Result, Str, Value};

pub(super) const NAMES: &[&str] = &[
    "capitalize",
    "casefold",
    "center",
    "count",
    "encode",
    "endswith",
    "expandtabs",
    "find",
    "format",
    "format_map",
    "index",
    "isalnum",
    "isalpha",
    "isascii",
    "isdecimal",
    "isdigit",
    "isidentifier",
    "islower",
    "isnumeric",
    "isprintable",
    "isspace",
    "istitle",
    "isupper",
    "join",
    "ljust",
    "lower",
    "lstrip",
    "maketrans",
    "partition",
    "removeprefix",
    "removesuffix",
    "replace",
    "rfind",
    "rindex",
    "rjust",
    "rpartition",
    "rsplit",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "swapcase",
    "title",
    "translate",
    "upper",
    "zfill",
];

fn text_list(parts: List<Str>) -> Value {
    Value::list(parts.iter().map(Value::Str).collect())
}

fn triple((a, b, c): (Str, Str, Str)) -> Value {
    Value::tuple(vec![a.into(), b.into(), c.into()])
}

/// The arguments with the texts of members for members.
fn plain(mut args: Args) -> Result<Args> {
    for given in &mut args.positional {
        if let Some(text) = dynamic::mixed_in(given)? {
            *given = text;
        }
    }
    Ok(args)
}

/// `Err(args)`: str has no such method.
pub(super) fn call(s: &Str, name: &str, args: Args) -> std::result::Result<Result<Value>, Args> {
    // Formatting asks a member itself.
    let args = if name == "format" {
        args
    } else {
        match plain(args) {
            Ok(args) => args,
            Err(error) => return Ok(Err(error)),
        }
    };
    macro_rules! plain {
        ($($method:ident)*) => {
            match name {
                $(stringify!($method) => {
                    return Ok(none("str", name, &args).map(|()| Value::from(s.$method())));
                })*
                _ => {}
            }
        };
    }
    plain! {
        upper lower title capitalize swapcase casefold isdigit isdecimal isnumeric isalpha isalnum
        isspace isupper islower istitle isidentifier isprintable isascii
    }
    Ok(match name {
        "split" | "rsplit" => split(s, name, args),
        "join" => one("str", name, args).and_then(|items| join(s, &items)),
        "strip" | "lstrip" | "rstrip" => strip(s, name, args),
        "replace" => replace(s, args),
        "startswith" | "endswith" => affix(s, name, args),
        "find" | "rfind" | "index" | "rindex" | "count" => search(s, name, args),
        "format" => crate::format::str_format(s, args.positional, args.keywords).map(Value::Str),
        "format_map" => one("str", name, args)
            .and_then(|map| crate::format::format_map(s, &map).map(Value::Str)),
        "center" | "ljust" | "rjust" => pad(s, name, args),
        "zfill" => one("str", name, args).and_then(|w| Ok(Value::Str(s.zfill(to_index(&w)?)?))),
        "splitlines" => slots(name, ["keepends"], args)
            .and_then(|[keep]| Ok(text_list(s.splitlines(flag(keep.as_ref())?)))),
        "partition" | "rpartition" => one("str", name, args).and_then(|sep| {
            let Value::Str(sep) = sep else {
                return Err(Exc::type_error(format!(
                    "must be str, not {}",
                    sep.py_type_name()
                )));
            };
            Ok(triple(if name == "partition" {
                s.partition(&sep)?
            } else {
                s.rpartition(&sep)?
            }))
        }),
        "removeprefix" => {
            one("str", name, args).and_then(|p| Ok(Value::Str(s.removeprefix(&text(name, 0, &p)?))))
        }
        "removesuffix" => {
            one("str", name, args).and_then(|p| Ok(Value::Str(s.removesuffix(&text(name, 0, &p)?))))
        }
        "expandtabs" => slots(name, ["tabsize"], args).and_then(|[size]| {
            let size = size.map_or(Ok(crate::Int::from(8)), |v| dynamic::to_int(&v))?;
            Ok(Value::Str(s.expandtabs(&size)?))
        }),
        "encode" => slots(name, ["encoding", "errors"], args).and_then(|[encoding, errors]| {
            let word = |v: Option<Value>, key: &str, default: &str| match v {
                None => Ok(Str::from(default)),
                Some(Value::Str(v)) => Ok(v),
                Some(v) => Err(Exc::type_error(format!(
                    "encode() argument '{key}' must be str, not {}",
                    shown_type(&v)
                ))),
            };
            let encoding = word(encoding, "encoding", "utf-8")?;
            let errors = word(errors, "errors", "strict")?;
            let bytes = s.encode_to_vec(encoding.as_str(), errors.as_str())?;
            Ok(Value::Bytes(crate::bytes::Bytes::from(bytes)))
        }),
        "maketrans" => maketrans(args),
        "translate" => one("str", name, args).and_then(|table| match table {
            Value::Dict(table) => s.translate(&table).map(Value::Str),
            other => Err(Exc::type_error(format!(
                "'{}' object is not subscriptable",
                other.py_type_name()
            ))),
        }),
        _ => return Err(args),
    })
}

fn split(s: &Str, name: &str, args: Args) -> Result<Value> {
    let [sep, most] = slots(name, ["sep", "maxsplit"], args)?;
    let sep = match sep {
        None | Some(Value::None) => None,
        Some(Value::Str(sep)) => Some(sep),
        Some(other) => {
            return Err(Exc::type_error(format!(
                "must be str or None, not {}",
                other.py_type_name()
            )));
        }
    };
    let most = most.map_or(Ok(-1), |v| to_index(&v))?;
    Ok(text_list(if name == "split" {
        s.split(sep.as_ref(), most)?
    } else {
        s.rsplit(sep.as_ref(), most)?
    }))
}

fn join(s: &Str, items: &Value) -> Result<Value> {
    if !dynamic::is_iterable(items) {
        return Err(Exc::type_error("can only join an iterable"));
    }
    let mut parts = Vec::new();
    for (i, item) in dynamic::items(items)?.into_iter().enumerate() {
        match dynamic::mixed_in(&item)?.unwrap_or(item) {
            Value::Str(part) => parts.push(Ok(part)),
            other => {
                return Err(Exc::type_error(format!(
                    "sequence item {i}: expected str instance, {} found",
                    other.py_type_name()
                )));
            }
        }
    }
    s.join(parts).map(Value::Str)
}

fn strip(s: &Str, name: &str, args: Args) -> Result<Value> {
    let given = between("str", name, 0, 1, args)?;
    let chars = match given.first() {
        None | Some(Value::None) => None,
        Some(Value::Str(chars)) => Some(chars),
        Some(_) => return Err(Exc::type_error(format!("{name} arg must be None or str"))),
    };
    Ok(Value::Str(match name {
        "strip" => s.strip(chars),
        "lstrip" => s.lstrip(chars),
        _ => s.rstrip(chars),
    }))
}

fn replace(s: &Str, args: Args) -> Result<Value> {
    let given = between("str", "replace", 2, 3, args)?;
    let old = text("replace", 1, &given[0])?;
    let new = text("replace", 2, &given[1])?;
    let count = given.get(2).map_or(Ok(-1), to_index)?;
    Ok(Value::Str(s.replace(&old, &new, count)))
}

/// `start` and `end` after the first argument of a search.
fn window(given: &[Value]) -> Result<(i64, i64)> {
    Ok((bound(given.get(1), 0)?, bound(given.get(2), i64::MAX)?))
}

/// The searching methods count their arguments their own way.
fn searching(name: &str, args: Args) -> Result<Vec<Value>> {
    no_keywords("str", name, &args)?;
    let given = args.positional.len();
    if given == 0 {
        return Err(Exc::type_error(format!(
            "{name}() takes at least 1 argument (0 given)"
        )));
    }
    if given > 3 {
        return Err(Exc::type_error(format!(
            "{name}() takes at most 3 arguments ({given} given)"
        )));
    }
    Ok(args.positional)
}

fn search(s: &Str, name: &str, args: Args) -> Result<Value> {
    let given = searching(name, args)?;
    let Value::Str(sub) = &given[0] else {
        return Err(Exc::type_error(format!(
            "must be str, not {}",
            given[0].py_type_name()
        )));
    };
    let (start, end) = window(&given)?;
    Ok(Value::from(match name {
        "find" => s.find(sub, start, end),
        "rfind" => s.rfind(sub, start, end),
        "index" => s.index(sub, start, end)?,
        "rindex" => s.rindex(sub, start, end)?,
        _ => s.count(sub, start, end),
    }))
}

fn affix(s: &Str, name: &str, args: Args) -> Result<Value> {
    let given = searching(name, args)?;
    let (start, end) = window(&given)?;
    let has = |affix: &Str| match name {
        "startswith" => s.startswith(affix, start, end),
        _ => s.endswith(affix, start, end),
    };
    match &given[0] {
        Value::Str(affix) => Ok(Value::Bool(has(affix))),
        Value::Tuple(affixes) => {
            for affix in affixes.iter() {
                match affix {
                    Value::Str(affix) if has(&affix) => return Ok(Value::Bool(true)),
                    Value::Str(_) => {}
                    other => {
                        return Err(Exc::type_error(format!(
                            "tuple for {name} must only contain str, not {}",
                            other.py_type_name()
                        )));
                    }
                }
            }
            Ok(Value::Bool(false))
        }
        other => Err(Exc::type_error(format!(
            "{name} first arg must be str or a tuple of str, not {}",
            other.py_type_name()
        ))),
    }
}

fn pad(s: &Str, name: &str, args: Args) -> Result<Value> {
    let given = between("str", name, 1, 2, args)?;
    let width = to_index(&given[0])?;
    let fill = match given.get(1) {
        None => Str::from(" "),
        Some(Value::Str(fill)) => fill.clone(),
        Some(other) => {
            return Err(Exc::type_error(format!(
                "The fill character must be a unicode character, not {}",
                other.py_type_name()
            )));
        }
    };
    Ok(Value::Str(match name {
        "center" => s.center(width, &fill)?,
        "ljust" => s.ljust(width, &fill)?,
        _ => s.rjust(width, &fill)?,
    }))
}

/// `str.maketrans(…)`.
pub(super) fn maketrans(args: Args) -> Result<Value> {
    let given = between("str", "maketrans", 1, 3, args)?;
    let table: crate::Dict<Value, Value> = crate::Dict::new();
    if let [one] = given.as_slice() {
        let Value::Dict(map) = one else {
            return Err(Exc::type_error(
                "if you give only one argument to maketrans it must be a dict",
            ));
        };
        for (key, value) in dynamic::dict_pairs(map)? {
            let key = match key {
                Value::Str(text) if text.len() == 1 => {
                    dynamic::call_builtin("ord", Args::of(vec![Value::Str(text)]))?
                }
                Value::Str(_) => {
                    return Err(Exc::value_error(
                        "string keys in translate table must be of length 1",
                    ));
                }
                key @ (Value::Int(_) | Value::Bool(_)) => key,
                _ => {
                    return Err(Exc::type_error(
                        "keys in translate table must be strings or integers",
                    ));
                }
            };
            table.setitem(key, value)?;
        }
        return Ok(Value::Dict(table));
    }
    let from = text("maketrans", 1, &given[0])?;
    let to = text("maketrans", 2, &given[1])?;
    if from.len() != to.len() {
        return Err(Exc::value_error(
            "the first two maketrans arguments must have equal length",
        ));
    }
    for (a, b) in from.as_str().chars().zip(to.as_str().chars()) {
        table.setitem(Value::from(a as i64), Value::from(b as i64))?;
    }
    if let Some(gone) = given.get(2) {
        for c in text("maketrans", 3, gone)?.as_str().chars() {
            table.setitem(Value::from(c as i64), Value::None)?;
        }
    }
    Ok(Value::Dict(table))
}
