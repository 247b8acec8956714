"""Views of a `Report`: JSON, HTML and the terminal's table. All say the same numbers."""
