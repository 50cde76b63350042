"""OpenClout: an open, explained, manipulation-resistant influence score from 0 to 100."""

__version__ = "0.1.0"
