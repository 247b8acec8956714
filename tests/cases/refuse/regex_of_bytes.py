import re

digits = re.compile(rb"\d+")  # refuse: PT203
print(digits.findall(b"a1b22"))
print(re.findall(b"a", b"banana"))  # refuse: PT203
