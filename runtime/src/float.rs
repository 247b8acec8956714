//! Python's float: repr, rounding, arithmetic.
