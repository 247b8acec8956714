"""colorsys: conversions there and back."""

import colorsys

for rgb in [(0.2, 0.4, 0.4), (1.0, 0.0, 0.0), (0.1, 0.9, 0.5), (0.5, 0.5, 0.5), (0.3, 0.2, 0.9)]:
    r, g, b = rgb
    print(colorsys.rgb_to_hsv(r, g, b), colorsys.rgb_to_hls(r, g, b), colorsys.rgb_to_yiq(r, g, b))
for i in range(7):
    h = i / 6
    print(colorsys.hsv_to_rgb(h, 0.5, 0.8), colorsys.hls_to_rgb(h, 0.5, 0.8))
    print(colorsys.yiq_to_rgb(h, 0.1, -0.1))
