"""What a generator expression and a function made at run time take along, by names that ours might clash with."""


def rank(things):
    ranked = [(t, -len(t)) for t in things]
    yield from (t for t, _ in sorted(ranked, key=lambda obj: obj[1]))


def keyed(things, k):
    return (max(t, key=lambda c: ord(c) * k) for t in sorted(things, key=lambda t: len(t) * k))


def groups(*args):
    def callback(lexer, match, ctx=None, *rest, **more):
        return args, lexer, match, ctx, rest, more

    return callback


def binder(bound, given):
    def inner(x, *args, **kwargs):
        return bound, given, x, args, kwargs

    return inner


def pairs(flag):
    info = (1, "a")
    if flag:
        info = (None, None)
    if flag is None:
        info = [flag, (flag, None)]
    return info


def maybe(x):
    return (x, None), [x] if x else (None, None)


print(list(rank(["a", "ccc", "bb"])), list(keyed(["ab", "c", "dddz"], 2)))
print(groups(1, 2)("l", "m"), groups()(1, 2, 3, 4, a=5))
print(binder("b", "g")(1, 2, k=3))
print(pairs(True), pairs(False), pairs(None), maybe(1), maybe(""))
