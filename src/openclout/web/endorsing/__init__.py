"""+K: members endorse claimed people for a topic, five a day."""
