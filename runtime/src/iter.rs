//! Builtins that make or consume iterators.
//!
//! Everything takes Rust iterators of results, `impl Iterator<Item = Result<T>>`,
//! which the first error ends. What Python evaluates lazily gives an [`Iter`].

pub mod bisect;
pub mod builtins;
pub mod deque;
pub mod fold;
pub mod heapq;
pub mod itertools;
pub(crate) mod same;

pub use builtins::*;
pub use fold::*;

pub use crate::generator::Iter;
