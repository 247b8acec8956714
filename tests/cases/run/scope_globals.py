"""Module variables, global, shadowing, and the order of module code."""

counter = 0
names: list[str] = []
LIMIT = 3
config = {"debug": False}


def bump(by: int = 1) -> int:
    global counter
    counter += by
    return counter


def register(name: str) -> bool:
    if len(names) >= LIMIT:
        return False
    names.append(name)
    return True


def shadow(counter: int) -> int:
    counter += 100
    return counter


def reads_later() -> str:
    return defined_later + "!"


def make_global() -> None:
    global created
    created = [1, 2]


def local_only():
    names = ["local"]
    names.append("more")
    return names


print(bump(), bump(), bump(10), counter)
print([register(n) for n in "abcd"], names)
print(shadow(1), counter)
try:
    reads_later()
except NameError as e:
    print(e)
defined_later = "now"
print(reads_later())
make_global()
created.append(3)
print(created, local_only(), names)
config["debug"] = True


def unbound(flag):
    if flag:
        value = 1
    return value


print(unbound(True))
try:
    unbound(False)
except UnboundLocalError as e:
    print(type(e).__name__, e)
for index in range(3):
    last = index * 2
print(index, last, config)
len_backup = len


def len(x):
    return -1


print(len([1, 2]), len_backup([1, 2]))
counter = "a string now"
print(counter)
del created
try:
    created
except NameError as e:
    print(e)
if __name__ == "__main__":
    print("main", __name__)
