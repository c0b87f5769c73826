"""The clients as their callers meet them: on scripted services, on threads and on asyncio."""
