//! Attributes by name.

use crate::func::{DynFunc, FuncKind};
use crate::object::{Args, class_ops, refuse_class};
use crate::{Class, Exc, Py, Result, Value, classes};

use super::methods::{self, method_name};

#[cold]
fn no_attribute(value: &Value, name: &str) -> Exc {
    Exc::attribute_error(match value {
        Value::Class(class) => {
            format!("type object '{}' has no attribute '{name}'", class.name)
        }
        _ => format!(
            "'{}' object has no attribute '{name}'",
            value.py_type_name()
        ),
    })
}

/// `value.name`; `AttributeError` if there is none.
pub fn get_attr(value: &Value, name: &str) -> Result<Value> {
    let missing = match find(value, name) {
        Ok(Some(found)) => return Ok(found),
        Ok(None) => None,
        // A property says so, too.
        Err(error) if missing(&error) => Some(error),
        Err(error) => return Err(error),
    };
    match value.dunder("__getattr__", &[&Value::from(name)]) {
        Some(result) => result,
        None => Err(missing.unwrap_or_else(|| no_attribute(value, name))),
    }
}

/// The text or number that a member of an enum with such values is; `None`: `value` is no such
/// member.
pub fn mixed_in(value: &Value) -> Result<Option<Value>> {
    match value {
        Value::Obj(object)
            if object.class().is_subclass(&classes::STR)
                || object.class().is_subclass(&classes::INT) =>
        {
            object.get_attr("value")
        }
        _ => Ok(None),
    }
}

/// Classes that have `__len__`, `__iter__` and `__contains__`, and those that have none of them.
static SIZED: &[&Class] = &[
    &classes::STR,
    &classes::LIST,
    &classes::TUPLE,
    &classes::DICT,
    &classes::SET,
    &classes::FROZENSET,
    &classes::BYTES,
    &classes::BYTEARRAY,
    &classes::RANGE,
];
static SCALARS: &[&Class] = &[&classes::INT, &classes::BOOL, &classes::FLOAT];

/// Whether a class has a dunder; what is known of no class stops the program.
fn class_has(class: &'static Class, name: &str) -> bool {
    let is_any = |known: &[&'static Class]| known.iter().any(|each| class.is(each));
    match name {
        "__eq__" | "__ne__" | "__repr__" | "__str__" | "__format__" | "__hash__" | "__init__"
        | "__new__" | "__name__" | "__qualname__" | "__module__" | "__doc__" | "__dict__"
        | "__mro__" | "__class__" | "__call__" => true,
        "__len__" | "__iter__" | "__contains__" if is_any(SIZED) => true,
        "__len__" | "__iter__" | "__contains__" if is_any(SCALARS) => false,
        "__next__" if is_any(SIZED) || is_any(SCALARS) => false,
        _ => crate::entry::refused(name, "PT206", "run time", "a dunder of a class by its name"),
    }
}

/// `hasattr(value, name)`: only AttributeError means no.
pub fn has_attr(value: &Value, name: &str) -> Result<bool> {
    if let Value::Class(class) = value
        && is_special(name)
    {
        let known = class_ops(class).map(|ops| ops.get_attr(name)).transpose()?;
        return Ok(known.flatten().is_some() || class_has(class, name));
    }
    match by_name(value, name) {
        Ok(_) => Ok(true),
        Err(e) if e.matches(&crate::exc::ATTRIBUTE_ERROR) => Ok(false),
        Err(e) => Err(e),
    }
}

fn find(value: &Value, name: &str) -> Result<Option<Value>> {
    if name == "__class__" {
        return Ok(Some(Value::Class(value.class())));
    }
    let found = match value {
        Value::Obj(object) => match object.get_attr(name)? {
            None => Exc::from_value(value).and_then(|exc| exc.builtin_attr(name)),
            found => found,
        },
        Value::Exc(exc) => exc.get_attr(name)?,
        Value::Class(class) => class_attr(class, name)?,
        Value::Func(f) => func_attr(f, name),
        Value::Int(_) | Value::Bool(_) => match name {
            "real" | "numerator" => Some(super::pos(value)?),
            "imag" => Some(Value::from(0)),
            "denominator" => Some(Value::from(1)),
            _ => None,
        },
        Value::Float(_) => match name {
            "real" => Some(value.clone()),
            "imag" => Some(Value::Float(0.0)),
            _ => None,
        },
        Value::Range(range) => match name {
            "start" => Some(Value::from(range.start())),
            "stop" => Some(Value::from(range.stop())),
            "step" => Some(Value::from(range.step())),
            _ => None,
        },
        Value::Slice(slice) => {
            let part =
                |bound: &Option<crate::Int>| Some(bound.clone().map_or(Value::None, Value::Int));
            match name {
                "start" => part(&slice.start),
                "stop" => part(&slice.stop),
                "step" => part(&slice.step),
                _ => None,
            }
        }
        _ => None,
    };
    match (found, value) {
        (Some(found), _) => Ok(Some(found)),
        (None, Value::Obj(_) | Value::Class(_)) => Ok(None),
        (None, _) => Ok(bound_method(value, name)),
    }
}

fn bound_method(value: &Value, name: &str) -> Option<Value> {
    let name = method_name(value, name)?;
    let this = value.clone();
    Some(Value::Func(DynFunc::build(
        name,
        FuncKind::Builtin,
        Some(value.clone()),
        move |args| super::call_method(&this, name, args),
    )))
}

fn func_attr(f: &DynFunc, name: &str) -> Option<Value> {
    match name {
        "__name__" => Some(Value::from(f.name())),
        "__qualname__" => Some(Value::from(f.qualified_name())),
        "__self__" => f.this().cloned(),
        "__doc__" if f.kind() != FuncKind::Function => {
            crate::entry::unsupported("the docstring of a method that is found at run time")
        }
        "__doc__" => Some(f.doc().map_or(Value::None, Value::from)),
        "__module__" => Some(Value::from("__main__")),
        _ => None,
    }
}

fn class_attr(class: &'static Class, name: &str) -> Result<Option<Value>> {
    let ops = class_ops(class);
    if let Some(ops) = &ops
        && let Some(value) = ops.get_attr(name)?
    {
        return Ok(Some(value));
    }
    Ok(match name {
        "__name__" => Some(Value::from(classes::short_name(class.name))),
        "__qualname__" => Some(Value::from(classes::qualified_name(class))),
        "__module__" => Some(Value::from(class.module)),
        "__doc__" => {
            crate::entry::unsupported("the docstring of a class that is found at run time")
        }
        "__mro__" => {
            let mut mro = vec![Value::Class(class)];
            mro.extend(class.mro.iter().map(|c| Value::Class(c)));
            if !class.is(&classes::OBJECT) {
                mro.push(Value::Class(&classes::OBJECT));
            }
            Some(Value::tuple(mro))
        }
        _ => match methods::unbound(class, name) {
            None if class.module != "builtins" && ops.is_none() => refuse_class(class, name),
            found => found,
        },
    })
}

/// `value.name = new`.
pub fn set_attr(value: &Value, name: &str, new: Value) -> Result<()> {
    match value {
        Value::Obj(object) => {
            if object.set_attr(name, new)? {
                return Ok(());
            }
            Err(no_attribute(value, name))
        }
        Value::Exc(exc) => exc.set_attr(name, new),
        Value::Func(f) if f.kind() == FuncKind::Function => {
            let reason = "an attribute of a function that is a value";
            crate::entry::refused(name, "PT206", "run time", reason)
        }
        Value::Class(class) if class.module != "builtins" => refuse_class(class, name),
        Value::Class(class) => Err(Exc::type_error(format!(
            "cannot set '{name}' attribute of immutable type '{}'",
            class.name
        ))),
        _ if method_name(value, name).is_some() => Err(Exc::attribute_error(format!(
            "'{}' object attribute '{name}' is read-only",
            value.py_type_name()
        ))),
        _ => Err(no_attribute(value, name)),
    }
}

/// `getattr(value, name)` by a computed name: an attribute of CPython's own objects that
/// is not known here stops the program.
pub fn by_name(value: &Value, name: &str) -> Result<Value> {
    let found = get_attr(value, name);
    if is_special(name) && !LACKING.contains(&name) && matches!(&found, Err(e) if missing(e)) {
        let reason = "an attribute by a computed name that only CPython's objects have";
        crate::entry::refused(name, "PT206", "run time", reason)
    }
    found
}

fn is_special(name: &str) -> bool {
    name.starts_with("__") && name.ends_with("__")
}

/// Dunders that a value without them lacks in CPython, too.
static LACKING: &[&str] = &[
    "__len__",
    "__iter__",
    "__next__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__contains__",
    "__bool__",
    "__add__",
    "__sub__",
    "__mul__",
    "__truediv__",
    "__call__",
    "__enter__",
    "__exit__",
    "__int__",
    "__float__",
    "__index__",
    "__name__",
    "__qualname__",
    "__missing__",
    "__notes__",
];

fn missing(error: &Exc) -> bool {
    error.matches(&crate::exc::ATTRIBUTE_ERROR)
}

/// What `with value` does first.
pub fn enter(value: &Value) -> Result<Value> {
    for name in ["__enter__", "__exit__"] {
        if find(value, name)?.is_none() {
            let which = match name {
                "__exit__" => " (missed __exit__ method)",
                _ => "",
            };
            return Err(Exc::type_error(format!(
                "'{}' object does not support the context manager protocol{which}",
                value.py_type_name()
            )));
        }
    }
    super::call_method(value, "__enter__", Args::none())
}

/// `vars(value)`, as a mapping of its own.
pub fn vars(value: &Value) -> Result<Value> {
    let Value::Obj(object) = value else {
        if matches!(value, Value::Exc(_) | Value::Class(_)) {
            let reason = "the attributes of an exception or a class";
            crate::entry::refused("vars", "PT206", "run time", reason)
        }
        return Err(Exc::type_error(
            "vars() argument must have __dict__ attribute",
        ));
    };
    let mut pairs = Vec::new();
    for name in object.field_names() {
        if let Some(found) = object.get_attr(name.as_str())? {
            pairs.push((Value::Str(name), found));
        }
    }
    Ok(Value::Dict(crate::Dict::from_items(pairs)?))
}

/// `del value.name`.
pub fn del_attr(value: &Value, name: &str) -> Result<()> {
    match value {
        Value::Obj(object) if object.del_attr(name)? => Ok(()),
        Value::Obj(object) => {
            match object.call_method("__delattr__", &mut Args::of(vec![name.into()])) {
                Some(result) => result.map(|_| ()),
                None => Err(no_attribute(value, name)),
            }
        }
        _ => Err(no_attribute(value, name)),
    }
}
