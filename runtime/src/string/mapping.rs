//! `str.maketrans` and `str.translate`.

use super::{Str, UNCOUNTED, slices::saturate};
use crate::entry::unsupported;
use crate::{Dict, Exc, Int, Py, Result, Value};

/// What a translation table may hold for a character.
pub trait TranslateTarget: Py {
    /// Appends the replacement.
    ///
    /// # Errors
    /// `TypeError` and `ValueError` for what replaces no character.
    fn push_to(&self, out: &mut String) -> Result<()>;
}

impl TranslateTarget for Str {
    fn push_to(&self, out: &mut String) -> Result<()> {
        out.push_str(self.as_str());
        Ok(())
    }
}

impl TranslateTarget for i64 {
    fn push_to(&self, out: &mut String) -> Result<()> {
        if (0xd800..0xe000).contains(self) {
            unsupported("a lone surrogate");
        }
        let c = u32::try_from(*self).ok().and_then(char::from_u32);
        out.push(
            c.ok_or_else(|| Exc::value_error("character mapping must be in range(0x110000)"))?,
        );
        Ok(())
    }
}

impl TranslateTarget for Int {
    fn push_to(&self, out: &mut String) -> Result<()> {
        saturate(self).push_to(out)
    }
}

impl TranslateTarget for () {
    fn push_to(&self, _out: &mut String) -> Result<()> {
        Ok(())
    }
}

impl<T: TranslateTarget> TranslateTarget for Option<T> {
    fn push_to(&self, out: &mut String) -> Result<()> {
        self.as_ref().map_or(Ok(()), |target| target.push_to(out))
    }
}

impl TranslateTarget for Value {
    fn push_to(&self, out: &mut String) -> Result<()> {
        match self {
            Value::None => Ok(()),
            Value::Str(text) => text.push_to(out),
            Value::Int(code) => code.push_to(out),
            Value::Bool(code) => i64::from(*code).push_to(out),
            _ => Err(Exc::type_error(
                "character mapping must return integer, None or str",
            )),
        }
    }
}

/// A code point as a key of a translation table.
pub trait TranslateKey: Py {
    fn of(code: i64) -> Self;
}

impl TranslateKey for Int {
    fn of(code: i64) -> Int {
        Int::from(code)
    }
}

impl TranslateKey for Value {
    fn of(code: i64) -> Value {
        Value::Int(Int::from(code))
    }
}

impl Str {
    /// `self.translate(table)`.
    ///
    /// # Errors
    /// Those of the targets.
    pub fn translate<K: TranslateKey, V: TranslateTarget>(
        &self,
        table: &Dict<K, V>,
    ) -> Result<Str> {
        // Each ASCII character is looked up once.
        let mut known: [Option<Option<V>>; 128] = [const { None }; 128];
        let mut out = String::with_capacity(self.as_bytes().len());
        for c in self.as_str().chars() {
            let look_up = || table.get(&K::of(c as i64));
            let found = match known.get_mut(c as usize) {
                Some(Some(seen)) => seen.clone(),
                Some(slot) => slot.insert(look_up()?).clone(),
                None => look_up()?,
            };
            match found {
                Some(target) => target.push_to(&mut out)?,
                None => out.push(c),
            }
        }
        Ok(Str::from_string(out, UNCOUNTED))
    }
}

fn check_lengths(from: &Str, to: &Str) -> Result<()> {
    if from.char_count() == to.char_count() {
        return Ok(());
    }
    Err(Exc::value_error(
        "the first two maketrans arguments must have equal length",
    ))
}

/// `str.maketrans(from, to)`.
///
/// # Errors
/// `ValueError` if the lengths differ.
pub fn maketrans_pairs(from: &Str, to: &Str) -> Result<Dict<Int, Int>> {
    check_lengths(from, to)?;
    let table = Dict::new();
    for (a, b) in from.as_str().chars().zip(to.as_str().chars()) {
        table.setitem(Int::from(a as i64), Int::from(b as i64))?;
    }
    Ok(table)
}

/// `str.maketrans(from, to, gone)`.
///
/// # Errors
/// `ValueError` if the lengths differ.
pub fn maketrans_dropping(from: &Str, to: &Str, gone: &Str) -> Result<Dict<Int, Option<Int>>> {
    check_lengths(from, to)?;
    let table = Dict::new();
    for (a, b) in from.as_str().chars().zip(to.as_str().chars()) {
        table.setitem(Int::from(a as i64), Some(Int::from(b as i64)))?;
    }
    for c in gone.as_str().chars() {
        table.setitem(Int::from(c as i64), None)?;
    }
    Ok(table)
}

/// `str.maketrans(mapping)` for a mapping with string keys.
///
/// # Errors
/// `ValueError` for a key that is not one character.
pub fn maketrans_map<V: Py>(mapping: &Dict<Str, V>) -> Result<Dict<Int, V>> {
    let table = Dict::new();
    for key in mapping.iter() {
        let key = key?;
        let target = mapping.getitem(&key)?;
        let mut chars = key.as_str().chars();
        let (Some(c), None) = (chars.next(), chars.next()) else {
            return Err(Exc::value_error(
                "string keys in translate table must be of length 1",
            ));
        };
        table.setitem(Int::from(c as i64), target)?;
    }
    Ok(table)
}
