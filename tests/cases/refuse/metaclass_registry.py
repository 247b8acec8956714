"""A metaclass that records the classes made with it."""


class Registry(type):
    classes: list[str] = []

    def __new__(mcs, name, bases, namespace):  # refuse: PT206
        cls = super().__new__(mcs, name, bases, namespace)  # refuse: PT204
        mcs.classes.append(name)
        return cls


class Base(metaclass=Registry):  # refuse: PT204
    pass


print(Registry.classes)
