//! `itertools.starmap`.

use crate::object::Args;
use crate::{Iter, Py, Result, Tuple, Value, dynamic};

macro_rules! starmaps {
    ($name:ident: $($t:ident $var:ident),*) => {
        /// `itertools.starmap(f, tuples)`.
        pub fn $name<$($t: Py,)* R: Py>(
            mut f: impl FnMut($($t),*) -> Result<R> + 'static,
            items: impl Iterator<Item = Result<($($t,)*)>> + 'static,
        ) -> Iter<R> {
            Iter::new("starmap", items.map(move |item| {
                let ($($var,)*) = item?;
                f($($var),*)
            }))
        }
    };
}

starmaps!(starmap1: A a);
starmaps!(starmap2: A a, B b);
starmaps!(starmap3: A a, B b, C c);
starmaps!(starmap4: A a, B b, C c, D d);

/// `itertools.starmap(f, tuples)` of a dynamic value that is called with as many arguments as
/// each tuple has items.
pub fn starmap_dynamic<T: Py>(
    f: Value,
    items: impl Iterator<Item = Result<Tuple<T>>> + 'static,
) -> Iter<Value> {
    let call = move |item: Result<Tuple<T>>| {
        let positional = item?.as_slice().iter().map(Py::to_value).collect();
        let keywords = Vec::new();
        dynamic::call(
            &f,
            Args {
                positional,
                keywords,
            },
        )
    };
    Iter::new("starmap", items.map(call))
}
