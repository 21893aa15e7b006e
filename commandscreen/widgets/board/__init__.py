"""The board of the weekly meeting: lanes by columns of painted cards."""
