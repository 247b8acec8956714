# A choice between a range and a list that is walked once has the list's elements, natively.
class Cell:
    def __init__(self, links):
        self.links = links


CELLS = [Cell([1, 2]), Cell([0, 2]), Cell([0, 1])]


def visit(start=None):
    total = []
    chosen = range(len(CELLS)) if start is None else CELLS[start].links
    for i in chosen:
        total.append(i)
    return total


def growing(flag):
    items = [1, 2]
    walked = items if flag else range(3)
    items.append(3)
    for i in walked:
        if i < 3 and flag:
            items.append(i + 10)
        print(i, end=" ")
    print(items)


def mixed(kind):
    chosen = range(2) if kind == 0 else {"a": 1, "b": 2}
    for one in chosen:
        print(one, end=" ")
    print()


def texts(kind):
    chosen = "xyz" if kind else range(3)
    print("chosen")
    for one in chosen:
        print(one, end=" ")
    print()


def fails(kind):
    chosen = 5 if kind else range(2)
    print("not yet")
    try:
        for one in chosen:
            print(one)
    except TypeError as error:
        print(error)


def twice(kind):
    chosen = range(3) if kind else [7, 8]
    for one in chosen:
        print(one, end=" ")
    for one in chosen:
        print(one, end=" ")
    print(chosen)


def again(n):
    for _ in range(2):
        chosen = range(n) if n else [7.5, 8]
        for one in chosen:
            for _ in range(2):
                print(one, end=" ")
    print()


def left(n):
    chosen = range(n) if n > 2 else (4, 5, 6)
    for one in chosen:
        if one == 5:
            break
    else:
        return "whole"
    return one


print(visit(), visit(1), CELLS[1].links)
growing(True)
growing(False)
mixed(0)
mixed(1)
texts(0)
texts(1)
fails(0)
fails(1)
twice(0)
twice(1)
again(0)
again(2)
print(left(1), left(3), left(8))
