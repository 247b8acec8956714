"""`iter` of objects: of those that cannot be iterated it raises at once."""

class M:
    pass


class Seq:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * 2


class It:
    def __iter__(self):
        return iter([1, 2])


for make in (0, 1):
    try:
        if make:
            x = iter(M())
            print("made", x is None)
        else:
            print(list(iter(It())), list(iter(Seq())))
    except TypeError as e:
        print("TypeError:", e)
try:
    for q in M():
        print(q)
except TypeError as e:
    print(e)
