//! Operations on [`Value`]: Python's dispatch, at run time.
//!
//! Every operator has a function of its own with an inlined path for what programs do
//! most; the rest follows CPython's `abstract.c` and `typeobject.c`: user dunders,
//! reflection, `NotImplemented`, built-in types, and then the error they would give.

mod attrs;
mod builtins;
mod call;
mod compare;
mod items;
mod iterate;
mod lazy;
mod methods;
pub(crate) mod ops;
mod sequences;
mod types;
mod unpack;

pub use attrs::{by_name, del_attr, enter, get_attr, has_attr, mixed_in, set_attr, vars};
pub use builtins::{builtin, call_builtin};
pub use call::{call, is_callable};
pub use compare::*;
pub(crate) use items::index_of;
pub use items::{
    contains, delitem, dict_pairs, getitem, getslice, hash_slow, len, make_slice, setitem,
    to_float, to_index, to_int, to_num, truth, truth_slow,
};
pub use iterate::{
    DynIter, awaited, is_iterable, items, iter, iter_sized, iter_value, iterator, listed, next,
    next_or, sized,
};
pub use methods::call_method;
pub use ops::*;
pub use sequences::{entries, update_dict};
pub use types::type_of;
pub(crate) use unpack::unpack_slice;
pub use unpack::{unpack, unpack_exact, unpack_star, unpack_star_exact};
