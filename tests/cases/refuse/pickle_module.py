"""Objects serialised by pickle."""

import pickle  # refuse: PT103

print(len(pickle.dumps([1, 2, 3])) > 0)  # refuse: PT103
