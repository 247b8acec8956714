"""Bases without a common order of methods: CPython raises TypeError at the class statement."""


class Loud:
    def greet(self) -> str:
        return super().greet().upper()


class Polite(Loud):
    def greet(self) -> str:
        return "hello"


class LoudPolite(Loud, Polite):  # refuse: PT204
    pass


print(LoudPolite().greet())  # refuse: PT204
