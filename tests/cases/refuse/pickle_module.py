"""Objects serialised by pickle."""
import pickle  # refuse

print(len(pickle.dumps([1, 2, 3])) > 0)
