//! Comparisons. `eq`, `lt` … give what the dunders give; `equal`, `test_lt` … its truth.

use std::cmp::Ordering;

use crate::num::Num;
use crate::{Exc, Py, Result, Set, Value, entry};

/// A rich comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CmpOp {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl CmpOp {
    fn symbol(self) -> &'static str {
        match self {
            CmpOp::Eq => "==",
            CmpOp::Ne => "!=",
            CmpOp::Lt => "<",
            CmpOp::Le => "<=",
            CmpOp::Gt => ">",
            CmpOp::Ge => ">=",
        }
    }

    fn dunder(self) -> &'static str {
        match self {
            CmpOp::Eq => "__eq__",
            CmpOp::Ne => "__ne__",
            CmpOp::Lt => "__lt__",
            CmpOp::Le => "__le__",
            CmpOp::Gt => "__gt__",
            CmpOp::Ge => "__ge__",
        }
    }

    fn swapped(self) -> CmpOp {
        match self {
            CmpOp::Lt => CmpOp::Gt,
            CmpOp::Le => CmpOp::Ge,
            CmpOp::Gt => CmpOp::Lt,
            CmpOp::Ge => CmpOp::Le,
            same => same,
        }
    }

    #[inline]
    fn of(self, order: Ordering) -> bool {
        match self {
            CmpOp::Eq => order.is_eq(),
            CmpOp::Ne => order.is_ne(),
            CmpOp::Lt => order.is_lt(),
            CmpOp::Le => order.is_le(),
            CmpOp::Gt => order.is_gt(),
            CmpOp::Ge => order.is_ge(),
        }
    }
}

macro_rules! comparisons {
    ($($value:ident $test:ident $op:ident $sign:tt;)*) => {
        $(
            pub fn $value(a: &Value, b: &Value) -> Result<Value> {
                compare(CmpOp::$op, a, b)
            }
            #[inline]
            pub fn $test(a: &Value, b: &Value) -> Result<bool> {
                match (a, b) {
                    (Value::Int(a), Value::Int(b)) => Ok(a $sign b),
                    (Value::Float(a), Value::Float(b)) => Ok(a $sign b),
                    _ => test(CmpOp::$op, a, b),
                }
            }
        )*
    };
}

comparisons! {
    lt test_lt Lt <;
    le test_le Le <=;
    gt test_gt Gt >;
    ge test_ge Ge >=;
}

/// `a == b`.
pub fn eq(a: &Value, b: &Value) -> Result<Value> {
    compare(CmpOp::Eq, a, b)
}

/// `a != b`.
pub fn ne(a: &Value, b: &Value) -> Result<Value> {
    compare(CmpOp::Ne, a, b)
}

/// `bool(a == b)`.
#[inline]
pub fn equal(a: &Value, b: &Value) -> Result<bool> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Ok(a == b),
        (Value::Str(a), Value::Str(b)) => Ok(a == b),
        (Value::Float(a), Value::Float(b)) => Ok(a == b),
        _ => test(CmpOp::Eq, a, b),
    }
}

/// `bool(a != b)`.
#[inline]
pub fn not_equal(a: &Value, b: &Value) -> Result<bool> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Ok(a != b),
        (Value::Str(a), Value::Str(b)) => Ok(a != b),
        (Value::Float(a), Value::Float(b)) => Ok(a != b),
        _ => test(CmpOp::Ne, a, b),
    }
}

/// `bool(a op b)`.
pub fn test(op: CmpOp, a: &Value, b: &Value) -> Result<bool> {
    if matches!(a, Value::Obj(_)) || matches!(b, Value::Obj(_)) {
        return compare(op, a, b)?.py_truth();
    }
    match builtin(op, a, b)? {
        Some(answer) => Ok(answer),
        None => default(op, a, b),
    }
}

/// `a op b`: what the dunder gives, which need not be a bool.
pub fn compare(op: CmpOp, a: &Value, b: &Value) -> Result<Value> {
    let objects = matches!(a, Value::Obj(_)) || matches!(b, Value::Obj(_));
    if objects {
        let _frame = entry::enter(" in comparison")?;
        if let Some(value) = user(op, a, b)? {
            return Ok(value);
        }
    } else if let Some(answer) = builtin(op, a, b)? {
        return Ok(Value::Bool(answer));
    }
    default(op, a, b).map(Value::Bool)
}

/// One side's dunder; `object.__ne__` is the inverse of `__eq__`.
fn side(op: CmpOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let answer = |result: Option<Result<Value>>| match result.transpose()? {
        None | Some(Value::NotImplemented) => Ok(None),
        value => Ok::<Option<Value>, Exc>(value),
    };
    match a.dunder(op.dunder(), &[b]) {
        None if op == CmpOp::Ne => match answer(a.dunder("__eq__", &[b]))? {
            Some(value) => Ok(Some(Value::Bool(!value.py_truth()?))),
            None => Ok(None),
        },
        result => answer(result),
    }
}

fn user(op: CmpOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let (class_a, class_b) = (a.class(), b.class());
    let reflected_first = !class_a.is(class_b) && class_b.is_subclass(class_a);
    if reflected_first && let Some(value) = side(op.swapped(), b, a)? {
        return Ok(Some(value));
    }
    if let Some(value) = side(op, a, b)? {
        return Ok(Some(value));
    }
    if reflected_first {
        return Ok(None);
    }
    side(op.swapped(), b, a)
}

/// Identity for `==` and `!=`; no order.
fn default(op: CmpOp, a: &Value, b: &Value) -> Result<bool> {
    match op {
        CmpOp::Eq => Ok(a.py_is(b)),
        CmpOp::Ne => Ok(!a.py_is(b)),
        _ => Err(Exc::type_error(format!(
            "'{}' not supported between instances of '{}' and '{}'",
            op.symbol(),
            a.py_type_name(),
            b.py_type_name()
        ))),
    }
}

pub(super) fn number(value: &Value) -> Option<Num> {
    Some(match value {
        Value::Int(v) => Num::Int(v.clone()),
        Value::Bool(v) => Num::Int((*v as i64).into()),
        Value::Float(v) => Num::Float(*v),
        _ => return None,
    })
}

/// Every operator through one type's own protocol.
fn by_protocol<T: Py>(op: CmpOp, a: &T, b: &T) -> Result<bool> {
    match op {
        CmpOp::Eq => a.py_eq(b),
        CmpOp::Ne => a.py_ne(b),
        CmpOp::Lt => a.py_lt(b),
        CmpOp::Le => a.py_le(b),
        CmpOp::Gt => a.py_gt(b),
        CmpOp::Ge => a.py_ge(b),
    }
}

/// Built-in types; `None` is `NotImplemented` from both sides.
fn builtin(op: CmpOp, a: &Value, b: &Value) -> Result<Option<bool>> {
    let equality = matches!(op, CmpOp::Eq | CmpOp::Ne);
    let answer = match (a, b) {
        (Value::Str(a), Value::Str(b)) => op.of(a.as_str().cmp(b.as_str())),
        (Value::List(x), Value::List(y)) => {
            let _frame = entry::enter(" in comparison")?;
            by_protocol(op, x, y)?
        }
        (Value::Tuple(x), Value::Tuple(y)) => {
            let _frame = entry::enter(" in comparison")?;
            by_protocol(op, x, y)?
        }
        (Value::Dict(x), Value::Dict(y)) if equality => {
            let _frame = entry::enter(" in comparison")?;
            by_protocol(op, x, y)?
        }
        (Value::Set(x), Value::Set(y)) => by_protocol(op, x, y)?,
        (Value::FrozenSet(x), Value::FrozenSet(y)) => by_protocol(op, x, y)?,
        (Value::Bytes(x), Value::Bytes(y)) => by_protocol(op, x, y)?,
        (Value::ByteArray(x), Value::ByteArray(y)) => by_protocol(op, x, y)?,
        (Value::Bytes(x), Value::ByteArray(y)) => by_protocol(op, x, &y.freeze())?,
        (Value::ByteArray(x), Value::Bytes(y)) => by_protocol(op, &x.freeze(), y)?,
        (Value::Range(x), Value::Range(y)) if equality => by_protocol(op, &**x, &**y)?,
        (Value::Slice(x), Value::Slice(y)) => by_protocol(op, &**x, &**y)?,
        (Value::Func(x), Value::Func(y)) if equality => by_protocol(op, x, y)?,
        (
            Value::Set(_) | Value::FrozenSet(_) | Value::DictKeys(_) | Value::DictItems(_),
            Value::Set(_) | Value::FrozenSet(_) | Value::DictKeys(_) | Value::DictItems(_),
        ) => {
            let left: Set<Value> = Set::collect(super::iter(a)?)?;
            let right: Set<Value> = Set::collect(super::iter(b)?)?;
            by_protocol(op, &left, &right)?
        }
        _ => match (number(a), number(b)) {
            (Some(x), Some(y)) => by_protocol(op, &x, &y)?,
            _ => return Ok(None),
        },
    };
    Ok(Some(answer))
}
