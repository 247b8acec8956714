//! Exceptions as values: raising, matching, chaining.

mod attrs;
mod classes;
mod text;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::{Class, Py, Result, Str, Tuple, Value};

pub use classes::*;
pub use text::{base_repr, base_str, traceback_text};

/// A raised or raisable exception: a thin, shared pointer.
#[derive(Clone)]
pub struct Exc(pub(crate) Rc<ExcData>);

pub(crate) struct ExcData {
    pub class: &'static Class,
    pub args: RefCell<Vec<Value>>,
    /// The instance, for exceptions whose class the user wrote.
    pub object: Option<Value>,
    pub links: Links,
}

/// What an exception has beside its class and arguments.
#[derive(Default)]
pub(crate) struct LinkData {
    pub cause: RefCell<Option<Exc>>,
    pub context: RefCell<Option<Exc>>,
    pub suppress_context: Cell<bool>,
    /// What the frames held that it left: goes when the exception does.
    pub frames: RefCell<Vec<Box<dyn std::any::Any>>>,
    /// Attributes that are neither `args` nor links: `errno`, `__notes__`, what the user sets.
    pub attrs: RefCell<Vec<(Str, Value)>>,
}

/// The [`LinkData`] of an exception; an instance of a user's class shares it with each
/// `Exc` that it is raised as.
pub(crate) enum Links {
    Own(LinkData),
    Shared(SharedLinks),
}

/// See [`Links`].
#[derive(Clone, Default)]
pub struct SharedLinks(Rc<LinkData>);

impl std::ops::Deref for Links {
    type Target = LinkData;
    fn deref(&self) -> &LinkData {
        match self {
            Links::Own(links) => links,
            Links::Shared(links) => &links.0,
        }
    }
}

macro_rules! shorthand {
    ($($method:ident $konst:ident;)*) => {
        $(#[cold]
        pub fn $method(message: impl Into<String>) -> Exc {
            Exc::with_message(&$konst, message)
        })*
    };
}

impl Exc {
    /// Takes along what a function held that it leaves, as a traceback keeps the frame.
    #[cold]
    pub fn keep(&self, locals: impl std::any::Any) {
        self.0.links.frames.borrow_mut().push(Box::new(locals));
    }

    #[cold]
    pub fn new(class: &'static Class, args: Vec<Value>) -> Exc {
        Exc::build(class, args, None, Links::Own(LinkData::default()))
    }

    /// The exception that an instance of a user-written class is.
    #[cold]
    pub fn from_object(
        class: &'static Class,
        args: Vec<Value>,
        object: Value,
        links: SharedLinks,
    ) -> Exc {
        Exc::build(class, args, Some(object), Links::Shared(links))
    }

    #[cold]
    pub fn with_message(class: &'static Class, message: impl Into<String>) -> Exc {
        Exc::new(class, vec![Str::from(message.into()).to_value()])
    }

    fn build(class: &'static Class, args: Vec<Value>, object: Option<Value>, links: Links) -> Exc {
        Exc(Rc::new(ExcData {
            class,
            args: RefCell::new(args),
            object,
            links,
        }))
    }

    /// `except class`.
    pub fn matches(&self, class: &'static Class) -> bool {
        self.0.class.is_subclass(class)
    }

    /// What `except (A, B, …)` takes of a `try`; what it does not take goes on.
    #[inline]
    pub fn caught(tried: Result<()>, classes: &[&'static Class]) -> Result<Option<Exc>> {
        match tried {
            Ok(()) => Ok(None),
            Err(error) if error.matches_any(classes) => Ok(Some(error)),
            Err(error) => Err(error),
        }
    }

    /// `except (A, B, …)`.
    pub fn matches_any(&self, classes: &[&'static Class]) -> bool {
        classes.iter().any(|class| self.0.class.is_subclass(class))
    }

    /// `except expression`, where the classes are only known when it runs.
    pub fn matches_value(&self, classes: &Value) -> Result<bool> {
        match classes {
            Value::Class(class) if class.is_subclass(&BASE_EXCEPTION) => Ok(self.matches(class)),
            Value::Tuple(items) => {
                for item in items.iter() {
                    if !matches!(&item, Value::Class(c) if c.is_subclass(&BASE_EXCEPTION)) {
                        return Err(not_a_class());
                    }
                    if self.matches_value(&item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Err(not_a_class()),
        }
    }

    pub fn class(&self) -> &'static Class {
        self.0.class
    }

    /// `self.args`.
    pub fn args(&self) -> Tuple<Value> {
        Tuple::from(self.0.args.borrow().clone())
    }

    pub fn set_args(&self, args: Vec<Value>) {
        let old = self.0.args.replace(args);
        drop(old);
    }

    /// The instance, for exceptions whose class the user wrote.
    pub fn object(&self) -> Option<&Value> {
        self.0.object.as_ref()
    }

    /// The instance as its static type: `except UserError as e` binds this.
    pub fn downcast<T: Py>(&self) -> Option<T> {
        self.0.object.as_ref().and_then(T::from_value)
    }

    pub fn cause(&self) -> Option<Exc> {
        self.0.links.cause.borrow().clone()
    }

    pub fn context(&self) -> Option<Exc> {
        self.0.links.context.borrow().clone()
    }

    /// `self.__suppress_context__`.
    pub fn suppresses_context(&self) -> bool {
        self.0.links.suppress_context.get()
    }

    /// `raise self from cause`; `None` is `from None`.
    pub fn raise_from(self, cause: Option<Exc>) -> Exc {
        self.set_cause(cause);
        self
    }

    pub(crate) fn set_cause(&self, cause: Option<Exc>) {
        self.0.links.suppress_context.set(true);
        drop(self.0.links.cause.replace(cause));
    }

    /// What leaves an `except` or `finally` block while `handled` is being handled:
    /// the end of its context chain gets `handled`, and no chain becomes a ring.
    pub fn during(self, handled: &Exc) -> Exc {
        let mut last = self.clone();
        loop {
            if last.same(handled) {
                return self;
            }
            match last.context() {
                Some(next) => last = next,
                None => break,
            }
        }
        let mut link = handled.clone();
        while let Some(next) = link.context() {
            if next.same(&self) {
                drop(link.0.links.context.replace(None));
                break;
            }
            link = next;
        }
        drop(last.0.links.context.replace(Some(handled.clone())));
        self
    }

    /// The same exception object.
    pub fn same(&self, other: &Exc) -> bool {
        match (&self.0.object, &other.0.object) {
            (Some(a), Some(b)) => a.py_is(b),
            _ => Rc::ptr_eq(&self.0, &other.0),
        }
    }

    pub(crate) fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as *const () as usize
    }

    /// What `raise value` raises: the value, an instance of it when it is a class, or
    /// the error of having tried.
    #[cold]
    pub fn raise(value: &Value) -> Exc {
        match Exc::of(value) {
            Ok(Some(exc)) => exc,
            Ok(None) => Exc::type_error("exceptions must derive from BaseException"),
            Err(error) => error,
        }
    }

    /// What the cause of `raise … from value` is; `None` for `None`.
    #[cold]
    pub fn cause_of(value: &Value) -> Result<Option<Exc>> {
        if matches!(value, Value::None) {
            return Ok(None);
        }
        match Exc::of(value)? {
            Some(exc) => Ok(Some(exc)),
            None => Err(Exc::type_error(
                "exception causes must derive from BaseException",
            )),
        }
    }

    /// The exception that `value` is, or that calling it gives if it is a class.
    pub(crate) fn of(value: &Value) -> Result<Option<Exc>> {
        match value {
            Value::Class(class) if class.is_subclass(&BASE_EXCEPTION) => {
                let made = crate::dynamic::call(value, crate::Args::default())?;
                Ok(Exc::from_value(&made))
            }
            _ => Ok(Exc::from_value(value)),
        }
    }

    shorthand! {
        type_error TYPE_ERROR;
        value_error VALUE_ERROR;
        index_error INDEX_ERROR;
        zero_division ZERO_DIVISION_ERROR;
        overflow_error OVERFLOW_ERROR;
        attribute_error ATTRIBUTE_ERROR;
        name_error NAME_ERROR;
        unbound_local UNBOUND_LOCAL_ERROR;
        runtime_error RUNTIME_ERROR;
        recursion_error RECURSION_ERROR;
        memory_error MEMORY_ERROR;
        eof_error EOF_ERROR;
        assertion_error ASSERTION_ERROR;
        not_implemented NOT_IMPLEMENTED_ERROR;
    }

    /// `KeyError(key)`: the argument is the key itself, shown by its repr.
    #[cold]
    pub fn key_error(key: Value) -> Exc {
        Exc::new(&KEY_ERROR, vec![key])
    }

    #[cold]
    pub fn stop_iteration() -> Exc {
        Exc::new(&STOP_ITERATION, Vec::new())
    }

    /// The `OSError` of a failed system call.
    #[cold]
    pub fn os_error(error: &std::io::Error, filename: Option<&Str>) -> Exc {
        let errno = error.raw_os_error().unwrap_or(5);
        let shown = error.to_string();
        // Rust appends ` (os error N)` to the C library's text.
        let text = shown.split(" (os error").next().unwrap_or(&shown);
        let mut args = vec![Value::from(errno as i64), Value::from(text)];
        if let Some(name) = filename {
            args.push(Value::Str(name.clone()));
        }
        attrs::construct(&OS_ERROR, args)
    }

    /// `class(errno, text, …)`, of OSError or a class below it.
    pub fn of_os(class: &'static Class, args: Vec<Value>) -> Exc {
        attrs::construct(class, args)
    }

    /// An instance of a built-in exception class: `class(*args)`.
    pub fn construct(class: &'static Class, args: crate::Args) -> Result<Exc> {
        attrs::construct_checked(class, args)
    }
}

#[cold]
fn not_a_class() -> Exc {
    Exc::type_error("catching classes that do not inherit from BaseException is not allowed")
}

impl std::fmt::Debug for Exc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        let _ = base_repr(self.class(), self.args().as_slice(), &mut text);
        f.write_str(&text)
    }
}

impl Py for Exc {
    fn py_type_name(&self) -> &'static str {
        self.0.class.name
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        text::repr_into(self, out)
    }
    fn py_str_into(&self, out: &mut String) -> Result<()> {
        text::str_into(self, out)
    }
    fn py_truth(&self) -> Result<bool> {
        match &self.0.object {
            Some(object) => object.py_truth(),
            None => Ok(true),
        }
    }
    fn py_eq(&self, other: &Self) -> Result<bool> {
        match (&self.0.object, &other.0.object) {
            (Some(a), Some(b)) => a.py_eq(b),
            _ => Ok(self.py_is(other)),
        }
    }
    fn py_hash(&self) -> Result<i64> {
        match &self.0.object {
            Some(object) => object.py_hash(),
            None => Ok((self.address() >> 4) as i64),
        }
    }
    fn py_is(&self, other: &Self) -> bool {
        match (&self.0.object, &other.0.object) {
            (Some(a), Some(b)) => a.py_is(b),
            _ => self.same(other),
        }
    }
    fn to_value(&self) -> Value {
        match &self.0.object {
            Some(object) => object.clone(),
            None => Value::Exc(self.clone()),
        }
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Exc(exc) => Some(exc.clone()),
            Value::Obj(object) if object.class().is_subclass(&BASE_EXCEPTION) => {
                let args = crate::instance::tuple_items(&object.exception_args()?);
                let links = object.exception_links()?;
                Some(Exc::from_object(object.class(), args, value.clone(), links))
            }
            _ => None,
        }
    }
}

/// `Ok` needs no drop glue that matters: errors are one pointer wide.
const _: () = assert!(size_of::<Exc>() == 8);
