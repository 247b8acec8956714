"""Portalis: Python in, a verified Rust crate out."""

__version__ = "0.1.0"
