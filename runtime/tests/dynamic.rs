//! Dynamic operations against CPython: every line of `data/dynamic_cases.tsv` is a Python
//! expression and what CPython made of it (`dynamic_cases.py` writes the file). A small
//! evaluator runs the expression through the runtime's dynamic operations.

mod pyexpr;

use portalis_runtime::prelude::*;

fn outcome(source: &str) -> String {
    let shown = pyexpr::eval(source).and_then(|value| value.py_repr());
    match shown {
        Ok(text) => text.as_str().to_owned(),
        Err(exc) => {
            let text = exc
                .py_str()
                .map(|s| s.as_str().to_owned())
                .unwrap_or_default();
            format!("{}: {text}", exc.class().name)
        }
    }
}

#[test]
fn expressions_as_cpython() {
    let cases = include_str!("data/dynamic_cases.tsv");
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in cases.lines() {
        let (source, expected) = line.split_once('\t').expect("a tab on every line");
        count += 1;
        let got = std::panic::catch_unwind(|| outcome(source))
            .unwrap_or_else(|_| "PANIC".to_owned())
            .replace('\\', "\\\\")
            .replace('\n', "\\n")
            .replace('\t', "\\t");
        if got != expected {
            wrong.push(format!("{source}\n  CPython: {expected}\n  here:    {got}"));
        }
    }
    assert!(count > 1000, "only {count} cases");
    assert!(
        wrong.is_empty(),
        "{} of {count} differ:\n{}",
        wrong.len(),
        wrong
            .iter()
            .take(40)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}
