import re, hashlib
m = re.match("a", "a")
h = hashlib.md5(b"x")
def f(x):
    try:
        x.foo
    except AttributeError as e:
        print(e)
    try:
        x + 1
    except TypeError as e:
        print(e)
    try:
        x[1.5]
    except (TypeError, IndexError) as e:
        print(e)
    try:
        x()
    except TypeError as e:
        print(e)
    try:
        len(x)
    except TypeError as e:
        print(e)
    print(type(x).__name__)
f(m); f(h); f(re.compile("a")); f(3)
try: m < m
except TypeError as e: print(e)
try: h + h
except TypeError as e: print(e)
