def f(*args):
    return max(*args), min(1, *args), sum(*[list(args)]), list(range(*args[:2])), pow(*args[:2])


print(f(2, 5, 3))
print(list(zip(*[[1, 2], "ab"], [3, 4])))
print(sorted(*[[3, 1, 2]], reverse=True), divmod(*(7, 2)), int(*["ff", 16]), str(*[5]))
print(list(map(*[str, [1, 2]])), len(*["abc"]), abs(*[-3]), isinstance(*[1, int]))
try:
    print(len(*[1, 2]))
except TypeError as e:
    print(e)
print(
    list(enumerate(*["ab", 5])),
    dict(*[[("a", 1)]]),
    set(*[[1, 1]]),
    round(*[2.567, 1]),
    slice(*[1, 2]),
)


def g(n, *rest, **kw):
    return int(n, **kw) if kw else n


print(g("11", base=2))
print(max(*[3, 4], key=lambda x: -x), print(*[1, 2], sep="-"))
