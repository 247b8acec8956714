//! A generator of random numbers as a Python value.

use std::rc::Rc;

use super::{RANDOM, Random};
use crate::object::Args;
use crate::stdlib::handle::Handle;
use crate::{Class, Int, Result, Value};

impl Handle for Random {
    const METHODS: &'static [&'static str] = &[
        "random",
        "seed",
        "getstate",
        "setstate",
        "getrandbits",
        "randbytes",
        "randrange",
        "randint",
        "choice",
        "choices",
        "shuffle",
        "sample",
        "uniform",
        "triangular",
        "gauss",
        "normalvariate",
        "lognormvariate",
        "expovariate",
        "gammavariate",
        "betavariate",
        "paretovariate",
        "weibullvariate",
        "vonmisesvariate",
    ];

    fn class_of(&self) -> &'static Class {
        &RANDOM
    }
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as *const () as usize
    }
    fn method(&self, name: &str, args: &Args) -> Option<Result<Value>> {
        if !args.keywords.is_empty() {
            return None;
        }
        let given = args.positional.as_slice();
        let ints = given.iter().map(|value| match value {
            Value::Int(_) | Value::Bool(_) => crate::dynamic::to_int(value).ok(),
            _ => None,
        });
        Some(match (name, given) {
            ("random", []) => Ok(Value::Float(self.random())),
            ("choice", [items]) => self.choice_value(items),
            ("shuffle", [Value::List(items)]) => self.shuffle(items).map(|()| Value::None),
            ("uniform", [Value::Float(a), Value::Float(b)]) => {
                Ok(Value::Float(self.uniform(*a, *b)))
            }
            _ => match (name, ints.collect::<Option<Vec<Int>>>()?.as_slice()) {
                ("randrange", [stop]) => self.randrange_to(stop),
                ("randrange", [start, stop]) => self.randrange(start, stop, &Int::from(1)),
                ("randrange", [start, stop, step]) => self.randrange(start, stop, step),
                ("randint", [a, b]) => self.randint(a, b),
                ("getrandbits", [k]) => self.getrandbits(k.to_i64()?),
                _ => return None,
            }
            .map(Value::Int),
        })
    }
}

crate::library_object!(Random);
