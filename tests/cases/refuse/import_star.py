"""What `*` brings is known to CPython only when it runs the import."""

from tkinter import *  # refuse: PT201

print("unreachable")
