"""getattr by a computed name reaches class attributes and bound methods as well."""


class Limits:
    limit = 7


def look(thing: object, name: str) -> object:
    return getattr(thing, name, None)  # refuse: PT206


print(look(Limits(), "limit"))
