registered = []


class counted:
    def __init__(self, func):
        self.func = func
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.func(*args), self.calls


def either(func=None, *, name=None):
    if func is None:
        return lambda f: either(f, name=name)
    registered.append(name)
    return counted(func)


@counted
def area(a, b):
    return a * b


@either(name="around")
def perimeter(a, b):
    return 2 * (a + b)


@either
def diagonal(a, b):
    return (a * a + b * b) ** 0.5
