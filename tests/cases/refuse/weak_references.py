"""Weak references and finalisers."""

import weakref  # refuse: PT103


class Node:
    pass


node = Node()
ref = weakref.ref(node)  # refuse: PT103
print(ref() is node)
