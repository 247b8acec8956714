"""A file that CPython's parser refuses."""


def broken(x: int) -> int:
    return x +  # refuse: PT001


print(broken(1))
