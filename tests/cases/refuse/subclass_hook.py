"""__init_subclass__ that registers subclasses."""


class Plugin:
    names: list[str] = []

    def __init_subclass__(cls, **kwargs: object) -> None:  # refuse: PT206
        super().__init_subclass__(**kwargs)  # refuse: PT204
        cls.names.append(cls.__name__)


class Png(Plugin):
    pass


print(Plugin.names)
