"""__import__ with a computed name."""

module = __import__("ma" + "th")  # refuse
print(module.pi)
