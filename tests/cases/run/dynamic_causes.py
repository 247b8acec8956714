"""`raise … from` a value that is known only at run time: None, an exception, a class."""


def given(x):
    return x


for cause in (None, KeyError("k"), LookupError, given("text")):
    try:
        raise ValueError("a") from given(cause)
    except ValueError as e:
        print(repr(e.__cause__), e.__suppress_context__)
    except TypeError as e:
        print(e)
