"""What happens when the spec changes: reports, documentation pages, growth, hostile specs, workflows."""
