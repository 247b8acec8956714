//! The macros that lay out a class of a program.

/// A class: its handle, the fields behind it, and what makes the handle a Python value.
/// `impl Instance` says what the class defines. An `exception` also holds
/// its `args`.
#[macro_export]
macro_rules! class {
    ($(#[$doc:meta])* pub struct $name:ident($fields:ident) {
        $($field:ident: $ty:ty,)*
    } $(plain {
        $($plain:ident: $plain_ty:ty,)*
    })?) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(pub std::rc::Rc<$fields>);
        /// The object itself: what handles share, or one variable owns.
        pub struct $fields {
            pub class: &'static $crate::Class,
            $(pub $field: $crate::Slot<$ty>,)*
            $($(pub $plain: $crate::Plain<$plain_ty>,)*)?
        }

        impl $fields {
            pub(crate) fn alloc(class: &'static $crate::Class) -> $fields {
                $fields {
                    class,
                    $($field: $crate::Slot::empty(),)*
                    $($($plain: $crate::Plain::default(),)*)?
                }
            }
        }

        impl From<$fields> for $name {
            fn from(own: $fields) -> $name {
                $name(std::rc::Rc::new(own))
            }
        }
        impl std::ops::Deref for $name {
            type Target = $fields;
            fn deref(&self) -> &$fields {
                &self.0
            }
        }

        impl $name {
            pub(crate) fn alloc(class: &'static $crate::Class) -> $name {
                let mut made = std::rc::Rc::new(std::mem::MaybeUninit::<$fields>::uninit());
                // SAFETY: nobody else has the handle yet; every field is written, where it
                // stays: a struct that is made elsewhere first would be copied.
                unsafe {
                    let at = std::rc::Rc::get_mut(&mut made).unwrap_unchecked().as_mut_ptr();
                    (&raw mut (*at).class).write(class);
                    $((&raw mut (*at).$field).write($crate::Slot::empty());)*
                    $($((&raw mut (*at).$plain).write($crate::Plain::default());)*)?
                    $name(made.assume_init())
                }
            }
        }

        impl $crate::instance::Identity for $name {
            fn class_of(&self) -> &'static $crate::Class {
                self.0.class
            }
            fn address(&self) -> usize {
                std::rc::Rc::as_ptr(&self.0) as *const () as usize
            }
        }

        $crate::instance!($name);
    };
    ($(#[$doc:meta])* pub exception $name:ident($fields:ident) {
        $($field:ident: $ty:ty,)*
    }) => {
        $crate::class! {
            $(#[$doc])*
            pub struct $name($fields) {
                args: $crate::Value,
                py_links: $crate::exc::SharedLinks,
                $($field: $ty,)*
            }
        }

        impl $name {
            pub fn set_args(&self, args: Vec<$crate::Value>) {
                self.0.args.set($crate::Value::tuple(args));
            }
            pub fn py_args(&self) -> $crate::Value {
                self.0.args.get().unwrap_or_else(|| $crate::Value::tuple(Vec::new()))
            }
            pub fn args_str(&self) -> $crate::Result<$crate::Str> {
                $crate::instance::exception_text(&self.py_args())
            }
            pub fn links(&self) -> $crate::exc::SharedLinks {
                $crate::fields::of(&self.0.py_links)
            }
            pub fn to_exc(&self) -> $crate::Exc {
                let args = $crate::instance::tuple_items(&self.py_args());
                let me = $crate::Py::to_value(self);
                $crate::Exc::from_object(self.0.class, args, me, self.links())
            }
        }
    };
}

/// Sets a field of an instance that remembers in which order its fields came.
#[macro_export]
macro_rules! set_noted {
    ($me:expr, $field:ident, $value:expr) => {
        $crate::set_noted!($me, $field, $value, stringify!($field))
    };
    ($me:expr, $field:ident, $value:expr, $name:expr) => {{
        let value = $value;
        let me = &$me;
        $crate::fields::of(&me.py_order).note($name);
        me.$field.set(value);
    }};
}

/// What an instance says that remembers in which order its fields came.
#[macro_export]
macro_rules! ordered {
    () => {
        fn order(&self) -> Option<$crate::fields::Order> {
            Some($crate::fields::of(&self.0.py_order))
        }
    };
}

/// What an instance says that takes any attribute but for those of its class.
#[macro_export]
macro_rules! open {
    ($($hidden:literal),* $(,)?) => {
        fn others(&self) -> Option<$crate::fields::Others> {
            Some($crate::fields::of(&self.0.py_others))
        }
        fn hides(&self, name: &str) -> bool {
            let hidden: &[&str] = &[$($hidden),*];
            hidden.contains(&name)
        }
    };
}

/// What an instance says that can be raised.
#[macro_export]
macro_rules! raised {
    () => {
        fn exception_args(&self) -> Option<$crate::Value> {
            Some(self.py_args())
        }
        fn exception_links(&self) -> Option<$crate::exc::SharedLinks> {
            Some(self.links())
        }
    };
}

/// `Instance::slot` for the fields with these Python names.
#[macro_export]
macro_rules! fields_by_name {
    ($($field:ident $name:literal),* $(,)?) => {
        fn slot(&self, name: &str) -> Option<&dyn $crate::fields::ByName> {
            match name {
                $($name => Some(&self.0.$field),)*
                _ => None,
            }
        }
    };
}
