"""A class made by type(name, bases, dict)."""

Point = type("Point", (), {"x": 1, "y": 2})  # refuse: PT206
print(Point().x)
