//! Python's list.
use std::{cell::RefCell, rc::Rc};
pub struct List<T>(pub(crate) Rc<RefCell<Vec<T>>>);
impl<T> Clone for List<T> { fn clone(&self) -> Self { List(self.0.clone()) } }
