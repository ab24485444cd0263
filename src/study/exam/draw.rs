//! A paper: which questions are asked.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::blueprint::{Blueprint, apportion, is_asked, is_of};
use super::run::Run;
use crate::course::{CardId, ContentHash, Course, QuestionId};
use crate::study::day::Day;
use crate::study::progress::Progress;
use crate::study::shuffle::shuffled;

/// How a mock differs from the exam, for practice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeOptions {
    /// How many questions; none means as many as the exam asks.
    pub questions: Option<u32>,
    /// How long.
    pub time: TimeLimit,
    /// Which questions.
    pub only: Only,
    /// When explanations are shown.
    pub explain: Explain,
}

/// How long an exam takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeLimit {
    /// As the exam, for fewer questions proportionally less; without a limit where no source states one.
    #[default]
    AsTheExam,
    /// So many minutes.
    Minutes(u32),
    /// As long as it takes.
    Untimed,
}

/// Which questions are drawn from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Only {
    /// All.
    #[default]
    All,
    /// Those that were neither answered in a review nor asked in an exam.
    Unseen,
    /// Those that were missed in the last exams: so many of them.
    MissedInLast(u32),
    /// Those that were missed, in a review or an exam, in the last days: so many of them, today among them.
    MissedLately(u32),
}

/// When explanations are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Explain {
    /// When the exam is over.
    #[default]
    AtTheEnd,
    /// After each answer, which then stays as it is.
    AfterEach,
}

/// A paper that was drawn: it stays the same whatever becomes of the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The exam's code.
    pub exam: String,
    /// Its title.
    pub title: String,
    /// What the order of options is drawn from, with the place of the question.
    pub seed: String,
    /// How long it may take, in minutes; none without limit.
    pub minutes: Option<u32>,
    /// When explanations are shown.
    pub explain: Explain,
    /// The questions in the order in which they are asked.
    pub items: Vec<Item>,
    /// The domains that are asked.
    pub domains: Vec<PaperDomain>,
    /// The names of the exam's domains that the course has no questions for: if any, this is a partial mock.
    pub missing: Vec<String>,
}

/// A question of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which.
    pub question: QuestionId,
    /// For which domain it was drawn.
    pub domain: u32,
    /// What it said.
    pub content_hash: ContentHash,
}

/// A domain of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperDomain {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// How many of the questions are drawn for it.
    pub questions: u32,
}

impl Paper {
    /// Draws a paper: as many questions for each domain as its weight asks for, none twice. It is shorter than asked for
    /// where there are not enough questions, and empty where there is none. `past` are the exams so far, the last at the end;
    /// no two exams may have one seed.
    #[must_use]
    pub fn draw(
        blueprint: &Blueprint,
        course: &Course,
        progress: &Progress,
        past: &[Run],
        options: &PracticeOptions,
        (seed, today): (&str, Day),
    ) -> Self {
        let allowed = allowed(course, progress, past, options.only, today);
        let pools: Vec<Vec<(&QuestionId, &ContentHash)>> = blueprint
            .domains
            .iter()
            .map(|domain| {
                let pool: Vec<_> = course
                    .questions()
                    .filter(|(sheet, question)| {
                        is_of(sheet, &blueprint.exam, domain.number)
                            && is_asked(question, &blueprint.items)
                            && allowed(&question.id)
                    })
                    .map(|(_, question)| (&question.id, &question.content_hash))
                    .collect();
                let order = shuffled(&format!("{seed} {}", domain.number), pool.len());
                order.into_iter().map(|place| pool[place]).collect()
            })
            .collect();
        let wanted = options.questions.unwrap_or(blueprint.questions);
        let items = fill(blueprint, &pools, wanted);
        let order = shuffled(seed, items.len());
        let items: Vec<Item> = order
            .into_iter()
            .map(|place| items[place].clone())
            .collect();
        let domains = blueprint.domains.iter().map(|domain| PaperDomain {
            number: domain.number,
            name: domain.name.clone(),
            questions: count(&items, domain.number),
        });
        Self {
            exam: blueprint.exam.clone(),
            title: blueprint.title.clone(),
            seed: seed.to_owned(),
            minutes: minutes(blueprint, options.time, items.len() as u32),
            explain: options.explain,
            domains: domains.filter(|domain| domain.questions > 0).collect(),
            missing: blueprint
                .missing()
                .into_iter()
                .map(|domain| domain.name.clone())
                .collect(),
            items,
        }
    }
}

fn count(items: &[Item], domain: u32) -> u32 {
    items.iter().filter(|item| item.domain == domain).count() as u32
}

/// A question of several domains is drawn once, so a domain may run dry: what it lacks goes to the others by weight.
fn fill(
    blueprint: &Blueprint,
    pools: &[Vec<(&QuestionId, &ContentHash)>],
    wanted: u32,
) -> Vec<Item> {
    let weights: Vec<u32> = blueprint
        .domains
        .iter()
        .map(|domain| domain.weight)
        .collect();
    let mut taken: HashSet<&QuestionId> = HashSet::new();
    let mut items: Vec<Item> = Vec::new();
    loop {
        let free: Vec<Vec<_>> = pools
            .iter()
            .map(|pool| {
                let mut free = pool.clone();
                free.retain(|(id, _)| !taken.contains(id));
                free
            })
            .collect();
        let caps: Vec<u32> = free.iter().map(|pool| pool.len() as u32).collect();
        let seats = apportion(wanted - items.len() as u32, &weights, &caps);
        if seats.iter().all(|&seats| seats == 0) {
            return items;
        }
        // Who has the least to spare draws first.
        let mut turns: Vec<usize> = (0..pools.len()).collect();
        turns.sort_by_key(|&place| caps[place] - seats[place]);
        for place in turns {
            let untaken = free[place].iter().filter(|(id, _)| !taken.contains(id));
            let drawn: Vec<_> = untaken.take(seats[place] as usize).copied().collect();
            for (id, content_hash) in drawn {
                taken.insert(id);
                items.push(Item {
                    question: id.clone(),
                    domain: blueprint.domains[place].number,
                    content_hash: content_hash.clone(),
                });
            }
        }
    }
}

fn minutes(blueprint: &Blueprint, time: TimeLimit, questions: u32) -> Option<u32> {
    match time {
        TimeLimit::Untimed => None,
        TimeLimit::Minutes(minutes) => Some(minutes),
        TimeLimit::AsTheExam => {
            let whole = blueprint.minutes?;
            Some((whole * questions).div_ceil(blueprint.questions.max(1)))
        }
    }
}

/// Which questions may be drawn.
fn allowed<'a>(
    course: &'a Course,
    progress: &'a Progress,
    past: &'a [Run],
    only: Only,
    today: Day,
) -> impl Fn(&QuestionId) -> bool + 'a {
    let last = match only {
        Only::MissedInLast(count) => past.len().saturating_sub(count as usize),
        _ => 0,
    };
    let named: HashSet<QuestionId> = past[last..]
        .iter()
        .flat_map(|run| match only {
            Only::MissedInLast(_) => run.missed(course),
            _ => run
                .paper
                .items
                .iter()
                .map(|item| item.question.clone())
                .collect(),
        })
        .collect();
    move |question| match only {
        Only::All => true,
        Only::MissedInLast(_) => named.contains(question),
        Only::MissedLately(days) => {
            let card = progress.card(&CardId::of(question));
            let missed = card.and_then(|card| card.last_missed);
            missed.is_some_and(|missed| today.since(missed) < days)
        }
        Only::Unseen => {
            let card = progress.card(&CardId::of(question));
            card.is_none_or(|card| card.due.is_none()) && !named.contains(question)
        }
    }
}
