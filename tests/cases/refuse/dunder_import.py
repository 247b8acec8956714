"""__import__ with a computed name."""

module = __import__("ma" + "th")  # refuse: PT203
print(module.pi)
