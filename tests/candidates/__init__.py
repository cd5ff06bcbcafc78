"""Scripted candidates who go through whole interviews."""
