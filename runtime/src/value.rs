//! The dynamic value.
use crate::func::DynFunc;
use crate::generator::Iter;
use crate::object::Object;
use crate::{Dict, Exc, FrozenSet, Int, List, Py, Result, Set, Str, Tuple};
use std::rc::Rc;

#[derive(Clone)]
pub enum Value {
    None,
    Bool(bool),
    Int(Int),
    Float(f64),
    Str(Str),
    List(List<Value>),
    Tuple(Tuple<Value>),
    Dict(Dict<Value, Value>),
    Set(Set<Value>),
    FrozenSet(FrozenSet<Value>),
    Iter(Iter<Value>),
    Func(DynFunc),
    Class(&'static crate::Class),
    Exc(Exc),
    Obj(Rc<dyn Object>),
}

impl Py for Value {
    fn py_type_name(&self) -> &'static str { todo!() }
    fn py_repr_into(&self, _out: &mut String) -> Result<()> { todo!() }
    fn py_truth(&self) -> Result<bool> { todo!() }
    fn py_eq(&self, _other: &Self) -> Result<bool> { todo!() }
    fn py_hash(&self) -> Result<i64> { todo!() }
    fn py_is(&self, _other: &Self) -> bool { todo!() }
    fn to_value(&self) -> Value { self.clone() }
    fn from_value(value: &Value) -> Option<Self> { Some(value.clone()) }
}
impl Py for Str {
    fn py_type_name(&self) -> &'static str { "str" }
    fn py_repr_into(&self, _out: &mut String) -> Result<()> { todo!() }
    fn py_truth(&self) -> Result<bool> { todo!() }
    fn py_eq(&self, _other: &Self) -> Result<bool> { todo!() }
    fn py_hash(&self) -> Result<i64> { todo!() }
    fn py_is(&self, _other: &Self) -> bool { todo!() }
    fn to_value(&self) -> Value { Value::Str(self.clone()) }
    fn from_value(_value: &Value) -> Option<Self> { todo!() }
}
