"""compile() of source text."""

code = compile("x = 1", "<text>", "exec")  # refuse
print(code)
