"""A field that is None, an int or a float: arithmetic on it keeps an int an int."""


class Level:
    def __init__(self, size, exponent):
        self.size = size
        self.step = 2**exponent
        self.least = None
        self.most = None

    def put(self, x):
        if self.least is None:
            self.least = self.most = x
            return
        if x < self.least:
            x, self.least = (self.least, x)
        if x > self.most:
            self.most = x

    def high(self, x):
        return x // self.step

    def low(self, x):
        return x % self.step


def parts(level):
    print(level.high(level.least), level.low(level.most), divmod(level.most, level.step))
    print(abs(level.least), round(level.most), pow(level.most, 2), level.most**2)
    print([10, 20, 30][level.high(level.least)])


level = Level(4, 2)
for number in (7, 5, 11, 2**70):
    level.put(number)
parts(level)
other = Level(4, -1)
for number in (7.5, 5, 11):
    other.put(number)
print(other.high(other.least), other.low(other.most), divmod(other.most, other.step))
try:
    print(Level(1, 1).high(None))
except TypeError:
    print("no number")
