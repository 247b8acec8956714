def f10(n):
    e = "outer"
    try:
        if n:
            raise ValueError("v")
    except ValueError as e:
        print("in", e)
    try:
        print(e)
    except UnboundLocalError as x:
        print(x)


f10(0)
f10(1)


def f11():
    for i in range(3):
        try:
            if i == 1:
                raise ValueError(i)
            e = i
        except ValueError as e:
            continue
        print(e)
    for e in "ab":
        pass
    print(e)


f11()


def f12():
    try:
        raise ValueError(1)
    except ValueError as e:
        g = lambda: e
        print(g())
    try:
        g()
    except NameError as x:
        print(x)


f12()
err = 5
try:
    {}[1]
except KeyError as err:
    pass


def g():
    return err


try:
    print(g())
except NameError as x:
    print(type(x), x)


def f20(a):
    del a
    return 1


print(f20(3))


def f21(n):
    if n:
        x = 1
    try:
        del x
        print("deleted")
        del x
    except UnboundLocalError as e:
        print(e)


f21(0)
f21(1)


def f22():
    y = 1

    def g():
        return y

    print(g())
    del y
    try:
        g()
    except NameError as e:
        print(e)
    y = 2
    print(g())


f22()
