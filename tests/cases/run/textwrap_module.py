import textwrap


def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


t = 'The quick brown fox jumped over the lazy dog.  It was a well-known fact that hyphen-ated words -- like self--made ones -- break; "supercalifragilisticexpialidocious" (does-not-fit) e.g., --option-x 12-34.'
for width in (10, 20, 35, 70):
    print(textwrap.wrap(t, width))
    print(textwrap.fill(t, width=width, initial_indent="* ", subsequent_indent="  "))
print(
    textwrap.wrap(t, 12, break_long_words=False),
    textwrap.wrap(t, 12, break_on_hyphens=False),
    textwrap.wrap("a  b\tc\nd", 3, drop_whitespace=False),
    textwrap.wrap(" lead trail ", 6),
    textwrap.wrap("", 5),
    textwrap.wrap("x. y. z", 10, fix_sentence_endings=True),
)
print(
    textwrap.wrap(t, 20, max_lines=2),
    textwrap.wrap(t, 20, max_lines=3, placeholder="..."),
    textwrap.wrap("tab\there", 20, expand_tabs=False, replace_whitespace=False),
)
print(
    textwrap.dedent("""\
    a
      b

    c
  \t
    """),
    textwrap.dedent("\ta\n\t b\n"),
    textwrap.dedent("  x\n y\n"),
    textwrap.dedent("x\n  y"),
    sep="|",
)
print(textwrap.indent("a\n\n  b\n", "> "), textwrap.indent("x", "  "))
print(
    textwrap.shorten(t, 30),
    textwrap.shorten(t, width=30, placeholder="..."),
    textwrap.shorten("fits  here", 20),
    textwrap.shorten("hello world", 8, placeholder="~"),
)
attempt(lambda: textwrap.wrap(t, 0))
attempt(lambda: textwrap.shorten(t, 3))
w = textwrap.TextWrapper(width=15, initial_indent="- ")
print(w.wrap(t)[:3], w.fill("one two three four five"), w.width)
