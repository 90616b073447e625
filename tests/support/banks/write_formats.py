"""Writes the sample bank in the other formats: `python -m tests.support.banks.write_formats`.

`academy_ko_24.jsonl` is the source, written for these tests; it carries the dirt that real banks
carry (README.md beside this file counts it). These writers share no code with our readers.
"""

import csv
import json
import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
NAME = "academy_ko_24"
Record = dict[str, Any]


def records() -> list[Record]:
    """The items of the source."""
    lines = (HERE / f"{NAME}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def gift(items: list[Record]) -> str:
    """The bank in GIFT."""
    written = []
    for item in items:
        choices = [
            f"\t{'=' if choice['correct'] else '~'}{_gift(choice['text'])}"
            + (f"#{_gift(choice['feedback'])}" if choice["feedback"] else "")
            for choice in item["choices"]
        ]
        written.append(f"$CATEGORY: {item['module']}\n")
        title, stem = _gift(item["id"]), _gift(item["stem"])
        written.append("\n".join([f"// {item['module']}", f"::{title}::[markdown]{stem} {{", *choices, "}\n"]))
    return "\n".join(written)


def _gift(words: str) -> str:
    return re.sub(r"([\\~=#{}:])", r"\\\1", words).replace("\n", "\\n")


def moodle_xml(items: list[Record]) -> str:
    """The bank in Moodle XML."""
    questions = []
    for item in items:
        answers = "\n".join(
            f'<answer fraction="{100 if choice["correct"] else 0}" format="markdown">{_xml(choice["text"])}'
            f'<feedback format="markdown">{_xml(choice["feedback"])}</feedback></answer>'
            for choice in item["choices"]
        )
        questions.append(
            f'<question type="category"><category>{_xml("$course$/top/" + item["module"])}</category></question>\n'
            f'<question type="multichoice"><name>{_xml(item["id"])}</name>'
            f'<questiontext format="markdown">{_xml(item["stem"])}</questiontext>'
            f"<idnumber>{escape(item['id'])}</idnumber><single>true</single>\n{answers}\n</question>"
        )
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>\n"


def _xml(words: str) -> str:
    return f"<text>{escape(words)}</text>" if "`" in words else f"<text><![CDATA[{words}]]></text>"


def write_csv(items: list[Record], path: Path) -> None:
    """The bank as CSV with a byte order mark and one explanation: that of the key."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "module", "stem", *(f"choice_{letter}" for letter in "abcde"), "answer", "explanation"])
        for item in items:
            key = next(number for number, choice in enumerate(item["choices"]) if choice["correct"])
            texts = [choice["text"] for choice in item["choices"]]
            filled = texts + [""] * (5 - len(texts))
            feedback = item["choices"][key]["feedback"]
            rows.writerow([item["id"], item["module"], item["stem"], *filled, "ABCDE"[key], feedback])


def main() -> None:
    """Write the three files beside the source."""
    items = records()
    (HERE / f"{NAME}.gift").write_text(gift(items), "utf-8")
    (HERE / f"{NAME}.moodle.xml").write_text(moodle_xml(items), "utf-8")
    write_csv(items, HERE / f"{NAME}.csv")


if __name__ == "__main__":
    main()
