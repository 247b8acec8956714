"""Weak references and finalisers."""
import weakref  # refuse


class Node:
    pass


node = Node()
ref = weakref.ref(node)
print(ref() is node)
