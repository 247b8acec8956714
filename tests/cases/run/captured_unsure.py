def outer(flag):
    if flag:
        end = 5

    def inner():
        try:
            return end
        except NameError as e:
            return str(e)

    return inner


print(outer(True)(), outer(False)())


def both(flag):
    with Ctx() as c:
        data = c.value

    def show():
        return data * 2

    try:
        k = int(flag)
    except ValueError:
        return "bad"
    return show() + (lambda: k)()


class Ctx:
    def __init__(self):
        self.value = 4

    def __enter__(self):
        return self

    def __exit__(self, *a):
        return False


print(both("3"), both("x"))


def gen(timeout):
    if timeout is not None:
        end_time = timeout + 1

    def results():
        for i in range(2):
            if timeout is None:
                yield i
            else:
                yield end_time - i

    return results()


print(list(gen(None)), list(gen(4)))


def attempts(items):
    total = 0
    for item in items:
        try:
            first, second = item
        except ValueError:
            if len(item) > 2:
                first, second = item[:2]
            else:
                raise
        total += first * second
    try:
        n = items[0]
        m = n
    finally:
        total += 1
    return total, m


print(attempts([(1, 2), (3, 4, 5)]))
try:
    attempts([(1,)])
except ValueError as e:
    print(e)


def while_try(q):
    seen = []
    while True:
        try:
            item = q.pop()
        except IndexError:
            break
        if item is not None:
            seen.append(item)
    return seen


print(while_try([1, None, 2]))


def nested(flags):
    out = []
    for f in flags:
        try:
            try:
                x = 10 // f
            finally:
                out.append("f")
            y = x + 1
        except ZeroDivisionError:
            continue
        out.append(y)
    return out


print(nested([1, 0, 5]))


def always(d):
    while True:
        try:
            v = d["k"]
        except KeyError:
            d["k"] = 7
        else:
            break
    return v


print(always({}))


def loop_else(xs):
    for x in xs:
        if x > 2:
            found = x
            break
    else:
        found = -1
    return found


print(loop_else([1, 3]), loop_else([1]))
