"""An import that neither the files nor the library have."""

import quantum_toaster_driver  # refuse: PT101

print(quantum_toaster_driver.toast(2))  # refuse: PT101
