"""The pages of outreach: the ledger, articles and weeks, exemplars, and what the public reads."""
