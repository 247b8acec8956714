//! `str.format` and `str.format_map` (Objects/stringlib/unicode_format.h).

use super::spec::take_integer;
use crate::dynamic;
use crate::exc::INDEX_ERROR;
use crate::string::escape_beyond_ascii;
use crate::{Exc, Int, Py, Result, Str, Value};

/// Automatic or manual numbering of the fields: all of a template agree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Unknown,
    Automatic,
    Manual,
}

struct Fields<'a> {
    positional: &'a [Value],
    keywords: &'a [(Str, Value)],
    /// The operand of `format_map`.
    mapping: Option<&'a Value>,
    numbering: Numbering,
    next: usize,
}

/// `template.format(*positional, **keywords)`.
///
/// # Errors
/// Those of the template's grammar, of lookups and of the values' formats.
pub fn str_format(
    template: &Str,
    positional: Vec<Value>,
    keywords: Vec<(Str, Value)>,
) -> Result<Str> {
    let mut fields = Fields {
        positional: &positional,
        keywords: &keywords,
        mapping: None,
        numbering: Numbering::Unknown,
        next: 0,
    };
    fields.build(template.as_str(), 2).map(Str::from)
}

/// `template.format_map(mapping)`.
///
/// # Errors
/// As `str_format`; `ValueError` for positional fields.
pub fn format_map(template: &Str, mapping: &Value) -> Result<Str> {
    let mut fields = Fields {
        positional: &[],
        keywords: &[],
        mapping: Some(mapping),
        numbering: Numbering::Unknown,
        next: 0,
    };
    fields.build(template.as_str(), 2).map(Str::from)
}

fn fault<T>(message: &str) -> Result<T> {
    Err(Exc::value_error(message))
}

/// A replacement field: `{name!conversion:spec}`.
struct Field<'t> {
    name: &'t str,
    conversion: Option<char>,
    spec: &'t str,
    nested: bool,
}

impl Fields<'_> {
    /// Expands `template`; fields may nest `depth - 1` deep.
    fn build(&mut self, template: &str, depth: u32) -> Result<String> {
        if depth == 0 {
            return fault("Max string recursion exceeded");
        }
        let mut out = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            let after = &rest[at + 1..];
            if after.starts_with(brace) {
                out.push_str(brace);
                rest = &after[1..];
            } else if brace == "}" {
                return fault("Single '}' encountered in format string");
            } else if after.is_empty() {
                return fault("Single '{' encountered in format string");
            } else {
                let (field, left) = parse_field(after)?;
                self.expand(&field, depth, &mut out)?;
                rest = left;
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    fn expand(&mut self, field: &Field, depth: u32, out: &mut String) -> Result<()> {
        let mut value = self.look_up(field.name)?;
        match field.conversion {
            None => {}
            Some('s') => value = Value::Str(value.py_str()?),
            Some('r') => value = Value::Str(value.py_repr()?),
            Some('a') => {
                let mut text = String::new();
                value.py_repr_into(&mut text)?;
                value = Value::Str(escape_beyond_ascii(text));
            }
            Some(c @ '!'..='~') => {
                return fault(&format!("Unknown conversion specifier {c}"));
            }
            Some(c) => {
                return fault(&format!("Unknown conversion specifier \\x{:x}", c as u32));
            }
        }
        if field.nested {
            let spec = self.build(field.spec, depth - 1)?;
            return value.py_format_into(&spec, out);
        }
        value.py_format_into(field.spec, out)
    }

    fn number(&mut self, wanted: Numbering) -> Result<()> {
        if self.numbering == Numbering::Unknown {
            self.numbering = wanted;
        }
        match (self.numbering, wanted) {
            (Numbering::Manual, Numbering::Automatic) => {
                fault("cannot switch from manual field specification to automatic field numbering")
            }
            (Numbering::Automatic, Numbering::Manual) => {
                fault("cannot switch from automatic field numbering to manual field specification")
            }
            _ => Ok(()),
        }
    }

    fn look_up(&mut self, name: &str) -> Result<Value> {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut path) = name.split_at(end);
        let index = whole_index(first)?;
        let mut value = if first.is_empty() || index.is_some() {
            self.number(match index {
                Some(_) => Numbering::Manual,
                None => Numbering::Automatic,
            })?;
            let index = index.unwrap_or_else(|| {
                self.next += 1;
                self.next - 1
            });
            if self.mapping.is_some() {
                return fault("Format string contains positional fields");
            }
            self.positional.get(index).cloned().ok_or_else(|| {
                Exc::with_message(
                    &INDEX_ERROR,
                    format!("Replacement index {index} out of range for positional args tuple"),
                )
            })?
        } else {
            self.named(first)?
        };
        while !path.is_empty() {
            value = step(&value, &mut path)?;
        }
        Ok(value)
    }

    fn named(&self, name: &str) -> Result<Value> {
        let key = || Value::Str(Str::from(name));
        if let Some(mapping) = self.mapping {
            return dynamic::getitem(mapping, &key());
        }
        let found = self.keywords.iter().find(|(keyword, _)| *keyword == *name);
        found
            .map(|(_, value)| value.clone())
            .ok_or_else(|| Exc::key_error(key()))
    }
}

/// `text` as an index, if it is one.
fn whole_index(text: &str) -> Result<Option<usize>> {
    let mut rest = text;
    let index = take_integer(&mut rest)?;
    Ok(index.filter(|_| rest.is_empty()))
}

/// Takes one `.name` or `[key]` off `path`.
fn step(value: &Value, path: &mut &str) -> Result<Value> {
    if let Some(after) = path.strip_prefix('.') {
        let end = after.find(['.', '[']).unwrap_or(after.len());
        let (name, rest) = after.split_at(end);
        if name.is_empty() {
            return fault("Empty attribute in format string");
        }
        *path = rest;
        return dynamic::get_attr(value, name);
    }
    let Some(after) = path.strip_prefix('[') else {
        return fault("Only '.' or '[' may follow ']' in format field specifier");
    };
    let Some(end) = after.find(']') else {
        return fault("Missing ']' in format string");
    };
    let key = &after[..end];
    *path = &after[end + 1..];
    if key.is_empty() {
        return fault("Empty attribute in format string");
    }
    match whole_index(key)? {
        Some(index) => dynamic::getitem(value, &Value::Int(Int::from(index as i64))),
        None => dynamic::getitem(value, &Value::Str(Str::from(key))),
    }
}

/// Reads a field up to its closing brace (`MarkupIterator_next`, `parse_field`).
fn parse_field(text: &str) -> Result<(Field<'_>, &str)> {
    // The name ends at `!`, `:` or `}`, but not inside brackets.
    let mut in_brackets = false;
    let mut end = None;
    for (at, c) in text.char_indices() {
        match c {
            '{' => return fault("unexpected '{' in field name"),
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            '}' | ':' | '!' if !in_brackets => {
                end = Some((at, c));
                break;
            }
            _ => {}
        }
    }
    let Some((at, mark)) = end else {
        return fault("expected '}' before end of string");
    };
    let name = &text[..at];
    let mut rest = &text[at + 1..];
    let mut conversion = None;
    if mark == '}' {
        return Ok((
            Field {
                name,
                conversion,
                spec: "",
                nested: false,
            },
            rest,
        ));
    }
    if mark == '!' {
        let mut chars = rest.chars();
        let Some(c) = chars.next() else {
            return fault("end of string while looking for conversion specifier");
        };
        conversion = Some(c);
        rest = chars.as_str();
        match rest.chars().next() {
            Some('}') => {
                return Ok((
                    Field {
                        name,
                        conversion,
                        spec: "",
                        nested: false,
                    },
                    &rest[1..],
                ));
            }
            Some(':') => rest = &rest[1..],
            Some(_) => return fault("expected ':' after conversion specifier"),
            None => return fault("unmatched '{' in format spec"),
        }
    }
    let (mut depth, mut nested) = (1, false);
    for (at, c) in rest.char_indices() {
        match c {
            '{' => {
                nested = true;
                depth += 1;
            }
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let spec = &rest[..at];
            return Ok((
                Field {
                    name,
                    conversion,
                    spec,
                    nested,
                },
                &rest[at + 1..],
            ));
        }
    }
    fault("unmatched '{' in format spec")
}
