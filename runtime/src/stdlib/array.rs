//! `array.array`: a growable sequence of machine numbers of one kind.

mod item;
mod object;
mod protocol;

use crate::iter::same::cast;
use crate::list::{AnyList, ListIter, repeat};
use crate::slice::{bounds, place, window};
use crate::{Exc, Int, List, Py, Result, Str, Value};

pub use item::{Given, Item};
pub(crate) use object::{bytes_of, is_array};

/// The letter that says how an item is kept: `b'd'` for C's double.
pub type Code = u8;

/// `array.typecodes`.
pub const TYPECODES: &str = "bBuhHiIlLqQfd";

/// An array handle: clones alias. The code never changes.
#[derive(Clone)]
pub struct Array<T> {
    items: List<T>,
    code: Code,
}

#[cold]
fn other_kind() -> Exc {
    Exc::type_error("bad argument type for built-in operation")
}

#[cold]
fn assigned_outside() -> Exc {
    Exc::index_error("array assignment index out of range")
}

/// What `array(code)` raises for a code that there is not.
#[cold]
pub fn bad_typecode() -> Exc {
    Exc::value_error("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
}

impl<T: Item> Array<T> {
    fn of(code: Code, items: Vec<T>) -> Array<T> {
        Array {
            items: List::from(items),
            code,
        }
    }

    pub fn empty(code: Code) -> Array<T> {
        Array::of(code, Vec::new())
    }

    /// `array(code, items)`.
    ///
    /// # Errors
    /// Those of the iteration, and of an item that the code cannot hold.
    pub fn collect<G: Given<T>>(
        code: Code,
        items: impl Iterator<Item = Result<G>>,
    ) -> Result<Array<T>> {
        let made = Array::empty(code);
        made.extend(items)?;
        Ok(made)
    }

    /// `array(code, bytes)`.
    ///
    /// # Errors
    /// `ValueError` for half an item.
    pub fn of_bytes(code: Code, bytes: &impl crate::bytes::BytesLike) -> Result<Array<T>> {
        let made = Array::empty(code);
        made.frombytes(bytes)?;
        Ok(made)
    }

    /// `array(code, x)` of anything.
    ///
    /// # Errors
    /// `TypeError` for what gives no items; those of `collect` and `of_bytes`.
    pub fn of_value(code: Code, value: &Value) -> Result<Array<T>> {
        match value {
            Value::Str(_) if code != b'u' => Err(Exc::type_error(format!(
                "cannot use a str to initialize an array with typecode '{}'",
                code as char
            ))),
            Value::Obj(object) if code != b'u' && object.as_any().is::<Array<Str>>() => {
                Err(Exc::type_error(format!(
                    "cannot use a unicode array to initialize an array with typecode '{}'",
                    code as char
                )))
            }
            Value::Bytes(bytes) => Array::of_bytes(code, bytes),
            Value::ByteArray(bytes) => Array::of_bytes(code, bytes),
            _ => Array::collect(code, crate::dynamic::iter(value)?),
        }
    }

    #[inline]
    pub fn len(&self) -> i64 {
        self.items.len()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn typecode(&self) -> Str {
        Str::from((self.code as char).to_string())
    }

    pub fn itemsize(&self) -> i64 {
        item::size(self.code) as i64
    }

    /// `self[index]`.
    ///
    /// # Errors
    /// `IndexError` outside.
    #[inline]
    pub fn get(&self, index: i64) -> Result<T> {
        match self
            .items
            .with(|v| place(index, v.len()).map(|at| v[at].clone()))
        {
            Some(item) => Ok(item),
            None => Err(Exc::index_error("array index out of range")),
        }
    }

    /// `self[index] = value`.
    ///
    /// # Errors
    /// `IndexError` outside; what the code cannot hold.
    #[inline]
    pub fn set(&self, index: i64, value: impl Given<T>) -> Result<()> {
        let Some(at) = place(index, self.len() as usize) else {
            return Err(assigned_outside());
        };
        let item = value.given(self.code)?;
        self.items.edit(|v| v[at] = item);
        Ok(())
    }

    /// `del self[index]`.
    ///
    /// # Errors
    /// `IndexError` outside.
    pub fn delete(&self, index: i64) -> Result<()> {
        self.items.delete(index).map_err(|_| assigned_outside())
    }

    /// `self.append(value)`.
    ///
    /// # Errors
    /// What the code cannot hold.
    #[inline]
    pub fn append(&self, value: impl Given<T>) -> Result<()> {
        self.items.append(value.given(self.code)?);
        Ok(())
    }

    /// `self.extend(items)`. Items before an error stay.
    ///
    /// # Errors
    /// Those of the iteration; what the code cannot hold.
    pub fn extend<G: Given<T>>(&self, items: impl Iterator<Item = Result<G>>) -> Result<()> {
        for item in items {
            self.append(item?)?;
        }
        Ok(())
    }

    /// The items of `other` if it is of the same code.
    fn like<U: Item>(&self, other: &Array<U>) -> Option<Array<T>> {
        cast::<_, Array<T>>(other).filter(|other| other.code == self.code)
    }

    /// `self.extend(array)`.
    ///
    /// # Errors
    /// `TypeError` for another code.
    pub fn extend_array<U: Item>(&self, other: &Array<U>) -> Result<()> {
        let Some(other) = self.like(other) else {
            return Err(Exc::type_error("can only extend with array of same kind"));
        };
        self.items.extend_list(&other.items);
        Ok(())
    }

    /// `self += x` of what is no array.
    ///
    /// # Errors
    /// Always `TypeError`, unless it is an array after all.
    pub fn extend_value(&self, other: &Value) -> Result<()> {
        match object::array_of::<T>(other) {
            Some(other) => self.extend_array(&other),
            None if object::is_array(other) => {
                Err(Exc::type_error("can only extend with array of same kind"))
            }
            None => Err(Exc::type_error(format!(
                "can only extend array with array (not \"{}\")",
                other.py_type_name()
            ))),
        }
    }

    /// `self.fromlist(items)`: all or nothing.
    ///
    /// # Errors
    /// What the code cannot hold.
    pub fn fromlist<U: Py>(&self, items: &impl AnyList<U>) -> Result<()> {
        let items = items.own();
        let mut more = Vec::new();
        for item in items.iter() {
            more.push(T::admit(self.code, &item.to_value())?);
        }
        self.items.edit(|v| v.append(&mut more));
        Ok(())
    }

    /// As `fromlist`.
    ///
    /// # Errors
    /// `TypeError` for anything but a list.
    pub fn fromlist_value(&self, items: &Value) -> Result<()> {
        match items {
            Value::List(items) => self.fromlist(items),
            _ => Err(Exc::type_error("arg must be list")),
        }
    }

    /// `self.insert(index, value)`.
    ///
    /// # Errors
    /// What the code cannot hold.
    pub fn insert(&self, index: i64, value: impl Given<T>) -> Result<()> {
        self.items.insert(index, value.given(self.code)?);
        Ok(())
    }

    /// `self.pop(index)`.
    ///
    /// # Errors
    /// `IndexError` outside.
    pub fn pop(&self, index: i64) -> Result<T> {
        if self.is_empty() {
            return Err(Exc::index_error("pop from empty array"));
        }
        self.items.pop_at(index)
    }

    /// The first position in `start..stop` whose item equals `x`.
    fn position(&self, x: &Value, start: usize, stop: usize) -> Result<Option<usize>> {
        let mut at = start;
        while at < stop {
            let Some(item) = self.items.at(at) else { break };
            if item.to_value().py_eq(x)? {
                return Ok(Some(at));
            }
            at += 1;
        }
        Ok(None)
    }

    /// `x in self`.
    ///
    /// # Errors
    /// Those of `==`.
    pub fn contains(&self, x: &Value) -> Result<bool> {
        Ok(self.position(x, 0, usize::MAX)?.is_some())
    }

    /// `self.index(x, start, stop)`.
    ///
    /// # Errors
    /// `ValueError` if it is not there.
    pub fn index(&self, x: &Value, start: i64, stop: i64) -> Result<i64> {
        let (start, stop) = window(self.len() as usize, start, stop);
        match self.position(x, start, stop)? {
            Some(at) => Ok(at as i64),
            None => Err(Exc::value_error("array.index(x): x not in array")),
        }
    }

    /// `self.count(x)`.
    ///
    /// # Errors
    /// Those of `==`.
    pub fn count(&self, x: &Value) -> Result<i64> {
        let mut found = 0;
        let mut at = 0;
        while let Some(item) = self.items.at(at) {
            found += i64::from(item.to_value().py_eq(x)?);
            at += 1;
        }
        Ok(found)
    }

    /// `self.remove(x)`.
    ///
    /// # Errors
    /// `ValueError` if it is not there.
    pub fn remove(&self, x: &Value) -> Result<()> {
        match self.position(x, 0, usize::MAX)? {
            Some(at) => self.items.delete(at as i64),
            None => Err(Exc::value_error("array.remove(x): x not in array")),
        }
    }

    pub fn reverse(&self) {
        self.items.reverse();
    }

    pub fn copy(&self) -> Array<T> {
        Array::of(self.code, self.items.to_vec())
    }

    /// `self + other`.
    ///
    /// # Errors
    /// `TypeError` for another code.
    pub fn add<U: Item>(&self, other: &Array<U>) -> Result<Array<T>> {
        let other = self.like(other).ok_or_else(other_kind)?;
        Ok(Array {
            items: self.items.add(&other.items),
            code: self.code,
        })
    }

    /// `self * count`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn mul(&self, count: i64) -> Result<Array<T>> {
        let items = self.items.with(|v| repeat(v, count))?;
        Ok(Array::of(self.code, items))
    }

    /// `self *= count`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn mul_assign(&self, count: i64) -> Result<()> {
        self.items.mul_assign(count)
    }

    /// `self[start:stop:step]`.
    ///
    /// # Errors
    /// `ValueError` for a step of zero.
    pub fn getslice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
    ) -> Result<Array<T>> {
        let items = self.items.getslice(start, stop, step)?;
        Ok(Array {
            items,
            code: self.code,
        })
    }

    /// `self[start:stop:step] = other`.
    ///
    /// # Errors
    /// `TypeError` for another code; `ValueError` for another size of an extended slice.
    pub fn setslice<U: Item>(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
        other: &Array<U>,
    ) -> Result<()> {
        let other = self.like(other).ok_or_else(other_kind)?;
        let b = bounds(self.len() as usize, start, stop, step)?;
        if b.step != 1 && other.len() as usize != b.count {
            return Err(Exc::value_error(format!(
                "attempt to assign array of size {} to extended slice of size {}",
                other.len(),
                b.count
            )));
        }
        let items = other.items.to_vec().into_iter().map(Ok);
        self.items.setslice(start, stop, step, items)
    }

    /// `self[start:stop:step] = x` of what is no array.
    ///
    /// # Errors
    /// `TypeError`, unless it is an array after all.
    pub fn setslice_value(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
        other: &Value,
    ) -> Result<()> {
        match object::array_of::<T>(other) {
            Some(other) => self.setslice(start, stop, step, &other),
            None if object::is_array(other) => Err(other_kind()),
            None => Err(Exc::type_error(format!(
                "can only assign array (not \"{}\") to array slice",
                other.py_type_name()
            ))),
        }
    }

    /// `del self[start:stop:step]`.
    ///
    /// # Errors
    /// `ValueError` for a step of zero.
    pub fn delslice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
    ) -> Result<()> {
        self.items.delslice(start, stop, step)
    }

    /// `self.tolist()`, each item as it is kept.
    pub fn to_list(&self) -> List<T> {
        self.items.copy()
    }

    /// The items as the machine keeps them, least byte first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.len() as usize * item::size(self.code));
        self.items
            .with(|v| v.iter().for_each(|item| item.pack(self.code, &mut out)));
        out
    }

    fn take_bytes(&self, bytes: &[u8]) -> Result<()> {
        let size = item::size(self.code);
        if bytes.len() % size != 0 {
            return Err(Exc::value_error("bytes length not a multiple of item size"));
        }
        let more: Result<Vec<T>> = bytes
            .chunks_exact(size)
            .map(|chunk| T::unpack(self.code, chunk))
            .collect();
        let mut more = more?;
        self.items.edit(|v| v.append(&mut more));
        Ok(())
    }

    /// `self.frombytes(bytes)`.
    ///
    /// # Errors
    /// `ValueError` for half an item.
    pub fn frombytes(&self, bytes: &impl crate::bytes::BytesLike) -> Result<()> {
        let copied = bytes.view().to_vec();
        self.take_bytes(&copied)
    }

    /// `self.byteswap()`.
    ///
    /// # Errors
    /// None, but for characters, which may be no characters then.
    pub fn byteswap(&self) -> Result<()> {
        let mut bytes = self.to_bytes();
        bytes
            .chunks_exact_mut(item::size(self.code))
            .for_each(<[u8]>::reverse);
        let swapped: Result<Vec<T>> = bytes
            .chunks_exact(item::size(self.code))
            .map(|chunk| T::unpack(self.code, chunk))
            .collect();
        self.items.replace(swapped?);
        Ok(())
    }

    /// What only an array of characters can do.
    ///
    /// # Errors
    /// Always `ValueError`.
    pub fn no_characters<R>(&self, name: &str, _text: Option<&Str>) -> Result<R> {
        Err(Exc::value_error(format!(
            "{name}() may only be called on unicode type arrays"
        )))
    }

    pub(crate) fn walk(&self) -> ListIter<T> {
        self.items.iter()
    }

    pub(crate) fn walk_back(&self) -> impl Iterator<Item = T> + use<T> {
        self.items.reversed()
    }
}

impl Array<i64> {
    /// `self.tolist()`.
    pub fn tolist(&self) -> List<Int> {
        List::from(
            self.items
                .with(|v| v.iter().map(|&x| Int::from(x)).collect::<Vec<_>>()),
        )
    }
}

impl Array<Str> {
    /// `self.tounicode()`.
    pub fn tounicode(&self) -> Str {
        Str::from(
            self.items
                .with(|v| v.iter().map(Str::as_str).collect::<String>()),
        )
    }

    /// `self.fromunicode(text)`.
    pub fn fromunicode(&self, text: &Str) {
        for c in text.as_str().chars() {
            self.items.append(Str::from(c.to_string()));
        }
    }
}
