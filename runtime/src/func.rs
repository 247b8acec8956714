//! Functions as values: statically typed `Func` and dynamic `DynFunc`.

use std::rc::Rc;

use crate::object::{Args, Signature};
use crate::{Exc, Py, Result, Value};

/// A callable that takes any arguments.
#[derive(Clone)]
pub struct DynFunc(Rc<DynFuncData<dyn Fn(Args) -> Result<Value>>>);

struct DynFuncData<F: ?Sized> {
    /// Of a function of the program the qualified one.
    name: &'static str,
    doc: Option<&'static str>,
    /// The identity of the object that this stands for; `None`: its own address.
    origin: Option<usize>,
    kind: FuncKind,
    /// What a bound method is bound to.
    this: Option<Value>,
    call: F,
}

/// What `type(f).__name__` says and `repr` shows.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum FuncKind {
    Function,
    Method,
    Builtin,
}

impl DynFunc {
    #[inline]
    pub fn new(name: &'static str, call: impl Fn(Args) -> Result<Value> + 'static) -> DynFunc {
        DynFunc::build(name, FuncKind::Function, None, call)
    }

    /// A function whose `def` runs once: one object, however often it is named.
    pub fn item(
        name: &'static str,
        path: &'static str,
        call: impl Fn(Args) -> Result<Value> + 'static,
    ) -> DynFunc {
        DynFunc::made(
            name,
            FuncKind::Function,
            None,
            Some(item_identity(path)),
            call,
        )
    }

    /// A function of the interpreter's: `len`, `[].append`.
    #[inline]
    pub fn builtin(name: &'static str, call: impl Fn(Args) -> Result<Value> + 'static) -> DynFunc {
        DynFunc::build(name, FuncKind::Builtin, None, call)
    }

    /// A bound method; `this` is only for `repr`, `==` and `__self__`.
    #[inline]
    pub fn method(
        name: &'static str,
        this: Value,
        call: impl Fn(Args) -> Result<Value> + 'static,
    ) -> DynFunc {
        DynFunc::build(name, FuncKind::Method, Some(this), call)
    }

    pub(crate) fn build(
        name: &'static str,
        kind: FuncKind,
        this: Option<Value>,
        call: impl Fn(Args) -> Result<Value> + 'static,
    ) -> DynFunc {
        DynFunc::made(name, kind, this, None, call)
    }

    fn made(
        name: &'static str,
        kind: FuncKind,
        this: Option<Value>,
        origin: Option<usize>,
        call: impl Fn(Args) -> Result<Value> + 'static,
    ) -> DynFunc {
        DynFunc(Rc::new(DynFuncData {
            name,
            doc: None,
            origin,
            kind,
            this,
            call,
        }))
    }

    /// The same function with a docstring.
    pub fn documented(mut self, doc: Option<&'static str>) -> DynFunc {
        if let Some(made) = Rc::get_mut(&mut self.0) {
            made.doc = doc;
        }
        self
    }

    /// `f.__name__`.
    #[inline]
    pub fn name(&self) -> &'static str {
        match self.kind() {
            FuncKind::Builtin => self.0.name,
            _ => self.0.name.rsplit('.').next().unwrap_or(self.0.name),
        }
    }

    /// `f.__qualname__`.
    #[inline]
    pub fn qualified_name(&self) -> &'static str {
        self.0.name
    }

    /// `f.__doc__`, where the program asks some function for it.
    #[inline]
    pub fn doc(&self) -> Option<&'static str> {
        self.0.doc
    }

    #[inline]
    pub fn kind(&self) -> FuncKind {
        self.0.kind
    }

    /// `f.__self__` of a bound method.
    #[inline]
    pub fn this(&self) -> Option<&Value> {
        self.0.this.as_ref()
    }

    #[inline]
    pub fn call(&self, args: Args) -> Result<Value> {
        (self.0.call)(args)
    }

    pub fn is(&self, other: &DynFunc) -> bool {
        // `len` is one object, however often it is named.
        let named = |f: &DynFunc| f.kind() == FuncKind::Builtin && f.this().is_none();
        self.identity() == other.identity()
            || (named(self) && named(other) && self.name() == other.name())
    }

    #[inline]
    pub fn identity(&self) -> usize {
        let own = Rc::as_ptr(&self.0) as *const () as usize;
        self.0.origin.unwrap_or(own)
    }
}

/// The identity of the function at a path of the crate: above every address.
fn item_identity(path: &str) -> usize {
    let hash = path.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash << 4 | 1 << 63) as usize
}

impl Py for DynFunc {
    fn py_type_name(&self) -> &'static str {
        match self.kind() {
            FuncKind::Function => "function",
            FuncKind::Method => "method",
            FuncKind::Builtin => "builtin_function_or_method",
        }
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        let name = self.qualified_name();
        match (self.kind(), self.this()) {
            (FuncKind::Builtin, None) => out.push_str(&format!("<built-in function {name}>")),
            (FuncKind::Builtin, Some(this)) => out.push_str(&format!(
                "<built-in method {name} of {} object at {:#x}>",
                this.py_type_name(),
                self.identity()
            )),
            (FuncKind::Method, Some(this)) => {
                out.push_str(&format!("<bound method {}.{name} of ", this.py_type_name()));
                this.py_repr_into(out)?;
                out.push('>');
            }
            _ => out.push_str(&format!("<function {name} at {:#x}>", self.identity())),
        }
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(true)
    }
    fn py_eq(&self, other: &Self) -> Result<bool> {
        if let (Some(a), Some(b)) = (self.this(), other.this()) {
            return Ok(self.name() == other.name() && a.py_is(b));
        }
        Ok(self.is(other))
    }
    fn py_hash(&self) -> Result<i64> {
        match self.this() {
            Some(this) => Ok((crate::builtins::id_of(this) >> 4) as i64 ^ self.name().len() as i64),
            None => Ok((self.identity() >> 4) as i64),
        }
    }
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self.is(other)
    }
    fn to_value(&self) -> Value {
        Value::Func(self.clone())
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Func(f) => Some(f.clone()),
            _ => None,
        }
    }
}

/// `found`, kept in a class attribute, as an instance of the class shows it.
pub fn bound_to(found: Value, me: Value) -> Value {
    match &found {
        Value::Func(f) if f.kind() == FuncKind::Function => {
            let inner = f.clone();
            let receiver = me.clone();
            Value::Func(DynFunc::method(f.name(), me, move |mut args| {
                args.positional.insert(0, receiver.clone());
                inner.call(args)
            }))
        }
        _ => found,
    }
}

/// A callable of known parameter types `A` (a tuple) and result `R`.
pub struct Func<A: 'static, R: 'static> {
    /// Qualified, as messages show it.
    pub name: &'static str,
    kind: FuncKind,
    /// As of a `DynFunc`.
    origin: Option<usize>,
    doc: Option<&'static str>,
    /// The parameters by which dynamic arguments may be named.
    params: Option<&'static [&'static str]>,
    call: Rc<dyn Fn(A) -> Result<R>>,
}

impl<A, R> Clone for Func<A, R> {
    fn clone(&self) -> Self {
        Func {
            name: self.name,
            kind: self.kind,
            origin: self.origin,
            doc: self.doc,
            params: self.params,
            call: self.call.clone(),
        }
    }
}

impl<A, R> Func<A, R> {
    pub fn new(name: &'static str, call: impl Fn(A) -> Result<R> + 'static) -> Self {
        Func::build(name, FuncKind::Function, call)
    }

    /// A function of a library: no attribute access binds it.
    pub fn builtin(name: &'static str, call: impl Fn(A) -> Result<R> + 'static) -> Self {
        Func::build(name, FuncKind::Builtin, call)
    }

    fn build(name: &'static str, kind: FuncKind, call: impl Fn(A) -> Result<R> + 'static) -> Self {
        Func {
            name,
            kind,
            origin: None,
            doc: None,
            params: None,
            call: Rc::new(call),
        }
    }

    /// A function of the program, with the names of its parameters.
    pub fn taking(self, params: &'static [&'static str]) -> Self {
        Func {
            params: Some(params),
            ..self
        }
    }

    /// The same function with a docstring.
    pub fn documented(self, doc: Option<&'static str>) -> Self {
        Func { doc, ..self }
    }

    /// A method of the program that has its receiver, which is the first of the names.
    pub fn bound(
        name: &'static str,
        params: &'static [&'static str],
        call: impl Fn(A) -> Result<R> + 'static,
    ) -> Self {
        Func {
            name,
            kind: FuncKind::Method,
            origin: None,
            doc: None,
            params: Some(params),
            call: Rc::new(call),
        }
    }

    /// A function whose `def` runs once: one object, however often it is named.
    pub fn item(
        name: &'static str,
        path: &'static str,
        call: impl Fn(A) -> Result<R> + 'static,
    ) -> Self {
        Func {
            origin: Some(item_identity(path)),
            ..Func::new(name, call)
        }
    }

    #[inline]
    pub fn call(&self, args: A) -> Result<R> {
        (self.call)(args)
    }

    #[inline]
    fn address(&self) -> usize {
        let own = Rc::as_ptr(&self.call) as *const () as usize;
        self.origin.unwrap_or(own)
    }
}

/// A tuple of parameters that dynamic arguments can fill.
pub trait Params: Sized + 'static {
    fn from_args(name: &str, args: Args) -> Result<Self>;
    fn into_args(self) -> Args;
}

/// `f() takes 1 positional argument but 2 were given` and its like.
#[cold]
pub(crate) fn wrong_count(name: &str, wanted: usize, given: usize) -> Exc {
    Exc::type_error(format!(
        "{name}() takes {wanted} positional argument{} but {given} {} given",
        if wanted == 1 { "" } else { "s" },
        if given == 1 { "was" } else { "were" },
    ))
}

/// Arguments that fit the parameters, in their order; those of a method after its receiver.
fn positional(
    name: &'static str,
    params: &'static [&'static str],
    bound: bool,
    mut args: Args,
) -> Result<Args> {
    if args.keywords.is_empty() && args.positional.len() + usize::from(bound) == params.len() {
        return Ok(args);
    }
    let signature = Signature::new(name, params).positional_only(usize::from(bound));
    if bound {
        args.positional.insert(0, Value::None);
    }
    let values = signature.bind(args)?.values.into_iter().flatten();
    Ok(Args::of(values.skip(usize::from(bound)).collect()))
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
                    return Err(wrong_count(name, $count, given));
                }
                Ok(($($t::from_value(&args.positional[$i])
                    .ok_or_else(|| wrong_type(&args.positional[$i]))?,)*))
            }
            #[inline]
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

/// A value reached a statically typed place that inference took to be out of its reach:
/// the program stops, since no `except` may take this for an error of its own.
#[cold]
pub fn wrong_type(value: &Value) -> Exc {
    crate::entry::refused(
        value.py_type_name(),
        "PT903",
        "run time",
        "a value of this type reached a place typed otherwise",
    )
}

impl<A: Params, R: Py> Py for Func<A, R> {
    fn py_type_name(&self) -> &'static str {
        "function"
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!(
            "<function {} at {:#x}>",
            self.name,
            self.address()
        ));
        Ok(())
    }
    #[inline]
    fn py_truth(&self) -> Result<bool> {
        Ok(true)
    }
    #[inline]
    fn py_eq(&self, other: &Self) -> Result<bool> {
        Ok(self.py_is(other))
    }
    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok((self.address() >> 4) as i64)
    }
    #[inline]
    fn py_is(&self, other: &Self) -> bool {
        self.address() == other.address()
    }
    fn to_value(&self) -> Value {
        let f = self.clone();
        let name = self.name;
        let shown = match self.kind {
            FuncKind::Builtin => name.rsplit('.').next().unwrap_or(name),
            _ => name,
        };
        let origin = Some(self.address());
        let made = DynFunc::made(shown, self.kind, None, origin, move |args| {
            let args = match f.params {
                Some(params) => positional(name, params, f.kind == FuncKind::Method, args)?,
                None => args,
            };
            Ok(f.call(A::from_args(name, args)?)?.to_value())
        });
        Value::Func(made.documented(self.doc))
    }
    /// Anything that `dynamic::call` can call: functions, classes, objects.
    fn from_value(value: &Value) -> Option<Self> {
        let name = match value {
            Value::Func(f) => f.qualified_name(),
            Value::Class(class) => class.name,
            Value::Obj(_) => "__call__",
            _ => return None,
        };
        let callee = value.clone();
        let made = Func::new(name, move |args: A| {
            let value = crate::dynamic::call(&callee, args.into_args())?;
            R::from_value(&value).ok_or_else(|| wrong_type(&value))
        });
        Some(Func {
            origin: value.address(),
            doc: match value {
                Value::Func(f) => f.doc(),
                _ => None,
            },
            ..made
        })
    }
}
