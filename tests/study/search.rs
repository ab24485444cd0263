//! A question is found by any of its words.

use cipherdeck::course::{Course, Files};
use cipherdeck::study::search::{Choices, DomainName, Index, Kind, Query, Results, State};
use cipherdeck::study::{Day, EntryKind, Rating, Rollover, UtcOffset};

use crate::learner::{Learner, at};

const KEYS: &str = "---
sheet: keys
title: KMS keys
domains: [SCS-C03/5]
topic: kms-keys
tags: [kms]
---

### Which call hands out a data key? <!-- q: keys-call tags=api -->

- [x] `GenerateDataKey`
  > It returns the key twice.
- [ ] `Encrypt`
  > It takes your own plaintext.

> [!NOTE]
> Envelope encryption rests on it.
> Source: <https://docs.aws.amazon.com/kms/>

### What does KMS keep? <!-- q: keys-keep d=1 -->

> The KMS key, never the data key.

> [!NOTE]
> Naïve notes say otherwise.
> Source: <https://docs.aws.amazon.com/kms/>
";

const ROLES: &str = "---
sheet: roles
title: Roles
domains: [SCS-C03/4, DVA-C03/2]
topic: roles
tags: [iam]
---

### A role is assumed by {{AssumeRole}} and trusts by its {{trust policy}}. <!-- q: roles-cloze tags=api,scenario -->

> [!NOTE]
> A role has no key of its own.
> Source: <https://docs.aws.amazon.com/iam/>
";

fn course() -> Course {
    let exams = "[[exam]]\ncode = \"SCS-C03\"\n";
    let files = [
        ("SUMMARY.md", "- [Keys](keys.md)\n- [Roles](roles.md)\n"),
        ("exams.toml", exams),
        ("keys.md", KEYS),
        ("roles.md", ROLES),
    ];
    let bytes = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let (course, _) = Course::read(&Files::from(bytes));
    assert_eq!(course.questions().count(), 3);
    course
}

/// The day on which everything here is looked for.
fn today() -> Day {
    let now = at("2026-11-22T12:00:00Z");
    Day::of(now, UtcOffset::UTC, Rollover::default())
}

fn search(learner: &Learner, query: Query) -> Results {
    let course = course();
    Index::of(&course).search(&course, &learner.progress, today(), &query)
}

fn names(results: &Results) -> Vec<&str> {
    let hits = results.hits.iter();
    hits.map(|hit| hit.question.as_str()).collect()
}

fn found(words: &str) -> Vec<String> {
    let words = words.to_owned();
    let results = search(
        &Learner::new(),
        Query {
            words,
            ..Query::default()
        },
    );
    names(&results).into_iter().map(str::to_owned).collect()
}

#[test]
fn every_part_of_a_question_is_read() {
    assert_eq!(found("hands out"), ["keys-call"], "its stem");
    assert_eq!(found("keys-keep"), ["keys-keep"], "its id");
    assert_eq!(found("twice"), ["keys-call"], "a reason");
    assert_eq!(found("envelope"), ["keys-call"], "its explanation");
    assert_eq!(found("trust policy"), ["roles-cloze"], "a blank");
    assert_eq!(found("scenario"), ["roles-cloze"], "its tags");
    assert_eq!(
        found("kms"),
        ["keys-keep", "keys-call"],
        "its sheet; in the stem counts for more"
    );
}

#[test]
fn case_accents_and_the_end_of_a_word_do_not_matter() {
    assert_eq!(found("NAIVE"), ["keys-keep"]);
    assert_eq!(found("envel"), ["keys-call"]);
    assert_eq!(found("kms:generatedatakey"), ["keys-call"]);
    assert_eq!(found("datakey plaintext"), ["keys-call"]);
    assert_eq!(found("xyzzy"), Vec::<String>::new());
}

#[test]
fn a_name_that_nobody_wrote_is_found_by_its_parts() {
    assert_eq!(found("AssumeTrust"), ["roles-cloze"]);
}

#[test]
fn who_has_all_words_goes_before_who_has_some_and_some_are_better_than_none() {
    assert_eq!(found("data key twice"), ["keys-call"]);
    assert_eq!(found("which role is assumed by xyzzy"), ["roles-cloze"]);
}

#[test]
fn a_hit_shows_where_the_words_stand() {
    let words = "data".to_owned();
    let results = search(
        &Learner::new(),
        Query {
            words,
            ..Query::default()
        },
    );
    let told = |pieces: &[cipherdeck::study::search::Piece]| -> String {
        let marked = pieces.iter().map(|piece| match piece.found {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        });
        marked.collect()
    };
    assert_eq!(names(&results), ["keys-call", "keys-keep"]);
    assert_eq!(
        told(&results.hits[0].stem),
        "Which call hands out a [data] key?"
    );
    assert_eq!(told(&results.hits[0].excerpt), "");
    assert_eq!(told(&results.hits[1].stem), "What does KMS keep?");
    assert_eq!(
        told(&results.hits[1].excerpt),
        "The KMS key, never the [data] key."
    );
}

#[test]
fn filters_narrow_down_and_words_are_not_needed() {
    let learner = Learner::new();
    let kept = |query| names(&search(&learner, query)).join(" ");
    let all = Query::default();
    assert_eq!(kept(all.clone()), "keys-call keys-keep roles-cloze");
    let topic = Some("roles".to_owned());
    assert_eq!(
        kept(Query {
            topic,
            ..all.clone()
        }),
        "roles-cloze"
    );
    let tag = Some("api".to_owned());
    assert_eq!(kept(Query { tag, ..all.clone() }), "keys-call roles-cloze");
    let kind = Some(Kind::Basic);
    assert_eq!(
        kept(Query {
            kind,
            ..all.clone()
        }),
        "keys-keep"
    );
    let exam = "SCS-C03".to_owned();
    let domain = Some(DomainName { exam, number: 4 });
    assert_eq!(
        kept(Query {
            domain,
            ..all.clone()
        }),
        "roles-cloze"
    );
}

#[test]
fn a_question_is_in_the_states_of_its_cards() {
    let mut learner = Learner::new();
    let now = at("2026-11-22T12:00:00Z");
    learner.answers("keys-call", Rating::Easy, now);
    learner.answers("roles-cloze#1", Rating::Again, now);
    learner.does("keys-call", EntryKind::Flag, now);
    learner.does("roles-cloze#2", EntryKind::Suspend, now);
    let kept = |state| {
        let state = Some(state);
        names(&search(
            &learner,
            Query {
                state,
                ..Query::default()
            },
        ))
        .join(" ")
    };
    assert_eq!(kept(State::New), "keys-keep roles-cloze");
    assert_eq!(kept(State::Learning), "roles-cloze");
    assert_eq!(kept(State::Review), "keys-call");
    assert_eq!(kept(State::Suspended), "roles-cloze");
    assert_eq!(kept(State::Flagged), "keys-call");
    assert_eq!(kept(State::Leech), "");
    assert_eq!(kept(State::Due), "roles-cloze");
    assert_eq!(kept(State::Missed), "roles-cloze");
}

#[test]
fn results_come_in_pages_and_say_how_many_there_are() {
    let course = course();
    let query = Query {
        skip: 1,
        most: 1,
        ..Query::default()
    };
    let index = Index::of(&course);
    let results = index.search(&course, &Learner::new().progress, today(), &query);
    assert_eq!((results.total, names(&results)), (3, vec!["keys-keep"]));
}

#[test]
fn the_filters_offer_what_the_course_has() {
    let choices = Choices::of(&course());
    assert_eq!(choices.tags, ["api", "iam", "kms", "scenario"]);
    assert_eq!(choices.kinds, [Kind::Single, Kind::Cloze, Kind::Basic]);
    assert_eq!(choices.topics[1], ("roles".to_owned(), "Roles".to_owned()));
    assert_eq!(choices.domains.len(), 3);
}
