"""super() read without a call: properties and attributes of classes."""


class Base:
    size = 3

    def __init__(self, name):
        self._name = name

    @property
    def name(self):
        return self._name.title()

    @property
    def label(self):
        return f"<{self.name}>"


class Loud(Base):
    size = 5

    @property
    def name(self):
        return super().name + "!"

    @property
    def label(self):
        found = super().label
        return f"{found} {super().size} {len(super().name)}"

    def sizes(self):
        return self.size, super().size

    @classmethod
    def outer(cls):
        return super().size


class Louder(Loud):
    @property
    def name(self):
        return super().name.upper()


for each in (Base("ann"), Loud("bob"), Louder("cy")):
    print(each.name, each.label)
print(Loud("x").sizes(), Loud.outer())
