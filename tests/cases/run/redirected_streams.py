"""Standard streams that go elsewhere for a while, and managers on a stack."""

import contextlib
import io
import sys
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout


class Resource:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, error, trace):
        print("exit", self.name, kind and kind.__name__, error)
        return self.swallow


@contextmanager
def doubled(x):
    print("in", x)
    try:
        yield x * 2
    finally:
        print("out", x)


class Pieces:
    def __init__(self):
        self.pieces = []

    def write(self, text):
        self.pieces.append(text)
        return len(text)

    def flush(self):
        self.pieces.append("<flush>")


def report(items) -> str:
    with io.StringIO() as out, redirect_stdout(out):
        print("items:", *items)
        sys.stdout.write("total ")
        print(sum(items), end="!\n")
        return out.getvalue()


print(repr(report([1, 2, 3])))
pieces = Pieces()
with contextlib.redirect_stdout(pieces) as same:
    print("a", 2, None, sep="-", flush=True)
    print()
    print(f"{1 + 1}", end="")
    sys.stdout.flush()
print(pieces.pieces, same is pieces)

errors = io.StringIO()
with redirect_stderr(errors):
    print("problem", file=sys.stderr)
    sys.stderr.write("more\n")
    print("to the screen")
print(errors.getvalue().splitlines())

outer, inner = io.StringIO(), io.StringIO()
with redirect_stdout(outer):
    print("one")
    with redirect_stdout(inner):
        print("two")
    print("three")
    try:
        with redirect_stdout(inner):
            print("four")
            raise KeyError("x")
    except KeyError:
        print("five")
print(outer.getvalue().split(), inner.getvalue().split())
with open("log.txt", "w") as f, redirect_stdout(f):
    print("into a file")
print(open("log.txt").read(), end="")

with ExitStack() as stack:
    names = [stack.enter_context(Resource(i)) for i in range(3)]
    print(names, stack.enter_context(doubled(4)))
    stack.callback(print, "bye", sep="-")
print("--")
with ExitStack() as stack:
    stack.enter_context(Resource(1))
    stack.enter_context(Resource(2, True))
    stack.callback(lambda: print("called"))
    raise ValueError("x")
try:
    with ExitStack() as stack:
        stack.enter_context(Resource(1))
        stack.callback(lambda: 1 // 0)
        raise ValueError("x")
except ZeroDivisionError as error:
    print("got", error, repr(error.__context__))
with ExitStack() as stack:
    stack.enter_context(Resource(9))
    stack.push(lambda kind, error, trace: print("pushed", kind))
    keep = stack.pop_all()
print("kept")
keep.close()
