"""The clerk decides: pure functions from what was read to what is written."""
