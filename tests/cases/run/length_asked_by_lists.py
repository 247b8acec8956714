class A:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        print("iter")
        return iter(range(self.n))
    def __len__(self):
        print("len")
        return self.n
class B:
    def __iter__(self):
        print("iter B")
        return iter([1, 2])
    def __length_hint__(self):
        print("hint")
        return 5
class C:
    def __iter__(self):
        return iter([1, 2])
    def __len__(self):
        raise ValueError("no")
class D:
    def __iter__(self):
        return iter([1, 2])
    def __len__(self):
        raise TypeError("no")
class F:
    def __init__(self):
        self.i = 0
    def __iter__(self):
        return self
    def __next__(self):
        self.i += 1
        if self.i > 3:
            raise StopIteration
        return self.i
    def __length_hint__(self):
        print("hint F")
        return NotImplemented
things = [A(2), B(), C(), D(), F(), [1], "ab", {3: 4}]
for thing in things:
    try:
        print(list(thing), tuple(thing), [*thing], sorted(thing))
    except ValueError as e:
        print(type(e).__name__, e)
    x = [0]
    try:
        x.extend(thing)
        x += thing
    except ValueError as e:
        print(type(e).__name__, e)
    print(x, set(thing), [i for i in thing])
def f(*a):
    return a
for thing in things[:2]:
    print(f(*thing), max(thing))
print(list(A(2)), tuple(A(1)), sorted(A(2)), [*A(1)], (*A(1), 5))
y = [0]
y.extend(A(1))
y += A(2)
print(y, list(B()), list(F()), f(*A(2)), set(A(1)), sum(A(2)))
for made in (C, D):
    try:
        print(list(made()))
    except ValueError as e:
        print(e)
class Words:
    def __iter__(self):
        return iter("ab")
    def __len__(self):
        print("len of words")
        return 2
print("-".join(Words()), list(map(str, A(1))), list(enumerate(Words())))
