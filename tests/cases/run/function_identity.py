"""A function that is defined once is one object, whatever way it is kept."""


def plain(x):
    return x


def optional(x, y=1):
    return x + y


def other(x):
    return x


class Tool:
    @staticmethod
    def use(x):
        return x

    def method(self):
        return 1


def outer():
    def inner(x):
        return x

    return inner


def same(f, g):
    return f is g, f == g


def pick(name):
    return {"plain": plain, "optional": optional}[name]


print(plain is plain, plain == plain, plain is other, plain != other)
print(optional is optional, optional == plain, same(optional, optional), same(plain, other))
held = plain
again = [plain, other, held]
print(held is plain, again.count(plain), again.index(other), plain in again, outer in again)
table = {plain: "p", optional: "o", other: "x"}
print(table[held], table[optional], len(table), table.get(outer))
print(pick("plain") is plain, pick("optional") is optional, len({plain, held, optional, plain}))
print(outer() is outer(), (lambda x: x) is (lambda x: x), id(plain) == id(held))
print(Tool.use is Tool.use, Tool.method is Tool.method, Tool.use is plain)
first, second = outer(), outer()
print(first is first, first is second, {first: 1, second: 2}[first])
handlers = [optional, plain]
handlers.remove(plain)
print([h(1) for h in handlers], handlers[0] is optional)
