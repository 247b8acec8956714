//! Groups, their names, and flags in parentheses.

use super::*;

impl Parser {
    /// What stands after a `(`; `None` for a comment.
    pub(super) fn group(&mut self, start: usize, first: bool) -> Parse<Option<Node>> {
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
                        return Ok(Some(Node::BackRef(group, self.case())));
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

    pub(super) fn closed_widths(&self) -> Vec<(u64, u64)> {
        self.widths
            .iter()
            .map(|w| w.unwrap_or((0, u64::MAX)))
            .collect()
    }

    /// `(?i:` leaves the flags set; `(?i)` elsewhere than in front is an error.
    pub(super) fn scoped_flags(&mut self, start: usize, first: bool) -> Parse<bool> {
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

    pub(super) fn conditional(&mut self, start: usize) -> Parse<Node> {
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

    pub(super) fn name(&mut self, end: char, what: &str) -> Parse<String> {
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

    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.names
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, number)| *number)
    }

    pub(super) fn check_reference(&self, group: usize, at: usize) -> Parse<()> {
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
}
