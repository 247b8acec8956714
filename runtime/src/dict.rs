//! Python's dict.
use std::{cell::RefCell, rc::Rc};
pub struct Dict<K, V>(pub(crate) Rc<RefCell<Vec<(K, V)>>>);
impl<K, V> Clone for Dict<K, V> { fn clone(&self) -> Self { Dict(self.0.clone()) } }
