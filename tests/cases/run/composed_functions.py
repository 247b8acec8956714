"""A lambda that takes anything and keeps the parameters of the lambda around it."""

import functools


def compose(*fs):
    return functools.reduce(lambda f, g: lambda *a, **k: g(f(*a, **k)), fs)


def counted(*fs):
    return list(map(lambda f: lambda *a: (f.__name__, f(*a)), fs))


print(compose(str, len)(99))
print(compose(int, abs, str, lambda s: s * 2)("-12"))
for call in counted(abs, str):
    print(call(-3))
