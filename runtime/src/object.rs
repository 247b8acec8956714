//! Instances of classes that the user wrote, and arguments, seen dynamically.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;

use crate::{Class, Exc, Py, Result, Str, Value};

/// Arguments of a dynamic call.
#[derive(Default, Clone)]
pub struct Args {
    pub positional: Vec<Value>,
    pub keywords: Vec<(Str, Value)>,
}

impl Args {
    pub fn none() -> Args {
        Args::default()
    }

    pub fn of(positional: Vec<Value>) -> Args {
        Args {
            positional,
            keywords: Vec::new(),
        }
    }

    pub fn with(positional: Vec<Value>, keywords: Vec<(Str, Value)>) -> Args {
        Args {
            positional,
            keywords,
        }
    }

    /// `f(*items)`: appends what walking `items` gives.
    pub fn star(&mut self, items: &Value) -> Result<()> {
        if !crate::dynamic::is_iterable(items) {
            return Err(Exc::type_error(format!(
                "argument after * must be an iterable, not {}",
                items.py_type_name()
            )));
        }
        for item in crate::dynamic::iter(items)? {
            self.positional.push(item?);
        }
        Ok(())
    }

    /// `f(**mapping)`.
    pub fn double_star(&mut self, name: &str, mapping: &Value) -> Result<()> {
        let Value::Dict(dict) = mapping else {
            return Err(Exc::type_error(format!(
                "{name}() argument after ** must be a mapping, not {}",
                mapping.py_type_name()
            )));
        };
        for (key, value) in crate::dynamic::dict_pairs(dict)? {
            let Value::Str(key) = key else {
                return Err(Exc::type_error("keywords must be strings"));
            };
            if self
                .keywords
                .iter()
                .any(|(k, _)| k.as_str() == key.as_str())
            {
                return Err(Exc::type_error(format!(
                    "{name}() got multiple values for keyword argument '{}'",
                    key.as_str()
                )));
            }
            self.keywords.push((key, value));
        }
        Ok(())
    }

    /// Removes and returns a keyword argument.
    pub fn take_keyword(&mut self, name: &str) -> Option<Value> {
        let at = self
            .keywords
            .iter()
            .position(|(key, _)| key.as_str() == name)?;
        Some(self.keywords.remove(at).1)
    }
}

/// Implemented by the generated handle of each class hierarchy.
pub trait Object: 'static {
    fn class(&self) -> &'static Class;
    /// The address that `is` and `id` compare.
    fn identity(&self) -> usize;
    /// The handle itself, for checked downcasts.
    fn as_any(&self) -> &dyn Any;
    /// Attribute read: instance fields, properties, class attributes, bound methods.
    fn get_attr(&self, name: &str) -> Result<Option<Value>>;
    /// Attribute write; `false` when the class declares no such slot.
    fn set_attr(&self, name: &str, value: Value) -> Result<bool>;
    /// `del self.name`; `false` when there is no such attribute now.
    fn del_attr(&self, _name: &str) -> Result<bool> {
        Ok(false)
    }
    /// Calls a method or dunder by name; `None` when the class has none. A class that
    /// defines `__eq__` alone answers `__hash__` with [`unhashable`].
    fn call_method(&self, name: &str, args: Args) -> Option<Result<Value>>;
    /// A copy for `copy.copy`, or with a memo for `copy.deepcopy`; `None` where the class
    /// has not said how.
    fn copy_object(
        &self,
        _memo: Option<&mut crate::stdlib::copying::Memo>,
    ) -> Option<Result<Value>> {
        None
    }
    /// The names in `self.__dict__`, in order of assignment, for `vars`.
    fn field_names(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

/// What `hash` of an instance raises whose class has `__eq__` but no `__hash__`.
#[cold]
pub fn unhashable(class: &Class) -> Exc {
    Exc::type_error(format!("unhashable type: '{}'", class.name))
}

/// What a user's class can do as a value.
pub struct ClassOps {
    /// `class(*args, **keywords)`.
    pub construct: fn(Args) -> Result<Value>,
    /// Class attributes, static and class methods, methods as plain functions.
    pub get_attr: fn(&str) -> Result<Option<Value>>,
    /// `false` when the class declares no such attribute.
    pub set_attr: fn(&str, Value) -> Result<bool>,
}

thread_local! {
    static CLASSES: RefCell<HashMap<usize, &'static ClassOps>> = RefCell::default();
}

/// Makes a user's class usable as a dynamic value; called by generated modules.
pub fn register_class(class: &'static Class, ops: &'static ClassOps) {
    CLASSES.with_borrow_mut(|classes| classes.insert(class as *const Class as usize, ops));
}

pub(crate) fn class_ops(class: &'static Class) -> Option<&'static ClassOps> {
    CLASSES.with_borrow(|classes| classes.get(&(class as *const Class as usize)).copied())
}

/// The parameters of a Python function, for binding dynamic arguments.
pub struct Signature {
    /// The qualified name that messages show: `f`, `A.method`.
    pub name: &'static str,
    /// Positional parameters in order.
    pub params: &'static [&'static str],
    /// How many of them can only be given by position.
    pub positional_only: usize,
    /// How many of them have no default.
    pub required: usize,
    /// Keyword-only parameters and whether each has a default.
    pub keyword_only: &'static [(&'static str, bool)],
    /// `*args`.
    pub star: bool,
    /// `**kwargs`.
    pub double_star: bool,
}

/// Arguments in the order of a signature; `None` where a default applies.
pub struct Bound {
    pub values: Vec<Option<Value>>,
    pub keyword_only: Vec<Option<Value>>,
    pub star: Vec<Value>,
    pub double_star: Vec<(Str, Value)>,
}

impl Signature {
    /// Binds as CPython's `initialize_locals` does, with its messages in its order.
    pub fn bind(&self, args: Args) -> Result<Bound> {
        let given = args.positional.len();
        let count = self.params.len();
        let mut values: Vec<Option<Value>> = Vec::with_capacity(count);
        let mut star = Vec::new();
        for (i, value) in args.positional.into_iter().enumerate() {
            if i < count {
                values.push(Some(value))
            } else {
                star.push(value)
            }
        }
        values.resize_with(count, || None);
        let mut bound = Bound {
            values,
            keyword_only: self.keyword_only.iter().map(|_| None).collect(),
            star,
            double_star: Vec::new(),
        };
        self.bind_keywords(args.keywords, &mut bound)?;
        if !self.star && !bound.star.is_empty() {
            return Err(self.too_many(given, &bound));
        }
        let missing: Vec<&str> = (0..self.required)
            .filter(|i| bound.values[*i].is_none())
            .map(|i| self.params[i])
            .collect();
        if !missing.is_empty() {
            return Err(self.missing("positional", &missing));
        }
        let missing: Vec<&str> = self
            .keyword_only
            .iter()
            .zip(&bound.keyword_only)
            .filter(|((_, has_default), value)| !has_default && value.is_none())
            .map(|((name, _), _)| *name)
            .collect();
        if !missing.is_empty() {
            return Err(self.missing("keyword-only", &missing));
        }
        Ok(bound)
    }

    fn bind_keywords(&self, keywords: Vec<(Str, Value)>, bound: &mut Bound) -> Result<()> {
        for (key, value) in keywords {
            let name = key.as_str();
            let at = self
                .params
                .iter()
                .skip(self.positional_only)
                .position(|p| *p == name);
            let slot = match at {
                Some(at) => &mut bound.values[at + self.positional_only],
                None => match self.keyword_only.iter().position(|(p, _)| *p == name) {
                    Some(at) => &mut bound.keyword_only[at],
                    None if self.double_star => {
                        bound.double_star.push((key, value));
                        continue;
                    }
                    None if self.params[..self.positional_only].contains(&name) => {
                        return Err(Exc::type_error(format!(
                            "{}() got some positional-only arguments passed as keyword \
                             arguments: '{name}'",
                            self.name
                        )));
                    }
                    None => {
                        return Err(Exc::type_error(format!(
                            "{}() got an unexpected keyword argument '{name}'",
                            self.name
                        )));
                    }
                },
            };
            if slot.is_some() {
                return Err(Exc::type_error(format!(
                    "{}() got multiple values for argument '{name}'",
                    self.name
                )));
            }
            *slot = Some(value);
        }
        Ok(())
    }

    #[cold]
    fn too_many(&self, given: usize, bound: &Bound) -> Exc {
        let count = self.params.len();
        let takes = if self.required < count {
            format!("from {} to {count}", self.required)
        } else {
            count.to_string()
        };
        let plural = if count == 1 && self.required == count {
            ""
        } else {
            "s"
        };
        let keyword_only = bound.keyword_only.iter().filter(|v| v.is_some()).count();
        let given_text = if keyword_only > 0 {
            format!(
                "{given} positional argument{} (and {keyword_only} keyword-only argument{}) were",
                if given == 1 { "" } else { "s" },
                if keyword_only == 1 { "" } else { "s" },
            )
        } else {
            format!("{given} {}", if given == 1 { "was" } else { "were" })
        };
        Exc::type_error(format!(
            "{}() takes {takes} positional argument{plural} but {given_text} given",
            self.name
        ))
    }

    #[cold]
    fn missing(&self, kind: &str, names: &[&str]) -> Exc {
        let quoted: Vec<String> = names.iter().map(|n| format!("'{n}'")).collect();
        let list = match quoted.as_slice() {
            [one] => one.clone(),
            [a, b] => format!("{a} and {b}"),
            [init @ .., last] => format!("{}, and {last}", init.join(", ")),
            [] => String::new(),
        };
        Exc::type_error(format!(
            "{}() missing {} required {kind} argument{}: {list}",
            self.name,
            names.len(),
            if names.len() == 1 { "" } else { "s" },
        ))
    }
}
