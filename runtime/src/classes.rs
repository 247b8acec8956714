//! Built-in types as values: what `type(x)` gives and `isinstance` takes.

pub use crate::dict::{COUNTER, DEFAULTDICT, ORDERED_DICT};
use crate::exc::BUILTIN_EXCEPTIONS;
use crate::func::FuncKind;
pub use crate::iter::deque::DEQUE;
use crate::{Class, Exc, Py, Result, Value};

macro_rules! builtin {
    ($($konst:ident $name:literal ($($base:ident),*);)*) => {
        $(pub static $konst: Class = Class {
            name: $name, module: "builtins", mro: &[$(&$base),*],
        };)*
        /// Every built-in class that is not an exception.
        pub static BUILTIN_CLASSES: &[&Class] = &[$(&$konst),*];
    };
}

builtin! {
    OBJECT "object" ();
    TYPE "type" ();
    NONE_TYPE "NoneType" ();
    NOT_IMPLEMENTED_TYPE "NotImplementedType" ();
    ELLIPSIS_TYPE "ellipsis" ();
    INT "int" ();
    BOOL "bool" (INT);
    FLOAT "float" ();
    COMPLEX "complex" ();
    STR "str" ();
    BYTES "bytes" ();
    BYTEARRAY "bytearray" ();
    LIST "list" ();
    TUPLE "tuple" ();
    DICT "dict" ();
    DICT_KEYS "dict_keys" ();
    DICT_VALUES "dict_values" ();
    DICT_ITEMS "dict_items" ();
    SET "set" ();
    FROZENSET "frozenset" ();
    RANGE "range" ();
    SLICE "slice" ();
    FUNCTION "function" ();
    METHOD "method" ();
    BUILTIN_FUNCTION "builtin_function_or_method" ();
    GENERATOR "generator" ();
    COROUTINE "coroutine" ();
    ENUMERATE "enumerate" ();
    ZIP "zip" ();
    MAP "map" ();
    FILTER "filter" ();
    REVERSED "reversed" ();
    LIST_ITERATOR "list_iterator" ();
    LIST_REVERSE_ITERATOR "list_reverseiterator" ();
    TUPLE_ITERATOR "tuple_iterator" ();
    STR_ITERATOR "str_iterator" ();
    STR_ASCII_ITERATOR "str_ascii_iterator" ();
    BYTES_ITERATOR "bytes_iterator" ();
    BYTEARRAY_ITERATOR "bytearray_iterator" ();
    RANGE_ITERATOR "range_iterator" ();
    SET_ITERATOR "set_iterator" ();
    DICT_KEYITERATOR "dict_keyiterator" ();
    DICT_VALUEITERATOR "dict_valueiterator" ();
    DICT_ITEMITERATOR "dict_itemiterator" ();
    DICT_REVERSEKEYITERATOR "dict_reversekeyiterator" ();
    CALLABLE_ITERATOR "callable_iterator" ();
    ITERATOR "iterator" ();
    STATICMETHOD "staticmethod" ();
    CLASSMETHOD "classmethod" ();
    PROPERTY "property" ();
    SUPER "super" ();
}

/// What enumerations derive from, and what their classes are of.
pub static ENUM: Class = Class::new("Enum", "enum", &[]);
pub static FLAG: Class = Class::new("Flag", "enum", &[&ENUM]);
static ENUM_TYPE: Class = Class::new("EnumType", "enum", &[&TYPE]);

impl Class {
    /// It has members, over which it can be walked.
    pub fn is_enum(&self) -> bool {
        self.mro.iter().any(|c| c.is(&ENUM))
    }

    /// `type(class)`.
    pub fn metaclass(&self) -> &'static Class {
        if self.is_enum() { &ENUM_TYPE } else { &TYPE }
    }
}

/// The class of a built-in value; exceptions and objects know theirs.
pub(crate) fn of_builtin(value: &Value) -> &'static Class {
    match value {
        Value::None => &NONE_TYPE,
        Value::NotImplemented => &NOT_IMPLEMENTED_TYPE,
        Value::Ellipsis => &ELLIPSIS_TYPE,
        Value::Bool(_) => &BOOL,
        Value::Int(_) => &INT,
        Value::Float(_) => &FLOAT,
        Value::Str(_) => &STR,
        Value::Bytes(_) => &BYTES,
        Value::ByteArray(_) => &BYTEARRAY,
        Value::List(_) => &LIST,
        Value::Tuple(_) => &TUPLE,
        Value::Dict(dict) => dict.py_class(),
        Value::DictKeys(_) => &DICT_KEYS,
        Value::DictValues(_) => &DICT_VALUES,
        Value::DictItems(_) => &DICT_ITEMS,
        Value::Set(_) => &SET,
        Value::FrozenSet(_) => &FROZENSET,
        Value::Range(_) => &RANGE,
        Value::Slice(_) => &SLICE,
        Value::Class(class) => class.metaclass(),
        Value::Func(f) => match f.kind() {
            FuncKind::Function => &FUNCTION,
            FuncKind::Method => &METHOD,
            FuncKind::Builtin => &BUILTIN_FUNCTION,
        },
        Value::Iter(iter) => of_iterator(iter.py_type_name()),
        Value::Exc(exc) => exc.class(),
        Value::Obj(object) => object.class(),
    }
}

#[inline]
fn of_iterator(kind: &str) -> &'static Class {
    BUILTIN_CLASSES
        .iter()
        .find(|class| class.name == kind)
        .copied()
        .unwrap_or(&ITERATOR)
}

/// The built-in class of that name, exceptions included.
#[inline]
pub fn by_name(name: &str) -> Option<&'static Class> {
    BUILTIN_CLASSES
        .iter()
        .chain(BUILTIN_EXCEPTIONS)
        .find(|class| class.name == name)
        .copied()
}

/// `__name__` of a class: without the module that messages show before it.
pub fn short_name(name: &'static str) -> &'static str {
    name.rsplit('.').next().unwrap_or(name)
}

/// `__qualname__` of a class: nested ones carry their path in the name's place.
pub fn qualified_name(class: &'static Class) -> &'static str {
    let bare = class.name.strip_prefix(class.module);
    bare.and_then(|rest| rest.strip_prefix('.'))
        .unwrap_or(class.name)
}

pub(crate) fn repr_into(class: &Class, out: &mut String) {
    if class.is_enum() {
        let is_flag = class.mro.iter().any(|c| c.is(&FLAG));
        let kind = if is_flag { "flag" } else { "enum" };
        out.push_str(&format!("<{kind} '{}'>", short_name(class.name)));
        return;
    }
    out.push_str("<class '");
    if class.module != "builtins" && !class.name.contains('.') {
        out.push_str(class.module);
        out.push('.');
    }
    out.push_str(class.name);
    out.push_str("'>");
}

/// A class of the program, kept or passed where no other can be.
#[derive(Clone, Copy)]
pub struct ClassRef(pub &'static Class);

impl Py for ClassRef {
    fn py_type_name(&self) -> &'static str {
        self.0.metaclass().name
    }
    fn py_repr_into(&self, out: &mut String) -> Result<()> {
        repr_into(self.0, out);
        Ok(())
    }
    fn py_truth(&self) -> Result<bool> {
        Ok(true)
    }
    fn py_eq(&self, other: &Self) -> Result<bool> {
        Ok(self.0.is(other.0))
    }
    fn py_hash(&self) -> Result<i64> {
        self.to_value().py_hash()
    }
    fn py_is(&self, other: &Self) -> bool {
        self.0.is(other.0)
    }
    fn to_value(&self) -> Value {
        Value::Class(self.0)
    }
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Class(class) => Some(ClassRef(class)),
            _ => None,
        }
    }
}

/// `isinstance(value, class)` for a class known to the compiler.
#[inline]
pub fn is_instance<T: Py>(value: &T, class: &'static Class) -> bool {
    class.is(&OBJECT) || value.to_value().class().is_subclass(class)
}

/// `isinstance(value, classes)`: a class, or a tuple of classes and tuples.
#[inline]
pub fn isinstance(value: &Value, classes: &Value) -> Result<bool> {
    subclass_of(
        value.class(),
        classes,
        "isinstance() arg 2 must be a type, a tuple of types, or a union",
    )
}

/// `issubclass(class, classes)`.
pub fn issubclass(class: &Value, classes: &Value) -> Result<bool> {
    match class {
        Value::Class(class) => subclass_of(
            class,
            classes,
            "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        ),
        _ => Err(Exc::type_error("issubclass() arg 1 must be a class")),
    }
}

fn subclass_of(class: &'static Class, classes: &Value, message: &str) -> Result<bool> {
    match classes {
        Value::Class(other) => Ok(other.is(&OBJECT) || class.is_subclass(other)),
        Value::Tuple(items) => {
            for item in items.iter() {
                if subclass_of(class, &item, message)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(Exc::type_error(message)),
    }
}
