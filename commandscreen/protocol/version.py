"""What the two sides call themselves on the wire."""

API = "/v1"
SCHEMA = 3
SCHEMA_OLDEST = 3
SCHEMA_HEADER = "X-Commandscreen-Schema"
PAGE_MAX = 500
COMMANDS_MAX = 100
WAIT_MAX = 25
