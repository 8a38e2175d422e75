"""From bytes to documents: one reader a format, `sniff` chooses, `zones` marks what each stretch of text is there for."""
