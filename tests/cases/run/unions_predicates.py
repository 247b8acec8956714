"""Methods that say what an object is: predicates, demands, operators by the other's class."""


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def is_point(self):
        return False

    def is_vector(self):
        """Always."""
        return True

    def must_be_vector(self):
        return self

    def must_be_point(self):
        raise TypeError("vectors are no points")

    def __add__(self, other):
        if other.is_point():
            return Point(self.x + other.x, self.y + other.y)
        return Vector(self.x + other.x, self.y + other.y)

    def dot(self, other):
        other.must_be_vector()
        return self.x * other.x + self.y * other.y

    def scale(self, k):
        return Vector(k * self.x, k * self.y)

    def __repr__(self):
        return f"V({self.x}, {self.y})"


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.label = "p"

    def is_point(self):
        return True

    def is_vector(self):
        return False

    def must_be_vector(self):
        raise TypeError("points are no vectors")

    def must_be_point(self):
        return self

    def __sub__(self, other):
        if other.is_point():
            return Vector(self.x - other.x, self.y - other.y)
        else:
            return Point(self.x - other.x, self.y - other.y)

    def __add__(self, other):
        other.must_be_vector()
        return Point(self.x + other.x, self.y + other.y)

    def __repr__(self):
        return f"P({self.x}, {self.y})"


p, q, v = Point(1, 2), Point(0.5, -1), Vector(3, 4)
print(p - q, (p - q).scale(2), p - v, (p - v) - q, p + v, v + v, v + p, (v + p) - q)
print((p - q).dot(v), v.dot(v), ((p - v) - p).dot(p - q))
for a in (p, v):
    for b in (q, v):
        try:
            print(a + b, "then", (a + b).x)
        except TypeError as e:
            print(e)
        try:
            print(a.dot(b))
        except (TypeError, AttributeError) as e:
            print(type(e).__name__, e)


class Leaf:
    def __init__(self, value):
        self.value = value

    def is_leaf(self):
        return True

    def need_leaf(self):
        return None


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def is_leaf(self):
        return False

    def need_leaf(self):
        raise ValueError("no leaf")


class Moody(Node):
    def is_leaf(self):
        return self.left is None


def total(tree):
    if tree.is_leaf():
        return tree.value
    return total(tree.left) + total(tree.right)


def depth(tree):
    return 0 if tree.is_leaf() else 1 + max(depth(tree.left), depth(tree.right))


def leaves(tree):
    stack, out = [tree], []
    while stack:
        top = stack.pop()
        while not top.is_leaf() and top.right is not None:
            stack.append(top.left)
            top = top.right
        out.append(top.value)
    return out


tree = Node(Node(Leaf(1), Leaf(2)), Node(Leaf(3.5), Node(Leaf(4), Leaf(5))))
print(total(tree), depth(tree), leaves(tree))
for item in (Leaf(7), tree, Moody(None, Leaf(1))):
    try:
        item.need_leaf()
        print("value", item.value)
    except ValueError as e:
        print(e, item.right is not None)
    print(item.is_leaf())
found = Leaf(9)
for step in range(4):
    try:
        found.need_leaf()
        print("leaf", found.value)
        found = Node(found, Leaf(step))
    except ValueError:
        print("node", found.right.value)
        found = found.left
if found.is_leaf() and found.value > 3:
    print("big leaf")
elif not found.is_leaf():
    print("node with", found.right)
picked = [t for t in (Leaf(1), tree, Leaf(2)) if t.is_leaf()]
print(
    [t.value for t in picked], sum(1 for t in (tree, tree.left, tree.left.left) if not t.is_leaf())
)
tree.left.need_leaf()
