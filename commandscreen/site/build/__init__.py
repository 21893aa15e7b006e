"""The builder of the demo city: real outlines and codes in, one site file out, the same bytes each time."""
