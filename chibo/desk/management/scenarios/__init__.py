"""Stories told through the product's own actions: the demonstration, and each seed document."""
