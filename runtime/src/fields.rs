//! What instances keep beside their fields, where a program asks for attributes by name.

use std::cell::RefCell;
use std::rc::Rc;

use crate::glue::cast;
use crate::stdlib::copying::{self, Memo};
use crate::{Class, Py, Result, Slot, Str, Value};

/// A field of any type, asked for by name.
pub trait ByName {
    /// `None` while unassigned.
    fn value(&self) -> Option<Value>;
    fn assign(&self, value: &Value) -> Result<()>;
    /// Whether it was assigned.
    fn clear(&self) -> bool;
}

impl<T: Py> ByName for Slot<T> {
    fn value(&self) -> Option<Value> {
        self.get().map(|value| value.to_value())
    }
    fn assign(&self, value: &Value) -> Result<()> {
        self.set(cast(value)?);
        Ok(())
    }
    fn clear(&self) -> bool {
        self.take().is_some()
    }
}

/// Names of one kind that instances of some classes of a hierarchy answer to.
pub struct Named {
    kind: &'static str,
    /// Classes, or all that derive from `top`.
    classes: &'static [&'static Class],
    top: Option<&'static Class>,
    names: &'static [&'static str],
}

impl Named {
    pub const fn new(
        kind: &'static str,
        classes: &'static [&'static Class],
        names: &'static [&'static str],
    ) -> Named {
        Named {
            kind,
            classes,
            top: None,
            names,
        }
    }

    /// Of a class and all that derive from it.
    pub const fn below(
        kind: &'static str,
        top: &'static Class,
        names: &'static [&'static str],
    ) -> Named {
        Named {
            kind,
            classes: &[],
            top: Some(top),
            names,
        }
    }

    pub(crate) fn find(
        &self,
        class: &'static Class,
        name: &str,
        kind: &str,
    ) -> Option<&'static str> {
        if self.kind != kind {
            return None;
        }
        let found = self.names.iter().copied().find(|n| *n == name)?;
        let meant = match self.top {
            Some(top) => class.is_subclass(top),
            None => class.is_any(self.classes),
        };
        meant.then_some(found)
    }
}

/// What a slot holds that starts with the default.
pub fn of<T: Clone + Default>(slot: &Slot<T>) -> T {
    slot.get().unwrap_or_else(|| {
        let made = T::default();
        slot.set(made.clone());
        made
    })
}

/// The names of an instance's attributes in the order in which they were first set.
#[derive(Clone, Default)]
pub struct Order(Rc<RefCell<Vec<Str>>>);

impl Order {
    pub fn note(&self, name: &str) {
        let mut names = self.0.borrow_mut();
        if !names.iter().any(|n| n.as_str() == name) {
            names.push(Str::from(name));
        }
    }

    pub fn forget(&self, name: &str) {
        self.0.borrow_mut().retain(|n| n.as_str() != name);
    }

    pub fn names(&self) -> Vec<Str> {
        self.0.borrow().clone()
    }

    pub fn copied(&self) -> Order {
        Order(Rc::new(RefCell::new(self.names())))
    }
}

/// Attributes that no code of the program names.
#[derive(Clone, Default)]
pub struct Others(Rc<RefCell<Vec<(Str, Value)>>>);

impl Others {
    pub fn get(&self, name: &str) -> Option<Value> {
        let all = self.0.borrow();
        all.iter()
            .find(|(n, _)| n.as_str() == name)
            .map(|(_, v)| v.clone())
    }

    pub fn set(&self, name: &str, value: Value) {
        let mut all = self.0.borrow_mut();
        let old = match all.iter_mut().find(|(n, _)| n.as_str() == name) {
            Some((_, slot)) => Some(std::mem::replace(slot, value)),
            None => {
                all.push((Str::from(name), value));
                None
            }
        };
        // What is dropped may look at this instance.
        drop(all);
        drop(old);
    }

    pub fn delete(&self, name: &str) -> bool {
        let mut all = self.0.borrow_mut();
        let at = all.iter().position(|(n, _)| n.as_str() == name);
        let old = at.map(|at| all.remove(at));
        drop(all);
        old.is_some()
    }

    /// Those of `other`, or with a memo copies of them.
    pub fn copy(&self, other: &Others, memo: &mut Option<&mut Memo>) -> Result<()> {
        let all = other.0.borrow().clone();
        for (name, value) in all {
            self.set(name.as_str(), copying::field(value, memo)?);
        }
        Ok(())
    }
}

/// `setattr(obj, name, value)` where the class has a method of that name.
pub fn hides_method(name: &str) -> ! {
    crate::entry::refused(
        name,
        "PT206",
        "run time",
        "an attribute set by a computed name hides a method",
    )
}
