"""A key function that takes more arguments than sorted gives."""
words = ["b", "a"]
print(sorted(words, key=lambda a, b: a))  # refuse: PT301
