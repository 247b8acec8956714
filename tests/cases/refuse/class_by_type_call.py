"""A class made by type(name, bases, dict)."""

Point = type("Point", (), {"x": 1, "y": 2})  # refuse
print(Point().x)
