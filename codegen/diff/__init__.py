"""What a change of openapi.yaml means for those who use the package. Loaded only where a report is asked for."""
