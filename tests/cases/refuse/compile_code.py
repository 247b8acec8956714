"""compile() of source text."""

code = compile("x = 1", "<text>", "exec")  # refuse: PT206
print(code)
