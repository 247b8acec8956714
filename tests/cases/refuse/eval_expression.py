"""eval of user input."""


def calculate(expression: str) -> float:
    return eval(expression)  # refuse: PT206


print(calculate("1 + 2 * 3"))
