//! Instances of classes that the user wrote, seen dynamically.

use std::any::Any;

use crate::{Class, Result, Str, Value};

/// Arguments of a dynamic call.
#[derive(Default)]
pub struct Args {
    pub positional: Vec<Value>,
    pub keywords: Vec<(Str, Value)>,
}

impl Args {
    pub fn of(positional: Vec<Value>) -> Args {
        Args { positional, keywords: Vec::new() }
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
    /// Calls a method or dunder by name; `None` when the class has none.
    fn call_method(&self, name: &str, args: Args) -> Option<Result<Value>>;
}
