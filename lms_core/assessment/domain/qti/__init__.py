"""Items of QTI 2.1, 2.2 and 3.0: read safely, and scored as the specification says, without a database."""
