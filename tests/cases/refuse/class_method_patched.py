"""A method of a class replaced at run time."""


class Greeter:
    def greet(self) -> str:
        return "hello"


def loud(self: Greeter) -> str:
    return "HELLO"


Greeter.greet = loud  # refuse: PT204
print(Greeter().greet())
