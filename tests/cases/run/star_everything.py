"""Star expressions in calls, displays, targets; keyword-only; forwarding."""


def show(*args, **kwargs):
    return f"{args} {sorted(kwargs.items())}"


def forward(*args, **kwargs):
    return show(*args, extra=True, **kwargs)


def spread(a, b, *rest, key="k", **options):
    return a, b, rest, key, options


def kwonly(*, x, y=2):
    return x * 10 + y


def mean(first: float, *others: float) -> float:
    return (first + sum(others)) / (1 + len(others))


print(show(), show(1, 2), show(a=1), show(*[1], *(2, 3), **{"k": 1}, j=2), forward(5, z=6))
print(
    spread(1, 2),
    spread(1, 2, 3, 4, key="K", q=5),
    spread(*"abc"),
    spread(b=2, a=1),
    spread(*[1, 2], **{"key": 0, "w": 1}),
)
print(kwonly(x=1), kwonly(y=5, x=3), mean(1.0), mean(1.0, 2.0, 6.0), mean(*[2, 4]))
xs, ys = [1, 2], (3, 4)
print(
    [*xs, *ys, 5],
    (*xs, *ys),
    {*xs, *ys} == {1, 2, 3, 4},
    {**{"a": 1}, "b": 2, **{"a": 3}},
    [*range(3), *"ab"],
    [*{}, *[]],
)
head, *body, tail = [*xs, *ys]
print(head, body, tail, *xs, *ys, sep=":")
for bad in (
    lambda: show2(1),
    lambda: kwonly(1),
    lambda: kwonly(),
    lambda: kwonly(x=1, z=2),
    lambda: mean(),
    lambda: pair(1),
    lambda: pair(1, 2, 3),
    lambda: pair(1, b=2, c=3),
):
    try:
        print(bad())
    except TypeError as e:
        print("TypeError", e)
    except NameError as e:
        print("NameError", e)


def pair(a, b):
    return a, b


for bad in (lambda: pair(1), lambda: pair(1, 2, 3), lambda: pair(1, a=2), lambda: pair()):
    try:
        bad()
    except TypeError as e:
        print(e)


def accumulate(item, into=None, *, seen={}):
    into = into if into is not None else []
    into.append(item)
    seen[item] = seen.get(item, 0) + 1
    return into, dict(seen)


print(accumulate("a"), accumulate("b", ["x"]), accumulate("a", seen={}), accumulate("a"))
args = [("n", 1), ("m", 2)]
print(dict(args, o=3), max(*[3, 9, 2]), print(*[]), sum([*map(int, "123")]))
