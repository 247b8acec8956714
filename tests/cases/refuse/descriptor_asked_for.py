"""Whether a class of descriptors is one is asked for by name."""

class D:
    def __get__(self, o, t=None):  # refuse: PT206
        return 5
class C:
    x = D()  # refuse: PT204
def is_desc(x):
    return hasattr(x, "__get__")
print(C().x)
print(is_desc(D()), is_desc(C()), is_desc(3))  # refuse: PT204
