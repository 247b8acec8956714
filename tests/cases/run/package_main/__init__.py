"""A package whose modules import each other; run as `python -m package_main`."""

print("package loaded", __name__)
