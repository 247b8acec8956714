def po(a, /, b, *, c):
    return (a, b, c)


def po2(a, b=2, /, **k):
    return (a, b, k)


print(po(1, 2, c=3), po(1, b=2, c=3), po2(1, a=5), po2(1, 3, b=9))
for th in (lambda: po(a=1, b=2, c=3), lambda: po(1, 2, 3), lambda: po(1, 2)):
    try:
        print(th())
    except TypeError as e:
        print(e)
