"""HL7 v2: the results that monitors send, and the answer each message gets."""
