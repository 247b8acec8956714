//! Replacement templates: `\1`, `\g<name>` and escapes.

use super::parse::error;
use super::program::Program;
use super::{Spans, slice};
use crate::{Exc, Result, Str};

pub enum Part {
    Text(String),
    Group(usize),
}

/// The parts of a template for the groups of `program`.
pub fn parse(template: &Str, program: &Program) -> Result<Vec<Part>> {
    if !template.as_str().contains('\\') {
        return Ok(vec![Part::Text(template.as_str().to_string())]);
    }
    let chars: Vec<char> = template.as_str().chars().collect();
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        at += 1;
        if c != '\\' {
            text.push(c);
            continue;
        }
        let here = at - 1;
        let Some(c) = chars.get(at).copied() else {
            return Err(error("bad escape (end of pattern)", template, here));
        };
        at += 1;
        let group = match c {
            'g' => {
                let (group, next) = named(template, &chars, at, program)?;
                at = next;
                group
            }
            '0' => {
                let mut code = 0;
                for _ in 0..2 {
                    match chars.get(at).and_then(|c| c.to_digit(8)) {
                        Some(digit) => code = code * 8 + digit,
                        None => break,
                    }
                    at += 1;
                }
                text.push(char::from_u32(code).unwrap_or('\0'));
                continue;
            }
            '1'..='9' => {
                let mut digits = c.to_string();
                if let Some(second) = chars.get(at).filter(|c| c.is_ascii_digit()) {
                    digits.push(*second);
                    at += 1;
                    let octal = |c: Option<&char>| c.is_some_and(|c| c.is_digit(8));
                    if c.is_digit(8) && second.is_digit(8) && octal(chars.get(at)) {
                        digits.push(chars[at]);
                        at += 1;
                        let code = u32::from_str_radix(&digits, 8).unwrap_or(0);
                        if code > 0o377 {
                            return Err(error(
                                &format!("octal escape value \\{digits} outside of range 0-0o377"),
                                template,
                                here,
                            ));
                        }
                        text.push(char::from_u32(code).unwrap_or('\0'));
                        continue;
                    }
                }
                let group: usize = digits.parse().unwrap_or(0);
                if group > program.groups {
                    return Err(error(
                        &format!("invalid group reference {group}"),
                        template,
                        here + 1,
                    ));
                }
                group
            }
            _ => {
                match c {
                    'a' => text.push('\u{7}'),
                    'b' => text.push('\u{8}'),
                    'f' => text.push('\u{c}'),
                    'n' => text.push('\n'),
                    'r' => text.push('\r'),
                    't' => text.push('\t'),
                    'v' => text.push('\u{b}'),
                    '\\' => text.push('\\'),
                    c if c.is_ascii_alphabetic() => {
                        return Err(error(&format!("bad escape \\{c}"), template, here));
                    }
                    other => {
                        text.push('\\');
                        text.push(other);
                    }
                }
                continue;
            }
        };
        if !text.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut text)));
        }
        parts.push(Part::Group(group));
    }
    parts.push(Part::Text(text));
    Ok(parts)
}

/// The group of `\g<…>` and the position behind it.
fn named(template: &Str, chars: &[char], at: usize, program: &Program) -> Result<(usize, usize)> {
    if chars.get(at) != Some(&'<') {
        return Err(error("missing <", template, at));
    }
    let start = at + 1;
    let Some(len) = chars[start..].iter().position(|c| *c == '>') else {
        let message = if start == chars.len() {
            "missing group name"
        } else {
            "missing >, unterminated name"
        };
        return Err(error(message, template, start));
    };
    let name: String = chars[start..start + len].iter().collect();
    if name.is_empty() {
        return Err(error("missing group name", template, start));
    }
    let next = start + len + 1;
    if name.chars().all(|c| c.is_ascii_digit()) {
        let group = name.parse::<usize>().unwrap_or(usize::MAX);
        if group > program.groups {
            return Err(error(
                &format!("invalid group reference {name}"),
                template,
                start,
            ));
        }
        return Ok((group, next));
    }
    if !Str::from(name.as_str()).isidentifier() {
        let shown = crate::Py::py_repr(&Str::from(name.as_str()))?;
        return Err(error(
            &format!("bad character in group name {shown}"),
            template,
            start,
        ));
    }
    match program.names.iter().find(|(known, _)| *known == name) {
        Some((_, group)) => Ok((*group, next)),
        None => Err(Exc::index_error(format!("unknown group name '{name}'"))),
    }
}

/// Appends what the template means for one match; groups that took no part are empty.
pub fn expand(parts: &[Part], text: &Str, spans: &Spans, out: &mut String) {
    for part in parts {
        match part {
            Part::Text(literal) => out.push_str(literal),
            Part::Group(group) => {
                if let Some(Some((start, end))) = spans.groups.get(*group) {
                    out.push_str(slice(text, *start, *end).as_str());
                }
            }
        }
    }
}
