"""Topics: the vocabulary and its phrases, and how posts find their topics."""
