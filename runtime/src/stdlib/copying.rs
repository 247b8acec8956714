//! The copy module: deep copies that keep what is shared shared.

use std::collections::HashMap;

use crate::entry::unsupported;
use crate::{Deque, Dict, Exc, List, Py, Result, Set, Str, Tuple, Value};

/// What has been copied so far, by address: the copy, boxed as any value.
#[derive(Default)]
pub struct Memo(HashMap<usize, Box<dyn std::any::Any>>);

impl Memo {
    /// The copy made of the object at `address`.
    pub fn copied<T: Clone + 'static>(&self, address: usize) -> Option<T> {
        self.0.get(&address)?.downcast_ref::<T>().cloned()
    }

    pub fn keep<T: Clone + 'static>(&mut self, address: usize, copy: &T) {
        self.0.insert(address, Box::new(copy.clone()));
    }
}

/// Values that `copy.copy` and `copy.deepcopy` take. Immutable atoms are their own copies.
pub trait Copying: Py {
    fn shallow(&self) -> Result<Self> {
        Ok(self.clone())
    }
    fn deep(&self, _memo: &mut Memo) -> Result<Self> {
        Ok(self.clone())
    }
}

/// `copy.copy(x)`.
pub fn copy<T: Copying>(value: &T) -> Result<T> {
    value.shallow()
}

/// `copy.deepcopy(x)`.
pub fn deepcopy<T: Copying>(value: &T) -> Result<T> {
    value.deep(&mut Memo::default())
}

macro_rules! atoms {
    ($($t:ty),*) => { $(impl Copying for $t {})* };
}

atoms!(
    (),
    bool,
    i64,
    f64,
    crate::Int,
    crate::Num,
    Str,
    crate::bytes::Bytes,
    crate::Range,
    crate::EmptyTuple,
    crate::DynFunc,
    crate::Slice,
    crate::classes::ClassRef,
    super::random::Random,
    super::hashes::HashObject,
    super::regex::Match,
    Exc
);

impl<T: Py, S: Py> Copying for super::regex::Pattern<T, S> {}
impl<A: crate::func::Params, R: Py> Copying for crate::Func<A, R> {}

impl Copying for crate::bytes::ByteArray {
    fn shallow(&self) -> Result<Self> {
        Ok(crate::bytes::ByteArray::copy_of(self))
    }
    fn deep(&self, _memo: &mut Memo) -> Result<Self> {
        self.shallow()
    }
}

impl<T: Copying> Copying for Option<T> {
    fn shallow(&self) -> Result<Self> {
        self.as_ref().map(T::shallow).transpose()
    }
    fn deep(&self, memo: &mut Memo) -> Result<Self> {
        self.as_ref().map(|value| value.deep(memo)).transpose()
    }
}

impl<T: Copying> Copying for List<T> {
    fn shallow(&self) -> Result<Self> {
        Ok(self.copy())
    }
    fn deep(&self, memo: &mut Memo) -> Result<Self> {
        if let Some(copy) = memo.copied(self.address()) {
            return Ok(copy);
        }
        let copy = List::new();
        memo.keep(self.address(), &copy);
        for item in self.iter() {
            copy.append(item.deep(memo)?);
        }
        Ok(copy)
    }
}

impl<T: Copying> Copying for Deque<T> {
    fn shallow(&self) -> Result<Self> {
        Ok(self.copy())
    }
    fn deep(&self, memo: &mut Memo) -> Result<Self> {
        use crate::Iterable;
        let copy = self.copy();
        copy.clear();
        for item in self.py_iter() {
            copy.append(item?.deep(memo)?);
        }
        Ok(copy)
    }
}

impl<K: Copying, V: Copying> Copying for Dict<K, V> {
    fn shallow(&self) -> Result<Self> {
        Ok(self.copy())
    }
    fn deep(&self, memo: &mut Memo) -> Result<Self> {
        if let Some(copy) = memo.copied(self.address()) {
            return Ok(copy);
        }
        let copy = self.copy();
        copy.clear();
        memo.keep(self.address(), &copy);
        for item in self.items().iter() {
            let (key, value) = item?;
            copy.set_new(key.deep(memo)?, value.deep(memo)?)?;
        }
        Ok(copy)
    }
}

impl<T: Copying> Copying for Set<T> {
    fn shallow(&self) -> Result<Self> {
        self.copy()
    }
    fn deep(&self, memo: &mut Memo) -> Result<Self> {
        use crate::Iterable;
        if let Some(copy) = memo.copied(self.address()) {
            return Ok(copy);
        }
        let items = self
            .py_iter()
            .map(|item| item?.deep(memo))
            .collect::<Vec<_>>();
        let copy = Set::collect(items.into_iter())?;
        memo.keep(self.address(), &copy);
        Ok(copy)
    }
}

impl<T: Copying> Copying for crate::FrozenSet<T> {}

impl<T: Copying> Copying for Tuple<T> {
    fn deep(&self, memo: &mut Memo) -> Result<Self> {
        Tuple::collect(self.iter().map(|item| item.deep(memo)))
    }
}

macro_rules! uncopied {
    ($($t:ty, $($p:ident),*;)*) => {
        $(impl<$($p: Py),*> Copying for $t {
            fn shallow(&self) -> Result<Self> {
                Err(cannot_pickle(self.py_type_name()))
            }
            fn deep(&self, _memo: &mut Memo) -> Result<Self> {
                self.shallow()
            }
        })*
    };
}

uncopied! {
    crate::Iter<T>, T;
    crate::DictKeys<K, V>, K, V;
    crate::DictValues<K, V>, K, V;
    crate::DictItems<K, V>, K, V;
}

#[cold]
fn cannot_pickle(class: &str) -> Exc {
    Exc::type_error(format!("cannot pickle '{class}' object"))
}

/// What copying an instance does: `copied` allocates the copy, keeps it and fills it.
pub fn instance<T: Py>(
    this: &T,
    address: usize,
    memo: Option<&mut Memo>,
    copied: impl FnOnce(&T, Option<&mut Memo>) -> Option<Result<T>>,
) -> Result<T> {
    if let Some(copy) = memo.as_ref().and_then(|memo| memo.copied::<T>(address)) {
        return Ok(copy);
    }
    copied(this, memo).unwrap_or_else(|| Err(not_copied(this.py_type_name())))
}

/// A field of a copied instance.
pub fn field<T: Copying>(value: T, memo: &mut Option<&mut Memo>) -> Result<T> {
    match memo {
        Some(memo) => value.deep(memo),
        None => Ok(value),
    }
}

macro_rules! tuples {
    ($($($t:ident $i:tt),*;)*) => {
        $(impl<$($t: Copying),*> Copying for ($($t,)*) {
            fn deep(&self, memo: &mut Memo) -> Result<Self> {
                Ok(($(self.$i.deep(memo)?,)*))
            }
        })*
    };
}

tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}

#[cold]
fn not_copied(class: &str) -> Exc {
    unsupported(&format!("a copy of a '{class}' object"))
}

impl Copying for Value {
    fn shallow(&self) -> Result<Self> {
        Ok(match self {
            Value::List(v) => Value::List(v.shallow()?),
            Value::Dict(v) => Value::Dict(v.shallow()?),
            Value::Set(v) => Value::Set(v.shallow()?),
            Value::ByteArray(v) => Value::ByteArray(v.shallow()?),
            Value::Obj(object) => object
                .copy_object(None)
                .ok_or_else(|| not_copied(self.py_type_name()))??,
            Value::Iter(_) => return Err(cannot_pickle(self.py_type_name())),
            other => other.clone(),
        })
    }
    fn deep(&self, memo: &mut Memo) -> Result<Self> {
        Ok(match self {
            Value::List(v) => Value::List(v.deep(memo)?),
            Value::Dict(v) => Value::Dict(v.deep(memo)?),
            Value::Set(v) => Value::Set(v.deep(memo)?),
            Value::Tuple(v) => Value::Tuple(v.deep(memo)?),
            Value::ByteArray(v) => Value::ByteArray(v.shallow()?),
            Value::Obj(object) => object
                .copy_object(Some(memo))
                .ok_or_else(|| not_copied(self.py_type_name()))??,
            Value::Iter(_) => return Err(cannot_pickle(self.py_type_name())),
            other => other.clone(),
        })
    }
}
