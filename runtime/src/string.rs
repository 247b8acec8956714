//! Python's str.
use std::rc::Rc;
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Str(Rc<str>);
impl From<String> for Str { fn from(v: String) -> Str { Str(v.into()) } }
impl From<&str> for Str { fn from(v: &str) -> Str { Str(v.into()) } }
impl std::fmt::Display for Str { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) } }
impl Str { pub fn as_str(&self) -> &str { &self.0 } }
