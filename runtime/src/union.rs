//! Values of one of several unrelated classes: `union!` makes a Python value of the enum
//! that generated code declares for them.

/// An enum whose variants hold instances of different hierarchies. What the classes define
/// for each other, comparisons, is asked as CPython asks it: by the runtime.
#[macro_export]
macro_rules! union {
    ($(#[$doc:meta])* pub enum $name:ident { $($variant:ident($class:ty),)* }) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub enum $name {
            $($variant($class),)*
        }

        impl $name {
            pub fn py_class(&self) -> &'static $crate::Class {
                match self {
                    $(Self::$variant(it) => it.py_class(),)*
                }
            }
        }

        impl $crate::Py for $name {
            fn py_type_name(&self) -> &'static str {
                self.py_class().name
            }
            fn py_repr_into(&self, out: &mut String) -> $crate::Result<()> {
                match self {
                    $(Self::$variant(it) => it.py_repr_into(out),)*
                }
            }
            fn py_str_into(&self, out: &mut String) -> $crate::Result<()> {
                match self {
                    $(Self::$variant(it) => it.py_str_into(out),)*
                }
            }
            fn py_format_into(&self, spec: &str, out: &mut String) -> $crate::Result<()> {
                match self {
                    $(Self::$variant(it) => it.py_format_into(spec, out),)*
                }
            }
            fn py_truth(&self) -> $crate::Result<bool> {
                match self {
                    $(Self::$variant(it) => it.py_truth(),)*
                }
            }
            fn py_hash(&self) -> $crate::Result<i64> {
                match self {
                    $(Self::$variant(it) => it.py_hash(),)*
                }
            }
            fn py_is(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$variant(a), Self::$variant(b)) => a.py_is(b),)*
                    _ => false,
                }
            }
            $crate::union_compares! { py_eq py_ne py_lt py_le py_gt py_ge; $($variant)* }
            fn to_value(&self) -> $crate::Value {
                match self {
                    $(Self::$variant(it) => it.to_value(),)*
                }
            }
            fn from_value(value: &$crate::Value) -> Option<Self> {
                $(if let Some(it) = <$class as $crate::Py>::from_value(value) {
                    return Some(Self::$variant(it));
                })*
                None
            }
        }

        impl $crate::stdlib::copying::Copying for $name {
            fn shallow(&self) -> $crate::Result<Self> {
                Ok(match self {
                    $(Self::$variant(it) => Self::$variant($crate::stdlib::copying::Copying::shallow(it)?),)*
                })
            }
            fn deep(&self, memo: &mut $crate::stdlib::copying::Memo) -> $crate::Result<Self> {
                Ok(match self {
                    $(Self::$variant(it) => Self::$variant($crate::stdlib::copying::Copying::deep(it, memo)?),)*
                })
            }
        }
    };
}

/// Comparisons: of two instances of one hierarchy as that says, of others dynamically.
#[macro_export]
macro_rules! union_compares {
    ($first:ident $($rest:ident)*; $($variant:ident)*) => {
        fn $first(&self, other: &Self) -> $crate::Result<bool> {
            match (self, other) {
                $((Self::$variant(a), Self::$variant(b)) => a.$first(b),)*
                _ => self.to_value().$first(&other.to_value()),
            }
        }
        $crate::union_compares! { $($rest)*; $($variant)* }
    };
    (; $($variant:ident)*) => {};
}
