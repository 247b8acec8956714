//! Python's regular expression syntax: text → tree, with the messages of `re.error`.

mod groups;
mod sets;

use super::cases::Case;
use crate::exc::{BASE_EXCEPTION, EXCEPTION};
use crate::{Class, Exc, Str, Value};

pub const TEMPLATE: u32 = 1;
pub const IGNORECASE: u32 = 2;
pub const LOCALE: u32 = 4;
pub const MULTILINE: u32 = 8;
pub const DOTALL: u32 = 16;
pub const UNICODE: u32 = 32;
pub const VERBOSE: u32 = 64;
pub const DEBUG: u32 = 128;
pub const ASCII: u32 = 256;

/// Copies that a counted group may make before the pattern is refused.
const MAX_REPEAT: u32 = u32::MAX;

/// `re.error`.
pub static RE_ERROR: Class = Class {
    name: "error",
    module: "re",
    mro: &[&EXCEPTION, &BASE_EXCEPTION],
};

#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Char(char),
    Range(char, char),
    Class(ClassTest),
}

/// `\d`, `\w`, `\s` and their opposites.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassTest {
    pub kind: char,
    pub negated: bool,
    pub ascii: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mode {
    Greedy,
    Lazy,
    Possessive,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Anchor {
    Start,
    LineStart,
    End,
    LineEnd,
    StringEnd,
    Boundary { ascii: bool, negated: bool },
}

#[derive(Clone, Debug)]
pub enum Node {
    Char(char, Case),
    Any,
    AnyButNewline,
    Set {
        items: Vec<Item>,
        negated: bool,
        case: Case,
    },
    Cat(Vec<Node>),
    Alt(Vec<Node>),
    Group(usize, Box<Node>),
    Repeat {
        min: u32,
        max: u32,
        mode: Mode,
        node: Box<Node>,
    },
    Anchor(Anchor),
    BackRef(usize, Case),
    Look {
        ahead: bool,
        negated: bool,
        width: usize,
        node: Box<Node>,
    },
    Atomic(Box<Node>),
    Conditional(usize, Box<Node>, Box<Node>),
}

impl Node {
    /// The least and greatest number of characters that it matches.
    pub fn width(&self, groups: &[(u64, u64)]) -> (u64, u64) {
        match self {
            Node::Char(..) | Node::Any | Node::AnyButNewline | Node::Set { .. } => (1, 1),
            Node::Cat(nodes) => nodes.iter().fold((0, 0), |(low, high), node| {
                let (a, b) = node.width(groups);
                (low.saturating_add(a), high.saturating_add(b))
            }),
            Node::Alt(nodes) => nodes
                .iter()
                .map(|n| n.width(groups))
                .fold((u64::MAX, 0), |(low, high), (a, b)| {
                    (low.min(a), high.max(b))
                }),
            Node::Group(_, node) | Node::Atomic(node) => node.width(groups),
            Node::Repeat { min, max, node, .. } => {
                let (a, b) = node.width(groups);
                let high = if *max == MAX_REPEAT && b > 0 {
                    u64::MAX
                } else {
                    b.saturating_mul(u64::from(*max))
                };
                (a.saturating_mul(u64::from(*min)), high)
            }
            Node::Anchor(_) | Node::Look { .. } => (0, 0),
            Node::BackRef(group, _) => groups.get(*group).copied().unwrap_or((0, u64::MAX)),
            Node::Conditional(_, yes, no) => {
                let ((a, b), (c, d)) = (yes.width(groups), no.width(groups));
                (a.min(c), b.max(d))
            }
        }
    }
}

pub struct Parsed {
    pub node: Node,
    pub flags: u32,
    pub groups: usize,
    pub names: Vec<(String, usize)>,
}

struct Parser {
    text: Vec<char>,
    at: usize,
    flags: u32,
    /// Widths of closed groups by number; `None` while one is open.
    widths: Vec<Option<(u64, u64)>>,
    names: Vec<(String, usize)>,
    /// Groups beyond this may not be referred to inside a look-behind.
    lookbehind: Option<usize>,
    depth: usize,
    /// Groups that conditions ask for, which may be defined later, and where.
    conditions: Vec<(usize, usize)>,
}

type Parse<T> = std::result::Result<T, (String, usize)>;

/// The tree of a pattern.
pub fn parse(pattern: &Str, flags: u32) -> crate::Result<Parsed> {
    if flags & LOCALE != 0 {
        return Err(Exc::value_error(
            "cannot use LOCALE flag with a str pattern",
        ));
    }
    if flags & ASCII != 0 && flags & UNICODE != 0 {
        return Err(Exc::value_error("ASCII and UNICODE flags are incompatible"));
    }
    let mut parser = Parser {
        text: pattern.as_str().chars().collect(),
        at: 0,
        flags,
        widths: vec![Some((0, u64::MAX))],
        names: Vec::new(),
        lookbehind: None,
        depth: 0,
        conditions: Vec::new(),
    };
    let whole = parser
        .leading_flags()
        .and_then(|()| parser.alternatives(true))
        .and_then(|node| {
            if parser.at < parser.text.len() {
                return Err(("unbalanced parenthesis".to_string(), parser.at));
            }
            for (group, at) in &parser.conditions {
                if *group >= parser.widths.len() {
                    return Err((format!("invalid group reference {group}"), *at));
                }
            }
            Ok(node)
        });
    match whole {
        Ok(node) => {
            let unicode = if parser.flags & ASCII == 0 {
                UNICODE
            } else {
                0
            };
            Ok(Parsed {
                node,
                flags: parser.flags | unicode,
                groups: parser.widths.len() - 1,
                names: parser.names,
            })
        }
        Err((message, at)) => Err(error(&message, pattern, at)),
    }
}

/// The place of an error that is nowhere in particular.
const NOWHERE: usize = usize::MAX;

/// A `re.error` about a place in a pattern or a template.
#[cold]
pub fn error(message: &str, pattern: &Str, at: usize) -> Exc {
    if at == NOWHERE {
        return Exc::with_message(&RE_ERROR, message);
    }
    let chars: Vec<char> = pattern.as_str().chars().collect();
    let before = &chars[..at.min(chars.len())];
    let line = before.iter().filter(|c| **c == '\n').count() + 1;
    let column = match before.iter().rposition(|c| *c == '\n') {
        Some(newline) => at - newline,
        None => at + 1,
    };
    let mut text = format!("{message} at position {at}");
    if chars.contains(&'\n') {
        text.push_str(&format!(" (line {line}, column {column})"));
    }
    let error = Exc::with_message(&RE_ERROR, text);
    for (name, value) in [
        ("msg", Value::from(message)),
        ("pattern", Value::Str(pattern.clone())),
        ("pos", Value::from(at as i64)),
        ("lineno", Value::from(line as i64)),
        ("colno", Value::from(column as i64)),
    ] {
        let _ = error.set_attr(name, value);
    }
    error
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn accept(&mut self, c: char) -> bool {
        if self.peek() == Some(c) {
            self.at += 1;
            return true;
        }
        false
    }

    fn has(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }

    fn case(&self) -> Case {
        Case::new(self.has(IGNORECASE), self.has(ASCII))
    }

    fn fail<T>(&self, message: impl Into<String>, at: usize) -> Parse<T> {
        // CPython reads one token ahead, and a lone backslash is none.
        if self.text[self.at.min(self.text.len())..] == ['\\'] {
            return Err(("bad escape (end of pattern)".to_string(), self.at));
        }
        Err((message.into(), at))
    }

    /// The token that starts with `c`: an escape is two characters.
    fn token(&mut self, c: char) -> String {
        let mut token = c.to_string();
        if c == '\\' {
            token.extend(self.next());
        }
        token
    }

    /// `(?im)` and its like in front of everything.
    fn leading_flags(&mut self) -> Parse<()> {
        while self.text[self.at..].starts_with(&['(', '?']) {
            let rest = &self.text[self.at + 2..];
            let len = rest.iter().take_while(|c| "aiLmsux".contains(**c)).count();
            if len == 0 || rest.get(len) != Some(&')') {
                return Ok(());
            }
            let start = self.at;
            self.at += 2;
            for _ in 0..len {
                let c = self.next().unwrap_or(')');
                self.flags |= self.flag(c)?;
            }
            self.at += 1;
            if self.has(ASCII) && self.has(UNICODE) {
                return self.fail(
                    "bad inline flags: flags 'a' and 'u' are incompatible",
                    start + 2,
                );
            }
        }
        Ok(())
    }

    fn flag(&self, c: char) -> Parse<u32> {
        Ok(match c {
            'i' => IGNORECASE,
            'm' => MULTILINE,
            's' => DOTALL,
            'x' => VERBOSE,
            'a' => ASCII,
            'u' => UNICODE,
            'L' => {
                return self.fail(
                    "bad inline flags: cannot use 'L' flag with a str pattern",
                    self.at,
                );
            }
            _ => return self.fail("unknown flag", self.at - 1),
        })
    }

    fn alternatives(&mut self, top: bool) -> Parse<Node> {
        self.depth += 1;
        if self.depth > 200 {
            return self.fail("the pattern is nested too deeply", self.at);
        }
        let mut branches = vec![self.sequence(top)?];
        while self.accept('|') {
            branches.push(self.sequence(false)?);
        }
        self.depth -= 1;
        Ok(match branches.pop() {
            Some(only) if branches.is_empty() => only,
            Some(last) => {
                branches.push(last);
                Node::Alt(branches)
            }
            None => Node::Cat(Vec::new()),
        })
    }

    fn sequence(&mut self, top: bool) -> Parse<Node> {
        let mut out: Vec<Node> = Vec::new();
        let outer_flags = self.flags;
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let here = self.at;
            self.at += 1;
            if self.has(VERBOSE) {
                if c.is_ascii_whitespace() || c == '\u{b}' {
                    continue;
                }
                if c == '#' {
                    while self.next().is_some_and(|c| c != '\n') {}
                    continue;
                }
            }
            let node = match c {
                '\\' => self.escape(here)?,
                '[' => self.set(here)?,
                '.' if self.has(DOTALL) => Node::Any,
                '.' => Node::AnyButNewline,
                '^' if self.has(MULTILINE) => Node::Anchor(Anchor::LineStart),
                '^' => Node::Anchor(Anchor::Start),
                '$' if self.has(MULTILINE) => Node::Anchor(Anchor::LineEnd),
                '$' => Node::Anchor(Anchor::End),
                '(' => match self.group(here, top && out.is_empty())? {
                    Some(node) => node,
                    None => continue,
                },
                '*' | '+' | '?' | '{' => {
                    let Some((min, max)) = self.counts(c, here)? else {
                        out.push(Node::Char('{', self.case()));
                        continue;
                    };
                    self.repeat(&mut out, min, max, here)?;
                    continue;
                }
                other => Node::Char(other, self.case()),
            };
            out.push(node);
        }
        if !top {
            self.flags = outer_flags;
        }
        Ok(Node::Cat(out))
    }

    /// The bounds of a quantifier; `None`: a `{` that is a literal.
    fn counts(&mut self, c: char, here: usize) -> Parse<Option<(u32, u32)>> {
        Ok(Some(match c {
            '*' => (0, MAX_REPEAT),
            '+' => (1, MAX_REPEAT),
            '?' => (0, 1),
            _ => {
                if self.peek() == Some('}') {
                    return Ok(None);
                }
                let low = self.digits();
                let high = if self.accept(',') {
                    self.digits()
                } else {
                    low.clone()
                };
                if !self.accept('}') {
                    self.at = here + 1;
                    return Ok(None);
                }
                let min = if low.is_empty() { 0 } else { self.count(&low)? };
                let max = if high.is_empty() {
                    MAX_REPEAT
                } else {
                    self.count(&high)?
                };
                if max < min {
                    return self.fail("min repeat greater than max repeat", here + 1);
                }
                (min, max)
            }
        }))
    }

    fn digits(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        self.text[start..self.at].iter().collect()
    }

    fn count(&self, digits: &str) -> Parse<u32> {
        match digits.parse::<u32>() {
            Ok(count) if count < MAX_REPEAT => Ok(count),
            _ => self.fail("the repetition number is too large", self.at),
        }
    }

    fn repeat(&mut self, out: &mut Vec<Node>, min: u32, max: u32, here: usize) -> Parse<()> {
        let node = match out.pop() {
            None | Some(Node::Anchor(_)) => return self.fail("nothing to repeat", here),
            Some(Node::Repeat { .. }) => return self.fail("multiple repeat", here),
            Some(Node::Cat(nodes)) if nodes.is_empty() => {
                return self.fail("nothing to repeat", here);
            }
            Some(node) => node,
        };
        let mode = if self.accept('?') {
            Mode::Lazy
        } else if self.accept('+') {
            Mode::Possessive
        } else {
            Mode::Greedy
        };
        out.push(Node::Repeat {
            min,
            max,
            mode,
            node: Box::new(node),
        });
        Ok(())
    }
}
