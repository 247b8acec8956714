"""A command interpreter over a table of functions with *args and error reports."""

import sys

stack: list[float] = []
variables: dict[str, float] = {}


def push(*values: str) -> str:
    for v in values:
        stack.append(float(v))
    return f"{len(stack)} on stack"


def binary(op):
    def run():
        b, a = stack.pop(), stack.pop()
        result = op(a, b)
        stack.append(result)
        return result

    return run


def store(name: str) -> str:
    variables[name] = stack[-1]
    return f"{name} = {variables[name]:g}"


def load(name: str) -> str:
    stack.append(variables[name])
    return f"{name} -> {stack[-1]}"


def show() -> str:
    return " ".join(f"{v:g}" for v in stack) or "(empty)"


def repeat(count: str, *command: str) -> list[str]:
    return [str(execute(list(command))) for _ in range(int(count))]


COMMANDS = {
    "push": push,
    "add": binary(lambda a, b: a + b),
    "sub": binary(lambda a, b: a - b),
    "mul": binary(lambda a, b: a * b),
    "div": binary(lambda a, b: a / b),
    "store": store,
    "load": load,
    "show": show,
    "repeat": repeat,
}


def execute(words: list[str]):
    name, *args = words
    try:
        command = COMMANDS[name]
    except KeyError:
        raise NameError(f"unknown command {name!r}") from None
    return command(*args)


SCRIPT = """
push 1 2 3
add
show
mul
store x
push 0
div
show
load x
load y
bogus
push abc
repeat 3 push 7
show
pop
repeat x show
"""
errors = 0
for number, line in enumerate(SCRIPT.strip().splitlines(), start=1):
    try:
        print(f"{number:2} {line:<16} {execute(line.split())}")
    except (NameError, ValueError) as e:
        errors += 1
        print(f"{number:2} {line:<16} ! {type(e).__name__}: {e}")
    except ZeroDivisionError as e:
        errors += 1
        print(f"{number:2} {line:<16} ! math: {e}")
        stack.append(float("nan"))
    except LookupError as e:
        errors += 1
        print(f"{number:2} {line:<16} ! missing: {e!r}")
print(f"{errors} errors, {len(stack)} left, variables {variables}")
sys.stdout.flush()
