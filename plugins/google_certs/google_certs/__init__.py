"""Google's credentials as data: dated specifications with their sources, and a bank of original items.

It holds facts only; what is done with them is cert_prep's business.
"""
