//! Instances of user-written classes: generated code says what a class defines, the
//! `instance!` macro makes a Python value of it.

use crate::fields::{ByName, Named, Order, Others};
use crate::object::Args;
use crate::{Class, Exc, Int, Py, Result, Str, Value};

/// A shared handle to an object whose class is known when it runs; `class!` makes it.
pub trait Identity: Clone + 'static {
    fn class_of(&self) -> &'static Class;
    fn address(&self) -> usize;
}

/// What a class hierarchy defines. Every method answers `None` where the class of
/// this instance has no such dunder, and Python's default applies.
pub trait Instance: Identity {
    fn repr_method(&self) -> Option<Result<Str>> {
        None
    }
    fn str_method(&self) -> Option<Result<Str>> {
        None
    }
    fn eq_method(&self, _other: &Self) -> Option<Result<bool>> {
        None
    }
    /// Whether the class of this instance defines `__eq__`, and nothing of it runs.
    fn has_eq(&self) -> bool {
        false
    }
    fn ne_method(&self, _other: &Self) -> Option<Result<bool>> {
        None
    }
    fn lt_method(&self, _other: &Self) -> Option<Result<bool>> {
        None
    }
    fn le_method(&self, _other: &Self) -> Option<Result<bool>> {
        None
    }
    fn gt_method(&self, _other: &Self) -> Option<Result<bool>> {
        None
    }
    fn ge_method(&self, _other: &Self) -> Option<Result<bool>> {
        None
    }
    fn hash_method(&self) -> Option<Result<Int>> {
        None
    }
    fn len_method(&self) -> Option<Result<Int>> {
        None
    }
    fn bool_method(&self) -> Option<Result<bool>> {
        None
    }
    /// The field of that name.
    fn slot(&self, _name: &str) -> Option<&dyn ByName> {
        None
    }
    /// The order of the attributes, where somebody may ask for it.
    fn order(&self) -> Option<Order> {
        None
    }
    /// What has no field, where any name may be set.
    fn others(&self) -> Option<Others> {
        None
    }
    /// An attribute of that name would hide a method.
    fn hides(&self, _name: &str) -> bool {
        false
    }
    /// A field's value; `None` while unassigned or where there is no such field.
    fn field(&self, name: &str) -> Option<Value> {
        match self.slot(name) {
            Some(slot) => slot.value(),
            None => self.others()?.get(name),
        }
    }
    /// `false` where there is no such field.
    fn set_field(&self, name: &str, value: Value) -> Result<bool> {
        match (self.slot(name), self.others()) {
            (Some(slot), _) => slot.assign(&value)?,
            (None, Some(_)) if self.hides(name) => crate::fields::hides_method(name),
            (None, Some(others)) => others.set(name, value),
            (None, None) => return Ok(false),
        }
        // The arguments of an exception are no entry of its mapping.
        if name != "args" || self.exception_args().is_none() {
            if let Some(order) = self.order() {
                order.note(name);
            }
        }
        Ok(true)
    }
    /// `false` where there is no such field now.
    fn delete_field(&self, name: &str) -> bool {
        let gone = match self.slot(name) {
            Some(slot) => slot.clear(),
            None => self.others().is_some_and(|others| others.delete(name)),
        };
        if let Some(order) = self.order() {
            order.forget(name);
        }
        gone
    }
    /// The names of the fields that are set, in order.
    fn field_names(&self) -> Vec<Str> {
        self.order().map(|order| order.names()).unwrap_or_default()
    }
    /// A method ("method") or property ("property") by name; who answers takes `args`.
    fn by_name(&self, _name: &str, _kind: &str, _args: &mut Args) -> Result<Option<Value>> {
        Ok(None)
    }
    /// What `by_name` answers to.
    fn names(&self) -> &'static [Named] {
        &[]
    }
    fn call_named(&self, name: &str, kind: &str, args: &mut Args) -> Option<Result<Value>> {
        self.by_name(name, kind, args).transpose()
    }
    /// The name, where the instance's class has such a method, property or "class" attribute.
    fn named(&self, name: &str, kind: &str) -> Option<&'static str> {
        let class = self.class_of();
        self.names()
            .iter()
            .find_map(|named| named.find(class, name, kind))
    }
    /// The class that defines a reflected operator, where a subclass may have its own.
    fn definer(&self, _name: &str) -> Option<&'static Class> {
        None
    }
    /// A new instance whose fields are these, or with a memo copies of these.
    fn copied(&self, _memo: Option<&mut crate::stdlib::copying::Memo>) -> Option<Result<Self>> {
        None
    }
    /// What an exception instance shares with each `Exc` that it is raised as.
    fn exception_links(&self) -> Option<crate::exc::SharedLinks> {
        None
    }
    /// `args` of an exception instance.
    fn exception_args(&self) -> Option<Value> {
        None
    }
}

/// What `len` makes of the answer of `__len__`.
///
/// Errors: ValueError below zero; OverflowError beyond 63 bits.
#[inline]
pub fn checked_len(given: Int) -> Result<Int> {
    match given.to_i64() {
        Some(size) if size >= 0 => Ok(given),
        _ if given.is_negative() => Err(Exc::value_error("__len__() should return >= 0")),
        _ => Err(Exc::overflow_error(
            "cannot fit 'int' into an index-sized integer",
        )),
    }
}

/// The answer of one side of a comparison: the right one's first where its class is below
/// the left one's.
#[inline]
pub fn either<T: Instance>(
    left: &T,
    right: &T,
    mine: impl FnOnce() -> Option<Result<bool>>,
    theirs: impl FnOnce() -> Option<Result<bool>>,
) -> Option<Result<bool>> {
    let (a, b) = (left.class_of(), right.class_of());
    if !a.is(b) && b.is_subclass(a) {
        theirs().or_else(mine)
    } else {
        mine().or_else(theirs)
    }
}

/// What a comparison dunder's dynamic answer says; `None` for NotImplemented.
pub fn answered(answer: Result<Value>) -> Option<Result<bool>> {
    match answer {
        Ok(Value::NotImplemented) => None,
        Ok(answer) => Some(crate::Py::py_truth(&answer)),
        Err(error) => Some(Err(error)),
    }
}

/// The text that a `__repr__` or `__str__` must give.
pub fn text_answer(answer: Value, dunder: &str) -> Result<Str> {
    match answer {
        Value::Str(text) => Ok(text),
        other => Err(Exc::type_error(format!(
            "{dunder} returned non-string (type {})",
            other.py_type_name()
        ))),
    }
}

/// The number that a `__hash__` must give.
pub fn hash_answer(answer: Value) -> Result<Int> {
    match answer {
        Value::Int(hash) => Ok(hash),
        Value::Bool(hash) => Ok(Int::from(hash as i64)),
        _ => Err(Exc::type_error("__hash__ method should return an integer")),
    }
}

/// The answer that a `__bool__` must give.
pub fn bool_answer(answer: Value) -> Result<bool> {
    match answer {
        Value::Bool(answer) => Ok(answer),
        other => Err(Exc::type_error(format!(
            "__bool__ should return bool, returned {}",
            other.py_type_name()
        ))),
    }
}

/// `repr` of an instance whose class defines none.
pub fn default_repr<T: Instance>(this: &T, out: &mut String) {
    let class = this.class_of();
    let name = class.name;
    match class.module {
        "builtins" => out.push_str(&format!("<{name} object at {:#x}>", this.address())),
        module => out.push_str(&format!(
            "<{module}.{name} object at {:#x}>",
            this.address()
        )),
    }
}

/// What `show` gives; "..." where the object is being shown already.
pub fn show_once<T: Py>(this: &T, show: impl FnOnce(T) -> Result<Str>) -> Result<Str> {
    let address = this.to_value().address().unwrap_or_default();
    match crate::iter::same::enter_repr(address) {
        Some(_showing) => show(this.clone()),
        None => Ok(Str::lit("...")),
    }
}

/// `hash` of an instance whose `__hash__` gave `hash`: what fits is kept as it is.
pub fn hash_result(hash: &Int) -> Result<i64> {
    match hash.to_i64() {
        Some(-1) => Ok(-2),
        Some(same) => Ok(same),
        None => crate::Py::py_hash(hash),
    }
}

/// `hash` of an instance: by address, unless `__eq__` is defined alone.
pub fn default_hash<T: Instance>(this: &T) -> Result<i64> {
    if this.has_eq() {
        return Err(crate::object::unhashable(this.class_of()));
    }
    Ok((this.address() >> 4) as i64)
}

#[cold]
pub fn no_order<T: Instance>(op: &str, a: &T, b: &T) -> Exc {
    Exc::type_error(format!(
        "'{op}' not supported between instances of '{}' and '{}'",
        a.class_of().name,
        b.class_of().name
    ))
}

/// `str` of an exception instance, by its `args`.
pub fn exception_text(args: &Value) -> Result<Str> {
    let items = tuple_items(args);
    let mut out = String::new();
    crate::exc::base_str(&crate::exc::EXCEPTION, &items, &mut out)?;
    Ok(Str::from(out))
}

/// The items of a dynamic tuple.
pub fn tuple_items(value: &Value) -> Vec<Value> {
    match value {
        Value::Tuple(items) => items.iter().collect(),
        _ => Vec::new(),
    }
}

/// `impl Py` and `impl Object` for a handle that is an `Instance`.
#[macro_export]
macro_rules! instance {
    ($name:ident) => {
        impl $name {
            pub fn py_class(&self) -> &'static $crate::Class {
                $crate::instance::Identity::class_of(self)
            }
        }

        impl $crate::Py for $name {
            fn py_type_name(&self) -> &'static str {
                self.class_of().name
            }
            fn py_repr_into(&self, out: &mut String) -> $crate::Result<()> {
                if let Some(text) = self.repr_method() {
                    out.push_str(text?.as_str());
                } else if let Some(args) = $crate::instance::Instance::exception_args(self) {
                    $crate::exc::base_repr(
                        self.class_of(),
                        &$crate::instance::tuple_items(&args),
                        out,
                    )?;
                } else {
                    $crate::instance::default_repr(self, out);
                }
                Ok(())
            }
            fn py_str_into(&self, out: &mut String) -> $crate::Result<()> {
                if let Some(text) = self.str_method() {
                    out.push_str(text?.as_str());
                    return Ok(());
                }
                match $crate::instance::Instance::exception_args(self) {
                    Some(args) if self.repr_method().is_none() => {
                        out.push_str($crate::instance::exception_text(&args)?.as_str());
                        Ok(())
                    }
                    _ => self.py_repr_into(out),
                }
            }
            fn py_truth(&self) -> $crate::Result<bool> {
                if let Some(answer) = self.bool_method() {
                    return answer;
                }
                match self.len_method() {
                    Some(len) => Ok($crate::instance::checked_len(len?)? != 0),
                    None => Ok(true),
                }
            }
            fn py_eq(&self, other: &Self) -> $crate::Result<bool> {
                let (mine, theirs) = (|| self.eq_method(other), || other.eq_method(self));
                $crate::instance::either(self, other, mine, theirs)
                    .unwrap_or_else(|| Ok(self.py_is(other)))
            }
            fn py_ne(&self, other: &Self) -> $crate::Result<bool> {
                match self.ne_method(other) {
                    Some(answer) => answer,
                    None => Ok(!self.py_eq(other)?),
                }
            }
            fn py_hash(&self) -> $crate::Result<i64> {
                match self.hash_method() {
                    Some(hash) => $crate::instance::hash_result(&hash?),
                    None => $crate::instance::default_hash(self),
                }
            }
            fn py_lt(&self, other: &Self) -> $crate::Result<bool> {
                let (mine, theirs) = (|| self.lt_method(other), || other.gt_method(self));
                $crate::instance::either(self, other, mine, theirs)
                    .unwrap_or_else(|| Err($crate::instance::no_order("<", self, other)))
            }
            fn py_le(&self, other: &Self) -> $crate::Result<bool> {
                let (mine, theirs) = (|| self.le_method(other), || other.ge_method(self));
                $crate::instance::either(self, other, mine, theirs)
                    .unwrap_or_else(|| Err($crate::instance::no_order("<=", self, other)))
            }
            fn py_gt(&self, other: &Self) -> $crate::Result<bool> {
                let (mine, theirs) = (|| self.gt_method(other), || other.lt_method(self));
                $crate::instance::either(self, other, mine, theirs)
                    .unwrap_or_else(|| Err($crate::instance::no_order(">", self, other)))
            }
            fn py_ge(&self, other: &Self) -> $crate::Result<bool> {
                let (mine, theirs) = (|| self.ge_method(other), || other.le_method(self));
                $crate::instance::either(self, other, mine, theirs)
                    .unwrap_or_else(|| Err($crate::instance::no_order(">=", self, other)))
            }
            fn py_is(&self, other: &Self) -> bool {
                self.address() == other.address()
            }
            fn to_value(&self) -> $crate::Value {
                $crate::Value::obj(self.clone())
            }
            fn from_value(value: &$crate::Value) -> Option<Self> {
                match value {
                    $crate::Value::Obj(object) => object.as_any().downcast_ref::<$name>().cloned(),
                    $crate::Value::Exc(exc) => exc.downcast::<$name>(),
                    _ => None,
                }
            }
        }

        impl $crate::stdlib::copying::Copying for $name {
            fn shallow(&self) -> $crate::Result<Self> {
                $crate::stdlib::copying::instance(
                    self,
                    self.address(),
                    None,
                    <Self as $crate::instance::Instance>::copied,
                )
            }
            fn deep(&self, memo: &mut $crate::stdlib::copying::Memo) -> $crate::Result<Self> {
                $crate::stdlib::copying::instance(
                    self,
                    self.address(),
                    Some(memo),
                    <Self as $crate::instance::Instance>::copied,
                )
            }
        }

        impl $crate::object::Object for $name {
            fn class(&self) -> &'static $crate::Class {
                self.class_of()
            }
            fn definer(&self, name: &str) -> Option<&'static $crate::Class> {
                <Self as $crate::instance::Instance>::definer(self, name)
            }
            fn identity(&self) -> usize {
                self.address()
            }
            fn as_any(&self) -> &dyn std::any::Any {
                self
            }
            fn get_attr(&self, name: &str) -> $crate::Result<Option<$crate::Value>> {
                if self.named(name, "property").is_some() {
                    if let Some(value) =
                        self.call_named(name, "property", &mut $crate::object::Args::none())
                    {
                        return value.map(Some);
                    }
                }
                if let Some(value) = self.field(name) {
                    return Ok(Some(value));
                }
                if self.named(name, "class").is_some() {
                    if let Some(value) =
                        self.call_named(name, "class", &mut $crate::object::Args::none())
                    {
                        let me = $crate::Py::to_value(self);
                        return value.map(|found| Some($crate::func::bound_to(found, me)));
                    }
                }
                if let Some(method) = self.named(name, "method") {
                    let this = self.clone();
                    let me = $crate::Py::to_value(self);
                    let bound = $crate::func::DynFunc::method(method, me, move |mut args| {
                        this.call_named(method, "method", &mut args)
                            .unwrap_or_else(|| {
                                Err($crate::Exc::attribute_error(format!(
                                    "'{}' object has no attribute '{method}'",
                                    this.class_of().name
                                )))
                            })
                    });
                    return Ok(Some($crate::Value::Func(bound)));
                }
                Ok(None)
            }
            fn exception_args(&self) -> Option<$crate::Value> {
                $crate::instance::Instance::exception_args(self)
            }
            fn exception_links(&self) -> Option<$crate::exc::SharedLinks> {
                $crate::instance::Instance::exception_links(self)
            }
            fn copy_object(
                &self,
                memo: Option<&mut $crate::stdlib::copying::Memo>,
            ) -> Option<$crate::Result<$crate::Value>> {
                use $crate::stdlib::copying::Copying as _;
                let copy = match memo {
                    Some(memo) => self.deep(memo),
                    None => self.shallow(),
                };
                Some(copy.map(|copy| $crate::Py::to_value(&copy)))
            }
            fn set_attr(&self, name: &str, value: $crate::Value) -> $crate::Result<bool> {
                if self.named(name, "setter").is_some() {
                    let mut args = $crate::object::Args::of(vec![value]);
                    return match self.call_named(name, "setter", &mut args) {
                        Some(result) => result.map(|_| true),
                        None => Ok(false),
                    };
                }
                if self.named(name, "property").is_some() {
                    return Err($crate::Exc::attribute_error(format!(
                        "property '{name}' of '{}' object has no setter",
                        self.class_of().name
                    )));
                }
                self.set_field(name, value)
            }
            fn del_attr(&self, name: &str) -> $crate::Result<bool> {
                Ok(self.delete_field(name))
            }
            fn field_names(&self) -> Vec<$crate::Str> {
                $crate::instance::Instance::field_names(self)
            }
            fn call_method(
                &self,
                name: &str,
                args: &mut $crate::object::Args,
            ) -> Option<$crate::Result<$crate::Value>> {
                use $crate::Py as _;
                // Protocol dunders that are typed answer first.
                let bool_of = |answer: Option<$crate::Result<bool>>| {
                    answer.map(|result| result.map($crate::Value::Bool))
                };
                match name {
                    "__repr__" => return self.repr_method().map(|r| r.map($crate::Value::Str)),
                    "__str__" => return self.str_method().map(|r| r.map($crate::Value::Str)),
                    "__hash__" => {
                        return match self.hash_method() {
                            Some(hash) => Some(hash.map($crate::Value::Int)),
                            None if self.has_eq() => {
                                Some(Err($crate::object::unhashable(self.class_of())))
                            }
                            None => None,
                        };
                    }
                    "__bool__" => return bool_of(self.bool_method()),
                    _ => {}
                }
                if let Some(found) = self.call_named(name, "method", args) {
                    return Some(found);
                }
                if !name.starts_with("__") {
                    return None;
                }
                let other = args
                    .positional
                    .first()
                    .and_then(<$name as $crate::Py>::from_value)?;
                match name {
                    "__eq__" => bool_of(self.eq_method(&other)),
                    "__ne__" => bool_of(self.ne_method(&other)),
                    "__lt__" => bool_of(self.lt_method(&other)),
                    "__le__" => bool_of(self.le_method(&other)),
                    "__gt__" => bool_of(self.gt_method(&other)),
                    "__ge__" => bool_of(self.ge_method(&other)),
                    _ => None,
                }
            }
        }
    };
}
