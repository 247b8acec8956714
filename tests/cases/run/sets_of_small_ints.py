"""Sets of small ints keep CPython's order through growth, removal and strangers."""


def show(name, s):
    print(name, len(s), list(s), s)


def grow_and_shrink():
    s = set()
    for i in range(0, 130, 7):
        s.add(i)
        print(list(s))
    for i in range(0, 130, 14):
        s.discard(i)
    show("odd", s)
    for i in (3, 0, 14, 28, 127, 128):
        s.add(i)
    show("again", s)
    while len(s) > 5:
        print(s.pop(), end=" ")
    print()
    show("rest", s)
    s.add(-1)
    s.add(2**70)
    show("strangers", s)


def operators():
    free = frozenset(range(50))
    piece = frozenset([3, 33, 47, 12, 8])
    left = free - piece
    show("left", left)
    for start in range(0, 50, 6):
        left = left - frozenset(range(start, start + 4))
        show("left", left)
        if left:
            print(min(left), max(left), sum(left), piece <= free, piece <= left)
    a = {1, 33, 65, 97, 2, 34}
    b = {33, 97, 34, 120, 5}
    show("and", a & b)
    show("or", a | b)
    show("minus", a - b)
    show("xor", a ^ b)
    print(a & b <= a, a & b < b, a > b, a.isdisjoint(b), a.isdisjoint({7, 8}))
    print(len(a & b), len(a & b) > 0, hash(frozenset(a)) == hash(frozenset(sorted(a))))
    a |= {300, 64}
    show("far", a)
    a -= {300}
    a &= {64, 65, 2, 1}
    show("near again", a)


def chained():
    rest = frozenset(range(0, 100, 3)) - {0, 9, 18, 99} - set(range(30, 60))
    late = rest - {3, 96} - {63}
    twice = (rest & {6, 15, 66, 69, 72, 75, 93, 100}) - {15}
    print(len(late), len(twice), late > twice, late.isdisjoint(twice))
    grown = set(twice)
    grown.add(101)
    grown.discard(6)
    show("twice", twice)
    show("late", late)
    show("grown", grown)


def shared():
    a = {5, 6, 7}
    alias = a
    a.remove(6)
    a.add(14)
    show("alias", alias)
    a.clear()
    show("cleared", alias)
    copy = set(a)
    copy.add(9)
    show("copy", a)
    try:
        for x in {1, 2, 3} | copy:
            copy.add(x + 100)
        for x in copy:
            copy.add(x + 1000)
    except RuntimeError as e:
        print(e)
    try:
        copy.remove(77)
    except KeyError as e:
        print("KeyError", e)
    try:
        min(set[int]() if False else a)
    except ValueError as e:
        print(e)


def deep_chains(seed):
    """Each set is made of the one before; none is walked before the last is there."""
    for turn in range(25):
        made = [frozenset(range(turn % 3, 125, 1 + turn % 5))]
        marks = [{0}]
        for _ in range(7):
            seed = (seed * 1103515245 + 12345) % 2**31
            lost = {x for x in made[-1] if (x * seed >> 7) % 4 == 0}
            made.append(made[-1] - lost if turn % 2 else made[-1] & (made[-1] - lost))
            marks.append(set(made[-1]) if turn % 4 == 3 else marks[-1])
        for s in made[::-1] if turn % 3 else made:
            print(len(s), list(s), [x for x in s], end=";")
        print(marks[-1], marks[1])
    parent = set(range(0, 120, 9)) - {9, 18}
    child = parent - {27}
    grandchild = child & {36, 108, 63, 0, 99, 117}
    parent.add(33)
    child.add(1)
    grandchild.discard(63)
    print(list(grandchild), list(child), list(parent), child - {1}, (child - {1}) - {36})


def walked_twice():
    s = frozenset([3, 33, 47, 12, 8, 40])
    print([(a, b) for a in s for b in s if a < b])
    walk = iter(s)
    print(next(walk), next(walk), list(walk), list(walk), sum(s), sorted(s))
    for x in s:
        if x == 12:
            break
    else:
        print("not found")
    print(x, [list(frozenset([]))], list(frozenset([5, 200, 37])))


def ends():
    for items in ([3, 90, 7], [127, 0], [128, 5], [-1, 64], [10**30, 2]):
        s = set(items)
        print(min(s), max(s), min(frozenset(items)), max(frozenset(items)))
    words = {"pear", "apple"}
    print(min(words), max(words), max(frozenset(words)))
    for make in (set, frozenset):
        try:
            print(max(make([x for x in [1] if x > 1])))
        except ValueError as e:
            print(e)


def mixed(flag):
    s = {1, 2, 3}
    if flag:
        s.add("x")
    print(len(s), 2 in s, True in s, 2.0 in s, 4 in s)


grow_and_shrink()
operators()
chained()
shared()
deep_chains(7)
walked_twice()
ends()
mixed(True)
