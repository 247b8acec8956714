"""The items of a tuple are taken one by one, and what is read again stays."""


def flat(pairs: list[tuple[list[int], str]]) -> list[str]:
    out: list[str] = []
    for numbers, name in pairs:
        numbers.append(len(name))
        out.append(name)
        out.append(str(numbers))
    return out


def twice(pair: tuple[str, list[int]]) -> str:
    a, b = pair
    c, d = pair
    b.append(1)
    return a + c + str(b) + str(d) + str(pair)


def nested(items: list[tuple[str, tuple[str, str]]]) -> list[tuple[str, str]]:
    out = []
    for i, (first, (second, third)) in enumerate(items):
        whole = (third, first) if i % 2 else (second, third)
        left, right = whole
        out.append((right, left))
        out.append(whole)
    return out


def rotating() -> tuple[str, str]:
    pair = ("a" * 20, "b" * 20)
    for _ in range(3):
        x, y = pair
        pair = (y + x[:1], x)
    return pair


def handled(table: dict[str, str]) -> list[str]:
    out = []
    for key, value in table.items():
        try:
            out.append(key)
            out.append(str(int(value) + 1))
        except ValueError:
            out.append(key + "!" + value)
    return out


def by_position(t: tuple[str, str, str]) -> str:
    first = t[0]
    last = t[-1]
    return first + last + t[0] + t[1]


print(flat([([1], "x" * 30), ([], "yy")]))
print(twice(("q" * 17, [7])))
print(nested([("a", ("b", "c")), ("d", ("e", "f"))]))
print(rotating())
print(handled({"a": "1", "b": "zz"}))
print(by_position(("l" * 16, "m", "n" * 16)))
while True:
    name, rest = "head tail".split(" ")[0], ["tail"]
    print(name, rest)
    break


def pair_or_none(n):
    if n > 2:
        return 10**30 * n, [n]
    return None


def first_pair(n):
    while True:
        found = pair_or_none(n)
        if found is not None:
            return found[0], found[1]
        n += 1


print(first_pair(1))
