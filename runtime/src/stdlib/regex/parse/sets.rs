//! Escapes and sets of characters.

use super::*;

impl Parser {
    pub(super) fn class(&self, c: char) -> Option<ClassTest> {
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
    pub(super) fn escape(&mut self, here: usize) -> Parse<Node> {
        let Some(c) = self.next() else {
            return self.fail("bad escape (end of pattern)", here);
        };
        let case = self.case();
        if let Some(class) = self.class(c) {
            return Ok(Node::Set {
                items: vec![Item::Class(class)],
                negated: false,
                case: Case::Kept,
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
                Node::Char(char::from_u32(code).unwrap_or('\0'), case)
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
                        return Ok(Node::Char(char::from_u32(code).unwrap_or('\0'), case));
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
                Node::BackRef(group, case)
            }
            _ => Node::Char(self.escaped_char(c, here)?, case),
        })
    }

    /// The escapes that mean one character, in and out of sets.
    pub(super) fn escaped_char(&mut self, c: char, here: usize) -> Parse<char> {
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
    pub(super) fn set(&mut self, here: usize) -> Parse<Node> {
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
            case: self.case(),
        })
    }

    pub(super) fn set_item(&mut self, c: char, start: usize) -> Parse<Item> {
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
