"""The pure rules: what an answer means, what is asked again and when, what is told of it. Without httpx clients.

Property tests, here and in `tests/http`, try as many examples as the suite has time for, and set no limit to a slow
machine.
"""

from hypothesis import settings

settings.register_profile("rules", settings(), deadline=None, max_examples=60)
settings.load_profile("rules")
