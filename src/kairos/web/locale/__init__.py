"""Languages: a catalogue of the pages' words each, and how numbers are written."""
