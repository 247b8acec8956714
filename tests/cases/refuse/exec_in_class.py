"""exec inside of a class body."""


class Config:
    exec("level = 3")  # refuse


print(Config.level)
