"""Measurements that anyone can repeat. Each module is a command that prints one JSON line."""
