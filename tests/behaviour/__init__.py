"""The hand-written layer as its callers meet it, on scripted servers: every test runs on threads and on asyncio."""
