//! Attributes and construction of built-in exceptions.

use crate::entry::unsupported;
use crate::exc::*;
use crate::object::Args;
use crate::{Class, Exc, List, Py, Result, Str, Value};

/// `class(*args)`, for arguments that are right by construction.
pub(super) fn construct(class: &'static Class, mut args: Vec<Value>) -> Exc {
    if !class.is_subclass(&OS_ERROR) || !(2..=5).contains(&args.len()) {
        return Exc::new(class, args);
    }
    let filled = match args[0].as_i64() {
        Some(errno) if class.is(&OS_ERROR) => class_of_errno(errno).unwrap_or(class),
        _ => class,
    };
    let attrs = [
        (0, "errno"),
        (1, "strerror"),
        (2, "filename"),
        (4, "filename2"),
    ]
    .iter()
    .filter_map(|(at, name)| args.get(*at).map(|v| (Str::from(*name), v.clone())))
    .collect();
    if args.len() > 2 {
        args.truncate(2);
    }
    let exc = Exc::new(filled, args);
    exc.0.links.attrs.replace(attrs);
    exc
}

/// The text that is the only argument.
fn first_text(args: &[Value]) -> Option<&str> {
    match args {
        [Value::Str(text)] => Some(text.as_str()),
        _ => None,
    }
}

/// What stands in the first quotes.
fn quoted(text: &str) -> Value {
    text.split('\'').nth(1).map_or(Value::None, Value::from)
}

pub(super) fn construct_checked(class: &'static Class, args: Args) -> Result<Exc> {
    let takes_keywords: &[&str] = if class.is_subclass(&IMPORT_ERROR) {
        &["name", "path"]
    } else if class.is_subclass(&NAME_ERROR) {
        &["name"]
    } else if class.is(&ATTRIBUTE_ERROR) {
        &["name", "obj"]
    } else {
        &[]
    };
    if let Some((key, _)) = args
        .keywords
        .iter()
        .find(|(key, _)| !takes_keywords.contains(&key.as_str()))
    {
        return Err(Exc::type_error(if takes_keywords.is_empty() {
            format!("{}() takes no keyword arguments", class.name)
        } else {
            format!(
                "'{}' is an invalid keyword argument for {}()",
                key.as_str(),
                class.name
            )
        }));
    }
    let wanted = match class.name {
        "UnicodeDecodeError" | "UnicodeEncodeError" => Some(5),
        "UnicodeTranslateError" => Some(4),
        _ => None,
    };
    let given = args.positional.len();
    if let Some(wanted) = wanted.filter(|wanted| *wanted != given) {
        return Err(Exc::type_error(format!(
            "function takes exactly {wanted} arguments ({given} given)"
        )));
    }
    let exc = construct(class, args.positional);
    exc.0.links.attrs.borrow_mut().extend(args.keywords);
    Ok(exc)
}

impl Exc {
    /// A plain attribute that was stored under `name`.
    pub(crate) fn attr(&self, name: &str) -> Option<Value> {
        self.0
            .links
            .attrs
            .borrow()
            .iter()
            .find(|(key, _)| key.as_str() == name)
            .map(|(_, v)| v.clone())
    }

    fn store(&self, name: &str, value: Value) {
        let mut attrs = self.0.links.attrs.borrow_mut();
        let old = match attrs.iter_mut().find(|(key, _)| key.as_str() == name) {
            Some((_, slot)) => Some(std::mem::replace(slot, value)),
            None => {
                attrs.push((Str::from(name), value));
                None
            }
        };
        drop(attrs);
        drop(old);
    }

    /// `self.name`, methods excepted; the user's class is asked first.
    pub fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        if let Some(Value::Obj(object)) = self.object()
            && let Some(value) = object.get_attr(name)?
        {
            return Ok(Some(value));
        }
        Ok(self.builtin_attr(name))
    }

    pub(crate) fn builtin_attr(&self, name: &str) -> Option<Value> {
        let link = |exc: Option<Exc>| exc.map_or(Value::None, |e| e.to_value());
        match name {
            "args" => return Some(Value::Tuple(self.args())),
            "__cause__" => return Some(link(self.cause())),
            "__context__" => return Some(link(self.context())),
            "__suppress_context__" => {
                return Some(Value::Bool(self.0.links.suppress_context.get()));
            }
            "__traceback__" => return Some(Value::None),
            "__class__" => return Some(Value::Class(self.class())),
            _ => {}
        }
        if let Some(value) = self.attr(name) {
            return Some(value);
        }
        let args = self.0.args.borrow();
        let at = |i: usize| Some(args.get(i).cloned().unwrap_or(Value::None));
        match name {
            "value" if self.matches(&STOP_ITERATION) => at(0),
            "code" if self.matches(&SYSTEM_EXIT) => Some(match args.as_slice() {
                [] => Value::None,
                [one] => one.clone(),
                many => Value::Tuple(many.to_vec().into()),
            }),
            "errno" | "strerror" | "filename" | "filename2" if self.matches(&OS_ERROR) => {
                Some(Value::None)
            }
            "msg" if self.matches(&IMPORT_ERROR) && args.len() == 1 => at(0),
            "msg" if self.matches(&SYNTAX_ERROR) => at(0),
            "name" if self.matches(&IMPORT_ERROR) => Some(match first_text(&args) {
                Some(text) if text.starts_with("No module named '") => quoted(text),
                Some(text) if text.starts_with("cannot import name '") => {
                    unsupported("the name of the module that lacks what is imported")
                }
                _ => Value::None,
            }),
            "path" | "msg" if self.matches(&IMPORT_ERROR) => Some(Value::None),
            "name" if self.class().is(&NAME_ERROR) => Some(match first_text(&args) {
                Some(text) if text.contains(" not ") && text.contains('\'') => quoted(text),
                _ => Value::None,
            }),
            "name" if self.matches(&NAME_ERROR) => Some(Value::None),
            // CPython sets them wherever the error passes a lookup of an attribute.
            "name" | "obj" if self.matches(&ATTRIBUTE_ERROR) => {
                unsupported("which attribute of which object an AttributeError is of")
            }
            "encoding" if self.matches(&UNICODE_ERROR) && args.len() == 5 => at(0),
            "object" if self.matches(&UNICODE_ERROR) && args.len() == 5 => at(1),
            "start" if self.matches(&UNICODE_ERROR) && args.len() == 5 => at(2),
            "end" if self.matches(&UNICODE_ERROR) && args.len() == 5 => at(3),
            "reason" if self.matches(&UNICODE_ERROR) && args.len() == 5 => at(4),
            _ => None,
        }
    }

    /// `self.name = value`.
    pub fn set_attr(&self, name: &str, value: Value) -> Result<()> {
        if let Some(Value::Obj(object)) = self.object()
            && object.set_attr(name, value.clone())?
        {
            return Ok(());
        }
        match name {
            "args" => {
                let items = crate::dynamic::items(&value)?;
                self.set_args(items);
            }
            "__cause__" => {
                if !matches!(value, Value::None) && Exc::from_value(&value).is_none() {
                    return Err(Exc::type_error(
                        "exception cause must be None or derive from BaseException",
                    ));
                }
                self.set_cause(Exc::from_value(&value));
            }
            "__context__" => drop(self.0.links.context.replace(Exc::from_value(&value))),
            "__suppress_context__" => self.0.links.suppress_context.set(value.py_truth()?),
            "__traceback__" => {}
            _ => self.store(name, value),
        }
        Ok(())
    }

    /// `self.add_note(note)`.
    pub fn add_note(&self, note: &Value) -> Result<()> {
        if !matches!(note, Value::Str(_)) {
            return Err(Exc::type_error(format!(
                "note must be a str, not '{}'",
                note.py_type_name()
            )));
        }
        match self.attr("__notes__") {
            Some(Value::List(notes)) => notes.append(note.clone()),
            _ => self.store("__notes__", Value::List(List::from(vec![note.clone()]))),
        }
        Ok(())
    }

    /// Methods of `BaseException`; `None` when it has none of that name.
    pub fn call_method(&self, name: &str, args: &Args) -> Option<Result<Value>> {
        let one = |f: &dyn Fn(&Value) -> Result<Value>| match args.positional.as_slice() {
            [value] => f(value),
            many => Err(Exc::type_error(format!(
                "BaseException.{name}() takes exactly one argument ({} given)",
                many.len()
            ))),
        };
        match name {
            "with_traceback" => Some(one(&|_| Ok(self.to_value()))),
            "add_note" => Some(one(&|note| self.add_note(note).map(|()| Value::None))),
            "__str__" => Some(self.py_str().map(Value::Str)),
            "__repr__" => Some(self.py_repr().map(Value::Str)),
            _ => None,
        }
    }
}
