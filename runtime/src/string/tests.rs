//! Every str and bytes method against CPython: `tests/data/strings.tsv`, which
//! `tests/strings.py` wrote. `PORTALIS_STRING_CASES` names a larger file to read instead.

use super::*;
use crate::bytes::{ByteArray, Bytes, BytesLike};
use crate::{Int, List, Py, Value};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field {
    Text(String),
    Number(i64),
    Absent,
    Blob(Vec<u8>),
    Truth(bool),
    Sequence(Vec<Field>),
    Raised(String),
}

use Field::{Absent, Blob, Number, Raised, Sequence, Text, Truth};

pub(crate) fn parse(field: &str) -> Field {
    let rest = &field[1..];
    match &field[..1] {
        "s" => Text(unescape(rest)),
        "i" => rest.parse().map_or(Raised("big".into()), Number),
        "n" => Absent,
        "t" => Truth(rest == "1"),
        "b" => Blob(
            (0..rest.len() / 2)
                .map(|k| u8::from_str_radix(&rest[2 * k..2 * k + 2], 16).unwrap())
                .collect(),
        ),
        "l" if rest.is_empty() => Sequence(vec![]),
        "l" => Sequence(rest.split('\x1f').map(parse).collect()),
        "e" => Raised(rest.to_owned()),
        other => panic!("unknown field {other}"),
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next().unwrap() {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                'u' => '\x1f',
                other => other,
            },
            other => other,
        });
    }
    out
}

pub(crate) fn raised(error: &Exc) -> Field {
    let message = match error.0.args.borrow().as_slice() {
        [] => String::new(),
        [Value::Str(text)] => text.as_str().to_owned(),
        _ => error.py_str().expect("a message").as_str().to_owned(),
    };
    Raised(format!("{}: {message}", error.class().name))
}

/// A result as a field.
pub(crate) trait Shown {
    fn shown(self) -> Field;
}

impl Shown for Str {
    fn shown(self) -> Field {
        // The cached facts must agree with the text.
        assert_eq!(self.is_ascii(), self.as_str().is_ascii());
        assert_eq!(self.char_count(), self.as_str().chars().count());
        assert_eq!(self, Str::from(self.as_str()));
        Text(self.as_str().to_owned())
    }
}
impl Shown for i64 {
    fn shown(self) -> Field {
        Number(self)
    }
}
impl Shown for bool {
    fn shown(self) -> Field {
        Truth(self)
    }
}
impl Shown for Bytes {
    fn shown(self) -> Field {
        Blob(self.as_slice().to_vec())
    }
}
impl Shown for ByteArray {
    fn shown(self) -> Field {
        Blob(self.view().to_vec())
    }
}
impl<T: Shown + Clone + 'static> Shown for List<T>
where
    T: Py,
{
    fn shown(self) -> Field {
        Sequence(self.to_vec().into_iter().map(Shown::shown).collect())
    }
}
impl<T: Shown> Shown for (T, T, T) {
    fn shown(self) -> Field {
        Sequence(vec![self.0.shown(), self.1.shown(), self.2.shown()])
    }
}
impl<T: Shown> Shown for Result<T> {
    fn shown(self) -> Field {
        match self {
            Ok(value) => value.shown(),
            Err(error) => raised(&error),
        }
    }
}

fn text(field: &Field) -> Str {
    match field {
        Text(text) => Str::from(text.as_str()),
        other => panic!("no text: {other:?}"),
    }
}

fn maybe_text(field: &Field) -> Option<Str> {
    (*field != Absent).then(|| text(field))
}

fn int(field: &Field) -> i64 {
    match field {
        Number(n) => *n,
        other => panic!("no int: {other:?}"),
    }
}

fn maybe_int(field: &Field) -> Option<Int> {
    match field {
        Number(n) => Some(Int::from(*n)),
        Raised(_) => Some(Int::from(i64::MAX)),
        _ => None,
    }
}

fn bytes(field: &Field) -> Bytes {
    match field {
        Blob(bytes) => Bytes::from(bytes.clone()),
        other => panic!("no bytes: {other:?}"),
    }
}

fn maybe_bytes(field: &Field) -> Option<Bytes> {
    (*field != Absent).then(|| bytes(field))
}

fn flag(field: &Field) -> bool {
    *field == Truth(true)
}

/// The bounds of a search, if the case has some.
fn bounds(args: &[Field]) -> (i64, i64) {
    match args {
        [_, _, Number(start), Number(end)] => (*start, *end),
        _ => (0, i64::MAX),
    }
}

/// Methods without arguments.
macro_rules! plain {
    ($name:ident $receiver:ident $($method:ident)*) => {
        match $name {
            $(stringify!($method) => return Some($receiver.$method().shown()),)*
            _ => {}
        }
    };
}

fn str_case(name: &str, args: &[Field]) -> Option<Field> {
    let s = match &args[0] {
        Text(_) => text(&args[0]),
        _ => return None,
    };
    let t = || text(&args[1]);
    plain! { name s
        upper lower title capitalize swapcase casefold isalnum isalpha isascii isdecimal isdigit
        isidentifier islower isnumeric isprintable isspace istitle isupper ord len
    }
    let (start, end) = bounds(args);
    Some(match name {
        "repr" => s.py_repr().shown(),
        "ascii" => ascii(&s).shown(),
        "hash" => s.hash_value().shown(),
        "chars" => List::from(s.iter().collect::<Vec<_>>()).shown(),
        "find" => s.find(&t(), start, end).shown(),
        "rfind" => s.rfind(&t(), start, end).shown(),
        "index" => s.index(&t(), start, end).shown(),
        "rindex" => s.rindex(&t(), start, end).shown(),
        "count" => s.count(&t(), start, end).shown(),
        "startswith" => s.startswith(&t(), start, end).shown(),
        "endswith" => s.endswith(&t(), start, end).shown(),
        "replace" => s.replace(&t(), &text(&args[2]), int(&args[3])).shown(),
        "split" => s
            .split(maybe_text(&args[1]).as_ref(), int(&args[2]))
            .shown(),
        "rsplit" => s
            .rsplit(maybe_text(&args[1]).as_ref(), int(&args[2]))
            .shown(),
        "splitlines" => s.splitlines(flag(&args[1])).shown(),
        "strip" => s.strip(maybe_text(&args[1]).as_ref()).shown(),
        "lstrip" => s.lstrip(maybe_text(&args[1]).as_ref()).shown(),
        "rstrip" => s.rstrip(maybe_text(&args[1]).as_ref()).shown(),
        "partition" => s.partition(&t()).shown(),
        "rpartition" => s.rpartition(&t()).shown(),
        "removeprefix" => s.removeprefix(&t()).shown(),
        "removesuffix" => s.removesuffix(&t()).shown(),
        "center" => s.center(int(&args[1]), &text(&args[2])).shown(),
        "ljust" => s.ljust(int(&args[1]), &text(&args[2])).shown(),
        "rjust" => s.rjust(int(&args[1]), &text(&args[2])).shown(),
        "zfill" => s.zfill(int(&args[1])).shown(),
        "expandtabs" => s.expandtabs(&Int::from(int(&args[1]))).shown(),
        "join" => match &args[1] {
            Sequence(items) => s.join(items.iter().map(|item| Ok(text(item)))).shown(),
            _ => return None,
        },
        "get" => s.get(int(&args[1])).shown(),
        "getslice" => {
            let [a, b, c] = [1, 2, 3].map(|k| maybe_int(&args[k]));
            s.getslice(a.as_ref(), b.as_ref(), c.as_ref()).shown()
        }
        "in" => t().contains(&s).shown(),
        "+" => {
            let (mut grown, sum) = (s.clone(), &s + &t());
            grown += &t();
            assert_eq!(grown.clone().shown(), sum.clone().shown());
            grown += &t();
            assert_eq!(grown, &sum + &t());
            grown.shown();
            sum.shown()
        }
        "*" => s.mul(&Int::from(int(&args[1]))).shown(),
        "<" => (s < t()).shown(),
        "<=" => (s <= t()).shown(),
        "==" => (s == t()).shown(),
        "encode" => s.encode(&t(), &text(&args[2])).shown(),
        "b.fromhex" => Bytes::fromhex(&s).shown(),
        _ => return None,
    })
}

macro_rules! bytes_cases {
    ($function:ident $type:ident) => {
        fn $function(name: &str, args: &[Field]) -> Option<Field> {
            let b = $type::from(bytes(&args[0]).as_slice().to_vec());
            let sub = || bytes(&args[1]);
            plain! { name b
                upper lower title capitalize swapcase isalnum isalpha isascii isdigit islower
                isspace istitle isupper
            }
            let (start, end) = bounds(args);
            Some(match name {
                "repr" => bytes(&args[0]).py_repr().shown(),
                "array_repr" => ByteArray::copy_of(&b).py_repr().shown(),
                "hash" => bytes(&args[0]).py_hash().shown(),
                "find" => b.find(&sub(), start, end).shown(),
                "rfind" => b.rfind(&sub(), start, end).shown(),
                "index" => b.index(&sub(), start, end).shown(),
                "rindex" => b.rindex(&sub(), start, end).shown(),
                "count" => b.count(&sub(), start, end).shown(),
                "replace" => b.replace(&sub(), &bytes(&args[2]), int(&args[3])).shown(),
                "split" => b
                    .split(maybe_bytes(&args[1]).as_ref(), int(&args[2]))
                    .shown(),
                "rsplit" => b
                    .rsplit(maybe_bytes(&args[1]).as_ref(), int(&args[2]))
                    .shown(),
                "splitlines" => b.splitlines(flag(&args[1])).shown(),
                "strip" => b.strip(maybe_bytes(&args[1]).as_ref()).shown(),
                "lstrip" => b.lstrip(maybe_bytes(&args[1]).as_ref()).shown(),
                "rstrip" => b.rstrip(maybe_bytes(&args[1]).as_ref()).shown(),
                "partition" => b.partition(&sub()).shown(),
                "rpartition" => b.rpartition(&sub()).shown(),
                "removeprefix" => b.removeprefix(&sub()).shown(),
                "removesuffix" => b.removesuffix(&sub()).shown(),
                "center" => b.center(int(&args[1]), &bytes(&args[2])).shown(),
                "ljust" => b.ljust(int(&args[1]), &bytes(&args[2])).shown(),
                "rjust" => b.rjust(int(&args[1]), &bytes(&args[2])).shown(),
                "zfill" => b.zfill(int(&args[1])).shown(),
                "expandtabs" => b.expandtabs(&Int::from(int(&args[1]))).shown(),
                "hex" => b.hex(maybe_text(&args[1]).as_ref(), int(&args[2])).shown(),
                "decode" => b.decode(&text(&args[1]), &text(&args[2])).shown(),
                "getslice" => {
                    let [a, z, c] = [1, 2, 3].map(|k| maybe_int(&args[k]));
                    b.getslice(a.as_ref(), z.as_ref(), c.as_ref()).shown()
                }
                "get" => match b.get(int(&args[1])).shown() {
                    Raised(text) => Raised(text.replace("bytearray ", "")),
                    byte => byte,
                },
                _ => return None,
            })
        }
    };
}

use Bytes as Frozen;
bytes_cases!(frozen_case Frozen);
bytes_cases!(array_case ByteArray);

#[test]
fn methods_do_as_cpython_does() {
    let larger = std::env::var("PORTALIS_STRING_CASES")
        .map(|path| std::fs::read_to_string(path).expect("the named file is not readable"));
    let small = include_str!("../../tests/data/strings.tsv");
    let cases = larger.as_deref().unwrap_or(small);
    let (mut count, mut wrong) = (0, 0);
    for line in cases.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let (name, args) = (fields[0], &fields[1..fields.len() - 2]);
        let args: Vec<Field> = args.iter().map(|arg| parse(arg)).collect();
        let expected = parse(fields[fields.len() - 1]);
        let mut found = vec![];
        match (name.strip_prefix("b."), &args[0]) {
            (Some(method), Blob(_)) => {
                found.push(frozen_case(method, &args));
                found.push(array_case(method, &args));
            }
            _ => found.push(str_case(name, &args)),
        }
        for found in found {
            count += 1;
            let found = found.unwrap_or_else(|| panic!("no such case: {line}"));
            if found != expected {
                wrong += 1;
                if wrong < 30 {
                    eprintln!("{line}\n   but {found:?}");
                }
            }
        }
    }
    assert_eq!((wrong, count > 1000), (0, true), "of {count}");
}

#[test]
fn texts_share_and_grow_in_place() {
    let long = Str::from("a long text that is on the heap".to_owned());
    let mut grown = long.clone();
    grown += &Str::lit("!");
    assert_eq!(long.len(), 31);
    assert_eq!(grown.len(), 32);
    for _ in 0..3 {
        grown += &Str::lit("é");
    }
    assert_eq!(grown.len(), 35);
    assert!(!grown.is_ascii());
    assert_eq!(grown.get(34).ok(), Some(Str::lit("é")));
    assert_eq!(
        Str::lit("a literal beyond the inside"),
        Str::from("a literal beyond the inside")
    );
    assert!(Str::lit("ab").py_is(&Str::from("ab".to_owned())));
}

#[test]
fn every_character_has_cpythons_case_and_class() {
    // One digest over all characters of what the predicates and mappings say.
    let mut out = String::new();
    let codes = (0..0x3_2000)
        .chain(0xe_0000..0xe_0200)
        .chain([0xf_0000, 0x10_ffff]);
    for c in codes.filter_map(char::from_u32) {
        let s = Str::from_char(c);
        for turned in [s.upper(), s.lower(), s.title(), s.casefold(), s.swapcase()] {
            out.push_str(turned.as_str());
        }
        for truth in [
            s.isalnum(),
            s.isalpha(),
            s.isdecimal(),
            s.isdigit(),
            s.isidentifier(),
            s.islower(),
            s.isnumeric(),
            s.isprintable(),
            s.isspace(),
            s.istitle(),
            s.isupper(),
        ] {
            out.push(if truth { '1' } else { '0' });
        }
        if let Some(value) = unicode::decimal_value(c) {
            out.push_str(&value.to_string());
        }
    }
    // tests/characters.py prints this number.
    assert_eq!(
        hash::hash_bytes(out.as_bytes()),
        include!("../../tests/data/characters.txt")
    );
}
