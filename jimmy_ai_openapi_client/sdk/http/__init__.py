"""httpx clients whose `send` applies the policy to every request."""
