"""__getattr__ that answers for any name."""


class Proxy:
    def __init__(self, target: object) -> None:
        self.target = target

    def __getattr__(self, name: str) -> object:  # refuse: PT206
        return getattr(self.target, name)


print(Proxy("text").upper())  # refuse: PT204
