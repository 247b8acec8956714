"""Weak references and finalisers."""
import weakref  # refuse: PT103


class Node:
    pass


node = Node()
ref = weakref.ref(node)
print(ref() is node)
