"""A library function of which no call ever gets its argument: it is made as for any value."""

from pprint import pprint


def current(location: str) -> object:
    raise ValueError(location)


if __name__ == "__main__":
    try:
        while True:
            pprint(current("x"))
    except ValueError as error:
        print("no data for", error)
