"""Random well-typed programs, run by CPython and by their translation, and compared."""
