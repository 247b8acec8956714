"""A text with a code point that no Rust string holds."""

broken = "\ud800"  # refuse: PT202
print(len(broken))
