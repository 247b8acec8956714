class Scale:
    def __init__(self, k):
        self.k = k

    def __call__(self, x):
        return x * self.k


s = Scale(3)
print(
    list(map(s, [1, 2])),
    sorted([3, 1, 2], key=Scale(-1)),
    list(filter(Scale(0), [1])),
    max([1, 5], key=s),
)


class Many:
    def __call__(self, *args):
        return args


print(list(map(Many(), [1], [2])))
