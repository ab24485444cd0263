//! The tables of a collection of Anki's schema 11.
//!
//! Source: <https://github.com/ankitects/anki/blob/main/rslib/src/storage/schema11.sql>

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::AnkiExport;
use super::card::{Calendar, Reviews, cards};
use super::field::Fields;
use super::note::{Note, NoteKind, ROOT};
use super::sqlite::{Table, Value};
use crate::course::{Course, FileKind};

const COL: &str = "CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null, dconf text not null, tags text not null)";
const NOTES: &str = "CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null)";
const CARDS: &str = "CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null)";
const REVLOG: &str = "CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null)";
const GRAVES: &str =
    "CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null)";

/// "Not synchronised yet", as Anki counts it.
pub(super) const UNSYNCED: i64 = -1;

/// The tables of an export.
pub(super) fn tables(export: &AnkiExport<'_>) -> Vec<Table> {
    let calendar = Calendar::of(export);
    let changed = export.at.seconds();
    let mut numbers = Numbers::default();
    let mut reviews = Reviews::of(export.progress);
    let (mut note_rows, mut card_rows) = (Vec::new(), Vec::new());
    let mut decks = BTreeSet::from([ROOT.to_owned()]);
    for (position, note) in (1..).zip(notes(export.course)) {
        let number = numbers.free(&note.guid());
        note_rows.push((number, note_row(&note, changed)));
        let deck = deck_number(&note.deck);
        for (name, mut row) in cards(export, &calendar, &note, position) {
            let card = numbers.free(name.as_str());
            row[1] = number.into();
            row[2] = deck.into();
            card_rows.push((card, row));
            reviews.take(&name, card);
        }
        let mut above = note.deck.as_str();
        while let Some((parent, _)) = above.rsplit_once("::") {
            decks.insert(above.to_owned());
            above = parent;
        }
    }
    note_rows.sort_by_key(|(number, _)| *number);
    card_rows.sort_by_key(|(number, _)| *number);
    let collection = vec![(1, collection_row(export, &calendar, &decks))];
    let table = |name, sql, rows| Table { name, sql, rows };
    vec![
        table("col", COL, collection),
        table("notes", NOTES, note_rows),
        table("cards", CARDS, card_rows),
        table("revlog", REVLOG, reviews.rows()),
        table("graves", GRAVES, Vec::new()),
    ]
}

/// Every question of the course, in its order.
pub(super) fn notes(course: &Course) -> Vec<Note> {
    let mut notes = Vec::new();
    for file in &course.files {
        if let FileKind::Sheet(sheet) = &file.kind {
            let of_sheet = |question| Note::of(&file.path, sheet, question);
            notes.extend(sheet.questions.iter().map(of_sheet));
        }
    }
    notes
}

fn note_row(note: &Note, changed: i64) -> Vec<Value> {
    let tags: String = note.tags.iter().map(|tag| format!(" {tag}")).collect();
    let tags = if tags.is_empty() { tags } else { tags + " " };
    vec![
        Value::RowId,
        note.guid().into(),
        note.kind.id().into(),
        changed.into(),
        UNSYNCED.into(),
        tags.into(),
        note.fields.in_order().join("\u{1f}").into(),
        // Anki derives what it sorts by and the checksum of the first field anew.
        "".into(),
        0.into(),
        0.into(),
        "".into(),
    ]
}

fn collection_row(
    export: &AnkiExport<'_>,
    calendar: &Calendar,
    decks: &BTreeSet<String>,
) -> Vec<Value> {
    let changed = export.at.seconds();
    let models = NoteKind::ALL.map(|kind| (kind.id().to_string(), model(kind, changed)));
    let models: Json = models.into_iter().collect::<serde_json::Map<_, _>>().into();
    let own = decks.iter().map(|name| (deck_number(name), name.as_str()));
    let decks = own.chain([(1, "Default")]);
    let decks = decks.map(|(number, name)| (number.to_string(), deck(number, name, changed)));
    let decks: Json = decks.collect::<serde_json::Map<_, _>>().into();
    let settings = json!({
        "activeDecks": [1], "curDeck": 1, "newSpread": 0, "collapseTime": 1200, "timeLim": 0, "estTimes": true,
        "dueCounts": true, "curModel": null, "nextPos": 1, "sortType": "noteFld", "sortBackwards": false,
        "addToCur": true, "dayLearnFirst": false, "schedVer": 2, "sched2021": true, "rollover": calendar.rollover_hour(),
        // In minutes west of UTC.
        "creationOffset": -i64::from(export.offset.minutes()), "localOffset": -i64::from(export.offset.minutes()),
    });
    vec![
        Value::RowId,
        calendar.created().into(),
        export.at.millis().into(),
        export.at.millis().into(),
        11.into(),
        0.into(),
        0.into(),
        0.into(),
        settings.to_string().into(),
        models.to_string().into(),
        decks.to_string().into(),
        json!({ "1": deck_options() }).to_string().into(),
        "{}".into(),
    ]
}

fn model(kind: NoteKind, changed: i64) -> Json {
    let field = |(position, name): (usize, &str)| {
        json!({
            "name": name, "ord": position, "sticky": false, "rtl": false, "font": "Arial", "size": 20, "media": [],
            "description": "",
        })
    };
    let fields: Vec<Json> = Fields::NAMES.into_iter().enumerate().map(field).collect();
    let (kind_number, front) = match kind {
        NoteKind::Plain => (0, "{{Question}}"),
        NoteKind::Cloze => (1, "{{cloze:Question}}"),
    };
    let back = match kind {
        NoteKind::Plain => "{{FrontSide}}<hr id=answer>{{Answer}}",
        NoteKind::Cloze => "{{cloze:Question}}<hr id=answer>",
    };
    let back = format!(
        "{back}{{{{#Explanation}}}}<div class=explanation>{{{{Explanation}}}}</div>{{{{/Explanation}}}}{{{{#Source}}}}<div class=source>Source: {{{{Source}}}}</div>{{{{/Source}}}}"
    );
    let required = match kind {
        NoteKind::Plain => json!([[0, "any", [0]]]),
        NoteKind::Cloze => json!([]),
    };
    json!({
        "id": kind.id(), "name": kind.name(), "type": kind_number, "mod": changed, "usn": UNSYNCED, "sortf": 0, "did": 1,
        "tmpls": [{
            "name": "Card 1", "ord": 0, "qfmt": front, "afmt": back, "bqfmt": "", "bafmt": "", "did": null, "bfont": "",
            "bsize": 0,
        }],
        "flds": fields, "css": STYLE, "latexPre": "", "latexPost": "", "latexsvg": false, "req": required, "vers": [],
        "tags": [],
    })
}

const STYLE: &str = ".card { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1rem; }
pre, code { font-family: ui-monospace, monospace; font-size: .95em; }
pre { overflow-x: auto; white-space: pre-wrap; }
table { border-collapse: collapse; }
td, th { border: 1px solid currentColor; padding: .2em .5em; text-align: left; }
.right { font-weight: 600; }
.reason { font-weight: 400; opacity: .85; }
.explanation { margin-top: 1rem; }
.source { margin-top: .5rem; font-size: .85em; overflow-wrap: anywhere; }
.cloze { font-weight: 700; }
";

fn deck(number: i64, name: &str, changed: i64) -> Json {
    json!({
        "id": number, "name": name, "mod": changed, "usn": UNSYNCED, "desc": "", "dyn": 0, "conf": 1, "collapsed": false,
        "browserCollapsed": false, "extendNew": 0, "extendRev": 0, "newToday": [0, 0], "revToday": [0, 0],
        "lrnToday": [0, 0], "timeToday": [0, 0],
    })
}

/// Anki's own defaults, which are not imported.
fn deck_options() -> Json {
    json!({
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true,
        "dyn": false,
        "new": { "bury": false, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20 },
        "rev": { "bury": false, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2 },
        "lapse": { "delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0 },
    })
}

/// Numbers of notes and cards: Anki takes them for instants in milliseconds, so they lie in the years 2001 to 2020, each
/// where its name puts it, the same in every export.
#[derive(Default)]
struct Numbers {
    taken: BTreeSet<i64>,
}

impl Numbers {
    fn free(&mut self, name: &str) -> i64 {
        let mut number = number(name);
        while !self.taken.insert(number) {
            number += 1;
        }
        number
    }
}

fn deck_number(name: &str) -> i64 {
    number(&format!("deck {name}"))
}

fn number(name: &str) -> i64 {
    const FIRST: i64 = 1_000_000_000_000;
    const SPREAD: u64 = 600_000_000_000;
    let digest = Sha256::digest(name.as_bytes());
    let drawn = digest[..8]
        .iter()
        .fold(0u64, |sum, &byte| (sum << 8) | u64::from(byte));
    FIRST + (drawn % SPREAD) as i64
}
