//! User classes, exceptions and generators as translated code meets them.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use portalis_runtime::dynamic::{self, BinOp, CmpOp};
use portalis_runtime::object::unhashable;
use portalis_runtime::prelude::*;

static BASE: Class = Class {
    name: "Base",
    module: "__main__",
    mro: &[],
};
static DERIVED: Class = Class {
    name: "Derived",
    module: "__main__",
    mro: &[&BASE],
};
static PLAIN: Class = Class {
    name: "Plain",
    module: "__main__",
    mro: &[],
};
static FAILURE: Class = Class {
    name: "Failure",
    module: "app.errors",
    mro: &[&VALUE_ERROR, &EXCEPTION, &BASE_EXCEPTION],
};

/// An instance with a number, its class saying what it can do.
#[derive(Clone)]
struct Thing(Rc<ThingData>);

struct ThingData {
    class: &'static Class,
    number: RefCell<Value>,
}

fn thing(class: &'static Class, number: i64) -> Value {
    Value::obj(Thing(Rc::new(ThingData {
        class,
        number: RefCell::new(Value::from(number)),
    })))
}

impl Thing {
    fn number(&self) -> Value {
        self.0.number.borrow().clone()
    }
}

fn number_of(value: &Value) -> Option<Value> {
    match value {
        Value::Obj(object) => object.as_any().downcast_ref::<Thing>().map(Thing::number),
        Value::Int(_) => Some(value.clone()),
        _ => None,
    }
}

impl Object for Thing {
    fn class(&self) -> &'static Class {
        self.0.class
    }
    fn identity(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        match name {
            "number" => Ok(Some(self.number())),
            "args" if self.0.class.is(&FAILURE) => Ok(Some(Value::tuple(vec![self.number()]))),
            "__getitem__" | "__len__" if self.0.class.is(&BASE) => Ok(Some(Value::None)),
            _ => Ok(None),
        }
    }
    fn exception_args(&self) -> Option<Value> {
        let failed = self.0.class.is(&FAILURE);
        failed.then(|| Value::tuple(vec![self.number()]))
    }
    fn exception_links(&self) -> Option<portalis_runtime::exc::SharedLinks> {
        Some(Default::default())
    }
    fn definer(&self, name: &str) -> Option<&'static Class> {
        (name == "__radd__" && self.0.class.is_subclass(&BASE)).then_some(self.0.class)
    }
    fn set_attr(&self, name: &str, value: Value) -> Result<bool> {
        if name == "number" {
            self.0.number.replace(value);
        }
        Ok(name == "number")
    }
    fn call_method(&self, name: &str, args: &mut Args) -> Option<Result<Value>> {
        if !self.0.class.is_subclass(&BASE) {
            return None;
        }
        let other = args.positional.first();
        let binary = |f: fn(&Value, &Value) -> Result<Value>, flip: bool| {
            let Some(other) = other.and_then(number_of) else {
                return Some(Ok(Value::NotImplemented));
            };
            Some(if flip {
                f(&other, &self.number())
            } else {
                f(&self.number(), &other)
            })
        };
        match name {
            "__add__" => binary(dynamic::add, false),
            "__radd__" => Some(Ok(Value::from(format!("{} radd", self.0.class.name)))),
            "__sub__" => Some(Ok(Value::NotImplemented)),
            "__iadd__" if self.0.class.is(&DERIVED) => Some(Ok(Value::from("iadd"))),
            "__eq__" => binary(dynamic::eq, false),
            "__hash__" => Some(Err(unhashable(self.0.class))),
            "__lt__" => binary(dynamic::lt, false),
            "__gt__" => binary(dynamic::gt, false),
            "__bool__" => Some(Ok(Value::from(1))),
            "__len__" => Some(Ok(Value::from(3))),
            "__getitem__" => match other.and_then(Value::as_i64) {
                Some(at) if at < 3 => Some(Ok(Value::from(at * 10))),
                _ => Some(Err(Exc::index_error("end"))),
            },
            "__call__" => Some(Ok(Value::tuple(std::mem::take(&mut args.positional)))),
            "__neg__" => Some(dynamic::neg(&self.number())),
            "__str__" => Some(Ok(Value::from("a thing"))),
            _ => None,
        }
    }
}

fn shown<T: Py>(result: Result<T>) -> String {
    match result {
        Ok(value) => value.py_repr().unwrap().as_str().to_owned(),
        Err(exc) => format!("{}: {}", exc.class().name, exc.py_str().unwrap().as_str()),
    }
}

#[test]
fn operators_of_user_classes() {
    let (base, derived, plain) = (thing(&BASE, 5), thing(&DERIVED, 7), thing(&PLAIN, 1));
    let one = Value::from(1);
    assert_eq!(shown(dynamic::add(&base, &one)), "6");
    assert_eq!(shown(dynamic::add(&one, &base)), "'Base radd'");
    assert_eq!(shown(dynamic::add(&base, &derived)), "'Derived radd'");
    assert_eq!(shown(dynamic::add(&derived, &base)), "12");
    assert_eq!(shown(dynamic::iadd(&derived, &one)), "'iadd'");
    assert_eq!(shown(dynamic::iadd(&base, &one)), "6");
    assert_eq!(
        shown(dynamic::sub(&base, &one)),
        "TypeError: unsupported operand type(s) for -: 'Base' and 'int'"
    );
    assert_eq!(
        shown(dynamic::inplace(BinOp::Mul, &plain, &one)),
        "TypeError: unsupported operand type(s) for *=: 'Plain' and 'int'"
    );
    assert_eq!(shown(dynamic::neg(&base)), "-5");
    assert_eq!(
        shown(dynamic::neg(&plain)),
        "TypeError: bad operand type for unary -: 'Plain'"
    );
    assert_eq!(shown(dynamic::equal(&base, &Value::from(5))), "True");
    assert_eq!(shown(dynamic::equal(&Value::from(5), &base)), "True");
    assert_eq!(shown(dynamic::not_equal(&base, &Value::from(5))), "False");
    assert_eq!(shown(dynamic::equal(&base, &Value::from("x"))), "False");
    assert_eq!(shown(dynamic::equal(&plain, &plain)), "True");
    assert_eq!(shown(dynamic::test_lt(&Value::from(4), &base)), "True");
    assert_eq!(
        shown(dynamic::compare(CmpOp::Lt, &base, &Value::from("x"))),
        "TypeError: '<' not supported between instances of 'Base' and 'str'"
    );
    assert_eq!(
        shown(dynamic::compare(CmpOp::Le, &plain, &one)),
        "TypeError: '<=' not supported between instances of 'Plain' and 'int'"
    );
}

#[test]
fn protocols_of_user_classes() {
    let (base, plain) = (thing(&BASE, 5), thing(&PLAIN, 1));
    assert_eq!(
        shown(dynamic::truth(&base)),
        "TypeError: __bool__ should return bool, returned int"
    );
    assert_eq!(shown(dynamic::truth(&plain)), "True");
    assert_eq!(shown(dynamic::len(&base)), "3");
    assert_eq!(
        shown(dynamic::len(&plain)),
        "TypeError: object of type 'Plain' has no len()"
    );
    assert_eq!(shown(dynamic::items(&base).map(Value::list)), "[0, 10, 20]");
    assert_eq!(
        shown(dynamic::items(&plain).map(Value::list)),
        "TypeError: 'Plain' object is not iterable"
    );
    assert_eq!(shown(dynamic::contains(&base, &Value::from(20))), "True");
    assert_eq!(
        shown(dynamic::contains(&plain, &Value::None)),
        "TypeError: argument of type 'Plain' is not iterable"
    );
    assert_eq!(shown(base.py_hash()), "TypeError: unhashable type: 'Base'");
    assert!(plain.py_hash().is_ok());
    assert_eq!(
        shown(dynamic::call(&base, Args::of(vec![Value::from(2)]))),
        "(2,)"
    );
    assert_eq!(
        shown(dynamic::call(&plain, Args::none())),
        "TypeError: 'Plain' object is not callable"
    );
    assert_eq!(shown(dynamic::get_attr(&base, "number")), "5");
    assert_eq!(
        shown(dynamic::get_attr(&base, "x")),
        "AttributeError: 'Base' object has no attribute 'x'"
    );
    assert_eq!(
        shown(dynamic::call_method(&base, "x", Args::none())),
        "AttributeError: 'Base' object has no attribute 'x'"
    );
    assert_eq!(
        shown(dynamic::set_attr(&base, "number", Value::from(9))),
        "None"
    );
    assert_eq!(shown(dynamic::get_attr(&base, "number")), "9");
    assert_eq!(
        shown(dynamic::set_attr(&base, "x", Value::None)),
        "AttributeError: 'Base' object has no attribute 'x'"
    );
    assert_eq!(
        shown(dynamic::getitem(&plain, &Value::None)),
        "TypeError: 'Plain' object is not subscriptable"
    );
    assert_eq!(
        shown(dynamic::setitem(&plain, Value::None, Value::None)),
        "TypeError: 'Plain' object does not support item assignment"
    );
    assert_eq!(
        shown(dynamic::delitem(&plain, &Value::None)),
        "TypeError: 'Plain' object doesn't support item deletion"
    );
    assert_eq!(base.py_str().unwrap().as_str(), "a thing");
    assert!(shown(Ok(plain.clone())).starts_with("<__main__.Plain object at 0x"));
    assert_eq!(shown(builtins_type(&base)), "<class '__main__.Base'>");
    assert!(classes::isinstance(&thing(&DERIVED, 1), &Value::Class(&BASE)).unwrap());
    assert!(!is_instance(&plain, &BASE));
}

fn builtins_type(value: &Value) -> Result<Value> {
    dynamic::call_builtin("type", Args::of(vec![value.clone()]))
}

#[test]
fn unpacking() {
    let list = |n: i64| Value::list((0..n).map(Value::from).collect());
    let two = |v: &Value| shown(dynamic::unpack::<2>(v).map(|items| Value::list(items.to_vec())));
    assert_eq!(two(&list(2)), "[0, 1]");
    assert_eq!(
        two(&list(3)),
        "ValueError: too many values to unpack (expected 2)"
    );
    assert_eq!(
        two(&list(1)),
        "ValueError: not enough values to unpack (expected 2, got 1)"
    );
    assert_eq!(
        two(&Value::from(1)),
        "TypeError: cannot unpack non-iterable int object"
    );
    assert_eq!(two(&Value::from("ab")), "['a', 'b']");
    let star = dynamic::unpack_star(&list(5), 1, 2).unwrap();
    assert_eq!(shown(Ok(Value::list(star.1))), "[1, 2]");
    assert_eq!(
        shown(dynamic::unpack_star(&list(2), 1, 2).map(|t| Value::list(t.0))),
        "ValueError: not enough values to unpack (expected at least 3, got 2)"
    );
    assert_eq!(
        shown(dynamic::unpack_exact::<_, 2>([Ok(1i64), Ok(2)].into_iter()).map(List::from)),
        "[1, 2]"
    );
}

#[test]
fn exceptions_chain_and_match() {
    let inner = Exc::zero_division("division by zero");
    let outer = Exc::value_error("x").during(&inner);
    assert!(outer.context().unwrap().same(&inner));
    // Raising `inner` again while `outer` is handled turns the link round.
    assert!(inner.clone().during(&outer).context().unwrap().same(&outer));
    assert!(outer.context().is_none(), "a ring through {outer:?}");
    let caused = Exc::value_error("y").raise_from(Some(inner.clone()));
    assert!(caused.cause().unwrap().same(&inner) && caused.suppresses_context());
    assert!(caused.matches_any(&[&KEY_ERROR, &VALUE_ERROR]));
    let classes = Value::tuple(vec![Value::Class(&KEY_ERROR), Value::Class(&EXCEPTION)]);
    assert!(caused.matches_value(&classes).unwrap());
    assert_eq!(
        shown(caused.matches_value(&Value::from(1))),
        "TypeError: catching classes that do not inherit from BaseException is not allowed"
    );
    assert_eq!(
        shown::<Value>(Err(Exc::raise(&Value::from(1)))),
        "TypeError: exceptions must derive from BaseException"
    );
    assert_eq!(
        shown::<Value>(Err(Exc::raise(&Value::Class(&KEY_ERROR)))),
        "KeyError: "
    );
    assert_eq!(
        shown(Exc::cause_of(&Value::from(1))),
        "TypeError: exception causes must derive from BaseException"
    );
}

#[test]
fn exceptions_of_user_classes() {
    let value = thing(&FAILURE, 4);
    let exc = Exc::raise(&value);
    assert!(exc.matches(&VALUE_ERROR) && exc.matches(&FAILURE) && !exc.matches(&KEY_ERROR));
    assert_eq!(exc.py_str().unwrap().as_str(), "4");
    assert_eq!(exc.py_repr().unwrap().as_str(), "Failure(4)");
    assert!(exc.to_value().py_is(&value));
    assert_eq!(shown(dynamic::get_attr(&value, "number")), "4");
    assert_eq!(
        traceback_text(&exc),
        "Traceback (most recent call last):\napp.errors.Failure: 4\n"
    );
}

fn counting() -> Iter<Value> {
    generator(|y: Yielder<Value>| async move {
        let first = y.exchange(Value::from(1)).await;
        match first {
            Ok(sent) => {
                y.give(sent).await?;
            }
            Err(exc) if exc.matches(&VALUE_ERROR) => y.give(Value::from("caught")).await?,
            Err(exc) => return Err(exc),
        }
        Ok(Value::from(7))
    })
}

#[test]
fn generators_send_throw_close() {
    let g = counting();
    assert_eq!(
        shown(g.send(Value::from(5))),
        "TypeError: can't send non-None value to a just-started generator"
    );
    assert_eq!(shown(g.send(Value::None)), "1");
    assert_eq!(shown(g.send(Value::from("s"))), "'s'");
    assert_eq!(shown(g.next()), "StopIteration: 7");
    assert_eq!(shown(g.next()), "StopIteration: ");
    assert_eq!(shown(g.throw(Exc::value_error("v"))), "ValueError: v");

    let g = counting();
    assert_eq!(shown(g.next()), "1");
    assert_eq!(shown(g.throw(Exc::value_error("v"))), "'caught'");
    assert_eq!(shown(g.close()), "None");
    assert_eq!(shown(g.next()), "StopIteration: ");

    let g = counting();
    assert_eq!(shown(g.close()), "None");
    assert_eq!(shown(g.next()), "StopIteration: ");

    let stubborn = generator(|y: Yielder<Value>| async move {
        let _ = y.give(Value::from(1)).await;
        y.give(Value::from(2)).await
    });
    assert_eq!(shown(stubborn.next()), "1");
    assert_eq!(
        shown(stubborn.close()),
        "RuntimeError: generator ignored GeneratorExit"
    );

    let stops = generator(|y: Yielder<i64>| async move {
        y.give(1).await?;
        Err::<(), Exc>(Exc::stop_iteration())
    });
    assert_eq!(shown(stops.next()), "1");
    let error = stops.next().unwrap_err();
    assert_eq!(
        shown::<i64>(Err(error.clone())),
        "RuntimeError: generator raised StopIteration"
    );
    assert!(error.cause().unwrap().matches(&STOP_ITERATION));
}

#[test]
fn generators_delegate_and_finish() {
    let outer = generator(|y: Yielder<Value>| async move {
        let result = y.delegate(counting()).await?;
        y.give(dynamic::add(&result, &Value::from(1))?).await
    });
    assert_eq!(shown(outer.next()), "1");
    assert_eq!(shown(outer.send(Value::from("q"))), "'q'");
    assert_eq!(shown(outer.next()), "8");
    assert_eq!(shown(outer.next()), "StopIteration: ");

    let log = Rc::new(RefCell::new(Vec::new()));
    let inside = log.clone();
    let g = generator(|y: Yielder<i64>| async move {
        let result = y.give(1).await;
        inside.borrow_mut().push("finally");
        result
    });
    assert_eq!(shown(g.next()), "1");
    drop(g);
    assert_eq!(*log.borrow(), ["finally"]);
}

#[test]
fn iterators_keep_their_identity_as_values() {
    let g = generator(|y: Yielder<i64>| async move {
        y.give(1).await?;
        y.give(2).await
    });
    let boxed = g.to_value();
    assert_eq!(shown(dynamic::next(&boxed)), "1");
    assert_eq!(shown(g.next()), "2");
    let typed: Iter<i64> = Iter::from_value(&boxed).unwrap();
    assert_eq!(shown(typed.next()), "StopIteration: ");
    assert_eq!(boxed.py_type_name(), "generator");
}

#[test]
fn bound_arguments() {
    static F: Signature = Signature {
        name: "f",
        params: &["a", "b", "c"],
        positional_only: 1,
        required: 2,
        keyword_only: &[("k", false), ("o", true)],
        star: false,
        double_star: false,
    };
    let ints = |n: i64| (0..n).map(Value::from).collect::<Vec<_>>();
    let error = |positional: i64, keywords: &[&str]| {
        let keywords = keywords
            .iter()
            .map(|k| (Str::from(*k), Value::None))
            .collect();
        shown(F.bind(Args::with(ints(positional), keywords)).map(|_| ()))
    };
    assert_eq!(error(2, &["k"]), "None");
    assert_eq!(error(3, &["k", "o"]), "None");
    assert_eq!(
        error(0, &["k"]),
        "TypeError: f() missing 2 required positional arguments: 'a' and 'b'"
    );
    assert_eq!(
        error(1, &["k"]),
        "TypeError: f() missing 1 required positional argument: 'b'"
    );
    assert_eq!(
        error(2, &[]),
        "TypeError: f() missing 1 required keyword-only argument: 'k'"
    );
    assert_eq!(
        error(2, &["z"]),
        "TypeError: f() got an unexpected keyword argument 'z'"
    );
    assert_eq!(
        error(2, &["b"]),
        "TypeError: f() got multiple values for argument 'b'"
    );
    assert_eq!(
        error(1, &["a", "b", "k"]),
        "TypeError: f() got some positional-only arguments passed as keyword arguments: 'a'"
    );
    assert_eq!(
        error(4, &["k"]),
        "TypeError: f() takes from 2 to 3 positional arguments but 4 positional arguments (and 1 keyword-only argument) were given"
    );
    assert_eq!(
        error(4, &[]),
        "TypeError: f() takes from 2 to 3 positional arguments but 4 were given"
    );
}
