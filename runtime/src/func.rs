//! Functions as values: statically typed `Func` and dynamic `DynFunc`.

use std::rc::Rc;

use crate::object::Args;
use crate::{Exc, Py, Result, Value};

/// A callable that takes any arguments.
#[derive(Clone)]
pub struct DynFunc {
    pub name: &'static str,
    call: Rc<dyn Fn(Args) -> Result<Value>>,
}

impl DynFunc {
    pub fn new(name: &'static str, call: impl Fn(Args) -> Result<Value> + 'static) -> DynFunc {
        DynFunc { name, call: Rc::new(call) }
    }

    pub fn call(&self, args: Args) -> Result<Value> {
        (self.call)(args)
    }

    pub fn is(&self, other: &DynFunc) -> bool {
        Rc::ptr_eq(&self.call, &other.call)
    }

    pub fn identity(&self) -> usize {
        Rc::as_ptr(&self.call) as *const () as usize
    }
}

/// A callable of known parameter types `A` (a tuple) and result `R`.
pub struct Func<A: 'static, R: 'static> {
    pub name: &'static str,
    call: Rc<dyn Fn(A) -> Result<R>>,
}

impl<A, R> Clone for Func<A, R> {
    fn clone(&self) -> Self {
        Func { name: self.name, call: self.call.clone() }
    }
}

impl<A, R> Func<A, R> {
    pub fn new(name: &'static str, call: impl Fn(A) -> Result<R> + 'static) -> Self {
        Func { name, call: Rc::new(call) }
    }

    #[inline]
    pub fn call(&self, args: A) -> Result<R> {
        (self.call)(args)
    }
}

/// A tuple of parameters that dynamic arguments can fill.
pub trait Params: Sized + 'static {
    fn from_args(name: &str, args: Args) -> Result<Self>;
    fn into_args(self) -> Args;
}

macro_rules! params {
    ($count:literal $($t:ident $i:tt),*) => {
        impl<$($t: Py),*> Params for ($($t,)*) {
            #[allow(unused_mut, unused_variables)]
            fn from_args(name: &str, args: Args) -> Result<Self> {
                if !args.keywords.is_empty() {
                    return Err(Exc::type_error(format!(
                        "{name}() got an unexpected keyword argument '{}'",
                        args.keywords[0].0
                    )));
                }
                let given = args.positional.len();
                if given != $count {
                    return Err(Exc::type_error(format!(
                        "{name}() takes {} positional argument{} but {given} {} given",
                        $count,
                        if $count == 1 { "" } else { "s" },
                        if given == 1 { "was" } else { "were" },
                    )));
                }
                Ok(($($t::from_value(&args.positional[$i]).ok_or_else(|| wrong_type(&args.positional[$i]))?,)*))
            }
            fn into_args(self) -> Args {
                Args::of(vec![$(self.$i.to_value()),*])
            }
        }
    };
}

params!(0);
params!(1 A 0);
params!(2 A 0, B 1);
params!(3 A 0, B 1, C 2);
params!(4 A 0, B 1, C 2, D 3);
params!(5 A 0, B 1, C 2, D 3, E 4);
params!(6 A 0, B 1, C 2, D 3, E 4, F 5);
params!(7 A 0, B 1, C 2, D 3, E 4, F 5, G 6);
params!(8 A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

/// A value reached a statically typed place that inference proved it cannot reach.
#[cold]
pub fn wrong_type(value: &Value) -> Exc {
    Exc::type_error(format!("portalis: a value of type '{}' reached a place typed otherwise", value.py_type_name()))
}

impl<A: Params, R: Py> Py for Func<A, R> {
    fn py_type_name(&self) -> &'static str {
        "function"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<function {} at {:#x}>", self.name, Rc::as_ptr(&self.call) as *const () as usize));
        Ok(())
    }
    fn py_truth(&self) -> Result<bool> {
        Ok(true)
    }
    fn py_eq(&self, other: &Self) -> Result<bool> {
        Ok(self.py_is(other))
    }
    fn py_hash(&self) -> Result<i64> {
        Ok((Rc::as_ptr(&self.call) as *const () as usize >> 4) as i64)
    }
    fn py_is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.call, &other.call)
    }
    fn to_value(&self) -> Value {
        let f = self.clone();
        let name = self.name;
        Value::Func(DynFunc::new(name, move |args| Ok(f.call(A::from_args(name, args)?)?.to_value())))
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Func(f) => {
                let f = f.clone();
                Some(Func::new(f.name, move |args: A| {
                    let value = f.call(args.into_args())?;
                    R::from_value(&value).ok_or_else(|| wrong_type(&value))
                }))
            }
            _ => None,
        }
    }
}
