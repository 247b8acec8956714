"""A class method called on an instance takes the instance's own class, also where some class
below overrides the method."""


class Animal:
    @classmethod
    def kind(cls):
        return f"kind {cls.__name__}"

    @classmethod
    def make(cls, name):
        made = cls()
        made.name = name
        return made

    def twin(self):
        return self.make("twin"), self.kind()


class Dog(Animal):
    pass


class Cat(Animal):
    @classmethod
    def kind(cls):
        return f"cat {cls.__name__}"

    @classmethod
    def make(cls, name):
        return super().make(name + "!")


class Lion(Cat):
    pass


for animal in (Animal(), Dog(), Cat(), Lion()):
    made, kind = animal.twin()
    print(type(made).__name__, made.name, kind, animal.kind())
