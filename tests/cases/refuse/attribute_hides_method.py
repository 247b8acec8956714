"""A call goes to the class's method: an attribute of one instance that hides it is refused."""


class Switch:
    def is_on(self):
        return False


switch = Switch()
switch.is_on = lambda: True  # refuse: PT206
print(switch.is_on())
