"""Notes: privacy (GDPR), the AI Act, terms, and what a score does not say."""
