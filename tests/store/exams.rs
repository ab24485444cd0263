//! Mock exams outlive the tab, and of two tabs or devices the union holds.

use cipherdeck::base::Timestamp;
use cipherdeck::store::{Shelves, Stored, export, import, keep_exam, read_exams, throw_exam_away};
use cipherdeck::study::Response;
use cipherdeck::study::exam::{EventKind, Explain, Item, Paper, Run};
use proptest::prelude::*;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(60_000 * minute)
}

fn run(name: &str, began: i64) -> Run {
    let item = Item {
        question: "a".parse().unwrap(),
        domain: 1,
        content_hash: Default::default(),
    };
    let paper = Paper {
        exam: "X-1".to_owned(),
        title: "An exam".to_owned(),
        seed: name.to_owned(),
        minutes: Some(10),
        explain: Explain::AtTheEnd,
        items: vec![item; 3],
        domains: Vec::new(),
        missing: Vec::new(),
    };
    Run::begin(paper, at(began))
}

fn answer(item: usize, text: &str) -> EventKind {
    let response = Some(Response::Typed(text.to_owned()));
    EventKind::Answer { item, response }
}

/// Version 1 of the form. A later version must still read it.
const GOLDEN: &str = include_str!("../golden/store/exams-1.jsonl");

#[test]
fn an_exam_of_version_1_is_read_and_written_as_it_was() {
    let stored = import(GOLDEN).unwrap().stored;
    let [run] = read_exams(&stored.shelves).try_into().unwrap();
    let state = run.at(at(5));
    assert!(state.seats[0].response.is_some() && state.seats[1].is_marked);
    assert!(state.is_paused && state.item == 2);
    assert_eq!(keep_exam(&run), stored.shelves);
    assert_eq!(export(&stored), GOLDEN);
}

#[test]
fn an_exam_that_was_thrown_away_is_gone_and_no_older_copy_brings_it_back() {
    let (mut one, other) = (run("one", 0), run("other", 1));
    one.push(at(1), answer(0, "x"));
    let mut shelves = keep_exam(&other);
    let before = keep_exam(&one);
    shelves.merge(&before);
    // The clock was moved back meanwhile.
    let gone = throw_exam_away("one", &shelves, at(-9));
    shelves.merge(&gone);
    shelves.merge(&before);
    assert_eq!(read_exams(&shelves), [other]);
    assert!(shelves.all().filter(|kept| kept.text.is_none()).count() == 2);
}

#[test]
fn an_import_tells_exams_and_not_what_happened_in_them() {
    let mut theirs = run("one", 0);
    let here = keep_exam(&theirs);
    theirs.push(at(1), answer(0, "x"));
    theirs.push(at(2), answer(1, "y"));
    let shelves = keep_exam(&theirs);
    let file = export(&Stored {
        shelves,
        ..Stored::default()
    });
    let import = import(&file).unwrap();
    let tally = |here: &Shelves| import.summary(&Default::default(), here).exams;
    assert_eq!(
        (
            tally(&Shelves::default()).new,
            tally(&Shelves::default()).changed
        ),
        (1, 0)
    );
    assert_eq!(
        (tally(&here).new, tally(&here).changed, tally(&here).known),
        (0, 1, 0)
    );
    assert_eq!(tally(&import.stored.shelves).known, 1);
}

proptest! {
    #[test]
    fn what_two_tabs_keep_is_the_union_in_any_order(
        events in proptest::collection::vec((0i64..9, 0usize..3, any::<bool>()), 0..12),
    ) {
        let mut tabs = [run("one", 0), run("one", 0)];
        for (minute, item, second) in events {
            tabs[usize::from(second)].push(at(minute), answer(item, "words"));
        }
        let [a, b] = [&tabs[0], &tabs[1]].map(keep_exam);
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.merge(&b);
        ba.merge(&a);
        prop_assert_eq!(&ab, &ba);
        let mut union = tabs[0].clone();
        union.merge(&tabs[1]);
        prop_assert_eq!(read_exams(&ab), [union]);
    }
}
