"""The decision aid: from "could this help me?" to a sheet to print."""
