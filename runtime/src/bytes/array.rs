//! What only a bytearray can do: change.

use super::{ByteArray, Bytes, BytesLike, byte_of, zeros};
use crate::string::{Times, adjust};
use crate::{Args, Exc, Int, Py, Result, Str, Value};

/// A place in `len` bytes, counting from the end if negative.
fn place(index: i64, len: usize) -> Option<usize> {
    let at = if index < 0 {
        index.checked_add(len as i64)?
    } else {
        index
    };
    usize::try_from(at).ok().filter(|&at| at < len)
}

#[cold]
fn no_bytes() -> Exc {
    Exc::type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
}

impl ByteArray {
    /// `bytearray(count)`.
    ///
    /// # Errors
    /// `ValueError` for a negative count.
    #[inline]
    pub fn zeros(count: &Int) -> Result<ByteArray> {
        zeros(count).map(ByteArray::from)
    }

    /// `bytearray(iterable of ints)`.
    ///
    /// # Errors
    /// `ValueError` for an item that is no byte.
    pub fn collect(items: impl Iterator<Item = Result<Int>>) -> Result<ByteArray> {
        let bytes: Result<Vec<u8>> = items.map(|item| byte_of(&item?, "byte")).collect();
        bytes.map(ByteArray::from)
    }

    /// `bytearray(x)` of anything.
    ///
    /// # Errors
    /// Those of `bytes(x)`.
    pub fn of_value(value: &Value) -> Result<ByteArray> {
        let made = crate::dynamic::call_builtin("bytearray", Args::of(vec![value.clone()]))?;
        Ok(ByteArray::from_value(&made).expect("a bytearray"))
    }

    /// `self.extend(x)` of anything.
    ///
    /// # Errors
    /// Those of the iteration; `ValueError` for an item that is no byte.
    pub fn extend_value(&self, items: &Value) -> Result<()> {
        if let Value::Bytes(bytes) = items {
            self.extend_bytes(bytes);
            return Ok(());
        }
        let args = Args::of(vec![items.clone()]);
        crate::dynamic::call_method(&self.to_value(), "extend", args).map(|_| ())
    }

    /// `bytearray(x)` of something that shows its bytes.
    #[inline]
    pub fn copy_of(bytes: &impl BytesLike) -> ByteArray {
        ByteArray::from(bytes.view().to_vec())
    }

    /// `bytearray(str, encoding, errors)`.
    ///
    /// # Errors
    /// `LookupError`, `UnicodeEncodeError`.
    #[inline]
    pub fn encoded(text: &Str, encoding: &Str, errors: &Str) -> Result<ByteArray> {
        text.encode_to_vec(encoding.as_str(), errors.as_str())
            .map(ByteArray::from)
    }

    /// `self[index] = value`.
    ///
    /// # Errors
    /// `ValueError` for a value that is no byte, `IndexError` outside.
    pub fn set(&self, index: i64, value: &Int) -> Result<()> {
        let byte = byte_of(value, "byte")?;
        let mut bytes = self.0.borrow_mut();
        let at = place(index, bytes.len())
            .ok_or_else(|| Exc::index_error("bytearray index out of range"))?;
        bytes[at] = byte;
        Ok(())
    }

    /// `del self[index]`.
    ///
    /// # Errors
    /// `IndexError` outside.
    pub fn delete(&self, index: i64) -> Result<()> {
        let mut bytes = self.0.borrow_mut();
        let at = place(index, bytes.len())
            .ok_or_else(|| Exc::index_error("bytearray index out of range"))?;
        bytes.remove(at);
        Ok(())
    }

    /// `self[start:stop:step] = items`.
    ///
    /// # Errors
    /// `ValueError` if an extended slice has another size.
    pub fn setslice(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
        items: &impl BytesLike,
    ) -> Result<()> {
        let new = items.view().to_vec();
        if new.is_empty() {
            return self.delslice(start, stop, step);
        }
        let mut bytes = self.0.borrow_mut();
        let (start, stop, step, count) = adjust(bytes.len(), start, stop, step)?;
        if step == 1 {
            let end = stop.max(start) as usize;
            bytes.splice(start as usize..end, new);
            return Ok(());
        }
        if new.len() != count {
            return Err(Exc::value_error(format!(
                "attempt to assign bytes of size {} to extended slice of size {count}",
                new.len()
            )));
        }
        for (k, byte) in new.into_iter().enumerate() {
            bytes[(start + k as i64 * step) as usize] = byte;
        }
        Ok(())
    }

    /// As `setslice`, with ints.
    ///
    /// # Errors
    /// Those of the iteration; `ValueError` for an item that is no byte.
    #[inline]
    pub fn setslice_from(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
        items: impl Iterator<Item = Result<Int>>,
    ) -> Result<()> {
        self.setslice(start, stop, step, &ByteArray::collect(items)?)
    }

    /// As `setslice`, with anything.
    ///
    /// # Errors
    /// Those of `bytearray(items)`; `TypeError` for text or a number.
    pub fn setslice_value(
        &self,
        start: Option<&Int>,
        stop: Option<&Int>,
        step: Option<&Int>,
        items: &Value,
    ) -> Result<()> {
        match items {
            Value::Bytes(bytes) => self.setslice(start, stop, step, bytes),
            Value::Str(_) | Value::Int(_) | Value::Bool(_) | Value::Float(_) => Err(no_bytes()),
            Value::Obj(_) if crate::dynamic::index_of(items)?.is_some() => Err(no_bytes()),
            _ => self.setslice(start, stop, step, &ByteArray::of_value(items)?),
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
        let mut bytes = self.0.borrow_mut();
        let (start, _, step, count) = adjust(bytes.len(), start, stop, step)?;
        let mut gone: Vec<usize> = (0..count as i64)
            .map(|k| (start + k * step) as usize)
            .collect();
        gone.sort_unstable();
        let mut gone = gone.into_iter().peekable();
        let mut at = 0;
        bytes.retain(|_| {
            at += 1;
            gone.next_if_eq(&(at - 1)).is_none()
        });
        Ok(())
    }

    /// # Errors
    /// `ValueError` for a value that is no byte.
    pub fn append(&self, value: &Int) -> Result<()> {
        let byte = byte_of(value, "byte")?;
        self.0.borrow_mut().push(byte);
        Ok(())
    }

    /// `self.extend(ints)`: all or nothing.
    ///
    /// # Errors
    /// Those of the iteration; `ValueError` for an item that is no byte.
    pub fn extend(&self, items: impl Iterator<Item = Result<Int>>) -> Result<()> {
        let more: Result<Vec<u8>> = items.map(|item| byte_of(&item?, "byte")).collect();
        self.0.borrow_mut().append(&mut more?);
        Ok(())
    }

    /// `self += bytes` and `self.extend(bytes)`.
    pub fn extend_bytes(&self, items: &impl BytesLike) {
        let mut more = items.view().to_vec();
        self.0.borrow_mut().append(&mut more);
    }

    /// # Errors
    /// `ValueError` for a value that is no byte.
    pub fn insert(&self, index: i64, value: &Int) -> Result<()> {
        let byte = byte_of(value, "byte")?;
        let mut bytes = self.0.borrow_mut();
        let len = bytes.len() as i64;
        let at = if index < 0 {
            index.saturating_add(len).max(0)
        } else {
            index.min(len)
        };
        bytes.insert(at as usize, byte);
        Ok(())
    }

    /// `self.pop(index)`.
    ///
    /// # Errors
    /// `IndexError` outside.
    pub fn pop(&self, index: i64) -> Result<i64> {
        let mut bytes = self.0.borrow_mut();
        if bytes.is_empty() {
            return Err(Exc::index_error("pop from empty bytearray"));
        }
        let at =
            place(index, bytes.len()).ok_or_else(|| Exc::index_error("pop index out of range"))?;
        Ok(i64::from(bytes.remove(at)))
    }

    /// # Errors
    /// `ValueError` if it is not there or no byte.
    pub fn remove(&self, value: &Int) -> Result<()> {
        let byte = byte_of(value, "byte")?;
        let mut bytes = self.0.borrow_mut();
        let at = bytes
            .iter()
            .position(|&b| b == byte)
            .ok_or_else(|| Exc::value_error("value not found in bytearray"))?;
        bytes.remove(at);
        Ok(())
    }

    pub fn reverse(&self) {
        self.0.borrow_mut().reverse();
    }

    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    #[inline]
    pub fn copy(&self) -> ByteArray {
        ByteArray::copy_of(self)
    }

    /// `self *= times`.
    ///
    /// # Errors
    /// As `self * times`.
    pub fn mul_assign(&self, times: impl Times) -> Result<()> {
        let repeated = self.mul(times)?.view().to_vec();
        *self.0.borrow_mut() = repeated;
        Ok(())
    }

    /// Puts `bytes` where as many lie, from `at` on.
    pub(crate) fn overwrite(&self, at: usize, bytes: &[u8]) {
        self.0.borrow_mut()[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// The content as immutable bytes.
    #[inline]
    pub fn freeze(&self) -> Bytes {
        Bytes::copy_of(self)
    }
}
