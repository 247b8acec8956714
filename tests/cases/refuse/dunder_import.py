"""__import__ with a computed name."""

module = __import__("ma" + "th")  # refuse: PT206
print(module.pi)
