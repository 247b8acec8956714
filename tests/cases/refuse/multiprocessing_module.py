"""Processes."""

import multiprocessing  # refuse: PT103

if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:  # refuse: PT103
        print(pool.map(abs, [-1, -2]))
