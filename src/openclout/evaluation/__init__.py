"""Evaluation: what the score is worth. Does it predict, and can it be bought?"""
