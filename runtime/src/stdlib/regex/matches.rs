//! Match objects.

use std::rc::Rc;

use super::program::Program;
use super::{Pattern, Spans, no_group, slice, template};
use crate::object::Args;
use crate::stdlib::handle::{Handle, unknown};
use crate::{Class, Dict, Exc, Int, Py, Result, Str, Tuple, Value};

pub static MATCH: Class = Class {
    name: "re.Match",
    module: "re",
    mro: &[],
};

/// `re.Match`.
#[derive(Clone)]
pub struct Match(Rc<Data>);

struct Data {
    program: Rc<Program>,
    text: Str,
    spans: Spans,
    pos: i64,
    end: i64,
}

impl Match {
    pub(super) fn new(program: Rc<Program>, text: Str, spans: Spans, pos: i64, end: i64) -> Match {
        Match(Rc::new(Data {
            program,
            text,
            spans,
            pos,
            end,
        }))
    }

    fn number(&self, group: &Int) -> Result<usize> {
        match group.to_i64() {
            Some(group) if (0..self.0.spans.groups.len() as i64).contains(&group) => {
                Ok(group as usize)
            }
            _ => Err(no_group()),
        }
    }

    fn named(&self, name: &Str) -> Result<usize> {
        let names = &self.0.program.names;
        let found = names.iter().find(|(known, _)| known == name.as_str());
        found.map(|(_, group)| *group).ok_or_else(no_group)
    }

    fn at(&self, group: &Value) -> Result<usize> {
        match group {
            Value::Int(group) => self.number(group),
            Value::Bool(group) => self.number(&Int::from(i64::from(*group))),
            Value::Str(name) => self.named(name),
            _ => Err(no_group()),
        }
    }

    fn text_of(&self, group: usize) -> Option<Str> {
        let (start, end) = self.0.spans.groups[group]?;
        Some(slice(&self.0.text, start, end))
    }

    /// `self.group()`.
    pub fn whole(&self) -> Str {
        self.text_of(0).unwrap_or_default()
    }

    /// `self.group(n)`, `self[n]`.
    pub fn group(&self, group: &Int) -> Result<Option<Str>> {
        Ok(self.text_of(self.number(group)?))
    }

    /// `self.group(name)`, `self[name]`.
    pub fn group_named(&self, name: &Str) -> Result<Option<Str>> {
        Ok(self.text_of(self.named(name)?))
    }

    /// `self.group(a, b, …)`.
    pub fn group_many(&self, groups: &[Value]) -> Result<Tuple<Option<Str>>> {
        let texts = groups.iter().map(|group| Ok(self.text_of(self.at(group)?)));
        Tuple::collect(texts.collect::<Vec<_>>().into_iter())
    }

    /// `self.groups()`.
    pub fn groups(&self) -> Tuple<Option<Str>> {
        let groups = 1..self.0.spans.groups.len();
        Tuple::from(groups.map(|group| self.text_of(group)).collect::<Vec<_>>())
    }

    /// `self.groups(default)`.
    pub fn groups_or(&self, default: &Str) -> Tuple<Str> {
        let groups = 1..self.0.spans.groups.len();
        let texts = groups.map(|group| self.text_of(group).unwrap_or_else(|| default.clone()));
        Tuple::from(texts.collect::<Vec<_>>())
    }

    /// `self.groupdict()`.
    pub fn groupdict(&self) -> Result<Dict<Str, Option<Str>>> {
        let names = self.0.program.names.iter();
        Dict::from_items(
            names.map(|(name, group)| (Str::from(name.as_str()), self.text_of(*group))),
        )
    }

    /// `self.groupdict(default)`.
    pub fn groupdict_or(&self, default: &Str) -> Result<Dict<Str, Str>> {
        let names = self.0.program.names.iter();
        Dict::from_items(names.map(|(name, group)| {
            let text = self.text_of(*group).unwrap_or_else(|| default.clone());
            (Str::from(name.as_str()), text)
        }))
    }

    fn span_at(&self, group: usize) -> (i64, i64) {
        self.0.spans.groups[group].map_or((-1, -1), |(a, b)| (a as i64, b as i64))
    }

    /// `self.span(n)`.
    pub fn span(&self, group: &Int) -> Result<(Int, Int)> {
        let (start, end) = self.span_at(self.number(group)?);
        Ok((Int::from(start), Int::from(end)))
    }

    pub fn span_named(&self, name: &Str) -> Result<(Int, Int)> {
        let (start, end) = self.span_at(self.named(name)?);
        Ok((Int::from(start), Int::from(end)))
    }

    /// `self.start(n)`.
    pub fn start(&self, group: &Int) -> Result<i64> {
        Ok(self.span_at(self.number(group)?).0)
    }

    pub fn start_named(&self, name: &Str) -> Result<i64> {
        Ok(self.span_at(self.named(name)?).0)
    }

    /// `self.end(n)`.
    pub fn end(&self, group: &Int) -> Result<i64> {
        Ok(self.span_at(self.number(group)?).1)
    }

    pub fn end_named(&self, name: &Str) -> Result<i64> {
        Ok(self.span_at(self.named(name)?).1)
    }

    /// `self.expand(template)`.
    pub fn expand(&self, text: &Str) -> Result<Str> {
        let parts = template::parse(text, &self.0.program)?;
        let mut out = String::new();
        template::expand(&parts, &self.0.text, &self.0.spans, &mut out);
        Ok(Str::from(out))
    }

    /// `self.string`.
    pub fn string(&self) -> Str {
        self.0.text.clone()
    }

    /// `self.re`.
    pub fn pattern<T: Py, S: Py>(&self) -> Pattern<T, S> {
        Pattern::of(self.0.program.clone())
    }

    pub fn pos(&self) -> i64 {
        self.0.pos
    }

    pub fn endpos(&self) -> i64 {
        self.0.end
    }

    /// `self.lastindex`.
    pub fn lastindex(&self) -> Option<Int> {
        (self.0.spans.last > 0).then(|| Int::from(self.0.spans.last))
    }

    /// `self.lastgroup`.
    pub fn lastgroup(&self) -> Option<Str> {
        let names = &self.0.program.names;
        let found = names
            .iter()
            .find(|(_, group)| *group == self.0.spans.last)?;
        Some(Str::from(found.0.as_str()))
    }
}

fn optional(text: Option<Str>) -> Value {
    text.map_or(Value::None, Value::Str)
}

impl Handle for Match {
    const METHODS: &'static [&'static str] = &[
        "group",
        "groups",
        "groupdict",
        "start",
        "end",
        "span",
        "expand",
    ];

    fn class_of(&self) -> &'static Class {
        &MATCH
    }
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as *const () as usize
    }
    fn shown(&self) -> Result<String> {
        let (start, end) = self.span_at(0);
        let text = self.whole().py_repr()?;
        let text: String = text.as_str().chars().take(50).collect();
        Ok(format!(
            "<re.Match object; span=({start}, {end}), match={text}>"
        ))
    }
    fn attribute(&self, name: &str) -> Result<Option<Value>> {
        Ok(Some(match name {
            "string" => Value::Str(self.string()),
            "pos" => Value::from(self.pos()),
            "endpos" => Value::from(self.endpos()),
            "lastindex" => self.lastindex().map_or(Value::None, Value::Int),
            "lastgroup" => optional(self.lastgroup()),
            "re" | "regs" => unknown(self, name),
            _ => return Ok(None),
        }))
    }
    fn method(&self, name: &str, args: &Args) -> Option<Result<Value>> {
        let given = &args.positional;
        let group = || match given.first() {
            Some(group) => self.at(group),
            None => Ok(0),
        };
        Some(match name {
            "group" | "__getitem__" if given.len() <= 1 => {
                group().map(|group| optional(self.text_of(group)))
            }
            "group" => self.group_many(given).map(|texts| texts.to_value()),
            "groups" if given.is_empty() => Ok(self.groups().to_value()),
            "groupdict" if given.is_empty() => self.groupdict().map(|texts| texts.to_value()),
            "start" => group().map(|group| Value::from(self.span_at(group).0)),
            "end" => group().map(|group| Value::from(self.span_at(group).1)),
            "span" => group().map(|group| {
                let (start, end) = self.span_at(group);
                Value::tuple(vec![Value::from(start), Value::from(end)])
            }),
            "expand" => match given.first() {
                Some(Value::Str(text)) => self.expand(text).map(Value::Str),
                _ => Err(Exc::type_error("decoding to str: need a bytes-like object")),
            },
            _ => return None,
        })
    }
}

crate::library_object!(Match);
