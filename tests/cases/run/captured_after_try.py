class Conf:
    def __init__(self, src, **options):
        self.src = src
        self.options = options


class Holder:
    def run(self, more):
        try:
            return Conf("x", tab=self.missing, style="s", **more)
        except AttributeError as error:
            print(error)
            return Conf("y", style="s", **more)


print(sorted(Holder().run({"a": 1, "b": "two"}).options.items(), key=str))


def outer(items, flag):
    try:
        sizes = {}
        for item in items:
            sizes[item] = len(item)
    except TypeError:
        counted = {}
        for item in items:
            counted.setdefault(str(item), []).append(item)
        equal = {key: iter(group) for key, group in counted.items()}

        def permuted(order):
            return tuple(next(equal[i]) for i in order)

        good = False
    else:
        good = True
    if good:
        return sizes
    return list(permuted(order) for order in [["1", "2"], ["3"]])


print(outer(["ab", "c"], 1))


def later(n):
    try:
        step = 10 // n
    except ZeroDivisionError:
        return []

    def add(x, by=step):
        return x + step + by

    return [*map(add, [1, 2]), *(add(x) for x in (3, 4)), add]


print(later(3)[:4], later(0), later(2)[-1](5))
print(outer([1, 2, 3], 0))
