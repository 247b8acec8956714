"""Library modules in the Python that the compiler translates.

What is easier said in Python than in the runtime: a program that imports one of them
gets it as a module of its own, of which only what the program reaches is translated.
They follow the documented behaviour of CPython 3.11 and stay within what is translated.
"""
