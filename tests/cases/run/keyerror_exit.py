"""The last line of an uncaught KeyError shows the repr of the key."""

prices = {"apple": 3, "pear": 4}
total = 0
for item in ["apple", "pear", "dragon fruit"]:
    print("adding", item)
    total += prices[item]
print(total)
