//! The subclasses of dict in `collections`: what they do differently.
//!
//! They share the type of a dict, so that whatever takes a dict takes them; which one
//! it is travels with the handle's object and never changes.

mod counter;

use std::any::Any;

use super::Dict;
use super::table::Table;
use crate::classes::DICT;
use crate::exc::TYPE_ERROR;
use crate::iter::same::{Order, cast, same};
use crate::{Class, Exc, Func, Int, Iter, List, Py, Result, Value, dynamic};

macro_rules! classes {
    ($($konst:ident $name:literal;)*) => {
        $(pub static $konst: Class = Class { name: $name, module: "collections", mro: &[&DICT] };)*
    };
}

classes! {
    DEFAULTDICT "collections.defaultdict";
    COUNTER "Counter";
    ORDERED_DICT "collections.OrderedDict";
}

pub(crate) enum Flavour<V: 'static> {
    Default(DefaultFactory<V>),
    Counter,
    Ordered,
}

/// `default_factory`: what makes missing values, and how it is shown.
pub(crate) struct DefaultFactory<V: 'static> {
    make: Option<Func<(), V>>,
    shown: Option<&'static str>,
}

impl<V> Clone for DefaultFactory<V> {
    fn clone(&self) -> Self {
        DefaultFactory {
            make: self.make.clone(),
            shown: self.shown,
        }
    }
}

impl<V> Clone for Flavour<V> {
    fn clone(&self) -> Self {
        match self {
            Flavour::Default(factory) => Flavour::Default(factory.clone()),
            Flavour::Counter => Flavour::Counter,
            Flavour::Ordered => Flavour::Ordered,
        }
    }
}

impl<V: Py> Flavour<V> {
    pub(super) fn class(&self) -> &'static Class {
        match self {
            Flavour::Default(_) => &DEFAULTDICT,
            Flavour::Counter => &COUNTER,
            Flavour::Ordered => &ORDERED_DICT,
        }
    }

    pub(super) fn boxed(&self) -> Flavour<Value> {
        match self {
            Flavour::Default(factory) => Flavour::Default(DefaultFactory {
                make: factory
                    .make
                    .clone()
                    .map(|make| Func::new(make.name, move |()| Ok(make.call(())?.to_value()))),
                shown: factory.shown,
            }),
            Flavour::Counter => Flavour::Counter,
            Flavour::Ordered => Flavour::Ordered,
        }
    }
}

impl Flavour<Value> {
    pub(super) fn unboxed<V: Py>(&self) -> Flavour<V> {
        match self {
            Flavour::Default(factory) => Flavour::Default(DefaultFactory {
                make: factory.make.clone().map(|make| {
                    Func::new(make.name, move |()| {
                        let value = make.call(())?;
                        V::from_value(&value).ok_or_else(|| crate::func::wrong_type(&value))
                    })
                }),
                shown: factory.shown,
            }),
            Flavour::Counter => Flavour::Counter,
            Flavour::Ordered => Flavour::Ordered,
        }
    }
}

/// `a op b` of counts. Counts are ints nearly always; else Python's own operators decide.
#[inline]
fn counted<V: Py>(
    a: &V,
    b: &V,
    ints: impl FnOnce(&Int, &Int) -> Int,
    values: impl FnOnce(&Value, &Value) -> Result<Value>,
) -> Result<V> {
    let (x, y): (&dyn Any, &dyn Any) = (a, b);
    if let (Some(x), Some(y)) = (x.downcast_ref::<Int>(), y.downcast_ref::<Int>()) {
        let mut out = Some(ints(x, y));
        if let Some(out) = (&mut out as &mut dyn Any).downcast_mut::<Option<V>>()
            && let Some(out) = out.take()
        {
            return Ok(out);
        }
    }
    let value = values(&a.to_value(), &b.to_value())?;
    V::from_value(&value).ok_or_else(|| crate::func::wrong_type(&value))
}

#[inline]
fn add<V: Py>(a: &V, b: &V) -> Result<V> {
    counted(a, b, |x, y| x + y, dynamic::add)
}

#[inline]
fn subtract<V: Py>(a: &V, b: &V) -> Result<V> {
    counted(a, b, |x, y| x - y, dynamic::sub)
}

/// The count that the int is, in the type of the counts.
#[inline]
fn count<V: Py>(n: i64) -> Result<V> {
    let mut out = Some(Int::from(n));
    if let Some(out) = (&mut out as &mut dyn Any).downcast_mut::<Option<V>>()
        && let Some(out) = out.take()
    {
        return Ok(out);
    }
    let value = Value::from(n);
    V::from_value(&value).ok_or_else(|| crate::func::wrong_type(&value))
}

/// Operators of two counters.
#[derive(Clone, Copy, PartialEq)]
enum Merge {
    Add,
    Subtract,
    Union,
    Intersect,
}

#[cold]
fn unsupported<K: Py, V: Py>(op: &str, a: &Dict<K, V>, b: &Dict<K, V>) -> Exc {
    Exc::type_error(format!(
        "unsupported operand type(s) for {op}: '{}' and '{}'",
        a.py_type_name(),
        b.py_type_name()
    ))
}

impl<K: Py, V: Py> Dict<K, V> {
    fn flavoured(flavour: Flavour<V>) -> Self {
        Dict::with_table(Table::new(), Some(Box::new(flavour)))
    }

    pub(crate) fn is_counter(&self) -> bool {
        matches!(self.flavour(), Some(Flavour::Counter))
    }

    pub(super) fn is_ordered(&self) -> bool {
        matches!(self.flavour(), Some(Flavour::Ordered))
    }

    /// `AttributeError` for a method that only another class has.
    fn only(&self, holds: bool, method: &str) -> Result<()> {
        if holds {
            return Ok(());
        }
        Err(Exc::attribute_error(format!(
            "'{}' object has no attribute '{method}'",
            self.py_type_name()
        )))
    }

    /// What `self[key]` gives when `key` is not there.
    #[inline(never)]
    pub(super) fn missing(&self, key: &K) -> Result<V> {
        match self.flavour() {
            Some(Flavour::Default(DefaultFactory {
                make: Some(make), ..
            })) => {
                let value = make.call(())?;
                self.setitem(key.clone(), value.clone())?;
                Ok(value)
            }
            Some(Flavour::Counter) => count(0),
            _ => Err(Exc::key_error(key.to_value())),
        }
    }

    // -- defaultdict

    /// `defaultdict(make)`; `shown` is the factory's repr where it is a class.
    pub fn defaulting(make: impl Fn() -> Result<V> + 'static) -> Self {
        Dict::defaulting_func(Func::new("<lambda>", move |()| make()))
    }

    /// `defaultdict(make)` for a function value.
    pub fn defaulting_func(make: Func<(), V>) -> Self {
        Dict::flavoured(Flavour::Default(DefaultFactory {
            make: Some(make),
            shown: None,
        }))
    }

    /// `defaultdict(None)`.
    pub fn defaulting_none() -> Self {
        Dict::flavoured(Flavour::Default(DefaultFactory {
            make: None,
            shown: None,
        }))
    }

    /// The same new defaultdict, whose factory is shown as `<class 'list'>` or its like.
    pub fn factory_shown(self, shown: &'static str) -> Self {
        match self.flavour() {
            Some(Flavour::Default(factory)) => {
                let make = factory.make.clone();
                let flavour = Flavour::Default(DefaultFactory {
                    make,
                    shown: Some(shown),
                });
                let table = self.edit(Table::take);
                Dict::with_table(table, Some(Box::new(flavour)))
            }
            _ => self,
        }
    }

    /// The new dict itself after `update`: the rest of a constructor's arguments.
    pub fn updated(self, other: &Dict<K, V>) -> Result<Self> {
        self.update(other)?;
        Ok(self)
    }

    /// As `updated`, with pairs.
    pub fn updated_pairs(self, items: impl Iterator<Item = Result<(K, V)>>) -> Result<Self> {
        self.update_pairs(items)?;
        Ok(self)
    }

    // -- OrderedDict

    /// `OrderedDict()`.
    pub fn ordered() -> Self {
        Dict::flavoured(Flavour::Ordered)
    }

    /// `self.move_to_end(key, last)`.
    pub fn move_to_end(&self, key: &K, last: bool) -> Result<()> {
        self.only(self.is_ordered(), "move_to_end")?;
        let hash = key.py_hash()?;
        let Some(at) = self.find(key, hash)? else {
            return Err(Exc::key_error(key.to_value()));
        };
        let Some(entry) = self.edit(|t| t.remove(at)) else {
            return Ok(());
        };
        if last {
            self.edit(|t| t.push(entry.hash, entry.key, entry.value));
            return Ok(());
        }
        let old = self.edit(Table::take);
        self.edit(|t| t.push(entry.hash, entry.key, entry.value));
        for entry in old.into_entries() {
            self.edit(|t| t.push(entry.hash, entry.key, entry.value));
        }
        Ok(())
    }

    /// `self.popitem(last)` of an OrderedDict.
    pub fn popitem_at(&self, last: bool) -> Result<(K, V)> {
        if !self.is_ordered() {
            return Err(Exc::type_error(format!(
                "{}.popitem() takes no arguments (1 given)",
                self.py_type_name()
            )));
        }
        if last {
            return self.popitem();
        }
        let Some((_, _, key, _)) = self.entry_from(0) else {
            return self.popitem();
        };
        let value = self.pop(&key)?;
        Ok((key, value))
    }
}
