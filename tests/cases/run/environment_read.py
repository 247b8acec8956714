"""os.environ, read only."""

import os
from os import environ


def home(name="NO_SUCH_VARIABLE_AT_ALL"):
    return os.environ[name]


print("NO_SUCH_VARIABLE_AT_ALL" in os.environ, "ANOTHER_ONE" not in environ)
print(os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "none"), os.getenv("NO_SUCH_VARIABLE_AT_ALL"))
try:
    home()
except KeyError as error:
    print("KeyError", error)
try:
    environ["ANOTHER" + "_ONE"]
except KeyError as error:
    print("KeyError", error)
print(len(environ["PATH"]) > 0 if "PATH" in environ else True)
