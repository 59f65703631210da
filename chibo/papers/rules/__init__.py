"""What must hold of papers: how they are numbered, laid out and registered. Rulebook §6."""
