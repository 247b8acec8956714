//! Formats against CPython: `tests/data/formats.tsv`, which `tests/formats.py` wrote.
//! `PORTALIS_FORMAT_CASES` names a larger file to read instead.

use super::*;
use crate::string::tests::{Field, parse, raised};
use crate::{Dict, List, Value};

/// A field as a dynamic value; `big` ints are beyond what `Int::from` takes.
fn value(field: &str) -> Value {
    let rest = &field[1..];
    match &field[..1] {
        "f" => Value::Float(f64::from_bits(u64::from_str_radix(rest, 16).unwrap_or(0))),
        "i" => match rest.parse::<i64>() {
            Ok(small) => Value::Int(Int::from(small)),
            Err(_) => Value::Int(Int::parse(&Str::from(rest)).ok().expect("an int")),
        },
        "l" => Value::List(List::from(items(field))),
        "d" => {
            let dict = Dict::new();
            for (name, item) in pairs(field) {
                assert!(dict.setitem(Value::Str(name), item).is_ok());
            }
            Value::Dict(dict)
        }
        _ => match parse(field) {
            Field::Text(text) => Value::Str(Str::from(text)),
            Field::Truth(truth) => Value::Bool(truth),
            other => panic!("no value: {other:?}"),
        },
    }
}

fn items(field: &str) -> Vec<Value> {
    field[1..]
        .split('\x1f')
        .filter(|item| !item.is_empty())
        .map(value)
        .collect()
}

fn pairs(field: &str) -> Vec<(Str, Value)> {
    let pairs = field[1..]
        .split('\x1e')
        .filter_map(|pair| pair.split_once('\x1d'));
    pairs
        .map(|(name, item)| (Str::from(name), value(item)))
        .collect()
}

fn text(field: &str) -> Str {
    match parse(field) {
        Field::Text(text) => Str::from(text),
        other => panic!("no text: {other:?}"),
    }
}

fn run(fields: &[&str]) -> Result<Str> {
    match fields {
        ["spec", operand, spec, ..] => {
            let (operand, spec) = (value(operand), text(spec));
            let mut out = String::new();
            match &operand {
                Value::Int(n) => format_int(n, spec.as_str(), &mut out),
                Value::Float(x) => format_float(*x, spec.as_str(), &mut out),
                Value::Bool(b) => format_bool(*b, spec.as_str(), &mut out),
                Value::Str(s) => format_str(s.as_str(), spec.as_str(), &mut out),
                _ => panic!("no such operand"),
            }?;
            let mut dynamic = String::new();
            operand.py_format_into(spec.as_str(), &mut dynamic)?;
            assert_eq!(dynamic, out);
            Ok(Str::from(out))
        }
        ["%", template, args, ..] if args.starts_with('l') => percent(&text(template), items(args)),
        ["%", template, args, ..] => percent_value(&text(template), &value(args)),
        ["{}", template, given, named, ..] => {
            str_format(&text(template), items(given), pairs(named))
        }
        _ => panic!("no such case"),
    }
}

#[test]
fn formats_are_cpythons() {
    let larger = std::env::var("PORTALIS_FORMAT_CASES")
        .map(|path| std::fs::read_to_string(path).expect("the named file is not readable"));
    let small = include_str!("../../tests/data/formats.tsv");
    let (mut count, mut wrong) = (0, 0);
    for line in larger.as_deref().unwrap_or(small).lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let found = match run(&fields) {
            Ok(text) => Field::Text(text.as_str().to_owned()),
            Err(error) => raised(&error),
        };
        let expected = match parse(fields[fields.len() - 1]) {
            // The message is escaped as a text is.
            Field::Raised(message) => match parse(&format!("s{message}")) {
                Field::Text(message) => Field::Raised(message),
                other => other,
            },
            text => text,
        };
        count += 1;
        if found != expected {
            wrong += 1;
            if wrong < 30 {
                eprintln!("{line}\n   but {found:?}");
            }
        }
    }
    assert_eq!((wrong, count > 1000), (0, true), "of {count}");
}
