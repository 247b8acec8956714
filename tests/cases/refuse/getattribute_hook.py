"""__getattribute__, which answers for any name; __getattr__ of an exception."""


class Proxy:
    def __init__(self, target: object) -> None:
        self.target = target

    def __getattribute__(self, name: str) -> object:  # refuse: PT206
        return name


class Failure(Exception):
    def __getattr__(self, name: str) -> object:  # refuse: PT206
        return name


print(Proxy("text").upper())  # refuse: PT204
