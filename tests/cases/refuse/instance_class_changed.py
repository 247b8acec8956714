"""The class of an object replaced."""


class A:
    def who(self) -> str:
        return "A"


class B:
    def who(self) -> str:
        return "B"


a = A()
a.__class__ = B  # refuse: PT206
print(a.who())
