"""A small shop: stock, prices, orders and a printed report.

Run it with `python -m shop` from the folder above.
"""
