//! Methods of bytes and bytearray, and their constructor.

use super::args::{between, bound, flag, none, one, shown_type, slots};
use crate::bytes::{ByteArray, Bytes};
use crate::dynamic::{self, to_index, to_int};
use crate::object::Args;
use crate::stdlib::array::{bytes_of, is_array};
use crate::{Exc, Py, Result, Str, Value};

type Answer = std::result::Result<Result<Value>, Args>;

pub(super) const BYTES_NAMES: &[&str] = &[
    "expandtabs",
    "maketrans",
    "removeprefix",
    "removesuffix",
    "translate",
    "capitalize",
    "center",
    "count",
    "decode",
    "endswith",
    "find",
    "fromhex",
    "hex",
    "index",
    "isalnum",
    "isalpha",
    "isascii",
    "isdigit",
    "islower",
    "isspace",
    "istitle",
    "isupper",
    "join",
    "ljust",
    "lower",
    "lstrip",
    "partition",
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
    "upper",
    "zfill",
];
pub(super) const BYTEARRAY_NAMES: &[&str] = &[
    "expandtabs",
    "maketrans",
    "removeprefix",
    "removesuffix",
    "translate",
    "append",
    "capitalize",
    "center",
    "clear",
    "copy",
    "count",
    "decode",
    "endswith",
    "extend",
    "find",
    "fromhex",
    "hex",
    "index",
    "insert",
    "isalnum",
    "isalpha",
    "isascii",
    "isdigit",
    "islower",
    "isspace",
    "istitle",
    "isupper",
    "join",
    "ljust",
    "lower",
    "lstrip",
    "partition",
    "pop",
    "remove",
    "replace",
    "reverse",
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
    "upper",
    "zfill",
];

/// A bytes-like argument.
fn like(value: &Value) -> Result<Bytes> {
    match value {
        Value::Bytes(v) => Ok(v.clone()),
        Value::ByteArray(v) => Ok(v.freeze()),
        other => bytes_of(other).ok_or_else(|| {
            Exc::type_error(format!(
                "a bytes-like object is required, not '{}'",
                other.py_type_name()
            ))
        }),
    }
}

fn word(value: Option<Value>, key: &str, default: &str) -> Result<Str> {
    match value {
        None => Ok(Str::from(default)),
        Some(Value::Str(text)) => Ok(text),
        Some(other) => Err(Exc::type_error(format!(
            "decode() argument '{key}' must be str, not {}",
            shown_type(&other)
        ))),
    }
}

pub(super) fn bytes(v: &Bytes, name: &str, args: Args) -> Answer {
    common(v, "bytes", name, args, &Value::Bytes)
}

pub(super) fn bytearray(v: &ByteArray, name: &str, args: Args) -> Answer {
    let unit = |result: Result<()>| result.map(|()| Value::None);
    let class = "bytearray";
    Ok(match name {
        "append" => one(class, name, args).and_then(|x| unit(v.append(&to_int(&x)?))),
        "extend" => one(class, name, args).and_then(|items| {
            if let Some(bytes) = bytes_of(&items) {
                v.extend_bytes(&bytes);
                return Ok(Value::None);
            }
            let ints = dynamic::iter(&items)?.map(|item| to_int(&item?));
            unit(v.extend(ints))
        }),
        "insert" => between(class, name, 2, 2, args)
            .and_then(|given| unit(v.insert(to_index(&given[0])?, &to_int(&given[1])?))),
        "pop" => between(class, name, 0, 1, args)
            .and_then(|given| Ok(Value::from(v.pop(given.first().map_or(Ok(-1), to_index)?)?))),
        "remove" => one(class, name, args).and_then(|x| unit(v.remove(&to_int(&x)?))),
        "reverse" => none(class, name, &args).map(|()| {
            v.reverse();
            Value::None
        }),
        "clear" => none(class, name, &args).map(|()| {
            v.clear();
            Value::None
        }),
        "copy" => none(class, name, &args).map(|()| Value::ByteArray(v.copy())),
        _ => {
            let wrap = |made: Bytes| Value::ByteArray(ByteArray::copy_of(&made));
            return common(&v.freeze(), class, name, args, &wrap);
        }
    })
}

fn common(v: &Bytes, class: &str, name: &str, args: Args, wrap: &dyn Fn(Bytes) -> Value) -> Answer {
    macro_rules! plain {
        (made: $($made:ident)*; told: $($told:ident)*) => {
            match name {
                $(stringify!($made) => {
                    return Ok(none(class, name, &args).map(|()| wrap(v.$made())));
                })*
                $(stringify!($told) => {
                    return Ok(none(class, name, &args).map(|()| Value::Bool(v.$told())));
                })*
                _ => {}
            }
        };
    }
    plain! {
        made: upper lower title capitalize swapcase;
        told: isalpha isdigit isalnum isspace isascii isupper islower istitle
    }
    let many = |parts: crate::List<Bytes>| Value::list(parts.iter().map(wrap).collect());
    Ok(match name {
        "decode" => slots(name, ["encoding", "errors"], args).and_then(|[encoding, errors]| {
            let encoding = word(encoding, "encoding", "utf-8")?;
            v.decode(&encoding, &word(errors, "errors", "strict")?)
                .map(Value::Str)
        }),
        "hex" => slots(name, ["sep", "bytes_per_sep"], args).and_then(|[sep, per]| {
            let sep = match sep {
                None => None,
                Some(Value::Str(sep)) => Some(sep),
                Some(Value::Bytes(sep)) if sep.len() == 1 => {
                    Some(Str::from(char::from(sep.as_slice()[0])))
                }
                Some(other) => {
                    return Err(if dynamic::len(&other)? == 1 {
                        Exc::type_error("sep must be str or bytes.")
                    } else {
                        Exc::value_error("sep must be length 1.")
                    });
                }
            };
            v.hex(sep.as_ref(), per.map_or(Ok(1), |n| to_index(&n))?)
                .map(Value::Str)
        }),
        "fromhex" => fromhex(args),
        "join" => one(class, name, args).and_then(|items| {
            if !dynamic::is_iterable(&items) {
                return Err(Exc::type_error("can only join an iterable"));
            }
            let mut parts = Vec::new();
            for (i, item) in dynamic::items(&items)?.into_iter().enumerate() {
                parts.push(like(&item).map_err(|_| {
                    Exc::type_error(format!(
                        "sequence item {i}: expected a bytes-like object, {} found",
                        item.py_type_name()
                    ))
                })?);
            }
            v.join(parts.into_iter().map(Ok)).map(wrap)
        }),
        "split" | "rsplit" => slots(name, ["sep", "maxsplit"], args).and_then(|[sep, most]| {
            let sep = match sep.filter(|s| !s.is_none()) {
                Some(sep) => Some(like(&sep)?),
                None => None,
            };
            let most = most.map_or(Ok(-1), |n| to_index(&n))?;
            Ok(many(if name == "split" {
                v.split(sep.as_ref(), most)?
            } else {
                v.rsplit(sep.as_ref(), most)?
            }))
        }),
        "splitlines" => slots(name, ["keepends"], args)
            .and_then(|[keep]| Ok(many(v.splitlines(flag(keep.as_ref())?)))),
        "strip" | "lstrip" | "rstrip" => between(class, name, 0, 1, args).and_then(|given| {
            let chars = match given.first() {
                None | Some(Value::None) => None,
                Some(chars) => Some(like(chars)?),
            };
            Ok(wrap(match name {
                "strip" => v.strip(chars.as_ref()),
                "lstrip" => v.lstrip(chars.as_ref()),
                _ => v.rstrip(chars.as_ref()),
            }))
        }),
        "replace" => between(class, name, 2, 3, args).and_then(|given| {
            let count = given.get(2).map_or(Ok(-1), to_index)?;
            Ok(wrap(v.replace(&like(&given[0])?, &like(&given[1])?, count)))
        }),
        "partition" | "rpartition" => one(class, name, args).and_then(|sep| {
            let sep = like(&sep)?;
            let (a, b, c) = if name == "partition" {
                v.partition(&sep)?
            } else {
                v.rpartition(&sep)?
            };
            Ok(Value::tuple(vec![wrap(a), wrap(b), wrap(c)]))
        }),
        "find" | "rfind" | "index" | "rindex" | "count" => search(v, class, name, args),
        "startswith" | "endswith" => affix(v, class, name, args),
        "center" | "ljust" | "rjust" => between(class, name, 1, 2, args).and_then(|given| {
            let width = to_index(&given[0])?;
            let fill = given.get(1).map_or(Ok(Bytes::from(b" ".to_vec())), like)?;
            Ok(wrap(match name {
                "center" => v.center(width, &fill)?,
                "ljust" => v.ljust(width, &fill)?,
                _ => v.rjust(width, &fill)?,
            }))
        }),
        "removeprefix" => one(class, name, args).and_then(|p| Ok(wrap(v.removeprefix(&like(&p)?)))),
        "removesuffix" => one(class, name, args).and_then(|p| Ok(wrap(v.removesuffix(&like(&p)?)))),
        "expandtabs" => slots(name, ["tabsize"], args).and_then(|[size]| {
            let size = size.map_or(Ok(crate::Int::from(8)), |n| to_int(&n))?;
            Ok(wrap(v.expandtabs(&size)?))
        }),
        "maketrans" => maketrans(args),
        "translate" => slots(name, ["table", "delete"], args).and_then(|[table, delete]| {
            let table = match table {
                None | Some(Value::None) => None,
                Some(table) => Some(like(&table)?),
            };
            let delete = delete.map_or(Ok(Bytes::from(Vec::new())), |d| like(&d))?;
            Ok(wrap(v.translate(table.as_ref(), &delete)?))
        }),
        "zfill" => one(class, name, args).and_then(|w| Ok(wrap(v.zfill(to_index(&w)?)?))),
        _ => return Err(args),
    })
}

fn search(v: &Bytes, class: &str, name: &str, args: Args) -> Result<Value> {
    let given = between(class, name, 1, 3, args)?;
    let start = bound(given.get(1), 0)?;
    let end = bound(given.get(2), i64::MAX)?;
    if let Value::Int(_) | Value::Bool(_) = &given[0] {
        let byte = to_int(&given[0])?;
        return Ok(Value::from(match name {
            "find" => v.find_int(&byte, start, end)?,
            "rfind" => v.rfind_int(&byte, start, end)?,
            "index" => v.index_int(&byte, start, end)?,
            "rindex" => v.rindex_int(&byte, start, end)?,
            _ => v.count_int(&byte, start, end)?,
        }));
    }
    let sub = like(&given[0]).map_err(|_| {
        Exc::type_error(format!(
            "argument should be integer or bytes-like object, not '{}'",
            given[0].py_type_name()
        ))
    })?;
    Ok(Value::from(match name {
        "find" => v.find(&sub, start, end),
        "rfind" => v.rfind(&sub, start, end),
        "index" => v.index(&sub, start, end)?,
        "rindex" => v.rindex(&sub, start, end)?,
        _ => v.count(&sub, start, end),
    }))
}

fn affix(v: &Bytes, class: &str, name: &str, args: Args) -> Result<Value> {
    let given = between(class, name, 1, 3, args)?;
    let start = bound(given.get(1), 0)?;
    let end = bound(given.get(2), i64::MAX)?;
    let affixes = match &given[0] {
        Value::Tuple(items) => items
            .iter()
            .map(|item| like(&item))
            .collect::<Result<Vec<_>>>()?,
        one @ (Value::Bytes(_) | Value::ByteArray(_)) => vec![like(one)?],
        other => {
            return Err(Exc::type_error(format!(
                "{name} first arg must be bytes or a tuple of bytes, not {}",
                other.py_type_name()
            )));
        }
    };
    Ok(Value::Bool(affixes.iter().any(|affix| match name {
        "startswith" => v.startswith(affix, start, end),
        _ => v.endswith(affix, start, end),
    })))
}

/// `bytes.maketrans(from, to)`.
pub(super) fn maketrans(args: Args) -> Result<Value> {
    let given = between("bytes", "maketrans", 2, 2, args)?;
    Bytes::maketrans(&like(&given[0])?, &like(&given[1])?).map(Value::Bytes)
}

/// `bytes.fromhex(text)`.
pub(super) fn fromhex(args: Args) -> Result<Value> {
    match one("bytes", "fromhex", args)? {
        Value::Str(text) => Bytes::fromhex(&text).map(Value::Bytes),
        other => Err(Exc::type_error(format!(
            "fromhex() argument must be str, not {}",
            other.py_type_name()
        ))),
    }
}

/// `bytes(source, encoding, errors)`.
pub(in crate::dynamic) fn make(class: &str, args: Args) -> Result<Bytes> {
    let [source, encoding, errors] = slots(class, ["source", "encoding", "errors"], args)?;
    match (source, encoding) {
        (None, None) => Ok(Bytes::from(Vec::new())),
        (Some(Value::Str(text)), Some(encoding)) => {
            let encoding = word(Some(encoding), "encoding", "")?;
            Bytes::encoded(&text, &encoding, &word(errors, "errors", "strict")?)
        }
        (Some(Value::Str(_)), None) => Err(Exc::type_error("string argument without an encoding")),
        (Some(_) | None, Some(_)) => Err(Exc::type_error("encoding without a string argument")),
        (Some(source), None) => match &source {
            Value::Bytes(_) | Value::ByteArray(_) => like(&source),
            Value::Obj(_) if is_array(&source) => like(&source),
            Value::Int(_) | Value::Bool(_) => Bytes::zeros(&to_int(&source)?),
            other if dynamic::is_iterable(other) => {
                let ints = dynamic::iter(other)?.map(|item| to_int(&item?));
                match class {
                    "bytearray" => ByteArray::collect(ints).and_then(|made| like(&made.to_value())),
                    _ => Bytes::collect(ints),
                }
            }
            other => {
                if let Some(result) = other.dunder("__bytes__", &[]) {
                    return like(&result?);
                }
                Err(Exc::type_error(format!(
                    "cannot convert '{}' object to {class}",
                    other.py_type_name()
                )))
            }
        },
    }
}
