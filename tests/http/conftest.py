"""Settings of the property tests here: as many examples as the suite has time for, and no limit to a slow machine."""

from hypothesis import settings

settings.register_profile("rules", settings(), deadline=None, max_examples=60)
settings.load_profile("rules")
