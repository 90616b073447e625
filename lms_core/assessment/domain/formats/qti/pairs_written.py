"""Matching and statement sets, written: two sets, and the pairs between them."""

from collections.abc import Callable, Mapping, Sequence

from lms_core.assessment.domain.formats.qti.declared import mapping, response
from lms_core.assessment.domain.formats.qti.identifiers import identifier_of
from lms_core.assessment.domain.formats.qti.rules import RESPONSE, SCORE, Marking, Rules
from lms_core.assessment.domain.formats.qti.writing import Told, Tools, Written
from lms_core.hooks.items import Choice, MatchInteraction

STATEMENTS = "statement-set"
"""The class of a match whose second set are the two answers to every statement."""


def source_of(name: str) -> str:
    """The identifier of a source: sources and targets share one space of names in QTI."""
    return f"s_{identifier_of(name)}"


def target_of(name: str) -> str:
    """The identifier of a target."""
    return f"t_{identifier_of(name)}"


def write_matching(tools: Tools, asked: MatchInteraction) -> Written:
    """Types "matching" and "statement-set"."""
    right = _right(asked)
    per_source = "1" if all(len(targets) == 1 for targets in right.values()) else "0"
    is_set = tools.content.type == "statement-set"
    body = tools.dialect.tag(
        "matchInteraction",
        _set(tools, asked.sources, source_of, per_source),
        _set(tools, asked.targets, target_of, "0"),
        responseIdentifier=RESPONSE,
        shuffle=str(not is_set).lower(),
        maxAssociations="0",
        class_=STATEMENTS if is_set else None,
    )
    pairs = [f"{source} {target}" for source, targets in right.items() for target in targets]
    marking, mapped = _marking(tools, asked, right, pairs)
    declared = response(tools.dialect, RESPONSE, "directedPair", pairs, cardinality="multiple", mapping=mapped)
    told = [Told(source_of(one.identifier), tools.says(one.feedback), always=True) for one in asked.sources]
    told += [Told(target_of(one.identifier), tools.says(one.feedback), always=True) for one in asked.targets]
    return Written(declared, tools.stem() + body, marking, told=tuple(told))


def _right(asked: MatchInteraction) -> Mapping[str, list[str]]:
    right: dict[str, list[str]] = {}
    for pair in asked.key:
        right.setdefault(source_of(pair.source), []).append(target_of(pair.target))
    return right


def _set(tools: Tools, choices: Sequence[Choice], name: Callable[[str], str], most: str) -> str:
    listed = (tools.choice("simpleAssociableChoice", one, name(one.identifier), matchMax=most) for one in choices)
    return tools.dialect.tag("simpleMatchSet", *listed)


def _marking(
    tools: Tools, asked: MatchInteraction, right: Mapping[str, list[str]], pairs: Sequence[str]
) -> tuple[Marking, str]:
    if tools.content.scoring == "all-or-nothing":
        return tools.rules.matched(), ""
    if all(len(targets) == 1 for targets in right.values()):
        return tools.rules.mapped(float(len(pairs))), mapping(tools.dialect, dict.fromkeys(pairs, "1"))
    targets = [target_of(one.identifier) for one in asked.targets]
    return _by_source(tools, right, targets), ""


def _by_source(tools: Tools, right: Mapping[str, list[str]], targets: Sequence[str]) -> Marking:
    """Each source is counted for itself: a wrong target takes back what a right one of the same source gave."""
    rules, counts = tools.rules, {source: f"COUNT_{at}" for at, source in enumerate(right, 1)}
    is_map = tools.content.scoring == "map"
    parts, earned = [], []
    for source, count in counts.items():
        for target in targets:
            points = 1.0 if target in right[source] else -1.0
            parts.append(rules.when((rules.holds("directedPair", f"{source} {target}"), rules.add(count, points))))
        earned.append(_earned(rules, count, len(right[source]) * len(right) if is_map else 1))
    parts.append(rules.set(SCORE, rules.call("sum", *earned)))
    outcome = {"cardinality": "single", "baseType": "float"}
    outcomes = "".join(tools.dialect.tag("outcomeDeclaration", identifier=one, **outcome) for one in counts.values())
    return Marking("".join(parts), 1.0 if is_map else float(sum(map(len, right.values()))), outcomes=outcomes)


def _earned(rules: Rules, count: str, of: int) -> str:
    points = rules.within(0.0, None, rules.variable(count))
    return points if of == 1 else rules.call("divide", points, rules.number(of))
