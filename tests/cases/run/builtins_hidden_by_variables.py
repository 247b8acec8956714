"""Module variables with the names of builtins, before and after they are there."""

try:
    input = raw_input
except NameError:
    pass
try:
    xrange
except NameError:
    xrange = range
try:
    text_type = unicode
except NameError:
    text_type = str


def total(xs):
    return sum(xs)


def longest(xs):
    return max(xs, key=len)


try:
    print(input("> "))
except EOFError:
    print("nothing")
print([i for i in xrange(3)], text_type(7), isinstance("a", text_type))
print(total([1, 2]), longest(["a", "bcd"]))
sum = sum([4, 5]) + sum([1])
print(sum)
if sum > 100:
    max = 1
try:
    print(longest(["ab", "c"]), max(3, 4))
except TypeError as error:
    print(error)
for letter in "ab":
    bin = ""
    code = ord(letter)
    while code:
        bin = bin + str(code % 2)
        code //= 2
    print(bin)
for attempt in range(2):
    print(id if attempt else "the builtin")
    id = attempt + 10
if sum > 5:
    min = "small"
else:
    min = "large"
print(min)


def later():
    return len([1, 2, 3])


print(later())
len = lambda xs: "ours"
print(later(), [len for len in (1, 2)], len([]))


class Named:
    id = 5
    twice = id * 2

    def shown(self, id):
        return id, self.id, self.twice


print(Named().shown(1))
abs, pow = 1, abs(-2)
print(abs, pow)
for abs in ():
    pass
print(abs)
