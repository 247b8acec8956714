"""A special method that cannot be called as Python calls it."""


class Tree:
    def __init__(self, label: str) -> None:
        self.label = label

    def __str__(self, indent: int) -> str:  # refuse: PT206
        return self.label + str(indent)


tree = Tree("a")  # refuse: PT204
print(tree)
