"""A class whose `__init__` takes nothing, not even the object: making one raises."""


class Bare:
    def __init__():
        print("never")

    def name(self) -> str:
        return "bare"


try:
    print(Bare().name())
except TypeError as error:
    print(error)
