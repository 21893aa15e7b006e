"""What the two sides call themselves on the wire."""

API = "/v1"
SCHEMA = 4  # 4: the channel single_window
SCHEMA_OLDEST = 4  # an older program knows not every channel that a row may name
SCHEMA_HEADER = "X-Commandscreen-Schema"
PAGE_MAX = 500
COMMANDS_MAX = 100
WAIT_MAX = 25
