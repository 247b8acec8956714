"""The ports on real stores: state in SQL, objects and caches."""
