//! Complex numbers as Python values.

use super::{Complex, pow, truediv};
use crate::classes;
use crate::object::Args;
use crate::stdlib::handle::Handle;
use crate::{Class, Py, Result, Value};

impl Handle for Complex {
    fn class_of(&self) -> &'static Class {
        &classes::COMPLEX
    }
    /// Numbers are the same where their bits are.
    fn address(&self) -> usize {
        (self.re.to_bits() ^ self.im.to_bits().rotate_left(32)) as usize
    }
    fn shown(&self) -> Result<String> {
        Ok(Complex::shown(*self))
    }
    fn truth(&self) -> bool {
        !self.is_zero()
    }
    fn equal(&self, other: &Self) -> bool {
        self == other
    }
    fn hashed(&self) -> Result<i64> {
        Ok(self.hash())
    }
    fn formatted(&self, spec: &str) -> Option<Result<String>> {
        Some(Complex::formatted(*self, spec))
    }
    fn attribute(&self, name: &str) -> Result<Option<Value>> {
        Ok(match name {
            "real" => Some(Value::Float(self.re)),
            "imag" => Some(Value::Float(self.im)),
            _ => None,
        })
    }
    fn method(&self, name: &str, args: &Args) -> Option<Result<Value>> {
        let unary = |x: Complex| Some(Ok(x.to_value()));
        match (name, args.positional.as_slice()) {
            ("conjugate", []) => return unary(self.conjugate()),
            ("__neg__", []) => return unary(-*self),
            ("__pos__", []) => return unary(*self),
            ("__abs__", []) => return Some(self.abs().map(Value::Float)),
            _ => {}
        }
        let [other] = args.positional.as_slice() else {
            return None;
        };
        if matches!(name, "__eq__" | "__ne__") {
            let equal = match other {
                Value::Int(int) => super::eq_int(*self, int),
                Value::Bool(bool) => *self == Complex::from(f64::from(u8::from(*bool))),
                Value::Float(x) => *self == Complex::from(*x),
                _ => *self == Complex::from_value(other)?,
            };
            return Some(Ok(Value::Bool(equal == (name == "__eq__"))));
        }
        let operator = OPERATORS
            .iter()
            .find(|(plain, reflected, _)| *plain == name || *reflected == name)?;
        let other = match widened(other)? {
            Ok(other) => other,
            Err(e) => return Some(Err(e)),
        };
        let (a, b) = if operator.0 == name {
            (*self, other)
        } else {
            (other, *self)
        };
        Some((operator.2)(a, b).map(|made| made.to_value()))
    }
}

type Operator = fn(Complex, Complex) -> Result<Complex>;

const OPERATORS: [(&str, &str, Operator); 5] = [
    ("__add__", "__radd__", |a, b| Ok(a + b)),
    ("__sub__", "__rsub__", |a, b| Ok(a - b)),
    ("__mul__", "__rmul__", |a, b| Ok(a * b)),
    ("__truediv__", "__rtruediv__", truediv),
    ("__pow__", "__rpow__", pow),
];

/// A number as a complex one; `None` for what is no number.
fn widened(value: &Value) -> Option<Result<Complex>> {
    Some(match value {
        Value::Int(int) => int.to_f64().map(Complex::from),
        Value::Bool(bool) => Ok(Complex::from(f64::from(u8::from(*bool)))),
        Value::Float(x) => Ok(Complex::from(*x)),
        _ => Ok(Complex::from_value(value)?),
    })
}

crate::library_object!(Complex);
