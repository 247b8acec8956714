//! Python's set and frozenset.
use std::{cell::RefCell, rc::Rc};
pub struct Set<T>(pub(crate) Rc<RefCell<Vec<T>>>);
impl<T> Clone for Set<T> { fn clone(&self) -> Self { Set(self.0.clone()) } }
pub struct FrozenSet<T>(pub(crate) Rc<Vec<T>>);
impl<T> Clone for FrozenSet<T> { fn clone(&self) -> Self { FrozenSet(self.0.clone()) } }
