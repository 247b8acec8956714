"""What is walked may be None: the builtins say so as Python does."""


class Tree:
    def __init__(self, size):
        self.rows = [None] * size
        self.all = None

    def put(self, i, row):
        self.rows[i] = row
        if i == 2:
            self.all = row


tree = Tree(3)
tree.put(1, [3, 1, 2])
for i in range(2):
    for walk in (max, sum):
        print(walk.__name__)
    try:
        print(max(tree.rows[i]), min(tree.rows[i]), sum(tree.rows[i]))
    except TypeError as error:
        print(error)
    try:
        print(sorted(tree.rows[i]), list(tree.rows[i]), any(tree.rows[i]))
    except TypeError as error:
        print(error)
    try:
        print([x for x in zip(tree.rows[i], "ab")], list(map(str, tree.rows[i])))
    except TypeError as error:
        print(error)
    try:
        print(",".join(map(str, tree.rows[i])), list(enumerate(tree.rows[i])), set(tree.rows[i]))
    except TypeError as error:
        print(error)
try:
    print(sum(tree.all))
except TypeError as error:
    print(error)
tree.put(2, [5])
print(sum(tree.all))
