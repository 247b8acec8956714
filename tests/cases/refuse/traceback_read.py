"""The traceback of an exception, as an object."""

try:
    raise ValueError("v")
except ValueError as error:
    print(error.__traceback__)  # refuse: PT206
