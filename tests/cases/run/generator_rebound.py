"""A generator whose variable is bound anew is closed then, not at the function's end."""


def count(start):
    try:
        yield start
        yield start + 1
    finally:
        print("closed", start)


def main():
    walk = count(6)
    print(next(walk))
    walk = count(44)
    print(next(walk))


main()
