//! Tuples: Rust tuples for fixed shapes, `Tuple<T>` for any length.
use std::rc::Rc;
pub struct Tuple<T>(pub(crate) Rc<Vec<T>>);
impl<T> Clone for Tuple<T> { fn clone(&self) -> Self { Tuple(self.0.clone()) } }
