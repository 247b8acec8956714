//! Dynamic operations on Value: operators, attributes, methods by name.
