"""A descriptor that is put on a class by hand."""


class Typed:
    def __set_name__(self, owner: type, name: str) -> None:  # refuse: PT206
        self.name = "_" + name

    def __get__(self, instance: object, owner: type) -> object:
        return getattr(instance, self.name)

    def __set__(self, instance: object, value: object) -> None:
        setattr(instance, self.name, value)


def typed() -> object:
    return Typed()  # refuse: PT204


class Box:
    width = typed()

    def __init__(self, width: int) -> None:
        self.width = width


print(Box(3).width)
