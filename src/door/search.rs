//! Searching the course, and what is to be asked of what was found.

use serde::{Deserialize, Serialize};

use super::known::{self, Known};
use super::learned::Learned;
use super::reader::ReadAnswer;
use crate::base::Timestamp;
use crate::course::{CardId, Course};
use crate::study::search::{Choices, Index, Query, Results, State};
use crate::study::{Limits, Progress, Scope, UtcOffset};

/// What is looked for, and when.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sought {
    /// What is looked for.
    pub query: Query,
    /// What the learner did, where it is something else than the reader was told last.
    pub learned: Option<Learned>,
    /// Now.
    pub at: Timestamp,
    /// The learner's local time now.
    pub utc_offset: UtcOffset,
}

/// The course that was read last, and what is known of it.
#[derive(Debug)]
pub(super) struct Held {
    course: Course,
    /// Made when something is looked for.
    index: Option<Index>,
    progress: Progress,
}

impl Held {
    pub(super) fn new(course: Course) -> Self {
        Self {
            index: None,
            progress: Learned::default().replay(course.renamed().clone()),
            course,
        }
    }

    pub(super) fn choices(&self) -> Box<Choices> {
        Box::new(Choices::of(&self.course))
    }

    pub(super) fn search(&mut self, sought: Sought) -> Box<Results> {
        self.learn(sought.learned);
        let today = self.progress.day(sought.at, sought.utc_offset);
        let index = index(&mut self.index, &self.course);
        Box::new(index.search(&self.course, &self.progress, today, &sought.query))
    }

    /// What is suspended is not asked, unless it is looked for.
    pub(super) fn cards(&mut self, sought: Sought) -> Vec<CardId> {
        self.learn(sought.learned);
        let Sought { at, utc_offset, .. } = sought;
        let today = self.progress.day(at, utc_offset);
        let index = index(&mut self.index, &self.course);
        let found = index.questions(&self.course, &self.progress, today, &sought.query);
        let found = found.into_iter().collect();
        let scope = match sought.query.state {
            Some(State::Leech | State::Suspended) => Scope::FoundAside(found),
            _ => Scope::Found(found),
        };
        scope.cards(
            &self.progress,
            &self.course,
            Limits::default(),
            at,
            utc_offset,
        )
    }

    pub(super) fn known(&mut self, known: Known) -> ReadAnswer {
        let when = (known.at, known.utc_offset);
        self.learn(Some(known.learned));
        known::answer(&self.course, &self.progress, when, known.aim)
    }

    fn learn(&mut self, learned: Option<Learned>) {
        if let Some(learned) = learned {
            self.progress = learned.replay(self.course.renamed().clone());
        }
    }
}

fn index<'a>(made: &'a mut Option<Index>, course: &Course) -> &'a Index {
    made.get_or_insert_with(|| Index::of(course))
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;

    use crate::course::{ContentHash, Files};
    use crate::door::{Packed, ReadAnswer, ReadAsk, Reader, decode, encode};
    use crate::study::plan::Aim;
    use crate::study::search::State;
    use crate::study::{Day, DeviceId, Entry, EntryId, EntryKind, Log, Rollover};

    use super::*;

    const SHEET: &str = "---
sheet: keys
title: Keys
domains: [SCS-C03/5]
topic: keys
---

### What is a key? <!-- q: q-key -->

> Bits.

> [!NOTE]
> So it is.
> Source: <https://docs.aws.amazon.com/kms/>

### What is a lock? <!-- q: q-lock -->

> Iron.

> [!NOTE]
> So it is.
> Source: <https://docs.aws.amazon.com/kms/>
";

    fn ask(reader: &Reader, ask: &ReadAsk) -> ReadAnswer {
        decode(&reader.answer(&encode(ask))).unwrap()
    }

    fn reader() -> Reader {
        let reader = Reader::default();
        let files = [
            ("SUMMARY.md", "- [Keys](keys.md)\n"),
            ("exams.toml", "[[exam]]\ncode = \"SCS-C03\"\n"),
            ("keys.md", SHEET),
        ];
        let files: Files = files
            .map(|(path, text)| (path.to_owned(), text.into()))
            .into();
        let decks = Packed::default();
        let ReadAnswer::Course { course, .. } = ask(&reader, &ReadAsk::Course { files, decks })
        else {
            panic!("a course is expected")
        };
        let course = block_on(course.open(async || {})).unwrap();
        assert_eq!(course.questions().count(), 2);
        reader
    }

    fn sought(query: Query, log: Option<Log>) -> Box<Sought> {
        Box::new(Sought {
            query,
            learned: log.map(|log| Learned {
                log: Packed::new(&log),
                ..Learned::default()
            }),
            at: Timestamp::from_millis(1),
            utc_offset: UtcOffset::UTC,
        })
    }

    fn suspended() -> Log {
        Log::from_iter([Entry {
            id: EntryId {
                device: DeviceId::from_random([7; 8]),
                counter: 1,
            },
            at: Timestamp::from_millis(0),
            utc_offset: UtcOffset::UTC,
            card: "q-lock".parse().unwrap(),
            content_hash: ContentHash::of("what it says"),
            kind: EntryKind::Suspend,
        }])
    }

    #[test]
    fn before_a_course_was_read_nothing_is_searched() {
        let answer = ask(
            &Reader::default(),
            &ReadAsk::Search(sought(Query::default(), None)),
        );
        assert!(matches!(answer, ReadAnswer::Refused { .. }));
    }

    #[test]
    fn the_log_that_was_told_counts_until_another_one_is_told() {
        let reader = reader();
        let query = Query {
            state: Some(State::Suspended),
            ..Query::default()
        };
        let total = |log| match ask(&reader, &ReadAsk::Search(sought(query.clone(), log))) {
            ReadAnswer::Found(results) => results.total,
            other => panic!("results are expected, not {other:?}"),
        };
        assert_eq!(total(None), 0);
        assert_eq!(total(Some(suspended())), 1);
        assert_eq!(total(None), 1);
        assert_eq!(total(Some(Log::default())), 0);
    }

    #[test]
    fn what_was_found_is_asked_but_for_what_is_suspended() {
        let found = ReadAsk::Cards(sought(Query::default(), Some(suspended())));
        let ReadAnswer::Cards(cards) = ask(&reader(), &found) else {
            panic!("cards are expected")
        };
        assert_eq!(cards, ["q-key".parse().unwrap()]);
    }

    #[test]
    fn what_is_suspended_is_asked_where_just_that_is_looked_for() {
        let query = Query {
            state: Some(State::Suspended),
            ..Query::default()
        };
        let log = suspended();
        let card = log.iter().next().map(|entry| entry.card.clone());
        let found = ReadAsk::Cards(sought(query, Some(log)));
        let ReadAnswer::Cards(cards) = ask(&reader(), &found) else {
            panic!("cards are expected")
        };
        assert_eq!(cards, [card.unwrap()]);
    }

    #[test]
    fn what_is_known_is_told_of_the_course_and_of_the_way_to_an_exam() {
        let known = |aim| {
            ReadAsk::Known(Box::new(Known {
                learned: Learned::default(),
                at: Timestamp::from_millis(1),
                utc_offset: UtcOffset::UTC,
                aim,
            }))
        };
        let ReadAnswer::Mastery(found) = ask(&reader(), &known(None)) else {
            panic!("the mastery is expected")
        };
        let [(path, mastery)] = &found[..] else {
            panic!("there is one sheet")
        };
        assert_eq!(
            (path.as_str(), mastery.cards, mastery.seen),
            ("keys.md", 2, 0)
        );

        let today = Day::of(
            Timestamp::from_millis(1),
            UtcOffset::UTC,
            Rollover::default(),
        );
        let aim = Aim::on("SCS-C03", "1970-02-01", today).unwrap();
        let ReadAnswer::Way(way) = ask(&reader(), &known(Some(aim))) else {
            panic!("the way is expected")
        };
        assert!(
            way.summary.starts_with(
                "2 of 2 cards were new when the day began. Today's part of them is 1;"
            ),
            "{}",
            way.summary
        );
    }
}
