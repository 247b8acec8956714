import array
from collections.abc import Sequence


class Nothing(Sequence):
    def __getitem__(self, i):
        raise IndexError

    def __len__(self):
        return 0


def is_sequence(x):
    return isinstance(x, Sequence)  # refuse: PT103


print(is_sequence([]), is_sequence(array.array("i")), is_sequence(Nothing()))
