//! Arithmetic: `+ - * / // % ** @ << >> & | ^`, their in-place forms, unary `- + ~`.

use crate::num::Num;
use crate::{Exc, Int, Py, Result, Value, int};

use super::sequences::{concat, mutate, percent, repeat, sets};
use crate::format::percent_bytes;

/// A binary operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    MatMul,
    TrueDiv,
    FloorDiv,
    Mod,
    DivMod,
    Pow,
    LShift,
    RShift,
    And,
    Or,
    Xor,
}

/// What messages and user classes call an operator.
struct Names {
    symbol: &'static str,
    plain: &'static str,
    reflected: &'static str,
    in_place: &'static str,
}

impl BinOp {
    fn names(self) -> &'static Names {
        macro_rules! names {
            ($symbol:literal $name:literal) => {
                &Names {
                    symbol: $symbol,
                    plain: concat!("__", $name, "__"),
                    reflected: concat!("__r", $name, "__"),
                    in_place: concat!("__i", $name, "__"),
                }
            };
        }
        match self {
            BinOp::Add => names!("+" "add"),
            BinOp::Sub => names!("-" "sub"),
            BinOp::Mul => names!("*" "mul"),
            BinOp::MatMul => names!("@" "matmul"),
            BinOp::TrueDiv => names!("/" "truediv"),
            BinOp::FloorDiv => names!("//" "floordiv"),
            BinOp::Mod => names!("%" "mod"),
            BinOp::DivMod => names!("divmod()" "divmod"),
            BinOp::Pow => names!("**" "pow"),
            BinOp::LShift => names!("<<" "lshift"),
            BinOp::RShift => names!(">>" "rshift"),
            BinOp::And => names!("&" "and"),
            BinOp::Or => names!("|" "or"),
            BinOp::Xor => names!("^" "xor"),
        }
    }
}

/// Two numbers as floats where one of them is a float and no int is too large.
#[inline(always)]
fn floats(a: &Value, b: &Value) -> Option<(f64, f64)> {
    match (a, b) {
        (Value::Float(a), Value::Float(b)) => Some((*a, *b)),
        (Value::Float(a), Value::Int(Int::Small(b))) => Some((*a, *b as f64)),
        (Value::Int(Int::Small(a)), Value::Float(b)) => Some((*a as f64, *b)),
        _ => None,
    }
}

macro_rules! numeric {
    ($($name:ident $in_place:ident $op:ident: $ints:expr, $floats:expr;)*) => {$(
        #[inline]
        pub fn $name(a: &Value, b: &Value) -> Result<Value> {
            if let (Value::Int(a), Value::Int(b)) = (a, b) {
                return $ints(a, b).map(Value::from);
            }
            match floats(a, b) {
                Some((a, b)) => $floats(a, b).map(Value::Float),
                None => binop(BinOp::$op, a, b),
            }
        }

        #[inline]
        pub fn $in_place(a: &Value, b: &Value) -> Result<Value> {
            if let (Value::Int(a), Value::Int(b)) = (a, b) {
                return $ints(a, b).map(Value::from);
            }
            match floats(a, b) {
                Some((a, b)) => $floats(a, b).map(Value::Float),
                None => inplace(BinOp::$op, a, b),
            }
        }
    )*};
}

numeric! {
    sub isub Sub: |a, b| Ok::<Int, Exc>(a - b), |a, b| Ok::<f64, Exc>(a - b);
    mul imul Mul: |a, b| Ok::<Int, Exc>(a * b), |a, b| Ok::<f64, Exc>(a * b);
    truediv itruediv TrueDiv: int::truediv, crate::float::truediv;
    floordiv ifloordiv FloorDiv: int::floordiv, crate::float::floordiv;
    pymod imod Mod: int::pymod, crate::float::pymod;
}

#[inline]
pub fn add(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Ok(Value::Int(a + b)),
        (Value::Str(a), Value::Str(b)) => Ok(Value::Str(a + b)),
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a + b)),
            None => binop(BinOp::Add, a, b),
        },
    }
}

macro_rules! plain {
    ($($name:ident $op:ident;)*) => {
        $(pub fn $name(a: &Value, b: &Value) -> Result<Value> {
            binop(BinOp::$op, a, b)
        })*
    };
}

plain! {
    matmul MatMul;
    divmod DivMod;
    pow Pow;
    lshift LShift;
    rshift RShift;
    bitand And;
    bitor Or;
    bitxor Xor;
}

macro_rules! in_place {
    ($($name:ident $op:ident;)*) => {
        $(pub fn $name(a: &Value, b: &Value) -> Result<Value> {
            inplace(BinOp::$op, a, b)
        })*
    };
}

in_place! {
    imatmul MatMul;
    ipow Pow;
    ilshift LShift;
    irshift RShift;
    iand And;
    ior Or;
    ixor Xor;
}

#[inline]
pub fn iadd(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Ok(Value::Int(a + b)),
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a + b)),
            None => inplace(BinOp::Add, a, b),
        },
    }
}

/// `slot += b` for a variable: a string that nobody else holds grows in place.
#[inline]
pub fn add_assign(slot: &mut Value, b: &Value) -> Result<()> {
    match (&mut *slot, b) {
        (Value::Int(a), Value::Int(b)) => *a += b,
        (Value::Float(a), Value::Float(b)) => *a += b,
        (Value::Str(a), Value::Str(b)) => *a += b,
        _ => *slot = inplace(BinOp::Add, slot, b)?,
    }
    Ok(())
}

/// `a op b`.
pub fn binop(op: BinOp, a: &Value, b: &Value) -> Result<Value> {
    match binary(op, a, b)? {
        Some(value) => Ok(value),
        None => Err(unsupported(op, a, b, false)),
    }
}

/// `a op= b`: the value to bind; mutable containers are changed and given back.
pub fn inplace(op: BinOp, a: &Value, b: &Value) -> Result<Value> {
    if let Some(result) = a.dunder(op.names().in_place, &[b]) {
        match result? {
            Value::NotImplemented => {}
            value => return Ok(value),
        }
    }
    if let Some(value) = mutate(op, a, b)? {
        return Ok(value);
    }
    match binary(op, a, b)? {
        Some(value) => Ok(value),
        None => Err(unsupported(op, a, b, true)),
    }
}

fn binary(op: BinOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let objects = matches!(a, Value::Obj(_)) || matches!(b, Value::Obj(_));
    if objects
        && !(op == BinOp::Mod && matches!(a, Value::Str(_) | Value::Bytes(_)))
        && let Some(value) = user(op, a, b)?
    {
        return Ok(Some(value));
    }
    builtin(op, a, b)
}

/// Whether `b`, of a class below `a`'s, has a reflected operator of its own.
fn overrides(b: &Value, a: &Value, reflected: &str) -> bool {
    let definer = |value: &Value| match value {
        Value::Obj(object) => object.definer(reflected),
        _ => None,
    };
    match (definer(a), definer(b)) {
        (Some(a), Some(b)) => !a.is(b),
        (None, None) => !matches!(a, Value::Obj(_)),
        _ => true,
    }
}

/// The dunders of user classes, the subclass's own reflected one first.
fn user(op: BinOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let names = op.names();
    let implemented = |result: Option<Result<Value>>| match result.transpose()? {
        None | Some(Value::NotImplemented) => Ok(None),
        value => Ok::<Option<Value>, Exc>(value),
    };
    let (class_a, class_b) = (a.class(), b.class());
    let reflected_first =
        !class_a.is(class_b) && class_b.is_subclass(class_a) && overrides(b, a, names.reflected);
    if reflected_first && let Some(value) = implemented(b.dunder(names.reflected, &[a]))? {
        return Ok(Some(value));
    }
    if let Some(value) = implemented(a.dunder(names.plain, &[b]))? {
        return Ok(Some(value));
    }
    if reflected_first || class_a.is(class_b) {
        return Ok(None);
    }
    implemented(b.dunder(names.reflected, &[a]))
}

/// Two numbers of one kind; ints and bools become floats beside a float.
enum Pair {
    Ints(Int, Int),
    Floats(f64, f64),
}

/// The int that an int or a bool is.
fn int_of(value: &Value) -> Option<Int> {
    match value {
        Value::Int(v) => Some(v.clone()),
        Value::Bool(v) => Some(Int::from(*v as i64)),
        _ => None,
    }
}

fn pair(a: &Value, b: &Value) -> Result<Option<Pair>> {
    Ok(Some(match (a, b) {
        (Value::Float(a), Value::Float(b)) => Pair::Floats(*a, *b),
        (Value::Float(a), b) => match int_of(b) {
            Some(b) => Pair::Floats(*a, b.to_f64()?),
            None => return Ok(None),
        },
        (a, Value::Float(b)) => match int_of(a) {
            Some(a) => Pair::Floats(a.to_f64()?, *b),
            None => return Ok(None),
        },
        (a, b) => match (int_of(a), int_of(b)) {
            (Some(a), Some(b)) => Pair::Ints(a, b),
            _ => return Ok(None),
        },
    }))
}

pub(super) fn from_num(value: Num) -> Value {
    match value {
        Num::Int(v) => Value::Int(v),
        Num::Float(v) => Value::Float(v),
    }
}

fn numbers(op: BinOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let Some(pair) = pair(a, b)? else {
        return Ok(None);
    };
    Ok(Some(match pair {
        Pair::Ints(x, y) => match op {
            BinOp::Add => Value::Int(&x + &y),
            BinOp::Sub => Value::Int(&x - &y),
            BinOp::Mul => Value::Int(&x * &y),
            BinOp::TrueDiv => Value::Float(int::truediv(&x, &y)?),
            BinOp::FloorDiv => Value::Int(int::floordiv(&x, &y)?),
            BinOp::Mod => Value::Int(int::pymod(&x, &y)?),
            BinOp::DivMod => {
                let (q, r) = int::divmod(&x, &y)?;
                Value::tuple(vec![Value::Int(q), Value::Int(r)])
            }
            BinOp::Pow => from_num(int::pow_num(&x, &y)?),
            BinOp::LShift => Value::Int(x.shl(&y)?),
            BinOp::RShift => Value::Int(x.shr(&y)?),
            BinOp::And | BinOp::Or | BinOp::Xor => {
                let value = match op {
                    BinOp::And => &x & &y,
                    BinOp::Or => &x | &y,
                    _ => &x ^ &y,
                };
                match (a, b) {
                    (Value::Bool(_), Value::Bool(_)) => Value::Bool(value != 0),
                    _ => Value::Int(value),
                }
            }
            BinOp::MatMul => return Ok(None),
        },
        Pair::Floats(x, y) => match op {
            BinOp::Add => Value::Float(x + y),
            BinOp::Sub => Value::Float(x - y),
            BinOp::Mul => Value::Float(x * y),
            BinOp::TrueDiv => Value::Float(crate::float::truediv(x, y)?),
            BinOp::FloorDiv => Value::Float(crate::float::floordiv(x, y)?),
            BinOp::Mod => Value::Float(crate::float::pymod(x, y)?),
            BinOp::DivMod => {
                let (q, r) = crate::float::divmod(x, y)?;
                Value::tuple(vec![Value::Float(q), Value::Float(r)])
            }
            // Of what is no integer a negative number has a complex power.
            BinOp::Pow if x < 0.0 && y != y.floor() && x.is_finite() && y.is_finite() => {
                crate::complex::pow(x.into(), y.into())?.to_value()
            }
            BinOp::Pow => Value::Float(crate::float::pow(x, y)?),
            _ => return Ok(None),
        },
    }))
}

fn builtin(op: BinOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    if let Some(value) = numbers(op, a, b)? {
        return Ok(Some(value));
    }
    if let (Value::Dict(x), Value::Dict(y)) = (a, b)
        && x.is_counter()
        && y.is_counter()
    {
        return match op {
            BinOp::Add => x.plus(y).map(|v| Some(Value::Dict(v))),
            BinOp::Sub => x.minus(y).map(|v| Some(Value::Dict(v))),
            BinOp::And => x.least(y).map(|v| Some(Value::Dict(v))),
            BinOp::Or => x.union(y).map(|v| Some(Value::Dict(v))),
            _ => Ok(None),
        };
    }
    match op {
        BinOp::Add => concat(a, b),
        BinOp::Mul => repeat(a, b),
        BinOp::Mod => match a {
            Value::Str(format) => percent(format, b).map(Some),
            Value::Bytes(format) => percent_bytes(format, b).map(|made| Some(made.into())),
            Value::ByteArray(format) => percent_bytes(format, b).map(|made| Some(made.into())),
            _ => Ok(None),
        },
        BinOp::Sub | BinOp::And | BinOp::Or | BinOp::Xor => sets(op, a, b),
        _ => Ok(None),
    }
}

/// What `+` raises on a sequence for what cannot be joined to it.
#[cold]
pub(crate) fn not_concatenated(left: &str, right: &str) -> Option<Exc> {
    let text = match left {
        "str" | "list" | "tuple" => {
            format!("can only concatenate {left} (not \"{right}\") to {left}")
        }
        "collections.deque" => format!("can only concatenate deque (not \"{right}\") to deque"),
        "bytes" | "bytearray" => format!("can't concat {right} to {left}"),
        _ => return None,
    };
    Some(Exc::type_error(text))
}

#[cold]
fn unsupported(op: BinOp, a: &Value, b: &Value, in_place: bool) -> Exc {
    let (left, right) = (a.py_type_name(), b.py_type_name());
    let symbol = op.names().symbol;
    if op == BinOp::Add
        && let Some(error) = not_concatenated(left, right)
    {
        return error;
    }
    let shown = match (op, in_place) {
        (BinOp::Pow, false) => "** or pow()".to_owned(),
        (_, false) => symbol.to_owned(),
        (_, true) => format!("{symbol}="),
    };
    crate::glue::unsupported_operands(&shown, left, right)
}

/// `pow(base, exponent, modulus)`.
pub fn pow3(base: &Value, exponent: &Value, modulus: &Value) -> Result<Value> {
    if matches!(modulus, Value::None) {
        return pow(base, exponent);
    }
    match (int_of(base), int_of(exponent), int_of(modulus)) {
        (Some(a), Some(b), Some(c)) => Ok(Value::Int(int::modpow(&a, &b, &c)?)),
        _ if matches!(base, Value::Float(_)) || matches!(exponent, Value::Float(_)) => Err(
            Exc::type_error("pow() 3rd argument not allowed unless all arguments are integers"),
        ),
        _ => Err(Exc::type_error(format!(
            "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
            base.py_type_name(),
            exponent.py_type_name(),
            modulus.py_type_name()
        ))),
    }
}

fn unary(value: &Value, symbol: &str, dunder: &str) -> Result<Value> {
    match value.dunder(dunder, &[]) {
        Some(result) => result,
        None => Err(Exc::type_error(format!(
            "bad operand type for {symbol}: '{}'",
            value.py_type_name()
        ))),
    }
}

/// `-value`.
#[inline]
pub fn neg(value: &Value) -> Result<Value> {
    match value {
        Value::Int(v) => Ok(Value::Int(-v)),
        Value::Float(v) => Ok(Value::Float(-v)),
        Value::Bool(v) => Ok(Value::from(-(*v as i64))),
        Value::Dict(d) if d.is_counter() => Ok(Value::Dict(d.negative()?)),
        _ => unary(value, "unary -", "__neg__"),
    }
}

/// `+value`.
pub fn pos(value: &Value) -> Result<Value> {
    match value {
        Value::Int(_) | Value::Float(_) => Ok(value.clone()),
        Value::Bool(v) => Ok(Value::from(*v as i64)),
        Value::Dict(d) if d.is_counter() => Ok(Value::Dict(d.positive()?)),
        _ => unary(value, "unary +", "__pos__"),
    }
}

/// `~value`.
pub fn invert(value: &Value) -> Result<Value> {
    match int_of(value) {
        Some(v) => Ok(Value::Int(!&v)),
        None => unary(value, "unary ~", "__invert__"),
    }
}

/// `abs(value)`.
pub fn abs(value: &Value) -> Result<Value> {
    match value {
        Value::Float(v) => Ok(Value::Float(v.abs())),
        _ => match int_of(value) {
            Some(v) => Ok(Value::Int(v.abs())),
            None => unary(value, "abs()", "__abs__"),
        },
    }
}
