//! What emitted code calls that belongs to no type: variables, unpacking, control flow.

mod arguments;
mod unpacking;

use std::rc::Rc;
use std::thread::LocalKey;

pub use arguments::*;
pub use unpacking::*;

use crate::generator::Iter;
use crate::int::Int;
use crate::{Exc, Global, List, Py, Result, Slot, Str, Tuple, Value, dynamic};

/// How a `try … finally` body ended, before `finally` runs.
pub enum Flow<T> {
    Next,
    Raise(Exc),
    Return(T),
    Break(usize),
    Continue(usize),
}

impl<T> Flow<T> {
    /// What `finally` raises while this is on its way.
    pub fn during(&self, error: Exc) -> Exc {
        match self {
            Flow::Raise(pending) => error.during(pending),
            _ => error,
        }
    }
}

/// Leaves the labelled `try` block with the error of a `Result`.
#[macro_export]
macro_rules! tr {
    ($label:lifetime, $value:expr) => {
        match $value {
            Ok(value) => value,
            Err(error) => break $label Err(error),
        }
    };
}

/// The same for a block that runs `finally` next.
#[macro_export]
macro_rules! trf {
    ($label:lifetime, $value:expr) => {
        match $value {
            Ok(value) => value,
            Err(error) => break $label $crate::glue::Flow::Raise(error),
        }
    };
}

/// `raise` of an exception of a built-in class: `bail!(VALUE_ERROR, "negative")`.
#[macro_export]
macro_rules! bail {
    ($class:ident $(, $argument:expr)* $(,)?) => {
        return Err($crate::Exc::new(&$class, vec![$($crate::Value::from($argument)),*]))
    };
}

/// `assert`, and what raises where something does not hold.
#[macro_export]
macro_rules! ensure {
    ($test:expr, $class:ident $(, $argument:expr)* $(,)?) => {
        if !$test {
            $crate::bail!($class $(, $argument)*);
        }
    };
}

/// An example of a docstring begins: the runner, its line, source and what it shows, and
/// where that has the message of an exception, and options.
#[macro_export]
macro_rules! example {
    ($runner:ident, $line:literal, $source:literal => $want:literal) => {
        $crate::example!($runner, $line, $source => $want; -1, 0, 0)
    };
    (
        $runner:ident, $line:literal, $source:literal => $want:literal;
        $at:literal, $added:literal, $taken:literal
    ) => {
        let (source, want) = ($crate::string::lit($source), $crate::string::lit($want));
        $runner.start($line, &source, &want, $at, $added, $taken)?
    };
}

/// What the example that began does, by a closure that errors leave.
#[macro_export]
macro_rules! runs {
    ($runner:ident, $body:expr) => {
        if let Err(error) = $crate::glue::attempt($body) {
            $runner.failed(error)?;
        }
    };
}

/// The same of an expression whose value is shown.
#[macro_export]
macro_rules! shows {
    ($runner:ident, $value:expr) => {
        $crate::runs!($runner, || {
            let shown = $value;
            $runner.put(&shown.py_repr()?)
        })
    };
}

/// The same where the value may be None, which is not shown.
#[macro_export]
macro_rules! shows_some {
    ($runner:ident, $value:expr) => {
        $crate::runs!($runner, || {
            let shown = $value;
            if shown.is_none() {
                return Ok(());
            }
            $runner.put(&shown.py_repr()?)
        })
    };
}

/// The value of a local that some path leaves unassigned.
#[macro_export]
macro_rules! bound {
    ($local:ident) => {
        $crate::glue::bound(&$local, stringify!($local))
    };
}

/// The same for a module's body.
#[macro_export]
macro_rules! bound_name {
    ($local:ident) => {
        $crate::glue::bound_name(&$local, stringify!($local))
    };
}

/// The value of a field that an instance may lack.
#[macro_export]
macro_rules! field {
    ($object:expr, $field:ident) => {{
        let holder = &$object;
        $crate::glue::attribute(&holder.$field, holder.class.name, stringify!($field))
    }};
}

/// A new instance, once it is initialised; what a refused `__init__` would give is of no type.
#[inline]
pub fn made<T, R>(this: T, init: impl FnOnce(&T) -> Result<R>) -> Result<T> {
    init(&this)?;
    Ok(this)
}

/// What a closure gives that stands for a block that errors leave.
#[inline]
pub fn attempt(body: impl FnOnce() -> Result<()>) -> Result<()> {
    body()
}

/// A module variable, empty until assigned.
#[macro_export]
macro_rules! global {
    ($name:ident: $ty:ty) => {
        thread_local! {
            pub static $name: $crate::Global<$ty> = const { $crate::Global::empty() };
        }
    };
}

/// A list of integer literals; `OwnList;` first: one that a variable owns.
#[macro_export]
macro_rules! ints {
    ($list:ident; $($value:expr),*) => {
        $crate::$list::<$crate::Int>::from(vec![$($crate::Int::from($value)),*])
    };
    ($($value:expr),* $(,)?) => {
        $crate::List::<$crate::Int>::from(vec![$($crate::Int::from($value)),*])
    };
}

/// A list of string literals, as `ints!`.
#[macro_export]
macro_rules! strs {
    ($list:ident; $($value:expr),*) => {
        $crate::$list::<$crate::Str>::from(vec![$($crate::string::lit($value)),*])
    };
    ($($value:expr),* $(,)?) => {
        $crate::List::<$crate::Str>::from(vec![$($crate::string::lit($value)),*])
    };
}

/// A module variable's value; NameError while unassigned.
#[inline]
pub fn load<T: Clone>(slot: &'static LocalKey<Global<T>>, name: &str) -> Result<T> {
    slot.with(|slot| slot.get())
        .ok_or_else(|| unassigned_global(name))
}

#[cold]
fn unassigned_global(name: &str) -> Exc {
    Exc::name_error(format!("name '{name}' is not defined"))
}

/// Assigns a module variable.
#[inline]
pub fn store<T: Clone>(slot: &'static LocalKey<Global<T>>, value: T) {
    slot.with(|slot| slot.set(value));
}

/// A variable shared with closures; unbound until assigned.
#[inline]
pub fn shared<T: Clone>(slot: &Rc<Slot<T>>, name: &str) -> Result<T> {
    slot.get().ok_or_else(|| unbound_shared(name))
}

#[cold]
fn unbound_shared(name: &str) -> Exc {
    Exc::name_error(format!(
        "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
    ))
}

/// The same for the function whose variable it is.
#[inline]
pub fn shared_local<T: Clone>(slot: &Rc<Slot<T>>, name: &str) -> Result<T> {
    slot.get().ok_or_else(|| unbound(name))
}

/// The same for a module's body.
#[inline]
pub fn shared_name<T: Clone>(slot: &Rc<Slot<T>>, name: &str) -> Result<T> {
    slot.get().ok_or_else(|| unassigned_global(name))
}

/// A local that some path leaves unassigned.
#[inline]
pub fn bound<T: Clone>(local: &Option<T>, name: &str) -> Result<T> {
    local.clone().ok_or_else(|| unbound(name))
}

/// A name of a module's top level that some path leaves unassigned.
#[inline]
pub fn bound_name<T: Clone>(local: &Option<T>, name: &str) -> Result<T> {
    local
        .clone()
        .ok_or_else(|| Exc::name_error(format!("name '{name}' is not defined")))
}

#[cold]
fn unbound(name: &str) -> Exc {
    Exc::unbound_local(format!(
        "cannot access local variable '{name}' where it is not associated with a value"
    ))
}

/// A field of an instance; AttributeError while unassigned.
#[inline]
pub fn attribute<T: Clone>(slot: &Slot<T>, class: &str, name: &str) -> Result<T> {
    slot.get().ok_or_else(|| missing(class, name))
}

#[cold]
fn missing(class: &str, name: &str) -> Exc {
    Exc::attribute_error(format!("'{class}' object has no attribute '{name}'"))
}

/// What reading an attribute raises that instances of the class lack.
#[cold]
pub fn no_attribute(class: &'static crate::Class, name: &str) -> Exc {
    missing(class.name, name)
}

/// What a container asks of each of its items.
#[inline]
pub fn is_or_equals<T: Py>(a: &T, b: &T) -> Result<bool> {
    crate::iter::same::same(a, b)
}

/// What follows the `*` of a list or tuple display, to be iterated over.
pub fn spreadable(items: Value) -> Result<Value> {
    if crate::dynamic::is_iterable(&items) {
        return Ok(match items {
            Value::Obj(_) => Value::List(List::from(crate::dynamic::listed(&items)?)),
            other => other,
        });
    }
    Err(Exc::type_error(format!(
        "Value after * must be an iterable, not {}",
        items.py_type_name()
    )))
}

/// What an operator raises whose operands' classes do not know it; `op` as messages show it.
#[cold]
pub fn unsupported_operands(op: &str, left: &str, right: &str) -> Exc {
    if matches!(op, "+" | "+=")
        && let Some(error) = crate::dynamic::ops::not_concatenated(left, right)
    {
        return error;
    }
    Exc::type_error(format!(
        "unsupported operand type(s) for {op}: '{left}' and '{right}'"
    ))
}

/// `del instance.name`.
pub fn delete_attribute<T: Clone>(slot: &Slot<T>, class: &str, name: &str) -> Result<()> {
    slot.take().map(drop).ok_or_else(|| missing(class, name))
}

/// A dynamic value where inference wants a `T`: numbers widen, the rest must match.
pub fn cast<T: Py>(value: &Value) -> Result<T> {
    if let Some(found) = T::from_value(value) {
        return Ok(found);
    }
    // An int is welcome where a float is wanted, a bool where an int is.
    let widened = match value {
        Value::Bool(flag) => T::from_value(&Value::Int(Int::from(*flag as i64)))
            .or_else(|| T::from_value(&Value::Float(*flag as i64 as f64))),
        Value::Int(int) => int
            .to_f64()
            .ok()
            .and_then(|float| T::from_value(&Value::Float(float))),
        _ => None,
    };
    widened.ok_or_else(|| crate::func::wrong_type(value))
}

/// `max(*items)` of numbers: a single argument would be walked, and is no iterable.
pub fn several<T: Py>(items: List<T>, function: &str) -> Result<List<T>> {
    match items.to_vec().as_slice() {
        [] => Err(Exc::type_error(format!(
            "{function} expected at least 1 argument, got 0"
        ))),
        [one] => Err(Exc::type_error(format!(
            "'{}' object is not iterable",
            one.py_type_name()
        ))),
        _ => Ok(items),
    }
}

/// The tuple of `*args`: what was given one by one, then what was spread.
pub fn rest_args<T: Py>(first: List<T>, rest: impl Iterator<Item = Result<T>>) -> Result<Tuple<T>> {
    let mut all = first.to_vec();
    for item in rest {
        all.push(item?);
    }
    Ok(Tuple::from(all))
}

/// Walks what `__next__` gives until StopIteration.
#[inline]
pub fn iter_next<T: Py>(step: impl Fn() -> Result<T> + 'static) -> Iter<T> {
    Iter::new(
        "iterator",
        std::iter::from_fn(move || match step() {
            Ok(item) => Some(Ok(item)),
            Err(error) if error.matches(&crate::exc::STOP_ITERATION) => None,
            Err(error) => Some(Err(error)),
        }),
    )
}

/// Walks what `__getitem__` gives for 0, 1, … until IndexError.
pub fn iter_sequence<T: Py>(item: impl Fn(Int) -> Result<T> + 'static) -> Iter<T> {
    let mut index = 0i64;
    Iter::new(
        "iterator",
        std::iter::from_fn(move || {
            let found = item(Int::from(index));
            index += 1;
            match found {
                Ok(value) => Some(Ok(value)),
                Err(error) if error.matches(&crate::exc::INDEX_ERROR) => None,
                Err(error) => Some(Err(error)),
            }
        }),
    )
}

/// `print(*items)`: parts that were made into text already.
pub fn print_strs(
    parts: &List<Str>,
    sep: Option<&Str>,
    end: Option<&Str>,
    stderr: bool,
    flush: bool,
) -> Result<()> {
    let parts = parts.to_vec();
    let shown: Vec<&dyn crate::core::Show> = parts
        .iter()
        .map(|part| part as &dyn crate::core::Show)
        .collect();
    crate::io::print_to(&shown, sep, end, stderr, flush)
}

/// `value[a:b:c] = items` of a dynamic value.
#[inline]
pub fn setslice_value(value: &Value, a: &Value, b: &Value, c: &Value, items: Value) -> Result<()> {
    dynamic::setitem(value, dynamic::make_slice(a, b, c)?, items)
}

/// `del value[a:b:c]` of a dynamic value.
#[inline]
pub fn delslice_value(value: &Value, a: &Value, b: &Value, c: &Value) -> Result<()> {
    dynamic::delitem(value, &dynamic::make_slice(a, b, c)?)
}

/// What `raise value` raises.
pub fn raisable(value: &Value) -> Exc {
    Exc::raise(value)
}

impl Int {
    /// As an index of a sequence. `IndexError` where it does not fit 64 bits.
    #[inline]
    pub fn to_index(&self) -> Result<i64> {
        self.to_i64().ok_or_else(too_large_index)
    }

    /// As a count or a slice bound: clamped to 64 bits.
    #[inline]
    pub fn saturating_i64(&self) -> i64 {
        self.to_i64()
            .unwrap_or(if *self < 0 { i64::MIN } else { i64::MAX })
    }
}

#[cold]
pub(crate) fn too_large_index() -> Exc {
    Exc::index_error("cannot fit 'int' into an index-sized integer")
}

impl crate::num::Num {
    /// The int, where a test found it to be one.
    pub fn known_int(&self) -> Int {
        match self {
            crate::num::Num::Int(int) => int.clone(),
            crate::num::Num::Float(_) => unreachable!("a test found an int"),
        }
    }
}

/// `isinstance(value, (a, b))`.
#[inline]
pub fn is_any_instance<T: Py>(value: &T, classes: &[&'static crate::Class]) -> bool {
    classes
        .iter()
        .any(|class| crate::classes::is_instance(value, class))
}

/// `issubclass(class, (a, b))`.
#[inline]
pub fn is_any_subclass(class: &'static crate::Class, classes: &[&'static crate::Class]) -> bool {
    classes.iter().any(|other| class.is_subclass(other))
}

impl Exc {
    /// As of instances.
    #[inline]
    pub fn py_class(&self) -> &'static crate::Class {
        self.class()
    }
}

/// Whether a dynamic value is this very class.
#[inline]
pub fn is_class(value: &Value, class: &'static crate::Class) -> bool {
    matches!(value, Value::Class(found) if found.is(class))
}

/// The class that `object.__new__` is given.
pub fn class_to_make(value: &Value) -> Result<&'static crate::Class> {
    match value {
        Value::Class(class) => Ok(class),
        other => Err(Exc::type_error(format!(
            "object.__new__(X): X is not a type object ({})",
            other.py_type_name()
        ))),
    }
}

/// Whether a variable of a module or class is set.
pub fn is_bound<T: Clone>(slot: &'static LocalKey<Global<T>>) -> bool {
    slot.with(|slot| slot.get().is_some())
}

/// `del` of a module variable; NameError while unassigned.
pub fn unbind<T: Clone>(slot: &'static LocalKey<Global<T>>, name: &str) -> Result<()> {
    match slot.with(|slot| slot.take()) {
        Some(_) => Ok(()),
        None => Err(unassigned_global(name)),
    }
}
