"""exec inside of a class body."""


class Config:
    exec("level = 3")  # refuse: PT206


print(Config.level)  # refuse: PT104
