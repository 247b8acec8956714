//! Python's regular expression syntax: text → tree, with the messages of `re.error`.

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
    Char(char, bool),
    Any,
    AnyButNewline,
    Set {
        items: Vec<Item>,
        negated: bool,
        ignore: bool,
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
    BackRef(usize, bool),
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
                        out.push(Node::Char('{', self.has(IGNORECASE)));
                        continue;
                    };
                    self.repeat(&mut out, min, max, here)?;
                    continue;
                }
                other => Node::Char(other, self.has(IGNORECASE)),
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

    /// What stands after a `(`; `None` for a comment.
    fn group(&mut self, start: usize, first: bool) -> Parse<Option<Node>> {
        let unterminated = "missing ), unterminated subpattern";
        let mut name = None;
        let mut capture = true;
        let outer = self.flags;
        if self.accept('?') {
            let Some(c) = self.next() else {
                return self.fail("unexpected end of pattern", self.at);
            };
            match c {
                'P' => match self.next() {
                    Some('<') => name = Some(self.name('>', "group name")?),
                    Some('=') => {
                        let at = self.at;
                        let name = self.name(')', "group name")?;
                        let Some(group) = self.named(&name) else {
                            return self.fail(format!("unknown group name '{name}'"), at);
                        };
                        self.check_reference(group, at)?;
                        return Ok(Some(Node::BackRef(group, self.has(IGNORECASE))));
                    }
                    Some(c) => {
                        let at = self.at - 3;
                        let token = self.token(c);
                        return self.fail(format!("unknown extension ?P{token}"), at);
                    }
                    None => return self.fail("unexpected end of pattern", self.at),
                },
                ':' => capture = false,
                '#' => loop {
                    match self.next() {
                        None => return self.fail("missing ), unterminated comment", start),
                        Some(')') => return Ok(None),
                        Some(_) => {}
                    }
                },
                '=' | '!' | '<' => {
                    let mut ahead = true;
                    let mut negated = c == '!';
                    if c == '<' {
                        match self.next() {
                            None => return self.fail("unexpected end of pattern", self.at),
                            Some(c @ ('=' | '!')) => {
                                ahead = false;
                                negated = c == '!';
                            }
                            Some(c) => {
                                let at = self.at - 3;
                                let token = self.token(c);
                                return self.fail(format!("unknown extension ?<{token}"), at);
                            }
                        }
                    }
                    let saved = self.lookbehind;
                    if !ahead && saved.is_none() {
                        self.lookbehind = Some(self.widths.len());
                    }
                    let node = self.alternatives(false)?;
                    self.lookbehind = saved;
                    if !self.accept(')') {
                        return self.fail(unterminated, start);
                    }
                    let (low, high) = node.width(&self.closed_widths());
                    if !ahead && low != high {
                        return Err(("look-behind requires fixed-width pattern".into(), NOWHERE));
                    }
                    let node = Box::new(node);
                    return Ok(Some(Node::Look {
                        ahead,
                        negated,
                        width: low as usize,
                        node,
                    }));
                }
                '>' => {
                    let node = self.alternatives(false)?;
                    if !self.accept(')') {
                        return self.fail(unterminated, start);
                    }
                    return Ok(Some(Node::Atomic(Box::new(node))));
                }
                '(' => return self.conditional(start).map(Some),
                'a' | 'i' | 'L' | 'm' | 's' | 'u' | 'x' | '-' => {
                    self.at -= 1;
                    if !self.scoped_flags(start, first)? {
                        return Ok(None);
                    }
                    capture = false;
                }
                other => {
                    let at = self.at - 2;
                    let token = self.token(other);
                    return self.fail(format!("unknown extension ?{token}"), at);
                }
            }
        }
        let number = if capture {
            let number = self.widths.len();
            if let Some(name) = name {
                if let Some(old) = self.named(&name) {
                    let at = self.at - name.chars().count() - 1;
                    return self.fail(
                        format!(
                            "redefinition of group name '{name}' as group {number}; was group {old}"
                        ),
                        at,
                    );
                }
                self.names.push((name, number));
            }
            self.widths.push(None);
            Some(number)
        } else {
            None
        };
        let node = self.alternatives(false)?;
        if !self.accept(')') {
            return self.fail(unterminated, start);
        }
        self.flags = outer;
        Ok(Some(match number {
            Some(number) => {
                self.widths[number] = Some(node.width(&self.closed_widths()));
                Node::Group(number, Box::new(node))
            }
            // A quantifier must not reach into it.
            None => match node {
                Node::Cat(nodes) if nodes.len() != 1 => Node::Alt(vec![Node::Cat(nodes)]),
                other => other,
            },
        }))
    }

    fn closed_widths(&self) -> Vec<(u64, u64)> {
        self.widths
            .iter()
            .map(|w| w.unwrap_or((0, u64::MAX)))
            .collect()
    }

    /// `(?i:` leaves the flags set; `(?i)` elsewhere than in front is an error.
    fn scoped_flags(&mut self, start: usize, first: bool) -> Parse<bool> {
        let (mut on, mut off) = (0, 0);
        let mut negative = false;
        loop {
            let Some(c) = self.next() else {
                return self.fail(
                    if negative {
                        "missing :"
                    } else {
                        "missing -, : or )"
                    },
                    self.at,
                );
            };
            match c {
                ')' if !negative => {
                    if !first {
                        return self.fail("global flags not at the start of the expression", start);
                    }
                    self.flags |= on;
                    return Ok(false);
                }
                ':' => {
                    if negative && off == 0 {
                        return self.fail("missing flag", self.at - 1);
                    }
                    break;
                }
                '-' if !negative => {
                    negative = true;
                    if !self.peek().is_some_and(|c| c.is_alphabetic()) {
                        return self.fail("missing flag", self.at);
                    }
                }
                c if "aiLmsux".contains(c) => {
                    let flag = self.flag(c)?;
                    if negative {
                        if flag & (ASCII | UNICODE) != 0 {
                            return self.fail(
                                "bad inline flags: cannot turn off flags 'a', 'u' and 'L'",
                                self.at,
                            );
                        }
                        off |= flag;
                    } else {
                        on |= flag;
                    }
                }
                c if c.is_alphabetic() => return self.fail("unknown flag", self.at - 1),
                _ => {
                    return self.fail(
                        if negative {
                            "missing :"
                        } else {
                            "missing -, : or )"
                        },
                        self.at - 1,
                    );
                }
            }
        }
        if on & off != 0 {
            return self.fail("bad inline flags: flag turned on and off", self.at);
        }
        if on & ASCII != 0 {
            self.flags &= !UNICODE;
        }
        if on & UNICODE != 0 {
            self.flags &= !ASCII;
        }
        self.flags = (self.flags | on) & !off;
        Ok(true)
    }

    fn conditional(&mut self, start: usize) -> Parse<Node> {
        let at = self.at;
        let name = self.name(')', "group name")?;
        let group = if name.chars().all(|c| c.is_ascii_digit()) {
            match name.parse::<usize>() {
                Ok(0) => return self.fail("bad group number", at),
                Ok(group) if group < 10_000 => group,
                _ => return self.fail(format!("invalid group reference {name}"), at),
            }
        } else {
            match self.named(&name) {
                Some(group) => group,
                None => return self.fail(format!("unknown group name '{name}'"), at),
            }
        };
        let yes = self.sequence(false)?;
        let mut no = Node::Cat(Vec::new());
        if self.accept('|') {
            no = self.sequence(false)?;
            if self.peek() == Some('|') {
                return self.fail("conditional backref with more than two branches", self.at);
            }
        }
        if !self.accept(')') {
            return self.fail("missing ), unterminated subpattern", start);
        }
        if !self.conditions.iter().any(|(known, _)| *known == group) {
            self.conditions.push((group, at));
        }
        Ok(Node::Conditional(group, Box::new(yes), Box::new(no)))
    }

    fn name(&mut self, end: char, what: &str) -> Parse<String> {
        let start = self.at;
        loop {
            match self.next() {
                None if self.at == start => return self.fail(format!("missing {what}"), start),
                None => {
                    return self.fail(format!("missing {end}, unterminated name"), start);
                }
                Some(c) if c == end => break,
                Some(_) => {}
            }
        }
        let name: String = self.text[start..self.at - 1].iter().collect();
        if name.is_empty() {
            return self.fail(format!("missing {what}"), start);
        }
        let number =
            self.text[..start].ends_with(&['?', '(']) && name.chars().all(|c| c.is_ascii_digit());
        if !number && !Str::from(name.as_str()).isidentifier() {
            let shown = crate::Py::py_repr(&Str::from(name.as_str())).unwrap_or_default();
            return self.fail(format!("bad character in group name {shown}"), start);
        }
        Ok(name)
    }

    fn named(&self, name: &str) -> Option<usize> {
        self.names
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, number)| *number)
    }

    fn check_reference(&self, group: usize, at: usize) -> Parse<()> {
        if self.widths.get(group).is_some_and(Option::is_none) {
            return self.fail("cannot refer to an open group", at);
        }
        if self.lookbehind.is_some_and(|first| group >= first) {
            return self.fail(
                "cannot refer to group defined in the same lookbehind subpattern",
                at,
            );
        }
        Ok(())
    }

    fn class(&self, c: char) -> Option<ClassTest> {
        Some(ClassTest {
            kind: match c {
                'd' | 'w' | 's' => c,
                'D' | 'W' | 'S' => c.to_ascii_lowercase(),
                _ => return None,
            },
            negated: c.is_ascii_uppercase(),
            ascii: self.has(ASCII),
        })
    }

    /// An escape outside of a set; `here` is the backslash.
    fn escape(&mut self, here: usize) -> Parse<Node> {
        let Some(c) = self.next() else {
            return self.fail("bad escape (end of pattern)", here);
        };
        let ignore = self.has(IGNORECASE);
        if let Some(class) = self.class(c) {
            return Ok(Node::Set {
                items: vec![Item::Class(class)],
                negated: false,
                ignore: false,
            });
        }
        let ascii = self.has(ASCII);
        Ok(match c {
            'A' => Node::Anchor(Anchor::Start),
            'Z' => Node::Anchor(Anchor::StringEnd),
            'b' | 'B' => Node::Anchor(Anchor::Boundary {
                ascii,
                negated: c == 'B',
            }),
            '0' => {
                let mut code = 0;
                for _ in 0..2 {
                    match self.peek().and_then(|c| c.to_digit(8)) {
                        Some(digit) => code = code * 8 + digit,
                        None => break,
                    }
                    self.at += 1;
                }
                Node::Char(char::from_u32(code).unwrap_or('\0'), ignore)
            }
            '1'..='9' => {
                let mut digits = c.to_string();
                if let Some(second) = self.peek().filter(char::is_ascii_digit) {
                    self.at += 1;
                    digits.push(second);
                    let octal = |c: char| c.is_digit(8);
                    if octal(c) && octal(second) && self.peek().is_some_and(octal) {
                        digits.extend(self.next());
                        let code = u32::from_str_radix(&digits, 8).unwrap_or(0);
                        if code > 0o377 {
                            return self.fail(
                                format!("octal escape value \\{digits} outside of range 0-0o377"),
                                here,
                            );
                        }
                        return Ok(Node::Char(char::from_u32(code).unwrap_or('\0'), ignore));
                    }
                }
                let group: usize = digits.parse().unwrap_or(0);
                if group >= self.widths.len() {
                    return self.fail(format!("invalid group reference {group}"), here + 1);
                }
                if self.widths[group].is_none() {
                    return self.fail("cannot refer to an open group", here);
                }
                self.check_reference(group, here)?;
                Node::BackRef(group, ignore)
            }
            _ => Node::Char(self.escaped_char(c, here)?, ignore),
        })
    }

    /// The escapes that mean one character, in and out of sets.
    fn escaped_char(&mut self, c: char, here: usize) -> Parse<char> {
        let digits = match c {
            'a' => return Ok('\u{7}'),
            'f' => return Ok('\u{c}'),
            'n' => return Ok('\n'),
            'r' => return Ok('\r'),
            't' => return Ok('\t'),
            'v' => return Ok('\u{b}'),
            'x' => 2,
            'u' => 4,
            'U' => 8,
            c if c.is_ascii_alphabetic() => return self.fail(format!("bad escape \\{c}"), here),
            other => return Ok(other),
        };
        let start = self.at;
        while self.at - start < digits && self.peek().is_some_and(|c| c.is_ascii_hexdigit()) {
            self.at += 1;
        }
        let text: String = self.text[start..self.at].iter().collect();
        if text.len() != digits {
            return self.fail(format!("incomplete escape \\{c}{text}"), here);
        }
        let code = u32::from_str_radix(&text, 16).unwrap_or(u32::MAX);
        match char::from_u32(code) {
            Some(c) => Ok(c),
            None => self.fail(format!("bad escape \\{c}{text}"), here),
        }
    }

    /// A set; `here` is the bracket.
    fn set(&mut self, here: usize) -> Parse<Node> {
        let mut items = Vec::new();
        let negated = self.accept('^');
        let first = self.at;
        loop {
            let start = self.at;
            let Some(c) = self.next() else {
                return self.fail("unterminated character set", here);
            };
            if c == ']' && start != first {
                break;
            }
            let low = self.set_item(c, start)?;
            if !self.accept('-') {
                items.push(low);
                continue;
            }
            let high_start = self.at;
            let Some(c) = self.next() else {
                return self.fail("unterminated character set", here);
            };
            if c == ']' {
                items.push(low);
                items.push(Item::Char('-'));
                break;
            }
            let high = self.set_item(c, high_start)?;
            match (&low, &high) {
                (Item::Char(a), Item::Char(b)) if a <= b => items.push(Item::Range(*a, *b)),
                _ => {
                    let shown: String = self.text[start..self.at].iter().collect();
                    return self.fail(format!("bad character range {shown}"), start);
                }
            }
        }
        Ok(Node::Set {
            items,
            negated,
            ignore: self.has(IGNORECASE),
        })
    }

    fn set_item(&mut self, c: char, start: usize) -> Parse<Item> {
        if c != '\\' {
            return Ok(Item::Char(c));
        }
        let Some(c) = self.next() else {
            return self.fail("bad escape (end of pattern)", start);
        };
        if let Some(class) = self.class(c) {
            return Ok(Item::Class(class));
        }
        match c {
            'b' => Ok(Item::Char('\u{8}')),
            '0'..='7' => {
                let mut digits = c.to_string();
                while digits.len() < 3 && self.peek().is_some_and(|c| c.is_digit(8)) {
                    digits.extend(self.next());
                }
                let code = u32::from_str_radix(&digits, 8).unwrap_or(0);
                if code > 0o377 {
                    return self.fail(
                        format!("octal escape value \\{digits} outside of range 0-0o377"),
                        start,
                    );
                }
                Ok(Item::Char(char::from_u32(code).unwrap_or('\0')))
            }
            '8' | '9' => self.fail(format!("bad escape \\{c}"), start),
            _ => Ok(Item::Char(self.escaped_char(c, start)?)),
        }
    }
}
