"""exec of a text made at run time."""


def build(name: str, body: str) -> int:
    source = f"{name} = {body}"
    exec(source, globals())  # refuse: PT206
    return len(source)


print(build("answer", "6 * 7"))
