class Gap:
    def __eq__(self, other):
        return "maybe"


class Odd:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return "odd" if self.n % 2 else ""

    def __ne__(self, other):
        return ["ne", self.n]


things = [1, "a", Gap(), Odd(3), Odd(4), None, [1]]
for left in things:
    for right in things:
        print(left == right, left != right, bool(left == right))
        if left == right:
            print("same")
print(things.index(Odd(3)), things.count(Gap()))
