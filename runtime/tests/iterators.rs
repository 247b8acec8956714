//! Compares iterator builtins with data/iterators.txt, which iterators.py wrote with
//! CPython: the same cases under the same names.

use std::collections::BTreeMap;

use portalis_runtime::prelude::*;

use iter::itertools as it;

fn shown<T: Py>(outcome: Result<T>) -> String {
    match outcome.and_then(|value| value.py_repr()) {
        Ok(text) => text.to_string(),
        Err(error) => describe(&error),
    }
}

fn describe(error: &Exc) -> String {
    let message = error
        .py_str()
        .map_or_else(|_| "?".to_owned(), |text| text.to_string());
    format!("!{}: {message}", error.class().name)
}

fn int(n: i64) -> Int {
    Int::from(n)
}

fn ints(all: &[i64]) -> List<Int> {
    List::from(all.iter().map(|&n| int(n)).collect::<Vec<_>>())
}

/// A walk over ints.
fn w(all: &[i64]) -> impl Iterator<Item = Result<Int>> + 'static {
    ints(all).py_iter()
}

fn floats(all: &[f64]) -> impl Iterator<Item = Result<f64>> + 'static {
    List::from(all.to_vec()).py_iter()
}

fn listed<T: Py>(walk: Iter<T>) -> String {
    shown(List::collect(walk.py_iter()))
}

fn listed_or<T: Py>(walk: Result<Iter<T>>) -> String {
    match walk {
        Ok(walk) => listed(walk),
        Err(error) => describe(&error),
    }
}

fn abs(x: Int) -> Result<Int> {
    Ok(int(x.to_i64().map_or(0, i64::abs)))
}

fn add(a: Int, b: Int) -> Result<Int> {
    Ok(a + b)
}

fn sub(a: Int, b: Int) -> Result<Int> {
    Ok(int(a.to_i64().unwrap_or(0) - b.to_i64().unwrap_or(0)))
}

fn less_than_3(x: Int) -> Result<bool> {
    x.py_lt(&int(3))
}

fn odd(x: Int) -> Result<Int> {
    Ok(int(x.to_i64().unwrap_or(0) % 2))
}

fn opt(n: i64) -> Option<Int> {
    Some(int(n))
}

fn words() -> Vec<Str> {
    ["pear", "fig", "apple", "kiwi", "date"]
        .map(Str::from)
        .to_vec()
}

fn stepwise(walk: &Iter<Int>, times: usize) -> Vec<Value> {
    let step = || match walk.next() {
        Ok(item) => item.to_value(),
        Err(_) => Str::from("end").to_value(),
    };
    std::iter::repeat_with(step).take(times).collect()
}

fn groups(walk: Iter<(Int, Iter<Int>)>) -> Result<List<(Int, List<Int>)>> {
    let out = List::new();
    for group in walk.py_iter() {
        let (key, members) = group?;
        out.append((key, List::collect(members.py_iter())?));
    }
    Ok(out)
}

fn groups_kept() -> Result<List<List<Int>>> {
    let all = List::collect(it::groupby(w(&[1, 1, 2]), Ok).py_iter())?;
    List::collect(
        all.iter()
            .map(|(_, members)| List::collect(members.py_iter())),
    )
}

fn cases() -> Vec<(&'static str, String)> {
    let mut all = lazy_cases();
    all.extend(fold_cases());
    all.extend(itertools_cases());
    all.extend(container_cases());
    all
}

fn lazy_cases() -> Vec<(&'static str, String)> {
    let nan = f64::NAN;
    let long: Vec<f64> = (0..80)
        .map(|x| if x % 9 > 0 { (x * 7 % 31) as f64 } else { nan })
        .collect();
    vec![
        ("enumerate", listed(iter::enumerate(w(&[7, 8]), int(5)))),
        ("zip2", listed(iter::zip2(w(&[1, 2, 3]), w(&[4, 5]), false))),
        (
            "zip3",
            listed(iter::zip3(w(&[1, 2]), w(&[3, 4]), w(&[5, 6, 7]), false)),
        ),
        ("zip1", listed(iter::zip1(w(&[1, 2])))),
        (
            "zip strict short",
            listed(iter::zip2(w(&[1, 2]), w(&[3]), true)),
        ),
        (
            "zip strict long",
            listed(iter::zip2(w(&[1]), w(&[3, 4]), true)),
        ),
        (
            "zip strict third short",
            listed(iter::zip3(w(&[1, 2]), w(&[3, 4]), w(&[5]), true)),
        ),
        (
            "zip strict third long",
            listed(iter::zip3(w(&[1]), w(&[3]), w(&[5, 6]), true)),
        ),
        (
            "zip strict even",
            listed(iter::zip2(w(&[1, 2]), w(&[3, 4]), true)),
        ),
        (
            "map",
            listed(iter::map(|x: Int| Ok(x + int(1)), w(&[1, 2]))),
        ),
        ("map2", listed(iter::map2(add, w(&[1, 2, 3]), w(&[10, 20])))),
        (
            "filter",
            listed(iter::filter(|x: Int| x.py_gt(&int(1)), w(&[1, 2, 3]))),
        ),
        ("filter none", listed(iter::filter_true(w(&[0, 1, 0, 2])))),
        (
            "reversed",
            listed(iter::reversed(
                "list_reverseiterator",
                ints(&[1, 2, 3]).reversed(),
            )),
        ),
        ("sorted", shown(iter::sorted(w(&[3, 1, 2]), false))),
        ("sorted reverse", shown(iter::sorted(w(&[3, 1, 2]), true))),
        (
            "sorted key",
            shown(iter::sorted_by_key(w(&[-3, 1, 2, -1]), abs, false)),
        ),
        (
            "sorted key reverse",
            shown(iter::sorted_by_key(w(&[-3, 1, 2, -1]), abs, true)),
        ),
        (
            "sorted nan",
            shown(iter::sorted(floats(&[3.0, nan, 1.0, 2.0, nan, 0.5]), false)),
        ),
        ("sorted nan long", shown(iter::sorted(floats(&long), false))),
        (
            "sorted zeros",
            shown(iter::sorted(floats(&[0.0, -0.0, 0.0, -1.0]), false)),
        ),
        (
            "next",
            shown(Ok(List::from(stepwise(
                &iter::iter("iterator", w(&[1, 2])),
                4,
            )))),
        ),
        ("next default", {
            let at = |all: &[i64]| iter::iter("iterator", w(all)).next_or(int(9));
            shown(List::collect([at(&[]), at(&[4])].into_iter()))
        }),
        ("next empty", shown(iter::iter("iterator", w(&[])).next())),
    ]
}

fn fold_cases() -> Vec<(&'static str, String)> {
    let nan = f64::NAN;
    let tenths = [0.1; 10];
    let truths = |all: [Result<bool>; 3]| {
        let [a, b, c] = all.map(|one| one.unwrap_or_else(|e| panic!("{}", describe(&e))));
        shown(Ok((a, b, c)))
    };
    vec![
        ("sum", shown(iter::sum_int(w(&[1, 2, 3]), int(0)))),
        ("sum start", shown(iter::sum_int(w(&[1, 2, 3]), int(10)))),
        ("sum empty", shown(iter::sum_floats(floats(&[]), int(0)))),
        (
            "sum floats",
            shown(iter::sum_floats(floats(&tenths), int(0))),
        ),
        (
            "sum floats start",
            shown(iter::sum_float(floats(&tenths), 0.5)),
        ),
        ("sum bools", {
            let bools = List::from(vec![true, false, true]);
            shown(iter::sum_bool(bools.py_iter(), int(0)))
        }),
        ("sum lists", {
            let lists = List::from(vec![ints(&[1]), ints(&[2, 3])]);
            shown(iter::sum_lists(lists.py_iter(), &List::new()))
        }),
        ("min", shown(iter::min_of(w(&[3, 1, 2])))),
        ("max", shown(iter::max_of(w(&[3, 1, 2])))),
        ("min empty", shown(iter::min_of(w(&[])))),
        ("max empty", shown(iter::max_of(w(&[])))),
        ("min default", shown(iter::min_or(w(&[]), int(4)))),
        ("max key first", shown(iter::max_by(w(&[-2, 2, 1]), abs))),
        ("min key first", shown(iter::min_by(w(&[2, -1, 1]), abs))),
        ("min args", shown(iter::min_args(int(3), int(1), &[int(2)]))),
        ("max args", shown(iter::max_args(int(3), int(1), &[int(2)]))),
        ("min nan", shown(iter::min_of(floats(&[nan, 1.0])))),
        ("min nan last", shown(iter::min_of(floats(&[1.0, nan])))),
        ("max nan", shown(iter::max_pair(1.0, nan))),
        (
            "any",
            truths([
                iter::any(w(&[0, 0, 3])),
                iter::any(w(&[0])),
                iter::any(w(&[])),
            ]),
        ),
        (
            "all",
            truths([iter::all(w(&[1, 0])), iter::all(w(&[1])), iter::all(w(&[]))]),
        ),
        ("reduce", shown(iter::reduce(sub, w(&[10, 3, 2])))),
        (
            "reduce start",
            shown(iter::reduce_from(sub, w(&[3, 2]), int(10))),
        ),
        ("reduce empty", shown(iter::reduce(sub, w(&[])))),
    ]
}

fn itertools_cases() -> Vec<(&'static str, String)> {
    let none = None;
    let upto = |walk: Iter<Int>, n| it::islice_to(walk.py_iter(), opt(n).as_ref());
    let twenty: Vec<i64> = (0..20).collect();
    let slice = |all: &[i64], a: Option<Int>, b: Option<Int>, c: Option<Int>| {
        listed_or(it::islice(w(all), a.as_ref(), b.as_ref(), c.as_ref()))
    };
    let pairs = List::from(vec![(int(1), int(2)), (int(3), int(4))]);
    let lists = || List::from(vec![ints(&[1]), ints(&[]), ints(&[2, 3])]);
    vec![
        ("count", listed_or(upto(it::count(int(3), int(2)), 4))),
        ("cycle", listed_or(upto(it::cycle(w(&[1, 2, 3])), 7))),
        ("cycle empty", listed(it::cycle(w(&[])))),
        ("repeat", listed(it::repeat_n(int(5), 3))),
        ("repeat negative", listed(it::repeat_n(int(5), -3))),
        ("chain", {
            listed(it::chain(vec![
                it::erase(w(&[1])),
                it::erase(w(&[])),
                it::erase(w(&[2, 3])),
            ]))
        }),
        ("chain from", listed(it::chain_all(lists().py_iter()))),
        ("islice", slice(&twenty, opt(3), opt(15), opt(4))),
        (
            "islice stop",
            listed_or(it::islice_to(w(&twenty), opt(3).as_ref())),
        ),
        (
            "islice none",
            slice(&twenty[..6], opt(2), none.clone(), none.clone()),
        ),
        (
            "islice negative",
            listed_or(it::islice_to(w(&[1]), opt(-1).as_ref())),
        ),
        (
            "islice negative start",
            slice(&[1], opt(-1), opt(3), none.clone()),
        ),
        ("islice zero step", slice(&[1], opt(0), opt(3), opt(0))),
        (
            "takewhile",
            listed(it::takewhile(less_than_3, w(&[1, 2, 3, 1]))),
        ),
        (
            "dropwhile",
            listed(it::dropwhile(less_than_3, w(&[1, 2, 3, 1]))),
        ),
        (
            "filterfalse",
            listed(it::filterfalse(less_than_3, w(&[1, 2, 3, 1]))),
        ),
        (
            "compress",
            listed(it::compress(w(&[1, 2, 3]), w(&[1, 0, 1]))),
        ),
        ("starmap", listed(it::starmap2(add, pairs.py_iter()))),
        ("pairwise", listed(it::pairwise(w(&[1, 2, 3])))),
        ("pairwise one", listed(it::pairwise(w(&[1])))),
        (
            "accumulate",
            listed(it::accumulate_int(w(&[1, 2, 3]), none.clone())),
        ),
        (
            "accumulate initial",
            listed(it::accumulate_int(w(&[1, 2]), opt(10))),
        ),
        ("accumulate func", {
            listed(it::accumulate(
                w(&[3, 1, 4, 1, 5]),
                iter::max_pair,
                none.clone(),
            ))
        }),
        ("zip_longest", listed(it::zip_longest(w(&[1, 2]), w(&[3])))),
        (
            "zip_longest fill",
            listed(it::zip_longest_filled(w(&[1]), w(&[3, 4]), int(0))),
        ),
        ("groupby", shown(groups(it::groupby(w(&[1, 1, 2, 1]), Ok)))),
        (
            "groupby key",
            shown(groups(it::groupby(w(&[1, 3, 2, 4, 5]), odd))),
        ),
        ("groupby skipped", {
            let keys = it::groupby(w(&[1, 1, 2, 2, 1]), Ok);
            shown(List::collect(keys.py_iter().map(|group| Ok(group?.0))))
        }),
        ("groupby kept", shown(groups_kept())),
        ("product2", listed_or(it::product2(w(&[1, 2]), w(&[3, 4])))),
        (
            "product3",
            listed_or(it::product3(w(&[1, 2]), w(&[3]), w(&[4, 5]))),
        ),
        ("product empty", listed_or(it::product2(w(&[1, 2]), w(&[])))),
        (
            "product repeat",
            listed_or(it::product_repeat(w(&[0, 1]), 3)),
        ),
        (
            "product repeat 0",
            listed_or(it::product_repeat(w(&[0, 1]), 0)),
        ),
        (
            "product repeat negative",
            listed_or(it::product_repeat(w(&[0, 1]), -1)),
        ),
        (
            "permutations",
            listed_or(it::permutations(w(&[1, 2, 3]), None)),
        ),
        (
            "permutations 2",
            listed_or(it::permutations(w(&[1, 2, 3]), opt(2).as_ref())),
        ),
        (
            "permutations 4",
            listed_or(it::permutations(w(&[1, 2, 3]), opt(4).as_ref())),
        ),
        (
            "permutations 0",
            listed_or(it::permutations(w(&[1, 2, 3]), opt(0).as_ref())),
        ),
        (
            "permutations negative",
            listed_or(it::permutations(w(&[1]), opt(-1).as_ref())),
        ),
        (
            "combinations",
            listed_or(it::combinations(w(&[1, 2, 3, 4]), 2)),
        ),
        ("combinations 0", listed_or(it::combinations(w(&[1, 2]), 0))),
        ("combinations 3", listed_or(it::combinations(w(&[1, 2]), 3))),
        (
            "combinations negative",
            listed_or(it::combinations(w(&[1]), -1)),
        ),
        ("combinations_with_replacement", {
            listed_or(it::combinations_with_replacement(w(&[1, 2, 3]), 2))
        }),
        ("combinations_with_replacement empty", {
            listed_or(it::combinations_with_replacement(w(&[]), 2))
        }),
        ("combinations_with_replacement 0", {
            listed_or(it::combinations_with_replacement(w(&[]), 0))
        }),
        ("tee", {
            let (a, b) = it::tee(w(&[1, 2, 3]));
            shown(List::collect(a.py_iter()).and_then(|a| Ok((a, List::collect(b.py_iter())?))))
        }),
    ]
}

/// The pairs `(i, j)` of two small ranges.
fn grid() -> impl Iterator<Item = (Int, Int)> {
    (0..4).flat_map(|i| (0..3).map(move |j| (int(i), int(j))))
}

fn container_cases() -> Vec<(&'static str, String)> {
    let range = |a, b, c| Range::new(&int(a), &int(b), &int(c));
    let ranges = |all: [(i64, i64, i64); 3]| {
        let [a, b, c] = all.map(|(a, b, c)| range(a, b, c));
        shown(a.and_then(|a| Ok((a, b?, c?))))
    };
    let equal = |a: Result<Range>, b: Result<Range>| a.and_then(|a| a.py_eq(&b?)).ok();
    let letters = "the quick brown fox jumps over the lazy dog".chars();
    vec![
        ("range repr", ranges([(0, 3, 1), (1, 3, 1), (1, 9, 2)])),
        ("range equal", {
            let results = (
                equal(range(0, 3, 2), range(0, 4, 2)),
                equal(range(0, 0, 1), range(2, 1, 1)),
                equal(range(0, 3, 1), range(0, 4, 1)),
            );
            shown(Ok(results))
        }),
        ("range zero step", shown(range(1, 2, 0))),
        ("nested repr", shown(nested())),
        ("set of tuples", shown(Set::from_items(grid()))),
        ("set of frozensets", {
            let frozen = grid().map(|(i, j)| FrozenSet::from_items([i, j]));
            shown(Set::collect(frozen))
        }),
        ("set of words", shown(Set::from_items(words()))),
        (
            "set of letters",
            shown(Set::from_items(letters.map(|c| Str::from(c.to_string())))),
        ),
        ("dict words", {
            let len = |w: &Str| int(w.as_str().len() as i64);
            shown(Dict::from_items(
                words().into_iter().map(|w| (w.clone(), len(&w))),
            ))
        }),
        ("dict from lists", {
            shown(Dict::from_lists(
                List::from(vec![ints(&[1, 2]), ints(&[3, 4])]).py_iter(),
            ))
        }),
        ("dict from bad lists", {
            shown(Dict::from_lists(
                List::from(vec![ints(&[1, 2]), ints(&[3])]).py_iter(),
            ))
        }),
        ("unhashable", shown(Dict::from_items([(ints(&[]), int(1))]))),
        (
            "unhashable set",
            shown(Set::from_items([Set::<Int>::new()])),
        ),
        ("unhashable dict", {
            shown(Dict::from_items([(
                (int(1), Dict::<Int, Int>::new()),
                int(1),
            )]))
        }),
        ("list order", {
            let (a, b) = (ints(&[1, 2]), ints(&[1, 3]));
            let results = (
                a.py_lt(&b).ok(),
                ints(&[1]).py_lt(&ints(&[1, 0])).ok(),
                ints(&[2]).py_gt(&ints(&[1, 9])).ok(),
                ints(&[]).py_le(&ints(&[])).ok(),
            );
            shown(Ok(results))
        }),
        ("tuple order", {
            let pair = |a, b| (int(a), int(b));
            let results = (
                pair(1, 2).py_lt(&pair(1, 3)).ok(),
                pair(1, 2).py_le(&pair(1, 2)).ok(),
                pair(2, 0).py_gt(&pair(1, 9)).ok(),
                (int(1),).py_ge(&(int(2),)).ok(),
            );
            shown(Ok(results))
        }),
    ]
}

fn nested() -> Result<List<Value>> {
    let one = || int(1).to_value();
    let dict = Dict::from_items([(int(1), ints(&[2]))])?;
    Ok(List::from(vec![
        ints(&[1]).to_value(),
        EmptyTuple.to_value(),
        (one(),).to_value(),
        (one(), (int(2),)).to_value(),
        dict.to_value(),
        Set::from_items([int(3)])?.to_value(),
        Set::<Int>::new().to_value(),
        FrozenSet::<Int>::new().to_value(),
        FrozenSet::from_items([int(1)])?.to_value(),
    ]))
}

#[test]
fn iterators_do_what_cpython_does() {
    let expected: BTreeMap<&str, &str> = include_str!("data/iterators.txt")
        .lines()
        .filter_map(|line| line.split_once('|'))
        .collect();
    let cases = cases();
    for (name, _) in &cases {
        assert!(
            expected.contains_key(name),
            "no such case in iterators.py: {name}"
        );
    }
    let got: BTreeMap<&str, &str> = cases
        .iter()
        .map(|(name, got)| (*name, got.as_str()))
        .collect();
    let mut wrong = Vec::new();
    for (name, wanted) in &expected {
        let got = got
            .get(name)
            .copied()
            .unwrap_or("(no case in iterators.rs)");
        if got != *wanted {
            wrong.push(format!("{name}\n  expected {wanted}\n  got      {got}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
