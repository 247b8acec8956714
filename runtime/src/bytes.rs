//! Python's bytes and bytearray.
