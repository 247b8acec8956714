"""Methods and operators of list."""

xs = [3, 1, 2]
xs.append(5)
xs.extend([7, 8])
xs.extend(range(2))
xs.insert(0, 100)
xs.insert(-1, 50)
xs.insert(1000, 9)
xs.insert(-1000, -9)
print(xs, len(xs))
print(xs.pop(), xs.pop(0), xs.pop(-2), xs)
xs.remove(2)
print(xs, xs.index(5), xs.index(7, 2), xs.count(1), 5 in xs, 99 not in xs)
xs.reverse()
print(xs)
xs.sort()
print(xs)
xs.sort(reverse=True)
print(xs, sorted(xs), min(xs), max(xs), sum(xs))
ys = xs.copy()
ys.clear()
print(xs, ys, xs + [1], [0] * 5, [1, 2] * 2, 2 * ["a"], [1] * -1)
print([1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [2] > [1, 5], [1, 2] != [2, 1])
xs[0] = 42
xs[-1] = -42
xs[1] += 10
print(xs)
del xs[0]
del xs[-1]
print(xs)
words = ["banana", "fig", "apple", "kiwi"]
words.sort(key=len)
print(words)
words.sort(key=lambda w: (-len(w), w))
print(words, sorted(words, key=str.upper), sorted(words)[0])
nested = [[1, 2], [], [3]]
print(nested, [x for row in nested for x in row], len(nested), nested[0][1], sum(nested, []))
print(
    list("abc"),
    list((1, 2)),
    list(range(3)),
    list({"k": 1}),
    list(reversed([1, 2, 3])),
    list(map(str, [1, 2])),
)
print(["it's", 'q"', "\n", 1.0, None, True, (1,), []])
for bad in ("pop", "remove", "index", "set"):
    try:
        empty: list[int] = []
        if bad == "pop":
            empty.pop()
        elif bad == "remove":
            empty.remove(1)
        elif bad == "index":
            empty.index(3)
        else:
            empty[0] = 1
    except (IndexError, ValueError) as e:
        print(bad, type(e).__name__, e)
try:
    [1, 2].pop(7)
except IndexError as e:
    print(e)
