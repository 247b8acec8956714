"""What a partial is made of."""

from functools import partial


def f(a, b, c=3):
    return (a, b, c)


p = partial(f, 1, c=5)
print(p(2), p.args, p.keywords, p.func is f)
q = partial(lambda x, y: x * y, 4)
print(q(5), q.args, q.keywords)
print(q.func(2, 3))
r = partial(max, 3)
print(r(1, 2), r.args)
