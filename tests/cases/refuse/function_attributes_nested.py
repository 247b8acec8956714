def numbered(n):
    def get():
        return n

    get.__name__ = f"get_{n}"  # refuse: PT206
    return get


def tagged(n):
    made = lambda: n
    made.tag = n  # refuse: PT206
    return made


print(numbered(1).__name__, tagged(2).tag)
