def compose(x):
    return x + 1
