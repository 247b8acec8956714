"""A metaclass that records the classes made with it."""


class Registry(type):  # refuse
    classes: list[str] = []

    def __new__(mcs, name, bases, namespace):
        cls = super().__new__(mcs, name, bases, namespace)
        mcs.classes.append(name)
        return cls


class Base(metaclass=Registry):  # refuse
    pass


print(Registry.classes)
