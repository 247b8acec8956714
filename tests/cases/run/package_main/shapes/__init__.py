"""Shapes."""

print("shapes loaded", __name__)
