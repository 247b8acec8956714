//! How exceptions read: `str`, `repr` and the traceback of an uncaught one.

use crate::exc::*;
use crate::instance::text_answer;
use crate::object::Args;
use crate::{Class, Exc, Py, Result, Str, Value};

/// A dunder of the user's class, if the exception is an instance of one that has it.
fn dunder(exc: &Exc, name: &str) -> Option<Result<Value>> {
    match exc.object() {
        Some(Value::Obj(object)) => object.call_method(name, &mut Args::default()),
        _ => None,
    }
}

fn text_of(result: Result<Value>, name: &str, out: &mut String) -> Result<()> {
    out.push_str(text_answer(result?, name)?.as_str());
    Ok(())
}

pub(super) fn repr_into(exc: &Exc, out: &mut String) -> Result<()> {
    match dunder(exc, "__repr__") {
        Some(result) => text_of(result, "__repr__", out),
        None => base_repr(exc.class(), &args_of(exc), out),
    }
}

pub(super) fn str_into(exc: &Exc, out: &mut String) -> Result<()> {
    if let Some(result) = dunder(exc, "__str__") {
        return text_of(result, "__str__", out);
    }
    if exc.matches(&OS_ERROR) && exc.object().is_none() {
        return os_str(exc, out);
    }
    base_str(exc.class(), &args_of(exc), out)
}

fn args_of(exc: &Exc) -> Vec<Value> {
    exc.0.args.borrow().clone()
}

/// `BaseException.__repr__`: the class's name and its arguments, one without comma.
pub fn base_repr(class: &Class, args: &[Value], out: &mut String) -> Result<()> {
    out.push_str(class.name);
    out.push('(');
    for (i, arg) in args.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        arg.py_repr_into(out)?;
    }
    out.push(')');
    Ok(())
}

/// `BaseException.__str__` and what `KeyError` and the Unicode errors make of it.
pub fn base_str(class: &Class, args: &[Value], out: &mut String) -> Result<()> {
    let is = |c: &'static Class| std::ptr::eq(class, c) || class.mro.iter().any(|b| b.is(c));
    match args {
        [] => Ok(()),
        [key] if is(&KEY_ERROR) => key.py_repr_into(out),
        [one] => one.py_str_into(out),
        [encoding, object, start, end, reason] if is(&UNICODE_DECODE_ERROR) => {
            unicode_str(Some(encoding), "decode", object, (start, end), reason, out)
        }
        [encoding, object, start, end, reason] if is(&UNICODE_ENCODE_ERROR) => {
            unicode_str(Some(encoding), "encode", object, (start, end), reason, out)
        }
        [errno, text] if is(&OS_ERROR) => os_parts(errno, text, None, out),
        [message, ..] if is(&SYNTAX_ERROR) => message.py_str_into(out),
        many => {
            out.push('(');
            for (i, arg) in many.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                arg.py_repr_into(out)?;
            }
            out.push(')');
            Ok(())
        }
    }
}

fn os_parts(errno: &Value, text: &Value, name: Option<&Value>, out: &mut String) -> Result<()> {
    out.push_str("[Errno ");
    errno.py_str_into(out)?;
    out.push_str("] ");
    text.py_str_into(out)?;
    if let Some(name) = name {
        out.push_str(": ");
        name.py_repr_into(out)?;
    }
    Ok(())
}

fn os_str(exc: &Exc, out: &mut String) -> Result<()> {
    let known = |name| exc.attr(name).filter(|v| !matches!(v, Value::None));
    match (known("errno"), known("strerror")) {
        (Some(errno), Some(text)) => {
            os_parts(&errno, &text, known("filename").as_ref(), out)?;
            if let Some(second) = known("filename2") {
                out.push_str(" -> ");
                second.py_repr_into(out)?;
            }
            Ok(())
        }
        _ => base_str(exc.class(), &args_of(exc), out),
    }
}

fn unicode_str(
    encoding: Option<&Value>,
    verb: &str,
    object: &Value,
    (start, end): (&Value, &Value),
    reason: &Value,
    out: &mut String,
) -> Result<()> {
    let (from, to) = (start.as_i64().unwrap_or(0), end.as_i64().unwrap_or(0));
    if let Some(encoding) = encoding {
        out.push_str(&format!("'{}' codec ", encoding.py_str()?.as_str()));
    }
    let unit = match object {
        Value::Str(text) => text.as_str().chars().nth(from as usize).map(|c| {
            let n = c as u32;
            match n {
                0..=0xff => format!("character '\\x{n:02x}'"),
                0x100..=0xffff => format!("character '\\u{n:04x}'"),
                _ => format!("character '\\U{n:08x}'"),
            }
        }),
        Value::Bytes(bytes) => bytes
            .as_slice()
            .get(from as usize)
            .map(|b| format!("byte 0x{b:02x}")),
        _ => None,
    };
    match unit {
        Some(unit) if to == from + 1 => {
            out.push_str(&format!("can't {verb} {unit} in position {from}: "));
        }
        _ => {
            let what = if verb == "decode" {
                "bytes"
            } else {
                "characters"
            };
            out.push_str(&format!(
                "can't {verb} {what} in position {from}-{}: ",
                to - 1
            ));
        }
    }
    reason.py_str_into(out)
}

/// What CPython writes to stderr for an uncaught exception, without the frames.
pub fn traceback_text(exc: &Exc) -> String {
    let mut out = String::new();
    let mut seen = Vec::new();
    chain(exc, &mut seen, &mut out);
    out
}

fn chain(exc: &Exc, seen: &mut Vec<Exc>, out: &mut String) {
    // Links backwards, then prints forwards: chains may be long, the stack is not.
    let mut links = vec![(exc.clone(), "")];
    seen.push(exc.clone());
    loop {
        let last = &links[links.len() - 1].0;
        let (next, line) = match (last.cause(), last.context()) {
            (Some(cause), _) => (
                cause,
                "\nThe above exception was the direct cause of the following exception:\n\n",
            ),
            (None, Some(context)) if !last.0.links.suppress_context.get() => (
                context,
                "\nDuring handling of the above exception, another exception occurred:\n\n",
            ),
            _ => break,
        };
        if seen.iter().any(|e| e.same(&next)) {
            break;
        }
        seen.push(next.clone());
        links.push((next, line));
    }
    for (exc, line) in links.iter().rev() {
        out.push_str("Traceback (most recent call last):\n");
        out.push_str(&last_line(exc));
        out.push_str(line);
    }
}

impl Exc {
    /// How a traceback ends: `Type: message` and the notes, each line ended.
    #[must_use]
    pub fn last_line(&self) -> Str {
        Str::from(last_line(self))
    }
}

/// `Type: message` and the notes, each line ended.
fn last_line(exc: &Exc) -> String {
    let class = exc.class();
    let mut out = String::new();
    if !matches!(class.module, "builtins" | "__main__") {
        out.push_str(class.module);
        out.push('.');
    }
    out.push_str(class.name);
    let mut text = String::new();
    match exc.py_str_into(&mut text) {
        Ok(()) if text.is_empty() => {}
        Ok(()) => {
            out.push_str(": ");
            out.push_str(&text);
        }
        Err(_) => out.push_str(": <exception str() failed>"),
    }
    out.push('\n');
    if let Some(Value::List(notes)) = exc.attr("__notes__") {
        for note in notes.iter() {
            if let Ok(note) = note.py_str() {
                out.push_str(note.as_str());
                out.push('\n');
            }
        }
    }
    out
}
