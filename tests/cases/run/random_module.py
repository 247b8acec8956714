"""random: seeds of every kind and every distribution draw what CPython draws."""

import random
from random import choice, randint

random.seed(42)
print(random.random(), random.random(), random.getrandbits(40), random.getrandbits(100))
print(randint(1, 6), randint(-5, 5), random.randrange(10), random.randrange(5, 50, 7))
print(random.randrange(100, 0, -3), random.randint(0, 10**30), random.randrange(2**70))
print(choice([1, 2, 3]), choice("abcdef"), choice((4, 5, 6)), random.choice(range(100)))
xs = list(range(12))
random.shuffle(xs)
print(xs, random.sample(xs, 4), random.sample(range(10**6), 5), random.sample("abcdefgh", 3))
print(random.sample(list(range(100)), 30))
print(random.choices("xyz", k=5), random.choices([1, 2, 3], weights=[5, 1, 1], k=6))
print(random.choices([1, 2, 3], cum_weights=[1, 3, 9], k=6), random.choices([7], [2]))
print(random.uniform(1, 5), random.triangular(0, 10, 3), random.triangular())
print(random.gauss(0, 1), random.gauss(5, 2), random.normalvariate(0, 1))
print(random.expovariate(0.5), random.gammavariate(2, 3), random.gammavariate(0.5, 1))
print(random.gammavariate(1, 2), random.betavariate(1, 2), random.paretovariate(3))
print(random.weibullvariate(1, 2), random.lognormvariate(0, 0.25))
for seed in (0, 1, -7, 2**40, 10**25):
    random.seed(seed)
    print(seed, random.random())
random.seed("hello")
print(random.random())
random.seed(2.5)
print(random.random())
rng = random.Random(7)
other = random.Random(7)
print(rng.random() == other.random(), rng.randint(1, 100), rng.choice(["a", "b"]))
ys = [1, 2, 3, 4, 5]
rng.shuffle(ys)
print(ys, rng.sample(ys, 2), rng.getrandbits(8))
for bad in range(4):
    try:
        if bad == 0:
            random.choice([1][1:])
        elif bad == 1:
            random.randint(5, 1)
        elif bad == 2:
            random.sample([1, 2], 3)
        else:
            random.randrange(0)
    except (IndexError, ValueError) as e:
        print(type(e).__name__, e)


class Dice:
    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def roll(self) -> int:
        return self.rng.randint(1, 6)


dice = Dice(3)
print([dice.roll() for _ in range(10)])
