"""A text with a code point that no Rust string holds."""

broken = "\ud800"  # refuse
print(len(broken))
