"""Indexing and slicing of strings, lists and tuples, with every sign of step."""

s = "abcdefghij"
xs = list(range(10))
t = tuple("vwxyz")
bounds = [None, 0, 1, 4, 9, 10, 25, -1, -3, -10, -11]

for i in bounds:
    for j in (None, 2, 7, -2, 12, -12):
        print(i, j, s[i:j], xs[i:j], t[i:j])
for step in (1, 2, 3, -1, -2, -4, 100, -100):
    print(step, s[::step], s[2:8:step], s[8:2:step], xs[-3::step], t[::step])

print(s[0], s[-1], s[-10], s[9], xs[-1], t[-5])
print(s[:3] + s[3:] == s, xs[:] == xs, xs[:] is xs)
for index in (10, -11, 100):
    try:
        print(s[index])
    except IndexError as e:
        print(index, e)
    try:
        print(xs[index])
    except IndexError as e:
        print(index, e)
    try:
        print(t[index])
    except IndexError as e:
        print(index, e)
try:
    print(s[::0])
except ValueError as e:
    print(e)


def rotate(text: str, k: int) -> str:
    k %= len(text)
    return text[-k:] + text[:-k] if k else text


def chunks(values: list[int], size: int) -> list[list[int]]:
    return [values[i : i + size] for i in range(0, len(values), size)]


print([rotate("hello", k) for k in range(-2, 7)])
print(chunks(xs, 3), chunks(xs, 10), chunks([], 2))
