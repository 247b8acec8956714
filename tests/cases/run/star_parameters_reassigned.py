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
