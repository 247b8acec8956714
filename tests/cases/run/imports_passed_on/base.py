"""Values that other modules take."""

LIMIT = 10
names = ["x"]
count = 0
_hidden = "not given away"


def inc():
    global count
    count += 1


class Shape:
    sides = 0

    def __repr__(self):
        return f"Shape({self.sides})"


if __name__ == "__main__":
    unseen = 1
