//! Objects of library classes as Python values.

use crate::func::{DynFunc, FuncKind};
use crate::object::Args;
use crate::{Class, Exc, Py, Result, Value};

/// A library object: a handle whose class is built in. Generated code calls its typed
/// methods; a dynamic value asks by name.
pub trait Handle: Clone + 'static {
    /// The methods that Python's class has. One that `method` does not know stops the program.
    const METHODS: &'static [&'static str] = &[];

    fn class_of(&self) -> &'static Class;
    fn address(&self) -> usize;
    /// `repr(self)`.
    fn shown(&self) -> Result<String> {
        let class = self.class_of();
        Ok(format!(
            "<{}.{} object at {:#x}>",
            class.module,
            class.name,
            self.address()
        ))
    }
    /// `str(self)`.
    fn text(&self) -> Result<String> {
        self.shown()
    }
    fn truth(&self) -> bool {
        true
    }
    fn equal(&self, other: &Self) -> bool {
        self.address() == other.address()
    }
    fn hashed(&self) -> Result<i64> {
        Ok((self.address() >> 4) as i64)
    }
    /// The order of two values; `None` where the class has none.
    fn order(&self, _other: &Self) -> Option<std::cmp::Ordering> {
        None
    }
    /// `format(self, spec)`; `None`: as `object` does.
    fn formatted(&self, _spec: &str) -> Option<Result<String>> {
        None
    }
    /// An attribute by name.
    fn attribute(&self, _name: &str) -> Result<Option<Value>> {
        Ok(None)
    }
    /// A method or dunder by name.
    fn method(&self, _name: &str, _args: &Args) -> Option<Result<Value>> {
        None
    }
}

/// A method as a value.
pub fn bound<T: Handle + Py>(object: &T, name: &str) -> Option<Value> {
    let name: &'static str = T::METHODS.iter().find(|known| **known == name)?;
    let this = object.to_value();
    Some(Value::Func(DynFunc::build(
        name,
        FuncKind::Builtin,
        Some(this.clone()),
        move |args| crate::dynamic::call_method(&this, name, args),
    )))
}

/// Stops the program: Python's class has the method or attribute.
#[cold]
pub fn unknown<T: Handle>(object: &T, name: &str) -> ! {
    let what = format!("{}.{name}", object.class_of().name);
    crate::entry::refused(&what, "PT203", "run time", "not known by its name");
}

#[cold]
pub fn unordered<T: Handle>(op: &str, a: &T, b: &T) -> Exc {
    Exc::type_error(format!(
        "'{op}' not supported between instances of '{}' and '{}'",
        a.class_of().name,
        b.class_of().name
    ))
}

/// `impl Py` and `impl Object` for a type that is a `Handle`.
#[macro_export]
macro_rules! library_object {
    (impl [$($generics:tt)*] $name:ty) => {
        impl<$($generics)*> $crate::Py for $name {
            fn py_type_name(&self) -> &'static str {
                $crate::stdlib::handle::Handle::class_of(self).name
            }
            fn py_repr_into(&self, out: &mut String) -> $crate::Result<()> {
                out.push_str(&$crate::stdlib::handle::Handle::shown(self)?);
                Ok(())
            }
            fn py_str_into(&self, out: &mut String) -> $crate::Result<()> {
                out.push_str(&$crate::stdlib::handle::Handle::text(self)?);
                Ok(())
            }
            fn py_truth(&self) -> $crate::Result<bool> {
                Ok($crate::stdlib::handle::Handle::truth(self))
            }
            fn py_eq(&self, other: &Self) -> $crate::Result<bool> {
                Ok($crate::stdlib::handle::Handle::equal(self, other))
            }
            fn py_hash(&self) -> $crate::Result<i64> {
                $crate::stdlib::handle::Handle::hashed(self)
            }
            fn py_is(&self, other: &Self) -> bool {
                use $crate::stdlib::handle::Handle as _;
                self.address() == other.address()
            }
            $crate::library_object!(@order py_lt "<" is_lt);
            $crate::library_object!(@order py_le "<=" is_le);
            $crate::library_object!(@order py_gt ">" is_gt);
            $crate::library_object!(@order py_ge ">=" is_ge);
            fn to_value(&self) -> $crate::Value {
                $crate::Value::obj(self.clone())
            }
            fn from_value(value: &$crate::Value) -> Option<Self> {
                match value {
                    $crate::Value::Obj(object) => object.as_any().downcast_ref::<$name>().cloned(),
                    _ => None,
                }
            }
            fn py_format_into(&self, spec: &str, out: &mut String) -> $crate::Result<()> {
                use $crate::stdlib::handle::Handle as _;
                if let Some(text) = self.formatted(spec) {
                    out.push_str(&text?);
                    return Ok(());
                }
                if spec.is_empty() {
                    return self.py_str_into(out);
                }
                Err($crate::Exc::type_error(format!(
                    "unsupported format string passed to {}.__format__",
                    self.py_type_name()
                )))
            }
        }

        impl<$($generics)*> $crate::object::Object for $name {
            fn class(&self) -> &'static $crate::Class {
                $crate::stdlib::handle::Handle::class_of(self)
            }
            fn identity(&self) -> usize {
                $crate::stdlib::handle::Handle::address(self)
            }
            fn as_any(&self) -> &dyn std::any::Any {
                self
            }
            fn get_attr(&self, name: &str) -> $crate::Result<Option<$crate::Value>> {
                use $crate::stdlib::handle::{Handle as _, bound};
                Ok(self.attribute(name)?.or_else(|| bound(self, name)))
            }
            fn set_attr(&self, _name: &str, _value: $crate::Value) -> $crate::Result<bool> {
                Ok(false)
            }
            fn call_method(
                &self,
                name: &str,
                args: &mut $crate::object::Args,
            ) -> Option<$crate::Result<$crate::Value>> {
                use $crate::stdlib::handle::Handle as _;
                if let Some(found) = self.method(name, args) {
                    return Some(found);
                }
                if <Self as $crate::stdlib::handle::Handle>::METHODS.contains(&name) {
                    $crate::stdlib::handle::unknown(self, name);
                }
                let text = |text: $crate::Result<String>| {
                    Some(text.map(|text| $crate::Value::Str($crate::Str::from(text))))
                };
                match name {
                    "__repr__" => return text(self.shown()),
                    "__str__" => return text(self.text()),
                    "__bool__" => return Some(Ok($crate::Value::Bool(self.truth()))),
                    "__hash__" => return Some(self.hashed().map($crate::Value::from)),
                    "__format__" => {
                        let spec = <$crate::Str as $crate::Py>::from_value(args.positional.first()?)?;
                        return self.formatted(spec.as_str()).and_then(text);
                    }
                    _ => {}
                }
                let other = <$name as $crate::Py>::from_value(args.positional.first()?)?;
                let order = self.order(&other);
                Some(Ok($crate::Value::Bool(match name {
                    "__eq__" => self.equal(&other),
                    "__ne__" => !self.equal(&other),
                    "__lt__" => order?.is_lt(),
                    "__le__" => order?.is_le(),
                    "__gt__" => order?.is_gt(),
                    "__ge__" => order?.is_ge(),
                    _ => return None,
                })))
            }
        }
    };
    ($name:ident) => {
        $crate::library_object!(impl [] $name);
    };
    (@order $name:ident $op:literal $test:ident) => {
        fn $name(&self, other: &Self) -> $crate::Result<bool> {
            match $crate::stdlib::handle::Handle::order(self, other) {
                Some(order) => Ok(order.$test()),
                None => Err($crate::stdlib::handle::unordered($op, self, other)),
            }
        }
    };
}
