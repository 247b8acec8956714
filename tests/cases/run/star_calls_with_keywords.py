def add(a, b=2):
    return (a, b)
def w(*args, **kwargs):
    print(args, kwargs)
    return add(*args, **kwargs)
for call in (lambda: w(1), lambda: w(1, 2), lambda: w(1, 2, 3), lambda: w(), lambda: w(1, c=2), lambda: w(1, a=2), lambda: w(b=3, a=2), lambda: w(b=3)):
    try:
        print(call())
    except TypeError as e:
        print(e)
