//! In which state the cards are, and how well each topic is known.

use serde::{Deserialize, Serialize};

use super::MATURE;
use crate::course::{CardId, Course};
use crate::study::day::Day;
use crate::study::figure::{Figure, Row, Rows, Table, Tone, grouped, percent};
use crate::study::progress::Progress;
use crate::study::queue::is_askable;

/// What is asked about one topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name, as the sheets have it.
    pub name: String,
    /// The title of its first sheet.
    pub title: String,
    /// Its cards, in the order of the course.
    pub cards: Vec<CardId>,
}

impl Topic {
    /// The topics of a course in its order, with every card that a review asks.
    #[must_use]
    pub fn of_course(course: &Course) -> Vec<Self> {
        let mut topics: Vec<Self> = Vec::new();
        for (_, sheet) in course.sheets() {
            let asked = sheet.questions.iter().filter(|one| is_askable(one));
            let cards = asked.flat_map(|question| question.cards());
            let name = &sheet.about.topic;
            match topics.iter_mut().find(|topic| topic.name == *name) {
                Some(topic) => topic.cards.extend(cards),
                None => topics.push(Self {
                    name: name.clone(),
                    title: sheet.about.title.clone(),
                    cards: cards.collect(),
                }),
            }
        }
        topics
    }
}

/// How many cards are in which state; each is in one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct States {
    /// Never answered, or not since a reset.
    pub new: u32,
    /// Learned or learned again, in steps of minutes.
    pub learning: u32,
    /// Waiting for less than [`MATURE`] days.
    pub young: u32,
    /// Waiting for [`MATURE`] days or more.
    pub mature: u32,
    /// Not asked until they are unsuspended.
    pub suspended: u32,
}

impl States {
    pub(super) fn of<'a>(progress: &Progress, cards: impl Iterator<Item = &'a CardId>) -> Self {
        let mut states = Self::default();
        for name in cards {
            let card = progress.card(name);
            let state = match card {
                None => &mut states.new,
                Some(card) if card.suspended => &mut states.suspended,
                Some(card) if card.due.is_none() => &mut states.new,
                Some(card) => match card.waits() {
                    None => &mut states.learning,
                    Some(days) if days < MATURE => &mut states.young,
                    Some(_) => &mut states.mature,
                },
            };
            *state += 1;
        }
        states
    }

    /// How many cards are in which state.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let states = [
            ("New", self.new, Tone::Heat1),
            ("Learning", self.learning, Tone::Fourth),
            ("Young", self.young, Tone::First),
            ("Mature", self.mature, Tone::Second),
            ("Suspended", self.suspended, Tone::Third),
        ];
        let all: u32 = states.iter().map(|(_, cards, _)| cards).sum();
        let begun = all - self.new;
        let summary = match (all, begun) {
            (0, _) => "The course has no cards yet.".to_owned(),
            (_, 0) => format!("All of the {} cards are new.", grouped(all.into())),
            _ => format!(
                "Cards begun: {} of {}; waiting for {MATURE} days or more: {}.",
                grouped(begun.into()),
                grouped(all.into()),
                grouped(self.mature.into()),
            ),
        };
        let rows = states.iter().map(|&(name, cards, tone)| Row {
            label: name.to_owned(),
            value: grouped(cards.into()),
            parts: vec![(tone, cards.into())],
        });
        let rows = Rows {
            rows: rows.collect(),
            whole: all.into(),
            legend: Vec::new(),
        };
        let cells = states.map(|(name, cards, _)| [name.to_owned(), grouped(cards.into())]);
        let drawn = (all > 0).then_some(&rows as _);
        Figure::new(
            "Cards by state",
            summary,
            drawn,
            Table::new(["State", "Cards"], cells),
        )
    }
}

/// How well each topic is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Topics {
    /// In the order of the course.
    pub topics: Vec<Mastery>,
}

/// How well one topic is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mastery {
    /// The topic, as the sheets have it.
    pub name: String,
    /// The title of its first sheet.
    pub title: String,
    /// How many cards it has.
    pub cards: u32,
    /// How many of them were answered.
    pub seen: u32,
    /// How many of them are retrievable now: learned, and recall not fallen under [`Mastery::SLACK`] below the aim.
    pub retrievable: u32,
    /// The mean probability of recall of those that were answered; none where none was.
    pub recall: Option<f32>,
}

impl Mastery {
    /// How far below the aim recall may lie: on the day a card comes back it has just reached the aim.
    pub const SLACK: f32 = 0.05;

    fn of(progress: &Progress, topic: &Topic, today: Day) -> Self {
        let scheduler = progress.scheduler();
        let enough = scheduler.desired_retention - Self::SLACK;
        let (mut seen, mut retrievable, mut sum) = (0, 0, 0.0);
        for card in topic.cards.iter().filter_map(|card| progress.card(card)) {
            let Some(recall) = card.recall(&scheduler.model, today) else {
                continue;
            };
            seen += 1;
            sum += recall;
            retrievable += u32::from(card.waits().is_some() && recall >= enough);
        }
        Self {
            name: topic.name.clone(),
            title: topic.title.clone(),
            cards: topic.cards.len() as u32,
            seen,
            retrievable,
            recall: (seen > 0).then(|| sum / seen as f32),
        }
    }

    /// The share of its cards that are retrievable now, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f32 {
        self.retrievable as f32 / self.cards.max(1) as f32
    }
}

impl Topics {
    pub(super) fn of(progress: &Progress, topics: &[Topic], today: Day) -> Self {
        let topics = topics.iter();
        Self {
            topics: topics
                .map(|topic| Mastery::of(progress, topic, today))
                .collect(),
        }
    }

    /// How well each topic is known.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let begun: Vec<&Mastery> = self.topics.iter().filter(|topic| topic.seen > 0).collect();
        let weakest = begun
            .iter()
            .min_by(|one, other| one.share().total_cmp(&other.share()));
        let summary = match weakest {
            None => "No topic was begun yet.".to_owned(),
            Some(weakest) => format!(
                "Topics begun: {} of {}; least is retrievable in “{}”, {} of {} cards.",
                begun.len(),
                self.topics.len(),
                weakest.title,
                weakest.retrievable,
                weakest.cards,
            ),
        };
        let rows = self.topics.iter().map(|topic| {
            let of_all = |cards: u32| f64::from(cards) / f64::from(topic.cards.max(1));
            Row {
                label: topic.title.clone(),
                value: percent(topic.share().into()),
                parts: vec![
                    (Tone::First, of_all(topic.retrievable)),
                    (Tone::Third, of_all(topic.seen - topic.retrievable)),
                ],
            }
        });
        let rows = Rows {
            rows: rows.collect(),
            whole: 1.0,
            legend: vec![
                (Tone::First, "retrievable now"),
                (Tone::Third, "answered, fading"),
                (Tone::Quiet, "new"),
            ],
        };
        let cells = self.topics.iter().map(|topic| {
            [
                topic.title.clone(),
                grouped(topic.cards.into()),
                grouped(topic.seen.into()),
                grouped(topic.retrievable.into()),
                topic
                    .recall
                    .map_or_else(|| "–".to_owned(), |recall| percent(recall.into())),
            ]
        });
        let header = ["Topic", "Cards", "Answered", "Retrievable", "Mean recall"];
        let drawn = (!begun.is_empty()).then_some(&rows as _);
        Figure::new(
            "Mastery by topic",
            summary,
            drawn,
            Table::new(header, cells),
        )
    }
}
