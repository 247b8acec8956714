"""What a replacement field converts is converted once its format is known."""


class Named:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        print("repr", self.name)
        return "<" + self.name + ">"

    def __str__(self):
        print("str", self.name)
        return self.name


def seen(x):
    print("seen", x)
    return x


x = [1, 2]
print(f"{Named('b')!r:>{seen(8)}}|{Named('c')!s:^{seen(9)}}|{seen('é')!a:*^{seen(9)}}")
print(f"{seen(Named('d'))!r:{seen('>')}{seen(5)}}|{x!r:{seen(9)}}|{2.5!s:{seen(5)}}|{None!r:>{6}}")
print(x)
