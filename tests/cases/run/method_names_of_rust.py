class Factory:
    def __init__(self, n):
        self.n = n

    def new(self, k):
        return Factory(self.n + k)

    def alloc(self):
        return self.n * 2

    def clone(self):
        return Factory(-self.n)

    def to_value(self):
        return "tv"

    def class_of(self):
        return "co"

    def address(self):
        return "addr"

    def py_repr(self):
        return "pr"

    def read(self):
        return 1

    def field(self, name):
        return name + "!"


f = Factory(3)
print(
    f.new(4).n,
    f.alloc(),
    f.clone().n,
    f.to_value(),
    f.class_of(),
    f.address(),
    f.py_repr(),
    f.field("x"),
)
xs = [f, f.new(1)]
ys = list(xs)
print([y.n for y in ys], ys[0] is f, f == xs[0])


class Err(Exception):
    def __init__(self, msg):
        super().__init__(msg)
        self.msg = msg

    def to_exc(self):
        return "exc"

    def set_args(self, a):
        return a

    def py_args(self):
        return "pa"

    def args_str(self):
        return "as"


try:
    raise Err("boo")
except Err as e:
    print(e, e.to_exc(), e.set_args(2), e.py_args(), e.args_str(), e.args)
