//! Entry point: big stack, flush, traceback, exit code.
