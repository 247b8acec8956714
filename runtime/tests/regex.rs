//! The re module against what CPython says of thousands of patterns (`regex_cases.py`).

use portalis_runtime::stdlib::regex::Pattern;
use portalis_runtime::{Int, Py, Str, Value};

const CASES: &str = include_str!("regex_cases.txt");

/// Undoes Python's `unicode_escape`.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let digits = match chars.next() {
            Some('n') => "a".to_string(),
            Some('t') => "9".to_string(),
            Some('r') => "d".to_string(),
            Some('x') => chars.by_ref().take(2).collect(),
            Some('u') => chars.by_ref().take(4).collect(),
            Some(c) => {
                out.push(c);
                continue;
            }
            None => break,
        };
        let code = u32::from_str_radix(&digits, 16).unwrap();
        out.push(char::from_u32(code).unwrap());
    }
    out
}

fn outcome(pattern: &str, flags: i64, subject: &str) -> String {
    let subject = Str::from(subject);
    let compiled = match Pattern::<Value, Value>::compile(&Str::from(pattern), &Int::from(flags)) {
        Ok(compiled) => compiled,
        Err(error) => return format!("!{}", error.py_str().unwrap()),
    };
    let (mut spans, mut last) = (Vec::new(), Vec::new());
    for found in portalis_runtime::Iterable::py_iter(&compiled.finditer(&subject, 0, i64::MAX)) {
        let found = found.unwrap();
        let groups = 0..=compiled.groups();
        let each = groups.map(|group| {
            let (start, end) = found.span(&Int::from(group)).unwrap();
            format!("({start}, {end})")
        });
        let each: Vec<String> = each.collect();
        let comma = if each.len() == 1 { "," } else { "" };
        spans.push(format!("({}{comma})", each.join(", ")));
        last.push(found.lastindex().map_or("0".to_string(), |n| n.to_string()));
    }
    let whole = match compiled.fullmatch(&subject, 0, i64::MAX) {
        Some(found) => {
            let (start, end) = found.span(&Int::from(0)).unwrap();
            format!("({start}, {end})")
        }
        None => "None".to_string(),
    };
    format!("[{}] [{}] {whole}", spans.join(", "), last.join(", "))
}

#[test]
fn patterns_match_as_in_cpython() {
    let mut wrong = Vec::new();
    for line in CASES.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [pattern, flags, subject, said] = fields[..] else {
            panic!("a case of {} fields", fields.len());
        };
        let (pattern, subject, said) = (decoded(pattern), decoded(subject), decoded(said));
        let ours = outcome(&pattern, flags.parse().unwrap(), &subject);
        if ours != said {
            wrong.push(format!(
                "{pattern:?} {flags} {subject:?}\n  want {said}\n  got  {ours}"
            ));
        }
    }
    let count = wrong.len();
    wrong.truncate(40);
    assert!(count == 0, "{count} wrong:\n{}", wrong.join("\n"));
}
