"""try, except, else, finally: order, return and break through finally."""


def attempt(n: int) -> str:
    try:
        print("try", n)
        if n == 0:
            1 // n
        if n == 1:
            [][0]
        if n == 2:
            {}["k"]
        if n == 3:
            int("x3")
        if n == 4:
            return "returned"
        if n == 5:
            raise RuntimeError("custom", 5)
    except ZeroDivisionError as e:
        print("zero:", e)
        return "Z"
    except (IndexError, KeyError) as e:
        print("lookup:", type(e).__name__, e)
    except ValueError as e:
        print("value:", e)
        raise
    else:
        print("else")
    finally:
        print("finally")
    return "end"


for i in range(7):
    try:
        print("->", attempt(i))
    except Exception as e:
        print("escaped", type(e).__name__, e, e.args)


def override() -> int:
    try:
        return 1
    finally:
        return 2


def swallow() -> str:
    for i in range(3):
        try:
            raise ValueError(i)
        finally:
            break
    return f"left at {i}"


def count() -> list[str]:
    log = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            log.append(f"body{i}")
        finally:
            log.append(f"fin{i}")
    return log


def late() -> int:
    x = 1
    try:
        return x
    finally:
        x = 100


print(override(), swallow(), count(), late())
try:
    try:
        raise KeyError("inner")
    finally:
        print("cleanup")
except LookupError as e:
    print("outer caught", repr(e))
try:
    raise ValueError
except ValueError as e:
    print(repr(e), str(e) == "", e.args)
