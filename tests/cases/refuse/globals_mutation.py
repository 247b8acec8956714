"""Module variables made by computed names."""


def define(names: list[str]) -> None:
    for i, name in enumerate(names):
        globals()[name] = i  # refuse: PT206


define(["alpha", "beta"])
