"""string.Template: substitution, what is missing or invalid."""

import string
from string import Template
from types import NoneType

t = Template("$who likes ${what}, $$5 and $who_2!")
print(t.substitute(who="tim", what="kung pao", who_2=3), t.template)
print(t.substitute({"who": "a", "what": None, "who_2": 1.5}, what="b"))
print(t.safe_substitute(who="x"), "|", t.safe_substitute({}))
for given in ({}, {"who": 1}):
    try:
        t.substitute(given)
    except KeyError as error:
        print("KeyError", error)
for text in ("$", "a\nb $ c", "${}", "${a", "$1", "${a b}", "é $é", "ok $a", "$$$a$", "\n\n $-"):
    s = string.Template(text)
    try:
        print(repr(text), repr(s.substitute(a="A")))
    except ValueError as error:
        print(repr(text), error)
    print(repr(s.safe_substitute(a="A")), s.is_valid(), s.get_identifiers())
print(
    Template("").substitute(),
    Template("$a$b${a}").get_identifiers(),
    Template("$aé").substitute(a=1),
)


class Percent(Template):
    delimiter = "%"


print(Percent("%a and $a and %%").substitute(a=10**20), string.capwords("ab  cd"), string.digits)
print(isinstance(None, NoneType), [isinstance(x, (NoneType, int)) for x in (None, 1, "a")])
