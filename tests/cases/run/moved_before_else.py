"""What a raise in a `try` takes may still be read by its `else`, as Rust sees it."""


def check(number: int, name: str) -> int:
    try:
        if number > 2:
            raise ValueError("%d|%s" % (number, name))
    except ValueError as error:
        print("caught", error)
    else:
        items = [number, number, 11]
        if number in [*items, len(name)]:
            return number
    return -9223372036854775808


print(check(0, "a"), check(3, "b"), check(10**30, "c"))
