"""What leaves the house as a file: templates to fill in, copies to mend, tables to take along."""
