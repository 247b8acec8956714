class A:
    def _no(self):
        return f"no {self.n}"

    def __init__(self, n):
        self.n = n

    table = {"x": _no}
    other: object = _no

    def run(self, k):
        return self.table[k](self)


print(A(3).run("x"))
print(A(4).other())
