"""A metaclass that records the classes made with it."""


class Registry(type):  # refuse: PT204
    classes: list[str] = []

    def __new__(mcs, name, bases, namespace):
        cls = super().__new__(mcs, name, bases, namespace)
        mcs.classes.append(name)
        return cls


class Base(metaclass=Registry):  # refuse: PT204
    pass


print(Registry.classes)
