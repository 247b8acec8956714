class R:
    def __repr__(self):
        return self


class S:
    def __str__(self):
        return 3


class T:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return self.x


try:
    print(repr(R()))
except TypeError as e:
    print(e)
try:
    print(S())
except TypeError as e:
    print(e)
for x in ("a", 3, None, R()):
    try:
        print(repr(T(x)))
    except TypeError as e:
        print(e)
try:
    print([R()], str(S()), f"{S()}")
except TypeError as e:
    print(e)


class Odd:
    def __init__(self, answer):
        self.answer = answer

    def __bool__(self):
        return self.answer

    def __len__(self):
        return self.answer

    def __hash__(self):
        return self.answer


class Size:
    def __len__(self):
        return 2.5


class Flag:
    def __bool__(self):
        return 1


class Key:
    def __hash__(self):
        return "k"


class Small:
    def __len__(self):
        return True

    def __hash__(self):
        return False


for answer in (True, 1, "a", None, 2.5):
    for ask in (bool, len, hash, lambda o: 1 if o else 2, lambda o: not o, lambda o: {o}.__len__()):
        try:
            print(ask(Odd(answer)))
        except TypeError as e:
            print(type(e).__name__, e)
try:
    print(len(Size()))
except TypeError as e:
    print(e)
try:
    print(bool(Flag()))
except TypeError as e:
    print(e)
try:
    if Flag():
        print("true")
except TypeError as e:
    print(e)
try:
    print(hash(Key()))
except TypeError as e:
    print(e)
try:
    print({Key(): 1})
except TypeError as e:
    print(e)
print(len(Small()), hash(Small()), bool(Small()), [Small()] and 1)
