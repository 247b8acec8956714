"""A module chosen by a computed name."""

import importlib  # refuse: PT103


def load(name: str) -> object:
    return importlib.import_module(name)  # refuse: PT103


print(load("ma" + "th"))
