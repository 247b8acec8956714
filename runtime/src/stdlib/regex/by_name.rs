//! A compiled pattern as a dynamic value: its attributes and methods by name.

use std::marker::PhantomData;

use super::{Match, Pattern};
use crate::dynamic::{call, is_callable, to_index};
use crate::func::{DynFunc, FuncKind};
use crate::object::Args;
use crate::{Exc, Py, Result, Str, Value};

type Plain = Pattern<Value, Value>;

/// Method and the names of its parameters; as many as `required` must be given.
struct Method {
    name: &'static str,
    params: &'static [&'static str],
    required: usize,
}

const RANGE: &[&str] = &["string", "pos", "endpos"];
const SUB: &[&str] = &["repl", "string", "count"];

const fn method(name: &'static str, params: &'static [&'static str], required: usize) -> Method {
    Method {
        name,
        params,
        required,
    }
}

const METHODS: &[Method] = &[
    method("match", RANGE, 1),
    method("fullmatch", RANGE, 1),
    method("search", RANGE, 1),
    method("findall", RANGE, 1),
    method("finditer", RANGE, 1),
    method("split", &["string", "maxsplit"], 1),
    method("sub", SUB, 2),
    method("subn", SUB, 2),
];

impl Method {
    /// The arguments by position; `None` is not given.
    fn bind(&self, args: &Args) -> Result<Vec<Option<Value>>> {
        let given = args.positional.len() + args.keywords.len();
        if given > self.params.len() {
            return Err(Exc::type_error(format!(
                "{}() takes at most {} arguments ({given} given)",
                self.name,
                self.params.len()
            )));
        }
        let mut out: Vec<Option<Value>> = args.positional.iter().cloned().map(Some).collect();
        out.resize(self.params.len(), None);
        for (key, value) in &args.keywords {
            let at = self.params.iter().position(|param| *param == key.as_str());
            let Some(at) = at else {
                return Err(Exc::type_error(format!(
                    "'{key}' is an invalid keyword argument for {}()",
                    self.name
                )));
            };
            if out[at].is_some() {
                return Err(Exc::type_error(format!(
                    "argument for {}() given by name ('{key}') and position ({})",
                    self.name,
                    at + 1
                )));
            }
            out[at] = Some(value.clone());
        }
        match out[..self.required].iter().position(Option::is_none) {
            Some(at) => Err(Exc::type_error(format!(
                "{}() missing required argument '{}' (pos {})",
                self.name,
                self.params[at],
                at + 1
            ))),
            None => Ok(out),
        }
    }
}

fn text(value: Option<&Value>) -> Result<Str> {
    match value {
        Some(Value::Str(text)) => Ok(text.clone()),
        Some(Value::Bytes(_) | Value::ByteArray(_)) => Err(Exc::type_error(
            "cannot use a string pattern on a bytes-like object",
        )),
        other => Err(Exc::type_error(format!(
            "expected string or bytes-like object, got '{}'",
            other.unwrap_or(&Value::None).py_type_name()
        ))),
    }
}

fn number(value: Option<&Value>, default: i64) -> Result<i64> {
    value.map_or(Ok(default), to_index)
}

fn found(found: Option<Match>) -> Value {
    found.map_or(Value::None, |found| found.to_value())
}

impl Plain {
    fn substituted(&self, given: &[Option<Value>]) -> Result<(Str, crate::Int)> {
        let subject = text(given[1].as_ref())?;
        let count = number(given[2].as_ref(), 0)?;
        match &given[0] {
            Some(Value::Str(template)) => self.subn(template, &subject, count),
            Some(function) if is_callable(function) => {
                let made = |found: Match| match call(function, Args::of(vec![found.to_value()]))? {
                    Value::Str(text) => Ok(text),
                    Value::None => Ok(Str::from("")),
                    other => Err(Exc::type_error(format!(
                        "expected str instance, {} found",
                        other.py_type_name()
                    ))),
                };
                self.subn_with(made, &subject, count)
            }
            other => Err(Exc::type_error(format!(
                "decoding to str: need a bytes-like object, {} found",
                other.as_ref().unwrap_or(&Value::None).py_type_name()
            ))),
        }
    }

    fn run(&self, method: &Method, args: &Args) -> Result<Value> {
        let given = method.bind(args)?;
        if method.params == SUB {
            let (text, count) = self.substituted(&given)?;
            return Ok(if method.name == "sub" {
                Value::Str(text)
            } else {
                Value::tuple(vec![Value::Str(text), Value::Int(count)])
            });
        }
        let subject = text(given[0].as_ref())?;
        if method.name == "split" {
            let most = number(given[1].as_ref(), 0)?;
            return Ok(Value::List(self.split(&subject, most)));
        }
        let pos = number(given[1].as_ref(), 0)?;
        let end = number(given[2].as_ref(), i64::MAX)?;
        Ok(match method.name {
            "match" => found(self.match_start(&subject, pos, end)),
            "fullmatch" => found(self.fullmatch(&subject, pos, end)),
            "search" => found(self.search(&subject, pos, end)),
            "findall" => Value::List(self.findall(&subject, pos, end)?),
            _ => self.finditer(&subject, pos, end).to_value(),
        })
    }
}

impl<T: Py, S: Py> Pattern<T, S> {
    fn plain(&self) -> Plain {
        Pattern(self.0.clone(), PhantomData)
    }

    pub(super) fn call_by_name(&self, name: &str, args: &Args) -> Option<Result<Value>> {
        let method = METHODS.iter().find(|method| method.name == name)?;
        Some(self.plain().run(method, args))
    }

    pub(super) fn attribute_by_name(&self, name: &str) -> Result<Option<Value>> {
        Ok(Some(match name {
            "pattern" => Value::Str(self.pattern()),
            "flags" => Value::from(self.flags()),
            "groups" => Value::from(self.groups()),
            "groupindex" => self.groupindex()?.to_value(),
            _ => {
                let Some(method) = METHODS.iter().find(|method| method.name == name) else {
                    if name.starts_with("__") {
                        return Ok(None);
                    }
                    return Err(Exc::attribute_error(format!(
                        "'re.Pattern' object has no attribute '{name}'"
                    )));
                };
                let this = self.plain();
                Value::Func(DynFunc::build(
                    method.name,
                    FuncKind::Builtin,
                    Some(self.to_value()),
                    move |args| this.run(method, &args),
                ))
            }
        }))
    }
}
