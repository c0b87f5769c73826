"""Tools that patch, watch or replace httpx see every attempt of ours, each once."""
