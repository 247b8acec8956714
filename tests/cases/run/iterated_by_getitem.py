"""A class that is iterated over by __getitem__ alone, where its instances are dynamic values.

All that the program itself asks a dynamic value for is a slice.
"""


class Seven:
    def __init__(self, v):
        self.v = v

    def __len__(self):
        return abs(self.v) % 5

    def __getitem__(self, i):
        if i >= len(self):
            raise IndexError(i)
        return i * 7


for text_or_list in [[1, 2, 3], "abc", (1.5, None)]:
    print(text_or_list[:2])
first, second = Seven(-1), Seven(3)
print(list(first), sorted(second, reverse=True), [*second], max(second))
