//! Slice bounds as CPython adjusts them.
