//! Methods of built-in values by name, with the argument checks of CPython.

mod args;
mod bytes;
mod containers;
mod numbers;
mod sets;
mod strings;

pub(super) use args::{between, one_of_function, slots};
pub(super) use bytes::make as make_bytes;
pub(super) use containers::{sort, update};

use crate::func::{DynFunc, FuncKind};
use crate::object::Args;
use crate::{Class, Exc, Py, Result, Value, classes};

/// The method names of each built-in class; a bound method borrows its name from here.
static METHODS: &[(&Class, &[&str])] = &[
    (&classes::STR, strings::NAMES),
    (&classes::LIST, containers::LIST_NAMES),
    (&classes::TUPLE, containers::TUPLE_NAMES),
    (&classes::DICT, containers::DICT_NAMES),
    (&classes::COUNTER, containers::COUNTER_NAMES),
    (&classes::ORDERED_DICT, containers::ORDERED_NAMES),
    (&classes::SET, sets::SET_NAMES),
    (&classes::FROZENSET, sets::FROZENSET_NAMES),
    (&classes::INT, numbers::INT_NAMES),
    (&classes::BOOL, numbers::INT_NAMES),
    (&classes::FLOAT, numbers::FLOAT_NAMES),
    (&classes::BYTES, bytes::BYTES_NAMES),
    (&classes::BYTEARRAY, bytes::BYTEARRAY_NAMES),
    (&classes::RANGE, containers::TUPLE_NAMES),
    (&classes::SLICE, &["indices"]),
    (&classes::GENERATOR, containers::GENERATOR_NAMES),
    (&classes::DICT_KEYS, containers::VIEW_NAMES),
    (&classes::DICT_ITEMS, containers::VIEW_NAMES),
    (&crate::exc::BASE_EXCEPTION, &["with_traceback", "add_note"]),
];

/// Dunders that every value answers, for `x.__len__()` and its like.
static DUNDERS: &[&str] = &[
    "__len__",
    "__iter__",
    "__next__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__contains__",
    "__eq__",
    "__ne__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__hash__",
    "__repr__",
    "__str__",
    "__bool__",
    "__add__",
    "__sub__",
    "__mul__",
    "__truediv__",
    "__floordiv__",
    "__mod__",
    "__pow__",
    "__and__",
    "__or__",
    "__xor__",
    "__neg__",
    "__abs__",
    "__invert__",
    "__format__",
    "__call__",
    "__int__",
    "__float__",
    "__index__",
];

fn named(class: &'static Class, name: &str) -> Option<&'static str> {
    METHODS
        .iter()
        .filter(|(owner, _)| class.is_subclass(owner))
        .find_map(|(_, names)| names.iter().find(|known| **known == name))
        .copied()
}

/// The static form of `name` if `value` has a method of that name.
pub(super) fn method_name(value: &Value, name: &str) -> Option<&'static str> {
    if let Some(found) = named(value.class(), name) {
        return Some(found);
    }
    let answers = match name {
        "__eq__" | "__ne__" | "__repr__" | "__str__" | "__format__" | "__hash__" => true,
        "__len__" => has_len(value),
        "__iter__" => super::is_iterable(value),
        "__next__" => matches!(value, Value::Iter(_)),
        "__call__" => super::is_callable(value),
        "__contains__" | "__getitem__" => has_len(value),
        _ => matches!(value, Value::Int(_) | Value::Float(_) | Value::Bool(_)),
    };
    DUNDERS.iter().find(|n| answers && **n == name).copied()
}

fn has_len(value: &Value) -> bool {
    super::is_iterable(value) && !matches!(value, Value::Iter(_) | Value::Obj(_))
}

/// `str.upper` as a value: the first argument is what it is called on.
pub(super) fn unbound(class: &'static Class, name: &str) -> Option<Value> {
    if let Some(value) = static_method(class, name) {
        return Some(value);
    }
    let name = named(class, name).or_else(|| {
        DUNDERS
            .iter()
            .find(|n| **n == name && class.module == "builtins")
            .copied()
    })?;
    Some(Value::Func(DynFunc::build(
        name,
        FuncKind::Builtin,
        None,
        move |mut args| {
            if args.positional.is_empty() {
                return Err(Exc::type_error(format!(
                    "unbound method {}.{name}() needs an argument",
                    class.name
                )));
            }
            let this = args.positional.remove(0);
            if !this.class().is_subclass(class) && !class.is(&classes::OBJECT) {
                return Err(Exc::type_error(format!(
                    "descriptor '{name}' for '{}' objects doesn't apply to a '{}' object",
                    class.name,
                    this.py_type_name()
                )));
            }
            call_method(&this, name, args)
        },
    )))
}

fn static_method(class: &'static Class, name: &str) -> Option<Value> {
    let (known, call): (&'static str, fn(Args) -> Result<Value>) = match (class.name, name) {
        ("dict", "fromkeys") => ("fromkeys", containers::fromkeys),
        ("str", "maketrans") => ("maketrans", strings::maketrans),
        ("int", "from_bytes") => ("from_bytes", numbers::from_bytes),
        ("float", "fromhex") => ("fromhex", numbers::fromhex),
        ("bytes" | "bytearray", "maketrans") => ("maketrans", bytes::maketrans),
        ("bytes", "fromhex") => ("fromhex", bytes::fromhex),
        _ => return None,
    };
    Some(Value::Func(DynFunc::builtin(known, call)))
}

/// `this.name(*args)`.
pub fn call_method(this: &Value, name: &str, mut args: Args) -> Result<Value> {
    // What loops call most, before the long way through names and checks.
    if args.keywords.is_empty() {
        match (this, name, args.positional.as_mut_slice()) {
            (Value::List(list), "append", [item]) => {
                list.append(std::mem::take(item));
                return Ok(Value::None);
            }
            (Value::List(list), "pop", []) => return list.pop(),
            (Value::Dict(dict), "get", [key]) => return Ok(dict.get(key)?.unwrap_or_default()),
            (Value::Dict(dict), "get", [key, default]) => {
                return Ok(dict.get(key)?.unwrap_or_else(|| std::mem::take(default)));
            }
            _ => {}
        }
    }
    // User classes: dunder lookups go to the class, plain names to the instance first.
    if let Value::Obj(object) = this {
        return call_object_method(this, object.as_ref(), name, args);
    }
    let result = match this {
        Value::Str(v) => strings::call(v, name, args),
        Value::List(v) => containers::list(v, name, args),
        Value::Dict(v) => containers::dict(v, name, args),
        Value::Tuple(v) => containers::tuple(v, name, args),
        Value::Set(v) => sets::set(v, name, args),
        Value::FrozenSet(v) => sets::frozenset(v, name, args),
        Value::Int(v) => numbers::int(v, name, args),
        Value::Bool(v) => numbers::int(&crate::Int::from(*v as i64), name, args),
        Value::Float(v) => numbers::float(*v, name, args),
        Value::Bytes(v) => bytes::bytes(v, name, args),
        Value::ByteArray(v) => bytes::bytearray(v, name, args),
        Value::Range(v) => containers::range(v, name, args),
        Value::Slice(v) => containers::slice(v, name, args),
        Value::Iter(v) => containers::iterator(v, name, args),
        Value::DictKeys(_) | Value::DictItems(_) => containers::view(this, name, args),
        Value::Exc(v) => v.call_method(name, &args).ok_or(args),
        _ => Err(args),
    };
    match result {
        Ok(result) => result,
        Err(args) => match dunder(this, name, &args) {
            Some(result) => result,
            None => super::call(&super::get_attr(this, name)?, args),
        },
    }
}

fn call_object_method(
    this: &Value,
    object: &dyn crate::Object,
    name: &str,
    mut args: Args,
) -> Result<Value> {
    match object.call_method(name, &mut args) {
        Some(result) => result,
        None => match object.get_attr(name)? {
            Some(callee) => super::call(&callee, args),
            None => {
                if let Some(exc) = Exc::from_value(this)
                    && let Some(result) = exc.call_method(name, &args)
                {
                    return result;
                }
                match dunder(this, name, &args) {
                    Some(result) => result,
                    None => super::call(&super::get_attr(this, name)?, args),
                }
            }
        },
    }
}

/// Dunders of built-in values called by name.
fn dunder(this: &Value, name: &str, args: &Args) -> Option<Result<Value>> {
    use super::BinOp;
    let binary = |op: BinOp, other: &Value| super::binop(op, this, other);
    Some(match (name, args.positional.as_slice()) {
        ("__eq__", [other]) => super::eq(this, other),
        ("__ne__", [other]) => super::ne(this, other),
        ("__lt__", [other]) => super::lt(this, other),
        ("__le__", [other]) => super::le(this, other),
        ("__gt__", [other]) => super::gt(this, other),
        ("__ge__", [other]) => super::ge(this, other),
        ("__hash__", []) => this.py_hash().map(Value::from),
        ("__repr__", []) => match this {
            Value::Obj(object) if object.call_method("__repr__", &mut Args::none()).is_none() => {
                this.py_repr().map(Value::Str)
            }
            _ => this.py_repr().map(Value::Str),
        },
        ("__str__", []) => this.py_str().map(Value::Str),
        ("__format__", [Value::Str(spec)]) => {
            let mut out = String::new();
            this.py_format_into(spec.as_str(), &mut out)
                .map(|()| Value::from(out))
        }
        _ if matches!(this, Value::Obj(_)) => return None,
        ("__len__", []) => super::len(this).map(Value::from),
        ("__bool__", []) => this.py_truth().map(Value::Bool),
        ("__iter__", []) => super::iter_value(this),
        ("__next__", []) => super::next(this),
        ("__getitem__", [key]) => super::getitem(this, key),
        ("__setitem__", [key, value]) => {
            super::setitem(this, key.clone(), value.clone()).map(|()| Value::None)
        }
        ("__delitem__", [key]) => super::delitem(this, key).map(|()| Value::None),
        ("__contains__", [item]) => super::contains(this, item).map(Value::Bool),
        ("__call__", _) => super::call(this, args.clone()),
        ("__add__", [other]) => binary(BinOp::Add, other),
        ("__sub__", [other]) => binary(BinOp::Sub, other),
        ("__mul__", [other]) => binary(BinOp::Mul, other),
        ("__truediv__", [other]) => binary(BinOp::TrueDiv, other),
        ("__floordiv__", [other]) => binary(BinOp::FloorDiv, other),
        ("__mod__", [other]) => binary(BinOp::Mod, other),
        ("__pow__", [other]) => binary(BinOp::Pow, other),
        ("__and__", [other]) => binary(BinOp::And, other),
        ("__or__", [other]) => binary(BinOp::Or, other),
        ("__xor__", [other]) => binary(BinOp::Xor, other),
        ("__neg__", []) => super::neg(this),
        ("__abs__", []) => super::abs(this),
        ("__invert__", []) => super::invert(this),
        _ => return None,
    })
}
