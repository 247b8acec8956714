"""A star import from a module that is not there."""

from no_such_module_anywhere import *  # refuse: PT101

print(value)  # refuse: PT104
