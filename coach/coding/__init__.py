"""Coding rounds: runs a candidate's Python apart from the coach, and judges it. See docs/coding-rounds.md."""
