"""A builtin replaced for the whole program."""
import builtins  # refuse: PT103


def quiet(*args: object) -> None:
    return None


builtins.print = quiet  # refuse: PT103
