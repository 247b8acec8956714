"""A builtin replaced for the whole program."""

import builtins


def quiet(*args: object) -> None:
    return None


builtins.print = quiet  # refuse: PT103
