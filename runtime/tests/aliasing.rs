//! Handles alias, and containers survive user code that changes them meanwhile.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use portalis_runtime::prelude::*;

fn int(n: i64) -> Int {
    Int::from(n)
}

fn repr<T: Py>(value: &T) -> String {
    value
        .py_repr()
        .map_or_else(|e| describe(&e), |text| text.to_string())
}

fn describe(error: &Exc) -> String {
    let message = error
        .py_str()
        .map_or_else(|_| "?".to_owned(), |text| text.to_string());
    format!("{}: {message}", error.class().name)
}

fn fails<T>(outcome: Result<T>) -> String {
    outcome
        .err()
        .map_or_else(|| "no error".to_owned(), |e| describe(&e))
}

fn sure<T>(outcome: Result<T>) -> T {
    outcome.unwrap_or_else(|e| panic!("{}", describe(&e)))
}

type Act = Box<dyn Fn() -> Result<()>>;

/// A value whose comparisons run whatever the test gives.
#[derive(Clone)]
struct Meddler {
    n: i64,
    act: Rc<RefCell<Option<Act>>>,
}

thread_local! {
    static MEDDLING: Cell<bool> = const { Cell::new(false) };
}

impl Meddler {
    fn quiet(n: i64) -> Meddler {
        Meddler {
            n,
            act: Rc::default(),
        }
    }
    fn set(&self, act: impl Fn() -> Result<()> + 'static) {
        *self.act.borrow_mut() = Some(Box::new(act));
    }
    /// Only the outermost comparison meddles, else it would never end.
    fn meddle(&self) -> Result<()> {
        if MEDDLING.replace(true) {
            return Ok(());
        }
        let outcome = self.act.borrow().as_ref().map_or(Ok(()), |act| act());
        MEDDLING.set(false);
        outcome
    }
}

impl Py for Meddler {
    fn py_type_name(&self) -> &'static str {
        "Meddler"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str(&self.n.to_string());
        Ok(())
    }
    fn py_truth(&self) -> Result<bool> {
        Ok(true)
    }
    fn py_eq(&self, other: &Self) -> Result<bool> {
        self.meddle()?;
        Ok(self.n == other.n)
    }
    fn py_hash(&self) -> Result<i64> {
        Ok(self.n % 4)
    }
    fn py_lt(&self, other: &Self) -> Result<bool> {
        self.meddle()?;
        Ok(self.n < other.n)
    }
    fn py_is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.act, &other.act)
    }
    fn to_value(&self) -> Value {
        int(self.n).to_value()
    }
    fn from_value(_value: &Value) -> Option<Self> {
        None
    }
}

#[test]
fn handles_alias() {
    let row = List::from(vec![int(0); 2]);
    let grid = sure(List::from(vec![row.clone()]).mul(2));
    sure(sure(grid.get(0)).set(1, int(7)));
    assert_eq!(repr(&grid), "[[0, 7], [0, 7]]");
    assert!(sure(grid.get(1)).py_is(&row));
    assert!(!row.copy().py_is(&row));

    let d = sure(Dict::from_items([(int(1), row.clone())]));
    let other = d.clone();
    sure(other.getitem(&int(1))).append(int(8));
    sure(other.setitem(int(2), List::new()));
    assert_eq!(repr(&d), "{1: [0, 7, 8], 2: []}");
    assert_eq!(repr(&row), "[0, 7, 8]");

    let s = sure(Set::from_items([int(1)]));
    sure(s.clone().add(int(2)));
    assert_eq!(repr(&s), "{1, 2}");
}

#[test]
fn boxes_alias_what_is_dynamic() {
    let xs: List<Value> = List::new();
    let Value::List(boxed) = xs.to_value() else {
        panic!("a list")
    };
    boxed.append(int(1).to_value());
    assert_eq!(repr(&xs), "[1]");
    let back: List<Value> = List::from_value(&xs.to_value()).expect("a list");
    assert!(back.py_is(&xs));
    let d: Dict<Value, Value> = Dict::new();
    let Value::DictKeys(keys) = d.keys().to_value() else {
        panic!("a view")
    };
    sure(d.setitem(int(1).to_value(), int(2).to_value()));
    assert_eq!(repr(&keys), "dict_keys([1])");
}

#[test]
fn a_container_that_holds_itself_prints() {
    let xs: List<Value> = List::new();
    xs.append(xs.to_value());
    assert_eq!(repr(&xs), "[[...]]");
    let d: Dict<Value, Value> = Dict::new();
    sure(d.setitem(int(1).to_value(), d.to_value()));
    assert_eq!(repr(&d), "{1: {...}}");
    // Twice the same is no cycle.
    let ys = List::from(vec![List::<Int>::new()]);
    ys.append(sure(ys.get(0)));
    assert_eq!(repr(&ys), "[[], []]");
}

#[test]
fn a_list_walk_sees_growth_and_stays_over() {
    let xs = List::from(vec![int(1), int(2)]);
    let mut walk = xs.iter();
    let mut seen = 0;
    for _ in walk.by_ref() {
        seen += 1;
        if seen < 4 {
            xs.append(int(0));
        }
    }
    assert_eq!(seen, 5);
    xs.append(int(9));
    assert!(walk.next().is_none());
}

#[test]
fn sorting_hides_the_list() {
    let xs = List::from(vec![Meddler::quiet(2), Meddler::quiet(1)]);
    let alias = xs.clone();
    sure(xs.get(1)).set(move || {
        assert_eq!(alias.len(), 0);
        alias.append(Meddler::quiet(5));
        Ok(())
    });
    assert_eq!(
        fails(xs.sort(false)),
        "ValueError: list modified during sort"
    );
    assert_eq!(xs.len(), 2);
}

#[test]
fn a_failing_comparison_keeps_all_elements() {
    let items: Vec<Meddler> = (0..50).rev().map(Meddler::quiet).collect();
    items[20].set(|| Err(Exc::value_error("no order")));
    let xs = List::from(items);
    assert_eq!(fails(xs.sort(false)), "ValueError: no order");
    let mut kept: Vec<i64> = xs.iter().map(|m| m.n).collect();
    kept.sort_unstable();
    assert_eq!(kept, (0..50).collect::<Vec<_>>());
    let key = |m: Meddler| {
        if m.n == 3 {
            Err(Exc::value_error("key"))
        } else {
            Ok(int(m.n))
        }
    };
    assert_eq!(fails(xs.sort_by_key(key, true)), "ValueError: key");
    assert_eq!(xs.len(), 50);
}

#[test]
fn searches_survive_a_list_that_shrinks() {
    let xs = List::from((0..6).map(Meddler::quiet).collect::<Vec<_>>());
    let alias = xs.clone();
    sure(xs.get(2)).set(move || {
        alias.clear();
        Ok(())
    });
    assert!(!sure(xs.contains(&Meddler::quiet(5))));
    assert!(xs.is_empty());
}

#[test]
fn searches_survive_a_dict_and_a_set_that_change() {
    let d = Dict::new();
    for n in [0, 4, 8, 12] {
        sure(d.setitem(Meddler::quiet(n), int(n)));
    }
    let alias = d.clone();
    let first = sure(d.iter().next().expect("a key"));
    let grown = Cell::new(100);
    first.set(move || {
        // Rebuilds the table in the middle of the search.
        for _ in 0..20 {
            grown.set(grown.get() + 4);
            alias.setitem(Meddler::quiet(grown.get()), int(0))?;
        }
        if grown.get() > 300 {
            Err(Exc::value_error("enough"))
        } else {
            Ok(())
        }
    });
    assert_eq!(fails(d.getitem(&Meddler::quiet(12))), "ValueError: enough");

    let s = sure(Set::from_items([0, 4, 8, 12].map(Meddler::quiet)));
    let alias = s.clone();
    let first = sure(s.iter().next().expect("an element"));
    first.set(move || {
        alias.clear();
        Ok(())
    });
    assert!(!sure(s.contains(&Meddler::quiet(12))));
    sure(s.add(Meddler::quiet(16)));
    assert_eq!(s.len(), 1);
}

#[test]
fn walks_notice_a_changed_size() {
    let d = sure(Dict::from_items([(int(1), int(1)), (int(2), int(2))]));
    let mut walk = d.items().iter();
    sure(walk.next().expect("an item"));
    sure(d.setitem(int(3), int(3)));
    let message = "RuntimeError: dictionary changed size during iteration";
    assert_eq!(fails(walk.next().expect("an error")), message);
    let s = sure(Set::from_items([int(1), int(2)]));
    let mut walk = s.iter();
    sure(walk.next().expect("an element"));
    sure(s.discard(&int(1)));
    let message = "RuntimeError: Set changed size during iteration";
    assert_eq!(fails(walk.next().expect("an error")), message);
    let q = sure(Deque::collect(
        List::from(vec![int(1), int(2)]).py_iter(),
        None,
    ));
    let mut walk = q.iter();
    sure(walk.next().expect("an item"));
    q.append(int(3));
    let message = "RuntimeError: deque mutated during iteration";
    assert_eq!(fails(walk.next().expect("an error")), message);
}

#[test]
fn a_heap_refuses_to_be_resized_by_a_comparison() {
    let heap = List::from((0..6).map(Meddler::quiet).collect::<Vec<_>>());
    let alias = heap.clone();
    let intruder = Meddler::quiet(-1);
    intruder.set(move || {
        alias.clear();
        Ok(())
    });
    let message = "RuntimeError: list changed size during iteration";
    assert_eq!(fails(iter::heapq::heappush(&heap, intruder)), message);
}

#[test]
fn equal_keys_of_several_types_are_one() {
    let d: Dict<Value, Int> = Dict::new();
    sure(d.setitem(int(1).to_value(), int(1)));
    sure(d.setitem(true.to_value(), int(2)));
    sure(d.setitem(1.0.to_value(), int(3)));
    assert_eq!(repr(&d), "{1: 3}");
}

#[test]
fn impossible_sizes_are_memory_errors() {
    let xs = List::from(vec![int(1), int(2)]);
    assert_eq!(fails(xs.mul(i64::MAX)), "MemoryError: ");
    assert_eq!(repr(&sure(List::<Int>::new().mul(i64::MAX))), "[]");
}

#[test]
fn elements_of_rows_are_the_rows_own() {
    let row = List::from(vec![Int::from(1), Int::from(2)]);
    let rows = List::from(vec![row.clone(), row.clone()]);
    assert!(rows.get2(-1, 1).unwrap() == Int::from(2));
    rows.set2(0, -2, Int::from(7)).unwrap();
    assert!(row.get(0).unwrap() == Int::from(7));
    assert!(rows.get2(1, 0).unwrap() == Int::from(7));
    for (i, j) in [(2, 0), (-3, 0), (0, 2), (0, i64::MIN)] {
        let read = rows.get2(i, j).err().expect("out of range");
        assert!(read.py_str().unwrap() == Str::from("list index out of range"));
        let write = rows.set2(i, j, Int::from(0)).err().expect("out of range");
        let part = if i == 0 {
            "list assignment index"
        } else {
            "list index"
        };
        assert!(write.py_str().unwrap() == Str::from(format!("{part} out of range")));
    }
}
