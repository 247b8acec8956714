"""Exceptions that call their base's __init__ by its name."""


class Coded(Exception):
    def __init__(self, code, text):
        Exception.__init__(self, text)
        self.code = code


class Plain(ValueError):
    def __init__(self, *parts):
        ValueError.__init__(self, "joined", len(parts))
        self.parts = parts


class Below(Coded):
    def __init__(self, text):
        Coded.__init__(self, 7, text.upper())


for make in (lambda: Coded(3, "three"), lambda: Plain(1, "x"), lambda: Below("é")):
    try:
        raise make()
    except Exception as error:
        print(type(error).__name__, error, error.args, getattr(error, "code", None))
