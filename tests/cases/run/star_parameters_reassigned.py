"""Parameters of * and ** that the function assigns something else to, in calls that only run time binds."""


class W:
    def __init__(self, func, subst):
        self.func = func
        self.subst = subst

    def call(self, *args, **more):
        if self.subst:
            args = self.subst(*args)
            more = None
        return self.func(*args), more


def g(*args):
    if len(args) == 1:
        args = args[0]
    return args


def run(f, *xs):
    return f(*xs)


w = W(lambda a, b: a + b, lambda a, b: [b, a])
f = w.call
print(f("x", "y"))
print(run(f, "p", "q"), run(W(lambda a: a, None).call, 3))
print(run(g, 1), run(g, 1, 2))


def merge(*dicts, **kwargs):
    if len(dicts) == 1 and not isinstance(dicts[0], dict):
        dicts = dicts[0]
    out = dict()
    for d in dicts:
        out.update(d)
    if kwargs:
        kwargs = list(kwargs.items())
    return out, kwargs


def forward(d, *dicts, **kwargs):
    return merge(d, *dicts, **kwargs)


def diff(*seqs, **kwargs):
    n = len(seqs)
    if n == 1 and isinstance(seqs[0], list):
        seqs = seqs[0]
        n = len(seqs)
    default = kwargs.get("default", None)
    for items in zip(*seqs):
        if items.count(items[0]) != n:
            yield items
    yield default


def raises(error, lamda):
    try:
        lamda()
        return False
    except error:
        return True


kw = {"a": 1}
print(merge({1: 2}), merge({1: 2}, {3: 4}), merge([{1: 2}, {5: 6}]), merge({1: 2}, a=1))
print(forward({1: 2}), forward({1: 2}, {2: 3}, b=2), forward({1: 1}, **kw), merge(*[{1: 1}], **kw))
print(list(diff([1, 2], (1, 3), default=4)), list(diff([[1, 2], [1, 5]])), list(diff()))
print(raises(TypeError, lambda: merge(3)), raises(KeyError, lambda: list(diff())))
