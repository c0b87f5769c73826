"""The pure rules: what an answer means, what is asked again and when, what is told of it. Without httpx clients."""
