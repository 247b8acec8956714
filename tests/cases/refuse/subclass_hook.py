"""__init_subclass__ of two bases: which one super() means depends on the class below."""


class Plugin:
    names: list[str] = []

    def __init_subclass__(cls, **kwargs: object) -> None:  # refuse: PT206
        super().__init_subclass__(**kwargs)  # refuse: PT204
        cls.names.append(cls.__name__)


class Tagged:
    def __init_subclass__(cls) -> None:  # refuse: PT206
        print(cls.__name__)


class Png(Plugin, Tagged):
    pass


print(Plugin.names)
