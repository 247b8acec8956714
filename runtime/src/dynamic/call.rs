//! Calling values.

use crate::exc::BASE_EXCEPTION;
use crate::object::{Args, class_ops, refuse_class};
use crate::{Class, Exc, Py, Result, Value};

/// `callee(*args, **keywords)`.
pub fn call(callee: &Value, mut args: Args) -> Result<Value> {
    match callee {
        Value::Func(f) => f.call(args),
        Value::Class(class) => construct(class, args),
        Value::Obj(object) => match object.call_method("__call__", &mut args) {
            Some(result) => result,
            None => Err(not_callable(callee)),
        },
        _ => Err(not_callable(callee)),
    }
}

#[cold]
fn not_callable(value: &Value) -> Exc {
    Exc::type_error(format!("'{}' object is not callable", value.py_type_name()))
}

/// `callable(value)`.
pub fn is_callable(value: &Value) -> bool {
    match value {
        Value::Func(_) | Value::Class(_) => true,
        Value::Obj(object) => matches!(object.get_attr("__call__"), Ok(Some(_))),
        _ => false,
    }
}

fn construct(class: &'static Class, args: Args) -> Result<Value> {
    if let Some(ops) = class_ops(class) {
        return call(&ops.construct, args);
    }
    if class.module != "builtins" {
        refuse_class(class, "construction");
    }
    if class.is_subclass(&BASE_EXCEPTION) && class.module == "builtins" {
        return Exc::construct(class, args).map(Value::Exc);
    }
    match super::types::construct(class, args) {
        Some(result) => result,
        None if class.name != "function" && class.name != "generator" => {
            crate::entry::unsupported(&format!("{}()", class.name))
        }
        None => Err(Exc::type_error(format!(
            "cannot create '{}' instances",
            class.name
        ))),
    }
}
