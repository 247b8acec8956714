"""An __eq__ that gives what a method of the instance gives, which need not be a bool."""


class Told:
    def __init__(self, words):
        self.words = words

    def issue(self):
        return self.words

    def __eq__(self, other):
        if not isinstance(other, Told):
            return NotImplemented
        return self.issue()


print(
    Told([1]) == Told("x"),
    Told("") == Told(1),
    Told([1]) == Told([]),
    Told([]) == Told([1]),
    Told(["a"]) != Told([]),
    Told([2]) == 3,
)
