"""The rules of certification preparation: outlines and their age, shares, retakes, scales."""
