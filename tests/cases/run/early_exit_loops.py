"""Returns, breaks and continues out of nested loops, with and without finally."""


def find_pair(rows, target):
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell == target:
                return i, j
    return None


def first_missing(xs):
    seen = set(xs)
    n = 1
    while True:
        if n not in seen:
            return n
        n += 1


def search(grid):
    found = None
    for row in grid:
        for cell in row:
            if cell < 0:
                continue
            if cell > 8:
                found = cell
                break
        else:
            continue
        break
    return found


def in_try(xs):
    log = []
    for x in xs:
        try:
            if x == 0:
                continue
            if x == 9:
                break
            log.append(10 // x)
        except ZeroDivisionError:
            log.append("never")
        else:
            log.append("else")
        finally:
            log.append(f"f{x}")
    else:
        log.append("complete")
    return log


def nested_finally(n):
    out = []

    def run():
        try:
            try:
                if n == 1:
                    return "inner"
                if n == 2:
                    raise KeyError(n)
                out.append("body")
            finally:
                out.append("f1")
                if n == 3:
                    return "from finally"
        except KeyError as e:
            out.append(f"caught {e}")
            return "handler"
        finally:
            out.append("f2")
        return "end"

    return run(), out


def loop_return_finally():
    for i in range(5):
        try:
            if i == 2:
                return i
        finally:
            print("fin", i)


def while_true(n):
    steps = []
    while True:
        n, r = divmod(n, 3)
        steps.append(r)
        if not n:
            break
        if len(steps) > 5:
            return None
    return steps[::-1]


rows = [[1, 2], [3, 4], [5]]
print(
    find_pair(rows, 4),
    find_pair(rows, 9),
    first_missing([3, 1, 2, 7]),
    search([[-1, 2], [9, 3], [10]]),
    search([[1]]),
)
print(in_try([1, 0, 5]), in_try([2, 9, 1]))
print([nested_finally(n) for n in range(4)])
print(loop_return_finally(), while_true(100), while_true(10**9))
result = []
for i in range(3):
    for j in range(3):
        if (i + j) % 2:
            continue
        for k in range(3):
            if k == j:
                break
            result.append((i, j, k))
print(result)
