"""What to ask, when, and what an answer means: pure rules, without I/O."""
