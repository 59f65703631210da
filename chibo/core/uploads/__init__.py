"""Files that people upload, looked at without trusting them: archives inspected, contents read in a limited process."""
