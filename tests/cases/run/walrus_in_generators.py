"""Generator expressions that set a variable of the function around them."""


def coerce(v):
    return v if len(v) > 1 else None


def keep(matches, key):
    if key is None:
        return iter(matches)
    return (
        item
        for item in matches
        if (parsed := coerce(item if key is None else key(item))) is None or not parsed.isupper()
    )


def unset(xs):
    return (last for x in xs if x > 2 or (last := x))


def pairs(xs):
    return ((y, x) for x in xs if (y := x * x) > 3), len(xs)


def taken(xs):
    print(sum(t for x in xs if (t := x * 2) > 2), t)
    print(max((u for x in xs if (u := x * 3) > 2), default=0), u)
    print(sorted(v for x in xs if (v := -x) < 0), v)
    print(dict((w, x) for x in xs if (w := str(x))), w)
    print(",".join(z for x in xs if (z := str(x))), z)
    print(set(s for x in xs if (s := x % 2)), s)
    print(tuple(q for x in xs if (q := x + 1)), q)
    kept = []
    kept.extend(p for x in xs if (p := x * 5))
    print(kept, p)
    print(all(o for x in xs if (o := x)), o)
    print(list(enumerate(n for x in xs if (n := x))), n)
    print([*(m for x in xs if (m := x + 9))], m)
    for k in (j for x in xs if (j := x)):
        print(k, j)
    if any((hit := x) > 2 for x in xs):
        print(hit)
    print(min((x for x in xs), key=lambda d: -d), frozenset(i for x in xs if (i := x)), i)


print(list(keep(["a", "AB", "cd"], lambda s: s)))
print(list(keep(["a", "AB", "cd"], None)))
print(list(unset([1, 2, 3])))
try:
    print(list(unset([3, 2, 1])))
except NameError as error:
    print(type(error).__name__, error)
found, n = pairs([1, 2, 3])
print(list(found), n)
taken([1, 2, 3])
