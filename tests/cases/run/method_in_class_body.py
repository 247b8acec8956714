class A:
    def _no(self):
        return f"no {self.n}"

    def __init__(self, n):
        self.n = n

    again = _no
    table = {"x": _no, "y": again}
    other: object = _no

    def run(self, k):
        return self.table[k](self)


print(A(3).run("x"), A(5).run("y"))
print(A(4).other())
