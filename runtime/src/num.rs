//! Ints and floats in one slot.
