//! print, input, buffered standard streams.
