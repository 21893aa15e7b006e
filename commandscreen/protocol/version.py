"""What the two sides call themselves on the wire."""

API = "/v1"
SCHEMA = 2
SCHEMA_OLDEST = 2
SCHEMA_HEADER = "X-Commandscreen-Schema"
PAGE_MAX = 500
COMMANDS_MAX = 100
WAIT_MAX = 25
