"""The job itself: waiting for many assets, on simulated time, beside what people write or use instead."""
