"""What the package costs, measured in one run against what it stands on."""
