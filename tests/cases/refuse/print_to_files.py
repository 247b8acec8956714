import io


def pick(flag):
    return io.StringIO() if flag else None


print("x", file=pick(True))  # refuse: PT203
