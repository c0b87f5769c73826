"""A server that misbehaves on command, and what the caller gets."""
