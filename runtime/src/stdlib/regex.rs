//! The re module: patterns and matches, over a backtracking machine of its own.

mod by_name;
mod cases;
mod machine;
mod matches;
mod parse;
mod program;
mod starts;
mod template;

use std::cell::RefCell;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::rc::Rc;

use super::handle::Handle;
use crate::object::Args;
use crate::{Class, Dict, Exc, Int, Iter, List, Py, Result, Str, Tuple, Value};

use machine::Machine;
pub use matches::Match;
pub use parse::RE_ERROR;
use parse::{ASCII, DEBUG, DOTALL, IGNORECASE, MULTILINE, TEMPLATE, UNICODE, VERBOSE};
use program::Program;

pub static PATTERN: Class = Class {
    name: "re.Pattern",
    module: "re",
    mro: &[],
};

/// What `findall` lists: texts, or tuples of texts where the pattern has groups.
pub trait Found: Py {
    fn found(groups: Vec<Str>) -> Result<Self>;
}

impl Found for Str {
    fn found(groups: Vec<Str>) -> Result<Self> {
        Ok(groups.into_iter().next().unwrap_or_default())
    }
}

impl Found for Tuple<Str> {
    fn found(groups: Vec<Str>) -> Result<Self> {
        Ok(Tuple::from(groups))
    }
}

impl Found for Value {
    fn found(mut groups: Vec<Str>) -> Result<Self> {
        if groups.len() == 1 {
            return Ok(Value::Str(groups.remove(0)));
        }
        Ok(Value::tuple(groups.into_iter().map(Value::Str).collect()))
    }
}

macro_rules! found_tuples {
    ($($count:literal $($t:ty),*;)*) => {
        $(impl Found for ($($t,)*) {
            fn found(groups: Vec<Str>) -> Result<Self> {
                let mut groups = groups.into_iter();
                Ok(($(<$t>::from(groups.next().unwrap_or_default()),)*))
            }
        })*
    };
}

found_tuples! {
    2 Str, Str;
    3 Str, Str, Str;
    4 Str, Str, Str, Str;
    5 Str, Str, Str, Str, Str;
    6 Str, Str, Str, Str, Str, Str;
    7 Str, Str, Str, Str, Str, Str, Str;
    8 Str, Str, Str, Str, Str, Str, Str, Str;
}

/// A piece that `split` lists: `None` is a group that took no part.
pub trait Piece: Py {
    fn piece(text: Option<Str>) -> Self;
}

impl Piece for Str {
    fn piece(text: Option<Str>) -> Self {
        text.unwrap_or_default()
    }
}

impl Piece for Option<Str> {
    fn piece(text: Option<Str>) -> Self {
        text
    }
}

impl Piece for Value {
    fn piece(text: Option<Str>) -> Self {
        text.map_or(Value::None, Value::Str)
    }
}

/// A compiled pattern; `T` is what its `findall` lists, `S` what its `split` lists.
pub struct Pattern<T: 'static, S: 'static>(Rc<Program>, PhantomData<(T, S)>);

impl<T, S> Clone for Pattern<T, S> {
    fn clone(&self) -> Self {
        Pattern(self.0.clone(), PhantomData)
    }
}

thread_local! {
    static CACHE: RefCell<HashMap<(Str, u32), Rc<Program>>> = RefCell::default();
}

const CACHE_SIZE: usize = 512;

fn flag_bits(flags: &Int) -> u32 {
    flags.to_i64().map_or(0, |flags| flags as u32)
}

fn compiled(pattern: &Str, flags: u32) -> Result<Rc<Program>> {
    let key = (pattern.clone(), flags);
    if let Some(found) = CACHE.with_borrow(|cache| cache.get(&key).cloned()) {
        return Ok(found);
    }
    let program = Rc::new(Program::new(pattern, flags)?);
    CACHE.with_borrow_mut(|cache| {
        if cache.len() >= CACHE_SIZE {
            cache.clear();
        }
        cache.insert(key, program.clone());
    });
    Ok(program)
}

/// The characters of a subject.
enum Chars {
    Ascii(Str),
    Wide(Vec<char>),
}

/// A subject with what walking over it needs.
struct Walk {
    program: Rc<Program>,
    text: Str,
    chars: Chars,
    pos: usize,
    end: usize,
}

impl Walk {
    fn new(program: Rc<Program>, text: &Str, pos: i64, end: i64) -> Walk {
        let chars = if text.is_ascii() {
            Chars::Ascii(text.clone())
        } else {
            Chars::Wide(text.as_str().chars().collect())
        };
        let len = text.len();
        Walk {
            program,
            text: text.clone(),
            chars,
            pos: pos.clamp(0, len) as usize,
            end: end.clamp(0, len) as usize,
        }
    }

    /// The spans of the match that `find` makes a machine find.
    fn run(&self, find: impl Fn(&mut dyn Finder) -> bool) -> Option<Spans> {
        if self.pos > self.end {
            return None;
        }
        match &self.chars {
            Chars::Ascii(text) => {
                let mut machine = Machine::new(&self.program, text.as_bytes(), self.end);
                find(&mut machine).then(|| Spans::of(&machine.slots, machine.last))
            }
            Chars::Wide(chars) => {
                let mut machine = Machine::new(&self.program, chars.as_slice(), self.end);
                find(&mut machine).then(|| Spans::of(&machine.slots, machine.last))
            }
        }
    }

    fn matched(&self, spans: Spans) -> Match {
        Match::new(
            self.program.clone(),
            self.text.clone(),
            spans,
            self.pos as i64,
            self.end as i64,
        )
    }

    /// Every match, left to right; an empty one may touch the one before it.
    fn all(self) -> impl Iterator<Item = (Rc<Walk>, Spans)> {
        let walk = Rc::new(self);
        let mut from = walk.pos;
        let mut not_at = None;
        let mut over = false;
        std::iter::from_fn(move || {
            if over || from > walk.end {
                return None;
            }
            match walk.run(|machine| machine.find(from, not_at)) {
                Some(spans) => {
                    let (_, end) = spans.whole();
                    from = end;
                    not_at = Some(end);
                    // A match that is not empty may be followed by an empty one only
                    // if that does not touch it at its start.
                    if spans.whole().0 != end {
                        not_at = None;
                    }
                    Some((walk.clone(), spans))
                }
                None => {
                    over = true;
                    None
                }
            }
        })
    }
}

/// Where a match and its groups are: (start, end) in characters.
#[derive(Clone)]
pub struct Spans {
    pub groups: Vec<Option<(usize, usize)>>,
    pub last: usize,
}

impl Spans {
    fn of(slots: &[usize], last: usize) -> Spans {
        let groups = slots
            .chunks_exact(2)
            .map(|slot| (slot[1] != usize::MAX).then_some((slot[0], slot[1])))
            .collect();
        Spans { groups, last }
    }

    fn whole(&self) -> (usize, usize) {
        self.groups[0].unwrap_or((0, 0))
    }
}

trait Finder {
    fn find(&mut self, from: usize, not_at: Option<usize>) -> bool;
    fn match_here(&mut self, at: usize, only_at: Option<usize>) -> bool;
}

impl<S: machine::Subject> Finder for Machine<'_, S> {
    fn find(&mut self, from: usize, not_at: Option<usize>) -> bool {
        self.search(from, not_at)
    }
    fn match_here(&mut self, at: usize, only_at: Option<usize>) -> bool {
        self.match_at(at, only_at, None)
    }
}

/// `text[start:end]` in characters.
pub(super) fn slice(text: &Str, start: usize, end: usize) -> Str {
    text.between(start, end)
}

impl<T: Py, S: Py> Pattern<T, S> {
    /// `re.compile(pattern, flags)`.
    pub fn compile(pattern: &Str, flags: &Int) -> Result<Self> {
        Ok(Pattern(compiled(pattern, flag_bits(flags))?, PhantomData))
    }

    pub(super) fn of(program: Rc<Program>) -> Self {
        Pattern(program, PhantomData)
    }

    fn walk(&self, text: &Str, pos: i64, end: i64) -> Walk {
        Walk::new(self.0.clone(), text, pos, end)
    }

    /// `self.search(string, pos, endpos)`.
    pub fn search(&self, text: &Str, pos: i64, end: i64) -> Option<Match> {
        let walk = self.walk(text, pos, end);
        let spans = walk.run(|machine| machine.find(walk.pos, None))?;
        Some(walk.matched(spans))
    }

    /// `self.match(string, pos, endpos)`.
    pub fn match_start(&self, text: &Str, pos: i64, end: i64) -> Option<Match> {
        let walk = self.walk(text, pos, end);
        let spans = walk.run(|machine| machine.match_here(walk.pos, None))?;
        Some(walk.matched(spans))
    }

    /// `self.fullmatch(string, pos, endpos)`.
    pub fn fullmatch(&self, text: &Str, pos: i64, end: i64) -> Option<Match> {
        let walk = self.walk(text, pos, end);
        let spans = walk.run(|machine| machine.match_here(walk.pos, Some(walk.end)))?;
        Some(walk.matched(spans))
    }

    /// `self.finditer(string, pos, endpos)`.
    pub fn finditer(&self, text: &Str, pos: i64, end: i64) -> Iter<Match> {
        let all = self.walk(text, pos, end).all();
        Iter::new(
            "callable_iterator",
            all.map(|(walk, spans)| Ok(walk.matched(spans))),
        )
    }

    /// `self.sub(template, string, count)`.
    pub fn sub(&self, template: &Str, text: &Str, count: i64) -> Result<Str> {
        Ok(self.subn(template, text, count)?.0)
    }

    /// `self.subn(template, string, count)`.
    pub fn subn(&self, template: &Str, text: &Str, count: i64) -> Result<(Str, Int)> {
        let parts = template::parse(template, &self.0)?;
        self.replaced(text, count, |walk, spans, out| {
            template::expand(&parts, &walk.text, spans, out);
            Ok(())
        })
    }

    /// `self.sub(function, string, count)`.
    pub fn sub_with(
        &self,
        function: impl Fn(Match) -> Result<Str>,
        text: &Str,
        count: i64,
    ) -> Result<Str> {
        Ok(self.subn_with(function, text, count)?.0)
    }

    /// `self.subn(function, string, count)`.
    pub fn subn_with(
        &self,
        function: impl Fn(Match) -> Result<Str>,
        text: &Str,
        count: i64,
    ) -> Result<(Str, Int)> {
        self.replaced(text, count, |walk, spans, out| {
            out.push_str(function(walk.matched(spans.clone()))?.as_str());
            Ok(())
        })
    }

    fn replaced(
        &self,
        text: &Str,
        count: i64,
        mut put: impl FnMut(&Walk, &Spans, &mut String) -> Result<()>,
    ) -> Result<(Str, Int)> {
        let mut out = String::new();
        let (mut done, mut from) = (0, 0);
        for (walk, spans) in self.walk(text, 0, i64::MAX).all() {
            if count > 0 && done >= count {
                break;
            }
            let (start, end) = spans.whole();
            out.push_str(slice(text, from, start).as_str());
            put(&walk, &spans, &mut out)?;
            from = end;
            done += 1;
        }
        if done == 0 {
            return Ok((text.clone(), Int::from(0)));
        }
        out.push_str(slice(text, from, text.len() as usize).as_str());
        Ok((Str::from(out), Int::from(done)))
    }

    /// `self.pattern`.
    pub fn pattern(&self) -> Str {
        self.0.pattern.clone()
    }

    /// `self.flags`.
    pub fn flags(&self) -> i64 {
        i64::from(self.0.flags)
    }

    /// `self.groups`.
    pub fn groups(&self) -> i64 {
        self.0.groups as i64
    }

    /// `self.groupindex`.
    pub fn groupindex(&self) -> Result<Dict<Str, Int>> {
        let names = self.0.names.iter();
        Dict::from_items(names.map(|(name, at)| (Str::from(name.as_str()), Int::from(*at))))
    }
}

impl<T: Found, S: Py> Pattern<T, S> {
    /// `self.findall(string, pos, endpos)`.
    pub fn findall(&self, text: &Str, pos: i64, end: i64) -> Result<List<T>> {
        let mut out = Vec::new();
        for (_, spans) in self.walk(text, pos, end).all() {
            let from = usize::from(spans.groups.len() > 1);
            let groups = spans.groups[from..].iter().map(|span| match span {
                Some((start, end)) => slice(text, *start, *end),
                None => Str::default(),
            });
            out.push(T::found(groups.collect())?);
        }
        Ok(List::from(out))
    }
}

impl<T: Py, S: Piece> Pattern<T, S> {
    /// `self.split(string, maxsplit)`.
    pub fn split(&self, text: &Str, maxsplit: i64) -> List<S> {
        let mut out = Vec::new();
        let (mut done, mut from) = (0, 0);
        for (_, spans) in self.walk(text, 0, i64::MAX).all() {
            if maxsplit > 0 && done >= maxsplit {
                break;
            }
            let (start, end) = spans.whole();
            out.push(S::piece(Some(slice(text, from, start))));
            for span in &spans.groups[1..] {
                out.push(S::piece(span.map(|(start, end)| slice(text, start, end))));
            }
            from = end;
            done += 1;
        }
        out.push(S::piece(Some(slice(text, from, text.len() as usize))));
        List::from(out)
    }
}

impl<T: Py, S: Py> Handle for Pattern<T, S> {
    fn class_of(&self) -> &'static Class {
        &PATTERN
    }
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as *const () as usize
    }
    fn shown(&self) -> Result<String> {
        let mut text = String::new();
        self.0.pattern.py_repr_into(&mut text)?;
        // `%.200r` of the pattern, then the flags but for the one that is implied.
        let mut out = format!("re.compile({}", text.chars().take(200).collect::<String>());
        let names = [
            (TEMPLATE, "re.TEMPLATE"),
            (IGNORECASE, "re.IGNORECASE"),
            (MULTILINE, "re.MULTILINE"),
            (DOTALL, "re.DOTALL"),
            (VERBOSE, "re.VERBOSE"),
            (DEBUG, "re.DEBUG"),
            (ASCII, "re.ASCII"),
        ];
        let flags = self.0.flags & !UNICODE;
        let shown: Vec<&str> = names
            .iter()
            .filter(|(flag, _)| flags & flag != 0)
            .map(|(_, name)| *name)
            .collect();
        if !shown.is_empty() {
            out.push_str(", ");
            out.push_str(&shown.join("|"));
        }
        out.push(')');
        Ok(out)
    }
    fn equal(&self, other: &Self) -> bool {
        self.0.flags == other.0.flags && self.0.pattern == other.0.pattern
    }
    fn hashed(&self) -> Result<i64> {
        Ok(self.0.pattern.py_hash()? ^ i64::from(self.0.flags))
    }
    fn attribute(&self, name: &str) -> Result<Option<Value>> {
        self.attribute_by_name(name)
    }
    fn method(&self, name: &str, args: &Args) -> Option<Result<Value>> {
        self.call_by_name(name, args)
    }
}

crate::library_object!(impl [T: Py, S: Py] Pattern<T, S>);

/// `re.escape(pattern)`.
pub fn escape(text: &Str) -> Str {
    let mut out = String::new();
    for c in text.as_str().chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\u{b}\u{c}".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    Str::from(out)
}

/// A `re.Match` or `re.Pattern` used as a dynamic value has its methods by name.
#[cold]
pub(super) fn no_group() -> Exc {
    Exc::index_error("no such group")
}

type Plain = Pattern<Value, Value>;

/// `re.search(pattern, string, flags)`.
pub fn search(pattern: &Str, text: &Str, flags: &Int) -> Result<Option<Match>> {
    Ok(Plain::compile(pattern, flags)?.search(text, 0, i64::MAX))
}

/// `re.match(pattern, string, flags)`.
pub fn match_start(pattern: &Str, text: &Str, flags: &Int) -> Result<Option<Match>> {
    Ok(Plain::compile(pattern, flags)?.match_start(text, 0, i64::MAX))
}

/// `re.fullmatch(pattern, string, flags)`.
pub fn fullmatch(pattern: &Str, text: &Str, flags: &Int) -> Result<Option<Match>> {
    Ok(Plain::compile(pattern, flags)?.fullmatch(text, 0, i64::MAX))
}

/// `re.finditer(pattern, string, flags)`.
pub fn finditer(pattern: &Str, text: &Str, flags: &Int) -> Result<Iter<Match>> {
    Ok(Plain::compile(pattern, flags)?.finditer(text, 0, i64::MAX))
}

/// `re.findall(pattern, string, flags)`.
pub fn findall<T: Found>(pattern: &Str, text: &Str, flags: &Int) -> Result<List<T>> {
    Pattern::<T, Value>::compile(pattern, flags)?.findall(text, 0, i64::MAX)
}

/// `re.split(pattern, string, maxsplit, flags)`.
pub fn split<S: Piece>(pattern: &Str, text: &Str, maxsplit: i64, flags: &Int) -> Result<List<S>> {
    Ok(Pattern::<Value, S>::compile(pattern, flags)?.split(text, maxsplit))
}

/// `re.sub(pattern, template, string, count, flags)`.
pub fn sub(pattern: &Str, template: &Str, text: &Str, count: i64, flags: &Int) -> Result<Str> {
    Plain::compile(pattern, flags)?.sub(template, text, count)
}

/// `re.sub(pattern, function, string, count, flags)`.
pub fn sub_with(
    pattern: &Str,
    function: impl Fn(Match) -> Result<Str>,
    text: &Str,
    count: i64,
    flags: &Int,
) -> Result<Str> {
    Plain::compile(pattern, flags)?.sub_with(function, text, count)
}

/// `re.subn(pattern, template, string, count, flags)`.
pub fn subn(
    pattern: &Str,
    template: &Str,
    text: &Str,
    count: i64,
    flags: &Int,
) -> Result<(Str, Int)> {
    Plain::compile(pattern, flags)?.subn(template, text, count)
}

/// `re.subn(pattern, function, string, count, flags)`.
pub fn subn_with(
    pattern: &Str,
    function: impl Fn(Match) -> Result<Str>,
    text: &Str,
    count: i64,
    flags: &Int,
) -> Result<(Str, Int)> {
    Plain::compile(pattern, flags)?.subn_with(function, text, count)
}
