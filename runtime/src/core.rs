//! The protocol every value speaks, and the descriptor every class has.

use crate::{Exc, Str, Value};

pub type Result<T> = std::result::Result<T, Exc>;

/// A Python class: identity is the address of the static.
#[derive(Debug)]
pub struct Class {
    pub name: &'static str,
    /// Shown by `repr` of instances and classes: `builtins`, `__main__`, a module path.
    pub module: &'static str,
    /// Method resolution order without the class itself, nearest first, `object` omitted.
    pub mro: &'static [&'static Class],
}

impl Class {
    pub const fn new(
        name: &'static str,
        module: &'static str,
        mro: &'static [&'static Class],
    ) -> Class {
        Class { name, module, mro }
    }

    pub fn is(&'static self, other: &'static Class) -> bool {
        std::ptr::eq(self, other)
    }

    pub fn is_any(&'static self, others: &[&'static Class]) -> bool {
        others.iter().any(|other| self.is(other))
    }

    /// `issubclass(self, other)`.
    pub fn is_subclass(&'static self, other: &'static Class) -> bool {
        self.is(other) || self.mro.iter().any(|c| c.is(other))
    }
}

/// What every Python value can do. Methods that may run user code return `Result`.
pub trait Py: Clone + 'static {
    /// Whether equality, hash and order run no user code, and equality and hash cannot
    /// fail, so that a container may compare in place.
    const PLAIN: bool = false;
    /// Whether `<` is a strict weak order that cannot fail, so that any stable sort gives
    /// CPython's result. That of floats is not: NaN.
    const ORDERED: bool = false;

    /// `type(self).__name__`.
    fn py_type_name(&self) -> &'static str;
    /// Appends `repr(self)`.
    fn py_repr_into(&self, out: &mut String) -> Result<()>;
    /// Appends `str(self)`.
    fn py_str_into(&self, out: &mut String) -> Result<()> {
        self.py_repr_into(out)
    }
    /// `bool(self)`.
    fn py_truth(&self) -> Result<bool>;
    /// `self == other` between values of one static type.
    fn py_eq(&self, other: &Self) -> Result<bool>;
    /// `hash(self)`; `TypeError: unhashable type: …` for mutable containers.
    fn py_hash(&self) -> Result<i64>;
    /// `self < other` between values of one static type; `TypeError` where Python has no order.
    fn py_lt(&self, _other: &Self) -> Result<bool> {
        Err(Exc::type_error(format!(
            "'<' not supported between instances of '{0}' and '{0}'",
            self.py_type_name()
        )))
    }
    /// `self <= other`; differs from `not other < self` for sets and NaN.
    fn py_le(&self, _other: &Self) -> Result<bool> {
        Err(Exc::type_error(format!(
            "'<=' not supported between instances of '{0}' and '{0}'",
            self.py_type_name()
        )))
    }
    fn py_gt(&self, _other: &Self) -> Result<bool> {
        Err(Exc::type_error(format!(
            "'>' not supported between instances of '{0}' and '{0}'",
            self.py_type_name()
        )))
    }
    fn py_ge(&self, _other: &Self) -> Result<bool> {
        Err(Exc::type_error(format!(
            "'>=' not supported between instances of '{0}' and '{0}'",
            self.py_type_name()
        )))
    }
    /// `self is other`. Mutable handles compare addresses.
    fn py_is(&self, other: &Self) -> bool;
    /// The same value, dynamically typed. The compiler only boxes containers whose
    /// elements are already `Value`, so that a box aliases what it boxes.
    fn to_value(&self) -> Value;
    /// Checked downcast; `None` when the value is of another type.
    fn from_value(value: &Value) -> Option<Self>;

    /// Appends `format(self, spec)`.
    fn py_format_into(&self, spec: &str, out: &mut String) -> Result<()> {
        if spec.is_empty() {
            return self.py_str_into(out);
        }
        Err(Exc::type_error(format!(
            "unsupported format string passed to {}.__format__",
            self.py_type_name()
        )))
    }

    fn py_repr(&self) -> Result<Str> {
        let mut out = String::new();
        self.py_repr_into(&mut out)?;
        Ok(Str::from(out))
    }
    fn py_str(&self) -> Result<Str> {
        let mut out = String::new();
        self.py_str_into(&mut out)?;
        Ok(Str::from(out))
    }
    fn py_ne(&self, other: &Self) -> Result<bool> {
        Ok(!self.py_eq(other)?)
    }
}

/// What `for` can walk. The iterator holds its own handle, so the loop body may
/// mutate or drop what it walks, with CPython's effect.
pub trait Iterable {
    type Item: Py;
    fn py_iter(&self) -> impl Iterator<Item = Result<Self::Item>> + 'static;
}

/// Something that prints: any value, a literal piece of an f-string, or a conversion.
pub trait Show {
    fn show(&self, out: &mut String) -> Result<()>;
}

impl Show for crate::entry::Never {
    fn show(&self, _: &mut String) -> Result<()> {
        match *self {}
    }
}

impl<T: Py> Show for T {
    fn show(&self, out: &mut String) -> Result<()> {
        self.py_str_into(out)
    }
}

impl Show for &'static str {
    fn show(&self, out: &mut String) -> Result<()> {
        out.push_str(self);
        Ok(())
    }
}

/// `{x!r}`.
pub struct Repr<'a, T>(pub &'a T);

impl<T: Py> Show for Repr<'_, T> {
    fn show(&self, out: &mut String) -> Result<()> {
        self.0.py_repr_into(out)
    }
}

/// `{x:spec}`.
pub struct Format<'a, T>(pub &'a T, pub &'a str);

impl<T: Py> Show for Format<'_, T> {
    fn show(&self, out: &mut String) -> Result<()> {
        self.0.py_format_into(self.1, out)
    }
}

/// An f-string: `fstr(&[&"a = ", &a, &Repr(&b), &Format(&c, ".2f")])`.
pub fn fstr(parts: &[&dyn Show]) -> Result<Str> {
    let mut out = String::new();
    for part in parts {
        part.show(&mut out)?;
    }
    Ok(Str::from(out))
}
