"""Dynamic values are compared for a bool."""


class Odd:
    def __eq__(self, other):
        return "maybe"


values = [Odd(), 3]
print(values[0] == values[1])  # refuse: PT206
