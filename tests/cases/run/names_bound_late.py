def f():
    global total, seen
    total = 0
    seen = []
    for i in range(3):
        total += i
        seen.append(i)


f()
print(total, seen)


def g():
    return undefined_thing + 1


try:
    g()
except NameError as e:
    print(e)


def h():
    global later
    later = "x"


try:
    print(later)
except NameError as e:
    print(e)
h()
print(later)
from collections import Counter

Counter = Counter("abca")
print(Counter.most_common(1))
try:
    raw_input
except NameError:
    raw_input = input
try:
    raw_input("name? ")
except EOFError as e:
    print(type(e).__name__)
try:
    raw_input
except NameError:
    raw_input = input
print(raw_input is input)


def f(c):
    if c:
        x = 1
    try:
        x
    except UnboundLocalError as e:
        print(e)
        x = 2
    return x


print(f(True), f(False))
