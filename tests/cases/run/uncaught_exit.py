"""An uncaught exception: the finally blocks run, exit code 1, traceback last line."""


class DomainError(ValueError):
    pass


def inner(n: int) -> int:
    try:
        if n == 0:
            raise DomainError("bottom", n)
        return inner(n - 1)
    finally:
        print("leave", n)


print("before")
try:
    inner(1)
except DomainError as e:
    print("caught", e, e.args)
values = {"a": [1, 2, 3]}
print(values["a"][-1])
inner(2)
print("never reached")
