//! Builtins that work on any static type: identity and instances of `object`.

use std::any::Any;
use std::rc::Rc;

use crate::object::{Args, Object};
use crate::{Class, Py, Result, Value, classes};

/// `id(value)`: an address for values that have one. Numbers and strings get one that is
/// equal for equal values.
pub fn id<T: Py>(value: &T) -> i64 {
    id_of(&value.to_value())
}

pub(crate) fn id_of(value: &Value) -> i64 {
    match value.address() {
        Some(address) => address as i64,
        None => {
            let hash = value.py_hash().unwrap_or(0);
            let kind = value.class() as *const Class as usize as i64;
            (kind ^ hash.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as i64)) & (i64::MAX - 15)
        }
    }
}

/// `type(value)`.
pub fn type_of<T: Py>(value: &T) -> Value {
    Value::Class(value.to_value().class())
}

/// `callable(value)`.
pub fn callable<T: Py>(value: &T) -> bool {
    crate::dynamic::is_callable(&value.to_value())
}

/// `object()`: a sentinel.
#[derive(Clone)]
struct Plain(Rc<u8>);

impl Object for Plain {
    fn class(&self) -> &'static Class {
        &classes::OBJECT
    }
    fn identity(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn get_attr(&self, _name: &str) -> Result<Option<Value>> {
        Ok(None)
    }
    fn set_attr(&self, _name: &str, _value: Value) -> Result<bool> {
        Ok(false)
    }
    fn call_method(&self, _name: &str, _args: &mut Args) -> Option<Result<Value>> {
        None
    }
}

pub fn new_object() -> Value {
    Value::obj(Plain(Rc::new(0)))
}
