"""Builtins and modules shadowed by locals, parameters, loop variables and class members."""

list_ = [3, 1, 2]


def total(sum, max=10):
    min = 0
    for len in sum:
        min += len
    return min if min < max else max


def types(str, int):
    dict = {str: int}
    return dict, [id for id in dict]


class Stack:
    def __init__(self):
        self.list = []
        self.len = 0

    def print(self, *values):
        for v in values:
            self.list.append(v)
        self.len = len(self.list)
        return self.len

    def next(self):
        return self.list.pop()

    def type(self):
        return type(self).__name__


def recursive(input, hash=None):
    hash = {} if hash is None else hash
    if input in hash:
        return hash[input]
    hash[input] = 1 if input < 2 else recursive(input - 1, hash) + recursive(input - 2, hash)
    return hash[input]


print(total([1, 2, 3]), total([50]), types("k", 5))
s = Stack()
print(s.print(1, 2), s.next(), s.len, s.type(), s.list)
print(recursive(30))
sum = 0
for i in list_:
    sum += i
print(sum)
del sum
print(sum(list_))
type_ = "match"
match = type_ + "er"
case = 1
_ = "underscore"
print(match, case, _, [_ for _ in range(2)], _)
fn = mod = r = loop = self = impl = ref = "rust words"
(
    struct,
    enum,
    move,
    box,
    crate,
    super_,
    dyn,
    type2,
    where,
    use,
    mut,
    pub,
    trait,
    let,
    static,
    unsafe,
) = range(16)
print(
    fn,
    mod,
    struct
    + enum
    + move
    + box
    + crate
    + dyn
    + where
    + use
    + mut
    + pub
    + trait
    + let
    + static
    + unsafe,
)


class loop_class:
    fn = 1

    def match(self, ref, mut=2):
        let = ref + mut
        return let

    def impl(self, box):
        self.type = box
        self.move = [box]
        return self.type


c = loop_class()
print(c.match(1), c.impl("b"), c.move, c.type, loop_class.fn)


def yield_(struct, impl=3, **where):
    return struct, impl, where


print(yield_(1, impl=2, use=3), yield_(struct="x"))
O, l, I = 1, 2, 3
camelCase, UPPER, _private, __dunder, x1, naïve = 4, 5, 6, 7, 8, 9
print(O + l + I, camelCase + UPPER + _private + __dunder + x1 + naïve)
