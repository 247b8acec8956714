"""Jobs, units, attempts and what may happen to them: values only, no I/O."""
