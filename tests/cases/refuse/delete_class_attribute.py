"""Deletion of a class attribute."""


class Settings:
    debug = True
    level = 3


del Settings.debug  # refuse: PT201
print(hasattr(Settings, "debug"))
