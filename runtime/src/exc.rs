//! Exceptions as values.

use std::cell::RefCell;
use std::rc::Rc;

use crate::{Class, Py, Str, Value};

/// A raised or raisable exception: a thin, shared pointer.
#[derive(Clone)]
pub struct Exc(pub(crate) Rc<ExcData>);

pub(crate) struct ExcData {
    pub class: &'static Class,
    pub args: RefCell<Vec<Value>>,
    /// The instance, for exceptions whose class the user wrote.
    pub object: Option<Value>,
    pub cause: RefCell<Option<Exc>>,
    pub context: RefCell<Option<Exc>>,
    pub suppress_context: std::cell::Cell<bool>,
}

macro_rules! classes {
    ($($konst:ident $name:ident ($($base:ident),*);)*) => {
        $(pub static $konst: Class = Class {
            name: stringify!($name), module: "builtins", mro: &[$(&$base),*],
        };)*
        /// Every built-in exception class, for lookups by name.
        pub static BUILTIN_EXCEPTIONS: &[&Class] = &[$(&$konst),*];
    };
}

classes! {
    BASE_EXCEPTION BaseException ();
    SYSTEM_EXIT SystemExit (BASE_EXCEPTION);
    KEYBOARD_INTERRUPT KeyboardInterrupt (BASE_EXCEPTION);
    GENERATOR_EXIT GeneratorExit (BASE_EXCEPTION);
    EXCEPTION Exception (BASE_EXCEPTION);
    STOP_ITERATION StopIteration (EXCEPTION, BASE_EXCEPTION);
    STOP_ASYNC_ITERATION StopAsyncIteration (EXCEPTION, BASE_EXCEPTION);
    ARITHMETIC_ERROR ArithmeticError (EXCEPTION, BASE_EXCEPTION);
    FLOATING_POINT_ERROR FloatingPointError (ARITHMETIC_ERROR, EXCEPTION, BASE_EXCEPTION);
    OVERFLOW_ERROR OverflowError (ARITHMETIC_ERROR, EXCEPTION, BASE_EXCEPTION);
    ZERO_DIVISION_ERROR ZeroDivisionError (ARITHMETIC_ERROR, EXCEPTION, BASE_EXCEPTION);
    ASSERTION_ERROR AssertionError (EXCEPTION, BASE_EXCEPTION);
    ATTRIBUTE_ERROR AttributeError (EXCEPTION, BASE_EXCEPTION);
    BUFFER_ERROR BufferError (EXCEPTION, BASE_EXCEPTION);
    EOF_ERROR EOFError (EXCEPTION, BASE_EXCEPTION);
    IMPORT_ERROR ImportError (EXCEPTION, BASE_EXCEPTION);
    MODULE_NOT_FOUND_ERROR ModuleNotFoundError (IMPORT_ERROR, EXCEPTION, BASE_EXCEPTION);
    LOOKUP_ERROR LookupError (EXCEPTION, BASE_EXCEPTION);
    INDEX_ERROR IndexError (LOOKUP_ERROR, EXCEPTION, BASE_EXCEPTION);
    KEY_ERROR KeyError (LOOKUP_ERROR, EXCEPTION, BASE_EXCEPTION);
    MEMORY_ERROR MemoryError (EXCEPTION, BASE_EXCEPTION);
    NAME_ERROR NameError (EXCEPTION, BASE_EXCEPTION);
    UNBOUND_LOCAL_ERROR UnboundLocalError (NAME_ERROR, EXCEPTION, BASE_EXCEPTION);
    OS_ERROR OSError (EXCEPTION, BASE_EXCEPTION);
    FILE_NOT_FOUND_ERROR FileNotFoundError (OS_ERROR, EXCEPTION, BASE_EXCEPTION);
    FILE_EXISTS_ERROR FileExistsError (OS_ERROR, EXCEPTION, BASE_EXCEPTION);
    PERMISSION_ERROR PermissionError (OS_ERROR, EXCEPTION, BASE_EXCEPTION);
    TIMEOUT_ERROR TimeoutError (OS_ERROR, EXCEPTION, BASE_EXCEPTION);
    CONNECTION_ERROR ConnectionError (OS_ERROR, EXCEPTION, BASE_EXCEPTION);
    REFERENCE_ERROR ReferenceError (EXCEPTION, BASE_EXCEPTION);
    RUNTIME_ERROR RuntimeError (EXCEPTION, BASE_EXCEPTION);
    NOT_IMPLEMENTED_ERROR NotImplementedError (RUNTIME_ERROR, EXCEPTION, BASE_EXCEPTION);
    RECURSION_ERROR RecursionError (RUNTIME_ERROR, EXCEPTION, BASE_EXCEPTION);
    SYNTAX_ERROR SyntaxError (EXCEPTION, BASE_EXCEPTION);
    SYSTEM_ERROR SystemError (EXCEPTION, BASE_EXCEPTION);
    TYPE_ERROR TypeError (EXCEPTION, BASE_EXCEPTION);
    VALUE_ERROR ValueError (EXCEPTION, BASE_EXCEPTION);
    UNICODE_ERROR UnicodeError (VALUE_ERROR, EXCEPTION, BASE_EXCEPTION);
    UNICODE_DECODE_ERROR UnicodeDecodeError (UNICODE_ERROR, VALUE_ERROR, EXCEPTION, BASE_EXCEPTION);
    UNICODE_ENCODE_ERROR UnicodeEncodeError (UNICODE_ERROR, VALUE_ERROR, EXCEPTION, BASE_EXCEPTION);
    WARNING Warning (EXCEPTION, BASE_EXCEPTION);
    DEPRECATION_WARNING DeprecationWarning (WARNING, EXCEPTION, BASE_EXCEPTION);
    RUNTIME_WARNING RuntimeWarning (WARNING, EXCEPTION, BASE_EXCEPTION);
    USER_WARNING UserWarning (WARNING, EXCEPTION, BASE_EXCEPTION);
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
    #[cold]
    pub fn new(class: &'static Class, args: Vec<Value>) -> Exc {
        Exc::build(class, args, None)
    }

    /// The exception that an instance of a user-written class is.
    #[cold]
    pub fn from_object(class: &'static Class, args: Vec<Value>, object: Value) -> Exc {
        Exc::build(class, args, Some(object))
    }

    #[cold]
    pub fn with_message(class: &'static Class, message: impl Into<String>) -> Exc {
        Exc::new(class, vec![Str::from(message.into()).to_value()])
    }

    fn build(class: &'static Class, args: Vec<Value>, object: Option<Value>) -> Exc {
        Exc(Rc::new(ExcData {
            class,
            args: RefCell::new(args),
            object,
            cause: RefCell::new(None),
            context: RefCell::new(None),
            suppress_context: std::cell::Cell::new(false),
        }))
    }

    /// `except class`.
    pub fn matches(&self, class: &'static Class) -> bool {
        self.0.class.is_subclass(class)
    }

    pub fn class(&self) -> &'static Class {
        self.0.class
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
}
