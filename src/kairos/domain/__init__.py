"""Pure clinical knowledge: values in, findings and new values out. No clock, database, files or HTTP."""
