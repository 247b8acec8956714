"""Key functions that take more or fewer arguments than sorted gives."""

words = ["b", "a"]
print(sorted(words, key=lambda a, b: a))  # refuse: PT301
print(sorted(words, key=lambda: 0))  # refuse: PT301
