//! `None`, and values that may be `None`.

use crate::{Exc, Py, Result, Value};

/// What CPython 3.12 gives; before, the address of `None`.
const NONE_HASH: i64 = 0xfca8_6420;

impl Py for () {
    const PLAIN: bool = true;

    fn py_type_name(&self) -> &'static str {
        "NoneType"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str("None");
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(false)
    }
    #[inline]
    fn py_eq(&self, _other: &Self) -> Result<bool> {
        Ok(true)
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok(NONE_HASH)
    }
    #[inline]
    fn py_is(&self, _other: &Self) -> bool {
        true
    }
    fn to_value(&self) -> Value {
        Value::None
    }
    fn from_value(value: &Value) -> Option<Self> {
        matches!(value, Value::None).then_some(())
    }
}

fn unordered<T: Py>(op: &str, a: &Option<T>, b: &Option<T>) -> Exc {
    Exc::type_error(format!(
        "'{op}' not supported between instances of '{}' and '{}'",
        a.py_type_name(),
        b.py_type_name()
    ))
}

macro_rules! ordered_option {
    ($($method:ident $op:literal),*) => {$(
        fn $method(&self, other: &Self) -> Result<bool> {
            match (self, other) {
                (Some(a), Some(b)) => a.$method(b),
                _ => Err(unordered($op, self, other)),
            }
        }
    )*};
}

impl<T: Py> Py for Option<T> {
    fn py_type_name(&self) -> &'static str {
        match self {
            Some(x) => x.py_type_name(),
            None => "NoneType",
        }
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        match self {
            Some(x) => x.py_repr_into(out),
            None => ().py_repr_into(out),
        }
    }
    fn py_str_into(&self, out: &mut String) -> Result<()> {
        match self {
            Some(x) => x.py_str_into(out),
            None => ().py_repr_into(out),
        }
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        match self {
            Some(x) => x.py_truth(),
            None => Ok(false),
        }
    }
    #[inline]
    fn py_eq(&self, other: &Self) -> Result<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_eq(b),
            (None, None) => Ok(true),
            _ => Ok(false),
        }
    }
    fn py_ne(&self, other: &Self) -> Result<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_ne(b),
            (None, None) => Ok(false),
            _ => Ok(true),
        }
    }
    fn py_hash(&self) -> Result<i64> {
        match self {
            Some(x) => x.py_hash(),
            None => Ok(NONE_HASH),
        }
    }
    ordered_option!(py_lt "<", py_le "<=", py_gt ">", py_ge ">=");
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.py_is(b),
            (None, None) => true,
            _ => false,
        }
    }
    fn to_value(&self) -> Value {
        match self {
            Some(x) => x.to_value(),
            None => Value::None,
        }
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::None => Some(None),
            _ => T::from_value(value).map(Some),
        }
    }
    fn py_format_into(&self, spec: &str, out: &mut String) -> Result<()> {
        match self {
            Some(x) => x.py_format_into(spec, out),
            None => ().py_format_into(spec, out),
        }
    }
}
