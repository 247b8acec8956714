"""What makes an object stays, and what stands for its refused `__init__` fits there."""


class Clock:
    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.frame = locals()  # refuse: PT206


class Named(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.frame = locals()  # refuse: PT206


def made(zone: str) -> Clock:
    return Clock(zone)


def fails(name: str) -> None:
    raise Named(name)


print(made("UTC").zone)
fails("x")
