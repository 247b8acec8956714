# A method that nothing calls hands its instance on to the class above.
class Base:
    def __init__(self, start):
        self.start = start

    def step(self):
        return self.start

    def nothing(self):
        pass


class Derived(Base):
    def step(self):
        return super().step() + 1

    def nothing(self):
        return super().nothing()


print(Derived(1).step(), Base(2).step())
