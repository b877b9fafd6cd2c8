"""What is kept of the questions that people ask, and how maintainers read it."""
