//! Replays data/containers.txt, which containers.py wrote with CPython, and compares
//! every result and every state. `CONTAINER_CASES` names another file to replay.

use portalis_runtime::Num;
use portalis_runtime::prelude::*;

/// What an operation gave, as CPython's repr or `!Type: message`.
type Shown = String;

fn shown<T: Py>(outcome: Result<T>) -> Shown {
    match outcome.and_then(|value| value.py_repr()) {
        Ok(text) => text.to_string(),
        Err(error) => describe(&error),
    }
}

fn describe(error: &Exc) -> Shown {
    let message = error
        .py_str()
        .map_or_else(|_| "?".to_owned(), |text| text.to_string());
    format!("!{}: {message}", error.class().name)
}

/// What cannot fail here.
fn sure<T>(outcome: Result<T>) -> T {
    outcome.unwrap_or_else(|error| panic!("{}", describe(&error)))
}

/// `None`, which the file shows so.
fn done(outcome: Result<()>) -> Shown {
    match outcome {
        Ok(()) => "None".to_owned(),
        Err(error) => describe(&error),
    }
}

fn number(n: i64) -> Shown {
    n.to_string()
}

fn truths(all: &[Result<bool>]) -> Shown {
    let parts: Vec<_> = all.iter().map(|one| truth(one.clone())).collect();
    format!("({})", parts.join(", "))
}

fn truth(one: Result<bool>) -> Shown {
    match one {
        Ok(true) => "True".to_owned(),
        Ok(false) => "False".to_owned(),
        Err(error) => describe(&error),
    }
}

fn counted(outcome: Result<i64>) -> Shown {
    outcome.map_or_else(|error| describe(&error), number)
}

/// The arguments of a line: integers, some omitted.
struct Args {
    given: Vec<Option<i128>>,
}

impl Args {
    fn parse(text: &str) -> Args {
        let parse = |word: &str| if word == "_" { None } else { Some(big(word)) };
        Args {
            given: text.split_whitespace().map(parse).collect(),
        }
    }
    fn i(&self, at: usize) -> i64 {
        self.given[at]
            .expect("an argument")
            .try_into()
            .expect("64 bits")
    }
    fn int(&self, at: usize) -> Int {
        Int::from(self.i(at))
    }
    /// A slice bound; beyond 64 bits it saturates in any case.
    fn opt(&self, at: usize) -> Option<Int> {
        let clamp = |v: i128| v.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
        self.given[at].map(|v| Int::from(clamp(v)))
    }
    fn ints(&self, from: usize) -> Vec<Int> {
        (from..self.given.len()).map(|at| self.int(at)).collect()
    }
    fn walk(&self, from: usize) -> impl Iterator<Item = Result<Int>> + use<> {
        self.ints(from).into_iter().map(Ok)
    }
}

fn big(word: &str) -> i128 {
    word.parse().expect("an integer")
}

fn list_op(xs: &List<Int>, op: &str, a: &Args) -> Shown {
    let slice = || (a.opt(0), a.opt(1), a.opt(2));
    match op {
        "get" => shown(xs.get(a.i(0))),
        "set" => done(xs.set(a.i(0), a.int(1))),
        "delete" => done(xs.delete(a.i(0))),
        "append" => done(Ok(xs.append(a.int(0)))),
        "extend" => done(xs.extend(a.walk(0))),
        "extend_self" => done(Ok(xs.extend_list(xs))),
        "insert" => done(Ok(xs.insert(a.i(0), a.int(1)))),
        "pop" => shown(xs.pop()),
        "pop_at" => shown(xs.pop_at(a.i(0))),
        "remove" => done(xs.remove(&a.int(0))),
        "index" => counted(xs.index(&a.int(0), a.i(1), a.i(2))),
        "count" => counted(xs.count(&a.int(0))),
        "contains" => truth(xs.contains(&a.int(0))),
        "reverse" => done(Ok(xs.reverse())),
        "clear" => done(Ok(xs.clear())),
        "sort" => done(xs.sort(a.i(0) == 1)),
        "sort_by_key" => {
            let key = |v: Int| Ok(Int::from(v.to_i64().unwrap_or(0) % 3));
            done(xs.sort_by_key(key, a.i(0) == 1))
        }
        "getslice" => {
            let (x, y, z) = slice();
            shown(xs.getslice(x.as_ref(), y.as_ref(), z.as_ref()))
        }
        "setslice" => {
            let (x, y, z) = slice();
            done(xs.setslice(x.as_ref(), y.as_ref(), z.as_ref(), a.walk(3)))
        }
        "delslice" => {
            let (x, y, z) = slice();
            done(xs.delslice(x.as_ref(), y.as_ref(), z.as_ref()))
        }
        "mul" => shown(xs.mul(a.i(0))),
        "mul_assign" => done(xs.mul_assign(a.i(0))),
        "add" => shown(Ok(xs.add(&List::from(a.ints(0))))),
        "compare" => {
            let ys = List::from(a.ints(0));
            truths(&[
                xs.py_eq(&ys),
                xs.py_lt(&ys),
                xs.py_le(&ys),
                xs.py_gt(&ys),
                xs.py_ge(&ys),
            ])
        }
        "reversed" => shown(List::collect(xs.reversed().map(Ok))),
        other => panic!("list operation {other}"),
    }
}

fn dict_op(d: &Dict<Int, Int>, op: &str, a: &Args) -> Shown {
    let other = || {
        let flat = a.ints(0);
        sure(Dict::from_items(
            flat.chunks(2).map(|p| (p[0].clone(), p[1].clone())),
        ))
    };
    let walk_and = |change: &dyn Fn(Int) -> Result<()>| -> Result<List<Int>> {
        let seen = List::new();
        for key in d.iter() {
            let key = key?;
            seen.append(key.clone());
            if seen.len() == 2 {
                change(key)?;
            }
        }
        Ok(seen)
    };
    match op {
        "setitem" => done(d.setitem(a.int(0), a.int(1))),
        "getitem" => shown(d.getitem(&a.int(0))),
        "delitem" => done(d.delitem(&a.int(0))),
        "contains" => truth(d.contains(&a.int(0))),
        "get_or" => shown(d.get_or(&a.int(0), a.int(1))),
        "pop" => shown(d.pop(&a.int(0))),
        "pop_or" => shown(d.pop_or(&a.int(0), a.int(1))),
        "popitem" => shown(d.popitem()),
        "setdefault" => shown(d.setdefault(a.int(0), a.int(1))),
        "update" => done(d.update(&other())),
        "union" => shown(d.union(&other())),
        "equals" => truth(d.py_eq(&other())),
        "reversed" => shown(List::collect(d.reversed())),
        "items" => shown(Ok(d.items())),
        "values" => shown(Ok(d.values())),
        "keys" => shown(Ok(d.keys())),
        "keys_and" => shown(d.keys().intersection_keys(&other().keys())),
        "keys_or" => shown(d.keys().union(other().keys().iter())),
        "keys_sub" => shown(d.keys().difference(other().keys().iter())),
        "keys_xor" => shown(d.keys().symmetric_difference(other().keys().iter())),
        "walk_add" => shown(walk_and(&|_| {
            d.setdefault(a.int(0), Int::from(7)).map(drop)
        })),
        "walk_replace" => shown(walk_and(&|key| {
            d.delitem(&key)?;
            d.setitem(Int::from(a.i(0) + 100000), a.int(1))
        })),
        "copy" => shown(Ok(d.copy())),
        "set_of" => shown(Set::from_dict(d)),
        other => panic!("dict operation {other}"),
    }
}

fn set_op(s: &Set<Int>, op: &str, args: &Args) -> Shown {
    let xs = || args.walk(0);
    let b = || sure(Set::collect(args.walk(0)));
    let d = || sure(Dict::fromkeys(args.walk(0), ()));
    let x = || args.int(0);
    match op {
        "add" => done(s.add(x())),
        "update" => done(s.update(xs())),
        "update_set" => done(s.update_set(&b())),
        "update_dict" => done(s.update_dict(&d())),
        "discard" => done(s.discard(&x())),
        "remove" => done(s.remove(&x())),
        "pop" => shown(s.pop()),
        "contains" => truth(s.contains(&x())),
        "union_set" => shown(s.union_set(&b())),
        "union_set_of" => shown(b().union_set(s)),
        "intersection_set" => shown(s.intersection_set(&b())),
        "intersection" => shown(s.intersection(xs())),
        "difference_set" => shown(s.difference_set(&b())),
        "difference_set_of" => shown(b().difference_set(s)),
        "difference" => shown(s.difference(xs())),
        "difference_dict" => shown(s.difference_dict(&d())),
        "symmetric_difference_set" => shown(s.symmetric_difference_set(&b())),
        "symmetric_difference" => shown(s.symmetric_difference(xs())),
        "intersection_update" => done(s.intersection_update(xs())),
        "difference_update" => done(s.difference_update(xs())),
        "difference_update_set" => done(s.difference_update_set(&b())),
        "symmetric_difference_update" => done(s.symmetric_difference_update(xs())),
        "copied" => shown(s.copy()),
        "collect" => shown(Set::collect(xs())),
        "frozen" => shown(FrozenSet::collect(xs())),
        "frozen_hash" => counted(FrozenSet::collect(xs()).and_then(|f| f.py_hash())),
        "of_dict" => shown(Set::from_dict(&d())),
        "constants" if args.given.len() > 2 => shown(Set::from_constants(args.ints(0))),
        "constants" => done(Ok(())),
        "compare" => {
            let b = b();
            truths(&[
                s.py_eq(&b),
                s.py_lt(&b),
                s.py_le(&b),
                s.py_gt(&b),
                s.py_ge(&b),
                s.isdisjoint_set(&b),
            ])
        }
        other => panic!("set operation {other}"),
    }
}

fn heap_op(h: &List<Int>, op: &str, a: &Args) -> Shown {
    match op {
        "heapify" => done(iter::heapq::heapify(h)),
        "heappush" => done(iter::heapq::heappush(h, a.int(0))),
        "heappop" => shown(iter::heapq::heappop(h)),
        "heapreplace" => shown(iter::heapq::heapreplace(h, a.int(0))),
        "heappushpop" => shown(iter::heapq::heappushpop(h, a.int(0))),
        "nlargest" => shown(iter::heapq::nlargest(a.i(0), h.py_iter())),
        "nsmallest" => shown(iter::heapq::nsmallest(a.i(0), h.py_iter())),
        "merge" => {
            let sorted = sure(iter::sorted(h.py_iter(), false));
            let more = List::from(vec![a.int(0), Int::from(a.i(0) + 1)]);
            let inputs = [sorted, more].map(|l| iter::itertools::erase(l.py_iter()));
            shown(List::collect(iter::heapq::merge(inputs.to_vec()).py_iter()))
        }
        other => panic!("heap operation {other}"),
    }
}

fn bisect_op(xs: &List<Int>, op: &str, a: &Args) -> Shown {
    match op {
        "left" => counted(iter::bisect::bisect_left(
            xs,
            &a.int(0),
            a.i(1),
            a.opt(2).as_ref(),
        )),
        "right" => counted(iter::bisect::bisect_right(
            xs,
            &a.int(0),
            a.i(1),
            a.opt(2).as_ref(),
        )),
        "insort" => done(iter::bisect::insort_right(xs, a.int(0), 0, None)),
        other => panic!("bisect operation {other}"),
    }
}

fn deque_op(q: &Deque<Int>, op: &str, a: &Args) -> Shown {
    match op {
        "append" => done(Ok(q.append(a.int(0)))),
        "appendleft" => done(Ok(q.appendleft(a.int(0)))),
        "pop" => shown(q.pop()),
        "popleft" => shown(q.popleft()),
        "extend" => done(q.extend(a.walk(0))),
        "extendleft" => done(q.extendleft(a.walk(0))),
        "rotate" => done(Ok(q.rotate(a.i(0)))),
        "reverse" => done(Ok(q.reverse())),
        "get" => shown(q.get(a.i(0))),
        "set" => done(q.set(a.i(0), a.int(1))),
        "delete" => done(q.delete(a.i(0))),
        "insert" => done(q.insert(a.i(0), a.int(1))),
        "remove" => done(q.remove(&a.int(0))),
        "index" => counted(q.index(&a.int(0), a.i(1), a.i(2))),
        "count" => counted(q.count(&a.int(0))),
        "contains" => truth(q.contains(&a.int(0))),
        "mul" => shown(q.mul(a.i(0))),
        "add" => shown(Deque::collect(a.walk(0), None).map(|other| q.add(&other))),
        "extend_self" if q.len() < 20 => done(Ok(q.extend_deque(q))),
        "extend_self" => done(Ok(q.clear())),
        other => panic!("deque operation {other}"),
    }
}

fn range_op(r: &Range, op: &str, a: &Args) -> Shown {
    match op {
        "len" => counted(r.len()),
        "items" => shown(List::collect(r.py_iter())),
        "reversed" => shown(List::collect(r.reversed().map(Ok))),
        "get" => shown(r.get(a.i(0))),
        "contains" => truth(Ok(r.contains(&a.int(0)))),
        "index" => shown(r.index(&a.int(0))),
        "getslice" => {
            let (x, y, z) = (a.opt(0), a.opt(1), a.opt(2));
            shown(r.getslice(x.as_ref(), y.as_ref(), z.as_ref()))
        }
        other => panic!("range operation {other}"),
    }
}

/// An int whose order is inconsistent and counted: any other sort would show.
#[derive(Clone)]
struct Counted(i64);

thread_local! {
    static COMPARISONS: std::cell::Cell<i64> = const { std::cell::Cell::new(0) };
}

impl Py for Counted {
    fn py_type_name(&self) -> &'static str {
        "Counted"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str(&self.0.to_string());
        Ok(())
    }
    fn py_truth(&self) -> Result<bool> {
        Ok(true)
    }
    fn py_eq(&self, other: &Self) -> Result<bool> {
        Ok(self.0 == other.0)
    }
    fn py_hash(&self) -> Result<i64> {
        Ok(self.0)
    }
    fn py_lt(&self, other: &Self) -> Result<bool> {
        COMPARISONS.set(COMPARISONS.get() + 1);
        if self.0 % 11 == 0 || other.0 % 11 == 0 {
            return Ok(self.0 & 1 == 0);
        }
        Ok(self.0.div_euclid(2) < other.0.div_euclid(2))
    }
    fn py_is(&self, _other: &Self) -> bool {
        false
    }
    fn to_value(&self) -> Value {
        Value::None
    }
    fn from_value(_value: &Value) -> Option<Self> {
        None
    }
}

fn sort_op(a: &Args) -> Shown {
    COMPARISONS.set(0);
    let items = List::from(
        (1..a.given.len())
            .map(|at| Counted(a.i(at)))
            .collect::<Vec<_>>(),
    );
    match items.sort(a.i(0) == 1).and_then(|()| items.py_repr()) {
        Ok(text) => format!("({}, {text})", COMPARISONS.get()),
        Err(error) => describe(&error),
    }
}

fn hash_op(op: &str, a: &Args) -> Shown {
    match op {
        "pair" => counted((a.int(0), a.int(1)).py_hash()),
        "one" => counted((a.int(0),).py_hash()),
        "tuple" => counted(Tuple::from(a.ints(0)).py_hash()),
        "set_of_pairs" => shown(Set::from_items((0..a.given.len()).map(|at| {
            let x = a.i(at);
            (Int::from(x), Int::from(x.rem_euclid(7)))
        }))),
        other => panic!("hash operation {other}"),
    }
}

/// The containers that the lines of each family work on.
struct World {
    list: List<Int>,
    dict: Dict<Int, Int>,
    set: Set<Int>,
    deque: Deque<Int>,
    range: Option<Range>,
}

/// As the script shows a state: a large set or dict by its last elements.
fn tail<T: Py>(
    whole: &impl Py,
    len: i64,
    limit: i64,
    walk: impl Iterator<Item = Result<T>>,
) -> Shown {
    if len < limit {
        return shown(Ok(whole.clone()));
    }
    let items = sure(walk.collect::<Result<Vec<T>>>());
    shown(Ok(List::from(items[items.len() - 9..].to_vec())))
}

impl World {
    fn run(&mut self, family: &str, op: &str, a: &Args) -> (Shown, Shown) {
        let fresh = op == "new";
        let nothing = || done(Ok(()));
        match family {
            "list" | "heap" | "bisect" => {
                let result = if fresh {
                    self.list = List::from(a.ints(0));
                    nothing()
                } else {
                    match family {
                        "list" => list_op(&self.list, op, a),
                        "heap" => heap_op(&self.list, op, a),
                        _ => bisect_op(&self.list, op, a),
                    }
                };
                (result, shown(Ok(self.list.clone())))
            }
            "dict" => {
                if fresh {
                    self.dict = Dict::new();
                }
                let d = &self.dict;
                let result = if fresh { nothing() } else { dict_op(d, op, a) };
                (result, tail(d, d.len(), 12, d.iter()))
            }
            "set" => {
                if fresh {
                    self.set = Set::new();
                }
                let s = &self.set;
                let result = if fresh { nothing() } else { set_op(s, op, a) };
                (result, tail(s, s.len(), 30, s.iter()))
            }
            "deque" => {
                let result = if fresh {
                    let maxlen = a.opt(0);
                    self.deque = sure(Deque::collect(a.walk(1), maxlen.as_ref()));
                    nothing()
                } else {
                    deque_op(&self.deque, op, a)
                };
                (result, shown(Ok(self.deque.clone())))
            }
            "range" if fresh => {
                let range = Range::new(&a.int(0), &a.int(1), &a.int(2));
                self.range = range.as_ref().ok().copied();
                (shown(range), nothing())
            }
            "range" => (
                range_op(self.range.as_ref().expect("a range"), op, a),
                nothing(),
            ),
            "sort" => (sort_op(a), nothing()),
            "hash" => (hash_op(op, a), nothing()),
            other => panic!("family {other}"),
        }
    }
}

#[test]
fn containers_do_what_cpython_does() {
    let embedded = include_str!("data/containers.txt").to_owned();
    let cases = match std::env::var("CONTAINER_CASES") {
        Ok(path) => std::fs::read_to_string(path).expect("the file of cases"),
        Err(_) => embedded,
    };
    let mut world = World {
        list: List::new(),
        dict: Dict::new(),
        set: Set::new(),
        deque: Deque::new(),
        range: None,
    };
    let mut wrong = Vec::new();
    let mut before = String::new();
    for (at, line) in cases.lines().enumerate() {
        let parts: Vec<&str> = line.split('|').collect();
        let &[family, op, arguments, result, state] = parts.as_slice() else {
            panic!("line {}: {line}", at + 1);
        };
        let (got, after) = world.run(family, op, &Args::parse(arguments));
        if got != result || after != state {
            wrong.push(format!(
                "line {}: {family}.{op}({arguments}) of {before}\n  expected {result} {state}\n  got      {got} {after}",
                at + 1
            ));
        }
        before = after;
    }
    let first: Vec<_> = wrong.iter().take(12).cloned().collect();
    assert!(
        wrong.is_empty(),
        "{} lines differ:\n{}",
        wrong.len(),
        first.join("\n")
    );
}

/// The same operations on a set of ints and on one of numbers, which has no bits: what is
/// made of a set is often asked for its order late, or never.
#[test]
fn small_ints_lie_as_numbers_do() {
    let mut state = 11u64;
    let mut random = move |below: u64| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1);
        (state >> 33) % below
    };
    let fresh = || (Set::<Int>::new(), Set::<Num>::new());
    for _ in 0..400 {
        let most = [12, 50, 130][random(3) as usize];
        let mut held: Vec<_> = (0..3).map(|_| fresh()).collect();
        for _ in 0..60 {
            let (at, by) = (random(3) as usize, random(3) as usize);
            let ((a, b), (c, d)) = (held[at].clone(), held[by].clone());
            let made = match random(9) {
                0 => (sure(a.difference_set(&c)), sure(b.difference_set(&d))),
                1 => (sure(a.intersection_set(&c)), sure(b.intersection_set(&d))),
                2 => (sure(a.union_set(&c)), sure(b.union_set(&d))),
                3 => (sure(a.copy()), sure(b.copy())),
                4 => {
                    let x = Int::from(random(most) as i64);
                    sure(a.discard(&x));
                    sure(b.discard(&Num::Int(x)));
                    (a, b)
                }
                5 => {
                    sure(a.difference_update_set(&c));
                    sure(b.difference_update_set(&d));
                    (a, b)
                }
                kind => {
                    for _ in 0..random(8) {
                        let x = Int::from(random(most) as i64);
                        sure(a.add(x.clone()));
                        sure(b.add(Num::Int(x)));
                    }
                    if kind == 8 && !a.is_empty() {
                        assert_eq!(shown(a.pop()), shown(b.pop()));
                    }
                    (a, b)
                }
            };
            if random(4) == 0 {
                assert_eq!(shown(Ok(made.0.clone())), shown(Ok(made.1.clone())));
            }
            assert_eq!(made.0.len(), made.1.len());
            held[by] = made;
        }
    }
}
