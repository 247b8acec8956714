"""Through a dynamic value every method is called with its instance first."""


class Counter:
    def total(*counts):  # refuse: PT204
        return len(counts)


mixed = [Counter(), 3]  # refuse: PT204
print(mixed[0].total(1))
