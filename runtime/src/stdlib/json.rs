//! The json module: `dumps` here, `loads` in `decode`.

mod decode;

pub use decode::{JSON_DECODE_ERROR, loads, loads_bytes, loads_hooked};

use crate::classes::TUPLE;
use crate::{Exc, List, Py, Result, Str, Value, dynamic, entry, float};

/// What the keyword arguments of `dumps` say.
pub struct Style {
    pub skip_keys: bool,
    pub ensure_ascii: bool,
    pub allow_nan: bool,
    pub sort_keys: bool,
    /// The text of one level of indentation; `None`: all on one line.
    indent: Option<String>,
    item_separator: String,
    key_separator: String,
}

impl Style {
    /// `indent` and `separators` as `dumps` takes them.
    pub fn new(indent: impl Into<Value>, separators: Option<(Str, Str)>) -> Result<Style> {
        let indent = match indent.into() {
            Value::None => None,
            Value::Str(text) => Some(text.as_str().to_owned()),
            other => Some(" ".repeat(match other.as_i64() {
                Some(width) => width.max(0) as usize,
                None => {
                    return Err(Exc::type_error(format!(
                        "can't multiply sequence by non-int of type '{}'",
                        other.py_type_name()
                    )));
                }
            })),
        };
        let (item_separator, key_separator) = match separators {
            Some((item, key)) => (item.as_str().to_owned(), key.as_str().to_owned()),
            None if indent.is_some() => (",".to_owned(), ": ".to_owned()),
            None => (", ".to_owned(), ": ".to_owned()),
        };
        Ok(Style {
            skip_keys: false,
            ensure_ascii: true,
            allow_nan: true,
            sort_keys: false,
            indent,
            item_separator,
            key_separator,
        })
    }

    pub fn flags(
        self,
        skip_keys: bool,
        ensure_ascii: bool,
        allow_nan: bool,
        sort_keys: bool,
    ) -> Style {
        Style {
            skip_keys,
            ensure_ascii,
            allow_nan,
            sort_keys,
            ..self
        }
    }
}

/// `json.dumps(value)`.
pub fn dumps(value: &impl Py, style: Style) -> Result<Str> {
    dumps_with(value, style, |value| Err(unserializable(&value)))
}

/// `json.dumps(value, default=default)`.
pub fn dumps_with(
    value: &impl Py,
    style: Style,
    mut default: impl FnMut(Value) -> Result<Value>,
) -> Result<Str> {
    let mut writer = Writer {
        style,
        default: &mut default,
        out: String::new(),
        open: Vec::new(),
        depth: 0,
    };
    writer.value(&value.to_value())?;
    Ok(Str::from(writer.out))
}

#[cold]
fn unserializable(value: &Value) -> Exc {
    Exc::type_error(format!(
        "Object of type {} is not JSON serializable",
        crate::classes::short_name(value.py_type_name())
    ))
}

struct Writer<'a> {
    style: Style,
    default: &'a mut dyn FnMut(Value) -> Result<Value>,
    out: String,
    /// The addresses of the containers that are being written.
    open: Vec<usize>,
    depth: usize,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::None => self.out.push_str("null"),
            Value::Bool(true) => self.out.push_str("true"),
            Value::Bool(false) => self.out.push_str("false"),
            Value::Int(int) => int.py_repr_into(&mut self.out)?,
            Value::Float(x) => self.float(*x)?,
            Value::Str(text) => self.string(text.as_str()),
            Value::List(list) => self.guarded(value, |w| {
                let mut at = 0;
                w.items(&mut || {
                    at += 1;
                    list.with(|items| items.get(at - 1).cloned())
                })
            })?,
            Value::Tuple(tuple) => {
                let mut items = tuple.as_slice().iter().cloned();
                self.guarded(value, |w| w.items(&mut || items.next()))?;
            }
            Value::Dict(dict) => {
                self.guarded(value, |w| w.pairs(dynamic::dict_pairs(dict)?))?;
            }
            named if named.class().is_subclass(&TUPLE) => {
                let items = dynamic::iter(named)?.collect::<Result<Vec<Value>>>()?;
                let mut items = items.into_iter();
                self.guarded(value, |w| w.items(&mut || items.next()))?;
            }
            other => match dynamic::mixed_in(other)? {
                Some(plain) => self.value(&plain)?,
                None => self.other(other)?,
            },
        }
        Ok(())
    }

    /// What `default` makes of a value that JSON has no form for.
    fn other(&mut self, value: &Value) -> Result<()> {
        self.guarded(value, |w| {
            let made = (w.default)(value.clone())?;
            w.value(&made)
        })
    }

    fn guarded(
        &mut self,
        value: &Value,
        write: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        let _frame = entry::enter(" while encoding a JSON object")?;
        let address = value.address();
        if address.is_some_and(|address| self.open.contains(&address)) {
            return Err(Exc::value_error("Circular reference detected"));
        }
        self.open.extend(address);
        write(self)?;
        if address.is_some() {
            self.open.pop();
        }
        Ok(())
    }

    fn float(&mut self, x: f64) -> Result<()> {
        let text = float_text(x);
        if !x.is_finite() && !self.style.allow_nan {
            let shown = match self.style.indent {
                Some(_) => format!(": {}", float::repr(x)),
                None => String::new(),
            };
            return Err(Exc::value_error(format!(
                "Out of range float values are not JSON compliant{shown}"
            )));
        }
        self.out.push_str(&text);
        Ok(())
    }

    fn line(&mut self) {
        if let Some(indent) = &self.style.indent {
            self.out.push('\n');
            for _ in 0..self.depth {
                self.out.push_str(indent);
            }
        }
    }

    fn items(&mut self, next: &mut dyn FnMut() -> Option<Value>) -> Result<()> {
        let mut empty = true;
        self.depth += 1;
        while let Some(item) = next() {
            self.start(&mut empty, '[');
            self.value(&item)?;
        }
        self.finish(empty, "[]");
        Ok(())
    }

    fn start(&mut self, empty: &mut bool, bracket: char) {
        if std::mem::replace(empty, false) {
            self.out.push(bracket);
        } else {
            self.out.push_str(&self.style.item_separator);
        }
        self.line();
    }

    fn finish(&mut self, empty: bool, brackets: &str) {
        self.depth -= 1;
        if empty {
            self.out.push_str(brackets);
        } else {
            self.line();
            self.out.push_str(&brackets[1..]);
        }
    }

    fn pairs(&mut self, mut pairs: Vec<(Value, Value)>) -> Result<()> {
        if self.style.sort_keys {
            pairs = sorted(pairs)?;
        }
        let mut empty = true;
        self.depth += 1;
        for (key, value) in pairs {
            let Some(key) = self.key(&key)? else {
                continue;
            };
            self.start(&mut empty, '{');
            self.string(&key);
            self.out.push_str(&self.style.key_separator.clone());
            self.value(&value)?;
        }
        self.finish(empty, "{}");
        Ok(())
    }

    /// The key as text; `None` for one to be skipped.
    fn key(&self, key: &Value) -> Result<Option<String>> {
        Ok(Some(match key {
            Value::Str(text) => text.as_str().to_owned(),
            Value::Float(x) => float_text(*x),
            Value::Bool(true) => "true".to_owned(),
            Value::Bool(false) => "false".to_owned(),
            Value::None => "null".to_owned(),
            Value::Int(int) => int.py_repr()?.as_str().to_owned(),
            _ if self.style.skip_keys => return Ok(None),
            other => {
                return Err(Exc::type_error(format!(
                    "keys must be str, int, float, bool or None, not {}",
                    other.py_type_name()
                )));
            }
        }))
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                ' '..='~' => self.out.push(c),
                c if c >= ' ' && !self.style.ensure_ascii => self.out.push(c),
                c => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        self.out.push_str(&format!("\\u{unit:04x}"));
                    }
                }
            }
        }
        self.out.push('"');
    }
}

fn float_text(x: f64) -> String {
    if x.is_nan() {
        "NaN".to_owned()
    } else if x.is_infinite() {
        if x > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else {
        float::repr(x)
    }
}

/// The pairs in the order of their keys, which are all different.
fn sorted(pairs: Vec<(Value, Value)>) -> Result<Vec<(Value, Value)>> {
    let order = List::from((0..pairs.len() as i64).collect::<Vec<_>>());
    let keys = pairs.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    order.sort_by_key(move |at| Ok(keys[at as usize].clone()), false)?;
    Ok(order.with(|order| order.iter().map(|at| pairs[*at as usize].clone()).collect()))
}
