"""What an array holds must be known when it is translated."""

from array import array


def make(code):
    return array(code, [1, 2])  # refuse: PT203


print(make("i"), make("d"))
