"""The mapping of an object's attributes, kept and changed."""


class Bag:
    def __init__(self, **items: int) -> None:
        self.__dict__.update(items)  # refuse: PT206

    def snapshot(self) -> object:
        return self.__dict__  # refuse: PT206


bag = Bag(a=1)
held = vars(bag)  # refuse: PT206
held["b"] = 2
print(bag.snapshot(), held)
