import enum
class Color(enum.Enum):
    RED = 1
    GREEN = 2
class Other(enum.Enum):
    X = 1
class S(str, enum.Enum):
    A = "a"
for v in (Color.RED, Other.X, 1, "RED"):
    try: print(v in Color)
    except TypeError as e: print(e)
try: print("a" in S)
except TypeError as e: print(e)
print(S.A in S, S.A not in S)
