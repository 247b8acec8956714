"""Functions defined in loops and branches; unbound names and what the error calls them."""


def outer(n):
    fs = []
    for i in range(n):

        def g(x, i=i):
            return x + i

        def h():
            return g(1) + i

        fs.append(h)
    return [f() for f in fs], g(5)


print(outer(3))
try:
    print(outer(0))
except UnboundLocalError as e:
    print(e)
if len("ab") > 1:

    def pick(a):
        return a + 1
else:

    def pick(a):
        return a - 1


print(pick(3), [pick(k) for k in range(3)])
for turn in range(0):
    late = turn
try:
    print(late)
except NameError as e:
    print(type(e).__name__, e)


def own(flag):
    def inner():
        return here

    if flag:
        here = 1
    try:
        return here + inner()
    except NameError as e:
        return type(e).__name__, str(e)


print(own(True), own(False))


def picked(text, positions):
    return "".join(text[i] for i in positions)


def picks_by_nothing(text):
    return picked(text + "!", no_positions)  # noqa: F821


print(picked("abc", [2, 0]))
try:
    picks_by_nothing("ab")
except NameError as error:
    print(error)
