def a():
    for i in range(3):
        for j in range(3):
            if j == 1:
                break
            if i == 1:
                continue
            print(i, j)
        else:
            print("noelse")
    else:
        print("else")


a()


def b():
    i = 0
    while i < 5:
        i += 1
        try:
            if i == 2:
                continue
            if i == 4:
                break
            print("body", i)
        finally:
            print("fin", i)
    else:
        print("never")
    return i


print(b())


def c():
    try:
        try:
            raise ValueError("a")
        except ValueError as e:
            raise KeyError("b") from e
    except KeyError as k:
        return repr(k), repr(k.__cause__), k.__cause__ is k.__context__


print(c())


def d():
    try:
        return g()
    except ZeroDivisionError:
        return "zde"
    else:
        return "else"
    finally:
        print("d fin")


def g():
    return 1 // 0


print(d())


def e(n):
    for x in range(n):
        try:
            try:
                if x == 1:
                    raise ValueError
                if x == 2:
                    raise KeyError
                if x == 3:
                    return "r3"
            except ValueError:
                print("V")
                continue
            finally:
                print("inner", x)
        except KeyError:
            print("K")
        finally:
            print("outer", x)
    return "end"


print(e(2), e(3), e(5))


def gen():
    try:
        for i in range(3):
            try:
                yield i
            except GeneratorExit:
                print("GE")
                raise
            finally:
                print("gf", i)
    finally:
        print("gend")


for v in gen():
    if v == 1:
        break
print("after")
g1 = gen()
next(g1)
g1.close()
print(list(gen()))


def h():
    x = [1, 2, 3]
    try:
        a, b = x
    except ValueError as err:
        print(err)
    try:
        x[0], x[5], x[1] = 9, 8, 7
    except IndexError as err:
        print(err, x)
    try:
        y = [i // (2 - i) for i in x]
    except ZeroDivisionError as err:
        print(err)
    d = {"k": [1]}
    try:
        d["k"] += 5
    except TypeError as err:
        print(err, d)
    d["k"] += "ab"
    print(d)
    t = (1, [2])
    try:
        t[1].append(t[5])
    except IndexError as err:
        print(err, t)
    try:
        z = q
    except NameError as err:
        print(err)
    try:
        w += 1
    except UnboundLocalError as err:
        print(err)
    w = 1
    try:
        del d["k"], d["zz"]
    except KeyError as err:
        print(err, d)
    i = 5
    try:
        for i in [1, 2, "a"]:
            i + 1
    except TypeError as err:
        print(err, i)
    try:
        raise ValueError("x", 1, [2])
    except Exception as err:
        print(err, repr(err), err.args)

    class MyE(Exception):
        def __init__(self, code):
            self.code = code

    try:
        raise MyE(5)
    except MyE as err:
        print(err.code, err, repr(err), err.args)
    try:
        raise KeyError("k")
    except (ValueError, KeyError) as err:
        print(err, str(err), repr(err), [err])


h()
try:
    try:
        raise ValueError("one")
    except ValueError:
        raise TypeError("two")
    finally:
        print("F")
except TypeError as e:
    print(e, repr(e.__context__))
print(
    [x for x in range(5) if x % 2 if x > 1],
    [(x, y) for x in range(2) for y in range(x, 2)],
    {x: y for x, y in zip("ab", range(2))},
    {x % 2 for x in range(4)},
)
