//! Python's range.
