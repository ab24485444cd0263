"""What Cipherdeck exports for Anki, imported into the real Anki.

Run by `cargo xtask test anki`, or by hand where `pip install anki` was done:
    python tests/anki/verify.py target/debug/cipherdeck
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportCsvRequest

# The learner below studies by this clock, and days are counted.
os.environ["TZ"] = "UTC"
time.tzset()

DAY = 86_400
PROJECT = Path(__file__).parents[2]
COMMAND = Path(sys.argv[1]).resolve()
FOLDER = Path(tempfile.mkdtemp(prefix="cipherdeck-anki-"))


def same(what, found, expected):
    """Says what was compared; ends the run where it differs."""
    if found != expected:
        sys.exit(f"FAILED {what}: {found!r} instead of {expected!r}")
    print(f"ok {what}: {found!r}")


# What a learner did: (card, days ago, rating, interval, kind).
CARDS = {"review": "kms-name", "late": "kms-kind-for-partner", "learning": "kms-no-export", "asleep": "kms-aws-managed-can"}
HISTORY = [
    ("kms-name", 30, 3, {"millis": 600_000}),
    ("kms-name", 30, 3, {"days": 4}),
    ("kms-name", 26, 3, {"days": 31}),
    ("kms-kind-for-partner", 9, 4, {"days": 8}),
    ("kms-aws-managed-can", 20, 4, {"days": 9}),
    ("kms-aws-managed-can", 11, 1, {"millis": 600_000}),
    ("kms-aws-managed-can", 11, 3, {"days": 12}),
    ("kms-no-export", 0, 1, {"millis": 60_000}),
]


def progress(now):
    """An export file of the learner's."""
    lines = []

    def entry(at, card, kind):
        counter = len(lines) + 1
        lines.append(json.dumps({"entry": {
            "id": {"device": "0123456789abcdef", "counter": counter}, "at": at, "utc_offset": 0, "card": card,
            "content_hash": "0", "kind": kind,
        }}))

    for position, (card, days, rating, interval) in enumerate(HISTORY):
        at = int((now - days * DAY) * 1000) + position
        entry(at, card, {"answer": {"rating": rating, "guessed": False, "took_ms": 5000, "chosen": [], "interval": interval}})
    entry(int(now * 1000) + 50, CARDS["asleep"], "suspend")
    entry(int(now * 1000) + 51, CARDS["review"], "flag")
    body = "".join(line + "\n" for line in lines)
    heading = {"format": "cipherdeck review log", "version": 2, "lines": len(lines), "sha256": hashlib.sha256(body.encode()).hexdigest()}
    file = FOLDER / "progress.jsonl"
    file.write_text(json.dumps(heading) + "\n" + body)
    return file


def export(name, content, *options):
    file = FOLDER / name
    subprocess.run([COMMAND, "export", content, "--anki", file, *options], check=True, stdout=subprocess.DEVNULL)
    return file


def take_in(col, file):
    options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=False)
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=str(file), options=options)).log
    return {"new": len(log.new), "updated": len(log.updated), "known": len(log.duplicate), "conflicting": len(log.conflicting)}


def take_in_text(col, file):
    metadata = col.get_csv_metadata(str(file), None)
    log = col.import_csv(ImportCsvRequest(path=str(file), metadata=metadata)).log
    return {"new": len(log.new), "updated": len(log.updated), "known": len(log.duplicate), "conflicting": len(log.conflicting)}


def guids(col):
    return set(col.db.list("select guid from notes"))


def card(col, question):
    (number,) = col.find_cards(f"Id:{question}")
    return col.get_card(number)


def holds_at_any_size():
    """The database is written by hand: SQLite itself reads one with deep trees and rows longer than many pages."""
    content = FOLDER / "large"
    (content / "sheets").mkdir(parents=True)
    shutil.copy(PROJECT / "content/exams.toml", content)
    head = "---\nsheet: large\ntitle: Large\ndomains: [SCS-C03/4]\ntopic: size\n---\n\n# Large\n"
    note = "> [!NOTE]\n> So.\n> Source: <https://example.com/so>\n"
    questions = (f"\n### Number {n}? <!-- q: number-{n} -->\n\n> {'word ' * (n * n % 9000)}{n}\n\n{note}" for n in range(3000))
    (content / "sheets/large.md").write_text(head + "".join(questions))
    (content / "SUMMARY.md").write_text("- [Large](sheets/large.md)\n")
    with zipfile.ZipFile(export("large.apkg", content)) as package:
        same("a large package is a whole zip", package.testzip(), None)
        package.extract("collection.anki2", FOLDER)
    database = sqlite3.connect(FOLDER / "collection.anki2")
    same("and its database whole", database.execute("pragma integrity_check").fetchall(), [("ok",)])
    same("with every note", database.execute("select count() from notes").fetchone()[0], 3000)
    longest = max(range(3000), key=lambda n: n * n % 9000)
    (fields,) = database.execute("select flds from notes where guid = ?", [f"cipherdeck:number-{longest}"]).fetchone()
    same("and the longest of them as it was", fields.count("word "), longest * longest % 9000)
    database.close()
    (FOLDER / "collection.anki2").unlink()


def main():
    holds_at_any_size()
    now = time.time()
    content = FOLDER / "content"
    shutil.copytree(PROJECT / "content", content)
    log = progress(now)
    package = export("course.apkg", content, "--progress", log)
    text = export("course.txt", content)
    questions = [line for sheet in sorted(content.glob("sheets/*.md")) for line in sheet.read_text().splitlines() if line.startswith("### ") and "<!-- q: " in line]
    ids = {line.split("<!-- q: ")[1].split()[0] for line in questions}

    col = Collection(str(FOLDER / "collection.anki2"))
    same("a first import", take_in(col, package), {"new": len(ids), "updated": 0, "known": 0, "conflicting": 0})
    same("the notes' GUIDs are the questions' ids", guids(col) == {f"cipherdeck:{id}" for id in ids}, True)
    same("their Id field says the same", set(col.db.list("select guid from notes")) == {"cipherdeck:" + col.get_note(n)["Id"] for n in col.find_notes("")}, True)
    cards = col.card_count()
    same("there are more cards than notes, because of the blanks", cards > len(ids), True)
    same("no card is empty", [report.note_id for report in col.get_empty_cards().notes], [])
    sheets = {line.removeprefix("title: ").strip() for sheet in content.glob("sheets/*.md") for line in sheet.read_text().splitlines()[:8] if line.startswith("title: ")}
    sheets = {title.strip("\"'") for title in sheets}
    names = {deck.name for deck in col.decks.all_names_and_ids()}
    same("a deck for each sheet", names - {"Default"}, {"Cipherdeck"} | {f"Cipherdeck::{title.replace('::', ': ')}" for title in sheets})

    today = col.sched.today
    review = card(col, CARDS["review"])
    same("a card in review", (review.type, review.queue, review.ivl, review.reps, review.lapses, review.user_flag()), (2, 2, 31, 3, 0, 1))
    same("it is due in five days", review.due - today, 5)
    late = card(col, CARDS["late"])
    same("a card that is late by a day", (late.type, late.queue, late.due - today), (2, 2, -1))
    learning = card(col, CARDS["learning"])
    same("a card in learning", (learning.type, learning.queue, learning.left % 1000), (1, 1, 2))
    same("it is due in a minute", abs(learning.due - now - 60) <= 1, True)
    asleep = card(col, CARDS["asleep"])
    same("a suspended card", (asleep.type, asleep.queue, asleep.ivl, asleep.lapses), (2, -1, 12, 1))
    same("all others are new", col.db.scalar("select count() from cards where type = 0"), cards - 4)

    same("the review history", col.db.scalar("select count() from revlog"), len(HISTORY))
    kinds = col.db.list("select type from revlog where cid = ? order by id", asleep.id)
    same("its kinds: learned, reviewed, learned again", kinds, [0, 1, 2])
    kinds = col.db.all("select type, ease, ivl, lastIvl from revlog where cid = ? order by id", review.id)
    same("ratings and intervals", [tuple(row) for row in kinds], [(0, 3, -600, 0), (0, 3, 4, -600), (1, 3, 31, 4)])

    col.set_config("fsrs", True)
    for question in CARDS.values():
        known = card(col, question)
        given = known.memory_state
        derived = col._backend.compute_memory_state(known.id).state
        close = abs(given.stability - derived.stability) <= 1e-3 * derived.stability and abs(given.difficulty - derived.difficulty) <= 2e-3
        same(f"Anki derives the same memory of {question} (S {given.stability:.3f}, D {given.difficulty:.3f})", close, True)

    again = take_in(col, package)
    same("the same file again brings nothing", (again["new"], again["conflicting"]), (0, 0))
    same("and doubles nothing", (col.note_count(), col.card_count(), col.db.scalar("select count() from revlog")), (len(ids), cards, len(HISTORY)))

    sheet = content / "sheets/kms-core-concepts.md"
    edited = sheet.read_text().replace("What is its name in AWS documentation today?", "What does AWS call it today?")
    edited += "\n### Is this question new? <!-- q: quite-new type=typed -->\n\n> yes\n\n> [!NOTE]\n> It is.\n> Source: <https://example.com/new>\n"
    sheet.write_text(edited)
    time.sleep(1.1)  # Anki counts changes in seconds.
    changed = take_in(col, export("edited.apkg", content, "--progress", log))
    same("an edited course brings one note", (changed["new"], changed["conflicting"]), (1, 0))
    same("and changes one in place", "What does AWS call it today?" in card(col, CARDS["review"]).note()["Question"], True)
    same("whose card keeps its schedule", card(col, CARDS["review"]).due - today, 5)
    same("and no other", (col.note_count(), col.card_count()), (len(ids) + 1, cards + 1))

    texts = take_in_text(col, text)
    same("the text file brings nothing new", (texts["new"], texts["conflicting"]), (0, 0))
    same("and changes the edited note back", "What is its name in AWS documentation today?" in card(col, CARDS["review"]).note()["Question"], True)
    same("whose card keeps its schedule", card(col, CARDS["review"]).due - today, 5)
    same("and doubles nothing", (col.note_count(), col.card_count()), (len(ids) + 1, cards + 1))
    sheet.write_text(edited.replace("Is this question new?", "Is this question old?"))
    same("an edited text file changes one note", take_in_text(col, export("edited.txt", content))["new"], 0)
    same("in place", "Is this question old?" in card(col, "quite-new").note()["Question"], True)

    problems, is_fine = col.fix_integrity()
    same(f"Anki's own check of the collection ({problems.strip()})", is_fine, True)
    col.close()
    shutil.rmtree(FOLDER)
    print("everything arrived in Anki")


main()
