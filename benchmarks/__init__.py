"""Speed as ratios measured in one run on one machine (performance.md); asserts nothing."""
