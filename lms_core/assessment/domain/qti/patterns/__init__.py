"""Regular expressions of XML Schema, as `patternMatch` writes them.

A pattern meets the whole text, `^` and `$` are ordinary characters, classes can be subtracted (`[a-z-[aeiou]]`),
`\\p{Lu}` names a Unicode category, `\\i` and `\\c` the characters of XML names. There are no back references, so a
pattern is a finite automaton, and matching takes time that grows with the text alone: no hostile pattern can make it
explode.
"""

from lms_core.assessment.domain.qti.patterns.matching import Pattern, compile_pattern
from lms_core.assessment.domain.qti.patterns.reading import PatternError

__all__ = ["Pattern", "PatternError", "compile_pattern"]
