//! Whole programs: output, exit status and last words as CPython's, which
//! `program_cases.py` recorded. The test runs itself with the program's name.

use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};

use portalis_runtime::io::{stdin_read, stdout_write};
use portalis_runtime::prelude::*;

const NAME: &str = "PORTALIS_TEST_PROGRAM";
const INPUT: &str = "one\ntwo\r\nthree\rfour";

fn divide() -> Exc {
    Exc::zero_division("division by zero")
}

fn forever(n: i64) -> Result<i64> {
    let _frame = enter_frame()?;
    forever(n + 1)
}

fn count(n: i64) -> Result<i64> {
    let _frame = enter_frame()?;
    Ok(if n == 0 { 0 } else { 1 + count(n - 1)? })
}

fn exit<T: Py>(code: T) -> Result<()> {
    entry::exit(&code).map(|_| ())
}

fn program() -> Result<()> {
    // What libtest printed before is not the program's.
    print_to(&[&"\u{1}"], None, Some(&Str::from("")), false, false)?;
    let text = |s: &str| Str::from(s);
    match std::env::var(NAME).unwrap().as_str() {
        "fine" => {
            print(&[&text("a"), &1i64, &2.5, &()])?;
            print(&[])
        }
        "pieces" => print_to(
            &[&1i64, &2i64],
            Some(&text("-")),
            Some(&text("!")),
            false,
            false,
        ),
        "value" => Err(Exc::value_error("bad")),
        "key" => Err(Exc::key_error(Value::from("k"))),
        "empty" => Err(Exc::new(&VALUE_ERROR, vec![])),
        "lines" => Err(Exc::value_error("a\nb")),
        "two" => Err(Exc::new(
            &VALUE_ERROR,
            vec![Value::from(1), Value::from("b")],
        )),
        "cause" => {
            let e = divide();
            Err(Exc::value_error("x").raise_from(Some(e.clone())).during(&e))
        }
        "context" => Err(Exc::value_error("x").during(&divide())),
        "suppressed" => Err(Exc::value_error("x").raise_from(None).during(&divide())),
        "note" => {
            let e = Exc::value_error("x");
            e.add_note(&Value::from("a note"))?;
            Err(e)
        }
        "os_error" => Err(Exc::os_error(
            &std::io::Error::from_raw_os_error(2),
            Some(&text("x")),
        )),
        "assertion" => Err(Exc::new(&ASSERTION_ERROR, vec![])),
        "interrupt" => {
            print(&[&"before"])?;
            Err(Exc::new(&KEYBOARD_INTERRUPT, vec![]))
        }
        "exit_none" => exit(()),
        "exit_3" => {
            print(&[&"out"])?;
            exit(3i64)
        }
        "exit_negative" => exit(-1i64),
        "exit_256" => exit(256i64),
        "exit_huge" => exit(Int::lit("1000000000000000000000000000000")),
        "exit_text" => {
            print(&[&"out"])?;
            exit(text("message"))
        }
        "exit_tuple" => exit((1i64, 2i64)),
        "exit_float" => exit(1.5),
        "exit_true" => exit(true),
        "streams" => {
            print(&[&"a"])?;
            print_to(&[&"b"], None, None, true, false)?;
            stdout_write(&text("c")).map(|_| ())
        }
        "echo" => {
            print(&[&input(Some(&"? "))?])?;
            print(&[&input(None)?])?;
            print(&[&Repr(&stdin_read()?)])
        }
        "end_of_input" => loop {
            print(&[&input(None)?])?;
        },
        "deep" => forever(0).map(|_| ()),
        "deeper" => {
            entry::set_recursion_limit(50000)?;
            print(&[&count(40000)?])
        }
        "low_limit" => entry::set_recursion_limit(0),
        "refused" => refused("app.f", "PT203", "app.py:3", "it uses exec"),
        "bug" => {
            print(&[&"before"])?;
            panic!("a bug")
        }
        "pipe" => {
            for i in 0..100_000i64 {
                print(&[&i])?;
            }
            Ok(())
        }
        other => panic!("no program {other}"),
    }
}

/// Not a test of its own: the child process of the others.
#[test]
fn child() {
    if std::env::var(NAME).is_ok() {
        run_main(program);
        // Only a panic comes back: libtest would make it a success.
        std::process::exit(101);
    }
}

fn spawn(name: &str, stdout: Stdio) -> std::process::Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(NAME, name)
        .stdin(Stdio::piped())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that reads nothing closes the pipe: that is no failure.
    let _ = child.stdin.take().unwrap().write_all(INPUT.as_bytes());
    child
}

fn run(name: &str) -> (i32, String, String) {
    let done = spawn(name, Stdio::piped()).wait_with_output().unwrap();
    let status = done
        .status
        .code()
        .unwrap_or_else(|| -done.status.signal().unwrap());
    let out = String::from_utf8(done.stdout).unwrap();
    let out = out
        .split_once('\u{1}')
        .map(|(_, out)| out.to_owned())
        .unwrap_or_default();
    (status, out, String::from_utf8(done.stderr).unwrap())
}

fn python_repr(text: &str) -> String {
    Str::from(text).py_repr().unwrap().as_str().to_owned()
}

#[test]
fn programs_end_as_cpython_ends_them() {
    let mut wrong = Vec::new();
    for line in include_str!("data/program_cases.tsv").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let (status, out, err) = run(fields[0]);
        let got = [status.to_string(), python_repr(&out), python_repr(&err)];
        if got != fields[1..] {
            wrong.push(format!(
                "{}\n  CPython: {:?}\n  here:    {got:?}",
                fields[0],
                &fields[1..]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_ours_is_told_apart() {
    let (status, _, err) = run("refused");
    assert_eq!(status, 70);
    assert_eq!(
        err,
        "portalis: app.f was not translated (PT203 at app.py:3): it uses exec\n"
    );
    let (status, out, err) = run("bug");
    assert_eq!((status, out.as_str()), (101, "before\n"));
    assert!(
        err.starts_with("portalis: internal error, please report it: "),
        "{err}"
    );
}

#[test]
fn a_closed_pipe_is_an_error_that_python_knows() {
    let mut child = spawn("pipe", Stdio::piped());
    // Closed once the program itself writes: libtest's own lines come first.
    let mut out = child.stdout.take().unwrap();
    let mut byte = [0];
    while out.read(&mut byte).unwrap() == 1 && byte != [1] {}
    drop(out);
    let done = child.wait_with_output().unwrap();
    let err = String::from_utf8(done.stderr).unwrap();
    assert_eq!(
        err,
        "Traceback (most recent call last):\nBrokenPipeError: [Errno 32] Broken pipe\n"
    );
    assert_eq!(done.status.code(), Some(1));
}
