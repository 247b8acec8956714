"""A text filled from locals()."""


def greet(first: str, last: str) -> str:
    return "{first} {last}".format(**locals())  # refuse: PT206


print(greet("Ada", "Lovelace"))
