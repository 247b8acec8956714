"""exec inside of a class body."""


class Config:
    exec("level = 3")  # refuse: PT204


print(Config.level)  # refuse: PT104
