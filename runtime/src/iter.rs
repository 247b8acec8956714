//! Builtins that make or consume iterators.
