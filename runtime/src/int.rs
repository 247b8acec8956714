//! Python's int: exact at any size.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Int(i64);
impl From<i64> for Int { fn from(v: i64) -> Int { Int(v) } }
