//! What a translated module imports.
pub use crate::bytes::{ByteArray, Bytes};
pub use crate::classes::{self, ClassRef, is_instance};
pub use crate::complex::{self, Complex};
pub use crate::core::{Format, Repr, Show, fstr};
pub use crate::entry::{Frame, Never, enter_frame, refused, run_main};
pub use crate::exc::*;
pub use crate::fields::Named;
pub use crate::format::{percent, percent_bytes, percent_map, percent_value, str_format};
pub use crate::func::{DynFunc, Func, bound_to};
pub use crate::generator::Iter;
pub use crate::glue::*;
pub use crate::instance;
pub use crate::instance::{Identity, Instance, checked_len};
pub use crate::io::{input, print, print_to};
pub use crate::iter;
pub use crate::num::Num;
pub use crate::object::{
    Args, Member, Object, Signature, bound_to_class, class_value, no_arguments,
    plain_exception_class, unbound_method,
};
pub use crate::range::{checked_range_i64, range_i64};
pub use crate::set::Distinct;
pub use crate::stdlib::{self, Array, HashObject, Match, Pattern, Random};
pub use crate::string::lit;
pub use crate::suspended::{
    Yielder, coroutine, coroutine_at_once, generator, generator_at_once, in_coroutine, in_generator,
};
pub use crate::union;
pub use crate::{
    AnySet, Deque, DictItems, DictKeys, DictValues, EmptyTuple, Range, Shape, Slice, Uniform,
};
pub use crate::{
    Class, Dict, Exc, FrozenSet, Int, Iterable, List, OwnList, Plain, Py, Result, Set, Slot, Str,
    Tuple, Value,
};
pub use crate::{
    bail, bound, bound_name, class, ensure, example, field, fields_by_name, global, ints, open,
    ordered, raised, runs, set_noted, shows, shows_some, strs, tr, trf,
};
pub use crate::{builtins, clock, dynamic, entry, fields, io};
pub use crate::{float, int, math, num};
pub use std::rc::Rc;
