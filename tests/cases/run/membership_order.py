"""`x in y` evaluates x first, also where y decides by its own method."""


def side(log, v):
    log.append(v)
    return v


log = []


class C:
    def __contains__(self, x):
        log.append("contains")
        return x == 3


def c():
    log.append("c")
    return C()


print(side(log, 3) in c(), side(log, 4) not in c(), log)
log.clear()


def lst():
    log.append("lst")
    return [1, 2]


print(
    side(log, 1) in lst(),
    side(log, "a") in {side(log, "b"): 1},
    side(log, 2) in (side(log, 1), side(log, 2)),
    log,
)
x = 5
print(x in (x := [1, 5]), x)
