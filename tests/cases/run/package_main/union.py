"""A module whose name is a word of Rust."""


def union(*sets: set[int]) -> list[int]:
    return sorted(set().union(*sets))
