//! Instances of classes that the user wrote, and arguments, seen dynamically.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::func::DynFunc;
use crate::{Class, Dict, Exc, Py, Result, Str, Tuple, Value};

/// Arguments of a dynamic call.
#[derive(Default, Clone)]
pub struct Args {
    pub positional: Vec<Value>,
    pub keywords: Vec<(Str, Value)>,
}

impl Args {
    /// The arguments of parameters without defaults, all of which have a name for callers.
    pub fn bind<const N: usize>(
        &mut self,
        name: &'static str,
        params: &'static [&'static str; N],
    ) -> Result<[Value; N]> {
        let args = std::mem::take(self);
        let signature = Signature::new(name, params);
        Ok(in_order(signature.bind(args)?.values))
    }

    /// As `bind`; the first parameter is the receiver, whose place holds nothing of use.
    pub fn bind_method<const N: usize>(
        &mut self,
        name: &'static str,
        params: &'static [&'static str; N],
    ) -> Result<[Value; N]> {
        let args = std::mem::take(self);
        let signature = Signature::method(name, params);
        Ok(in_order(signature.bind_method(args)?.values))
    }

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
            self.keyword(name, key, value)?;
        }
        Ok(())
    }

    /// Keywords after `**mapping`.
    pub(crate) fn then(&mut self, late: Vec<(Str, Value)>) -> Result<()> {
        late.into_iter()
            .try_for_each(|(key, value)| self.keyword("function", key, value))
    }

    fn keyword(&mut self, name: &str, key: Str, value: Value) -> Result<()> {
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
    /// defines `__eq__` alone answers `__hash__` with [`unhashable`]. Who answers takes `args`.
    fn call_method(&self, name: &str, args: &mut Args) -> Option<Result<Value>>;
    /// The class that defines a reflected operator, where a subclass may have its own.
    fn definer(&self, _name: &str) -> Option<&'static Class> {
        None
    }
    /// `args` of an exception.
    fn exception_args(&self) -> Option<Value> {
        None
    }
    /// What an exception shares with each [`Exc`] that it is raised as.
    fn exception_links(&self) -> Option<crate::exc::SharedLinks> {
        None
    }
    /// A copy for `copy.copy`, or with a memo for `copy.deepcopy`; `None` where the class
    /// has not said how.
    fn copy_object(
        &self,
        _memo: Option<&mut crate::stdlib::copying::Memo>,
    ) -> Option<Result<Value>> {
        None
    }
    /// The names in `self.__dict__`, in order of assignment, for `vars`.
    fn field_names(&self) -> Vec<Str> {
        Vec::new()
    }
}

/// What `hash` of an instance raises whose class has `__eq__` but no `__hash__`.
#[cold]
pub fn unhashable(class: &Class) -> Exc {
    Exc::type_error(format!("unhashable type: '{}'", class.name))
}

/// What a user's class can do as a value.
pub(crate) struct ClassOps {
    /// A function: `class(*args, **keywords)`.
    pub construct: Value,
    /// Methods as functions; class attributes as functions that read them.
    members: Vec<(&'static str, Member)>,
}

/// Something that a class has by name.
pub enum Member {
    Function(Value),
    Variable(Box<dyn Fn() -> Result<Value>>),
}

impl ClassOps {
    pub fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        match self.members.iter().find(|(key, _)| *key == name) {
            Some((_, Member::Function(function))) => Ok(Some(function.clone())),
            Some((_, Member::Variable(read))) => read().map(Some),
            None => Ok(None),
        }
    }
}

thread_local! {
    static CLASSES: RefCell<HashMap<usize, Rc<ClassOps>>> = RefCell::default();
}

/// A user's class as a value: what it constructs with, and what it has by name.
pub fn class_value(
    class: &'static Class,
    construct: Value,
    members: Vec<(&'static str, Member)>,
) -> Value {
    let ops = Rc::new(ClassOps { construct, members });
    let old = CLASSES.with_borrow_mut(|all| all.insert(class as *const Class as usize, ops));
    drop(old);
    Value::Class(class)
}

/// A user's exception class that is no more than a name.
pub fn plain_exception_class(class: &'static Class) -> Value {
    let construct = DynFunc::new(class.name, move |args| {
        Exc::construct(class, args).map(Value::Exc)
    });
    class_value(class, Value::Func(construct), Vec::new())
}

/// A class method of `class`, as a value.
pub fn bound_to_class(function: Value, class: &'static Class) -> Value {
    Value::Func(DynFunc::new("method", move |mut args| {
        args.positional.insert(0, Value::Class(class));
        crate::dynamic::call(&function, args)
    }))
}

/// A method read from its class: the first argument is what it is called on.
pub fn unbound_method(class: &'static Class, name: &'static str) -> Value {
    Value::Func(DynFunc::new(name, move |mut args| {
        if args.positional.is_empty() || !args.positional[0].class().is_subclass(class) {
            crate::entry::refused(
                name,
                "PT206",
                class.name,
                "a method that is called on something else than an instance",
            )
        }
        let this = args.positional.remove(0);
        crate::dynamic::call_method(&this, name, args)
    }))
}

pub(crate) fn class_ops(class: &'static Class) -> Option<Rc<ClassOps>> {
    CLASSES.with_borrow(|classes| classes.get(&(class as *const Class as usize)).cloned())
}

/// What an enumeration answers with as a value: the names that the compiler gives to the list
/// of its members and to the lookup of one by name.
pub(crate) fn of_enum(class: &'static Class, name: &str) -> Result<Value> {
    let found = class_ops(class).map_or(Ok(None), |ops| ops.get_attr(name))?;
    Ok(found.unwrap_or_else(|| refuse_class(class, "an enumeration as a value")))
}

pub(crate) const MEMBERS: &str = "_portalis_members";
pub(crate) const MEMBER_BY_NAME: &str = "_portalis_of_name";

/// Stops the program: the class was not made to be used so when it runs.
#[cold]
pub(crate) fn refuse_class(class: &Class, what: &str) -> ! {
    let reason = "a class that only its instances lead to";
    crate::entry::refused(class.name, "PT206", what, reason)
}

/// What was bound to parameters that all have a value.
fn in_order<const N: usize>(values: Vec<Option<Value>>) -> [Value; N] {
    let mut given = values.into_iter().flatten();
    std::array::from_fn(|_| given.next().expect("bound"))
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

impl Bound {
    /// The argument of a parameter without a default.
    pub fn value(&mut self, at: usize) -> Value {
        self.values[at].take().expect("bound")
    }

    /// That of a keyword-only parameter without a default.
    pub fn keyword(&mut self, at: usize) -> Value {
        self.keyword_only[at].take().expect("bound")
    }

    /// What `*args` takes.
    pub fn star(&mut self) -> Tuple<Value> {
        Tuple::from(std::mem::take(&mut self.star))
    }

    /// What `**kwargs` takes.
    pub fn double_star(&mut self) -> Result<Dict<Value, Value>> {
        let given = std::mem::take(&mut self.double_star);
        Dict::from_items(
            given
                .into_iter()
                .map(|(name, value)| (Value::Str(name), value)),
        )
    }

    /// As `double_star`, where nothing but names are asked of its keys.
    pub fn double_star_by_str(&mut self) -> Result<Dict<Str, Value>> {
        Dict::from_items(std::mem::take(&mut self.double_star))
    }
}

/// What the constructor of a class without `__init__` says of arguments.
pub fn no_arguments(args: &Args, class: &str) -> Result<()> {
    if args.positional.is_empty() && args.keywords.is_empty() {
        return Ok(());
    }
    Err(Exc::type_error(format!("{class}() takes no arguments")))
}

impl Signature {
    /// Parameters without defaults that can be given by name.
    pub const fn new(name: &'static str, params: &'static [&'static str]) -> Signature {
        Signature {
            name,
            params,
            positional_only: 0,
            required: params.len(),
            keyword_only: &[],
            star: false,
            double_star: false,
        }
    }

    /// As `new`; the first parameter is the receiver, which has no name for callers.
    pub const fn method(name: &'static str, params: &'static [&'static str]) -> Signature {
        Signature::new(name, params).positional_only(1)
    }

    /// The first `count` can only be given by position.
    pub const fn positional_only(self, count: usize) -> Signature {
        Signature {
            positional_only: count,
            ..self
        }
    }

    /// The last `count` have defaults.
    pub const fn optional(self, count: usize) -> Signature {
        Signature {
            required: self.params.len() - count,
            ..self
        }
    }

    /// Keyword-only parameters and whether each has a default.
    pub const fn keyword_only(self, names: &'static [(&'static str, bool)]) -> Signature {
        Signature {
            keyword_only: names,
            ..self
        }
    }

    /// `*args`.
    pub const fn star(self) -> Signature {
        Signature { star: true, ..self }
    }

    /// `**kwargs`.
    pub const fn double_star(self) -> Signature {
        Signature {
            double_star: true,
            ..self
        }
    }

    /// Binds as CPython's `initialize_locals` does, with its messages in its order.
    pub fn bind(&self, args: Args) -> Result<Bound> {
        self.bind_onto(Vec::with_capacity(self.params.len()), args)
    }

    /// As `bind`, where the first parameter is filled by what the caller knows: its place
    /// in the result holds nothing of use.
    pub fn bind_method(&self, args: Args) -> Result<Bound> {
        let mut values = Vec::with_capacity(self.params.len().max(1));
        values.push(Some(Value::None));
        self.bind_onto(values, args)
    }

    /// `values`: the parameters that are filled already.
    fn bind_onto(&self, mut values: Vec<Option<Value>>, args: Args) -> Result<Bound> {
        let given = values.len() + args.positional.len();
        let count = self.params.len();
        let mut star = Vec::new();
        for value in args.positional {
            if values.len() < count {
                values.push(Some(value))
            } else {
                star.push(value)
            }
        }
        if given == count && args.keywords.is_empty() && self.keyword_only.is_empty() {
            return Ok(Bound {
                values,
                keyword_only: Vec::new(),
                star,
                double_star: Vec::new(),
            });
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
