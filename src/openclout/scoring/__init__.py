"""From signals to scores: the model, the curve, the band around a score, and why it is what it is.

Everything here takes and gives arrays; nothing here knows an engine or a network.
"""
