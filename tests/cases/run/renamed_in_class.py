class Base:
    def __init__(self, n):
        self.n = n

    @property
    def ident(self):
        return self.n

    pid = ident
    first = second = ident

    def _no(self):
        return f"no {self.n}"

    getstate = setstate = _no
    last: object = _no


class Sub(Base):
    @property
    def ident(self):
        return -self.n


b, s = Base(3), Sub(4)
print(b.pid, b.ident, b.first, b.second, b.getstate(), b.setstate())
print(s.pid, s.ident, s.first, s.second, s.getstate(), s.setstate())
