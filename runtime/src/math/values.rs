//! Functions of the math module on what is only known when it runs.

use crate::{Exc, Py, Result, Value, dynamic};

/// `math.floor(x)`.
pub fn floor_value(x: &Value) -> Result<Value> {
    rounded(x, "__floor__", super::floor)
}

/// `math.ceil(x)`.
pub fn ceil_value(x: &Value) -> Result<Value> {
    rounded(x, "__ceil__", super::ceil)
}

/// `math.trunc(x)`.
pub fn trunc_value(x: &Value) -> Result<Value> {
    match x {
        Value::Int(_) | Value::Bool(_) => dynamic::pos(x),
        Value::Float(x) => super::trunc(*x).map(Value::Int),
        _ => x.dunder("__trunc__", &[]).unwrap_or_else(|| {
            Err(Exc::type_error(format!(
                "type {} doesn't define __trunc__ method",
                x.py_type_name()
            )))
        }),
    }
}

fn rounded(x: &Value, dunder: &str, of: fn(f64) -> Result<crate::Int>) -> Result<Value> {
    match x {
        Value::Int(_) | Value::Bool(_) => dynamic::pos(x),
        _ => match x.dunder(dunder, &[]) {
            Some(made) => made,
            None => of(dynamic::to_float(x)?).map(Value::Int),
        },
    }
}

/// `math.prod(xs, start=start)`.
pub fn prod_value(xs: impl Iterator<Item = Result<Value>>, start: &Value) -> Result<Value> {
    let mut product = start.clone();
    for x in xs {
        product = dynamic::mul(&product, &x?)?;
    }
    Ok(product)
}
