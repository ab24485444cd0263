//! Full-text search over all questions, with filters.
//!
//! Letter case and accents do not matter, a word is found by its beginning, and a name such as `GenerateDataKey` also by
//! its parts. Where no question has all words, those with the most of them are found.

mod filter;
mod fold;
mod text;

pub use filter::{Choices, DomainName, Kind, LATELY, State};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::progress::Progress;
use crate::course::{Course, Question, QuestionId, Sheet, SheetId};
use fold::words;
use text::{Field, fields};

/// What is looked for. Each filter that is given must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The words; where there are none, every question that the filters leave.
    pub words: String,
    /// Only of this sheet.
    pub sheet: Option<SheetId>,
    /// Only of this topic.
    pub topic: Option<String>,
    /// Only with this tag, the question's own or its sheet's.
    pub tag: Option<String>,
    /// Only of this domain of an exam.
    pub domain: Option<DomainName>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only with a card in this state.
    pub state: Option<State>,
    /// How many of the results to leave out at the beginning.
    pub skip: usize,
    /// How many to give at most.
    pub most: usize,
}

impl Default for Query {
    /// The first fifty questions of the course.
    fn default() -> Self {
        Self {
            words: String::new(),
            sheet: None,
            topic: None,
            tag: None,
            domain: None,
            kind: None,
            state: None,
            skip: 0,
            most: 50,
        }
    }
}

impl Query {
    /// How many filters are given.
    #[must_use]
    pub fn filters(&self) -> usize {
        let given = [
            self.sheet.is_some(),
            self.topic.is_some(),
            self.tag.is_some(),
            self.domain.is_some(),
            self.kind.is_some(),
            self.state.is_some(),
        ];
        given.into_iter().filter(|is_given| *is_given).count()
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// How many questions in all.
    pub total: usize,
    /// Those asked for, the best first; in the order of the course where no words were given.
    pub hits: Vec<Hit>,
}

/// A question that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Which question.
    pub question: QuestionId,
    /// The sheet that it stands in.
    pub sheet: SheetId,
    /// The title of the sheet.
    pub title: String,
    /// How it is answered.
    pub kind: Kind,
    /// The question itself.
    pub stem: Vec<Piece>,
    /// Where else the words were found; empty where they stand in the question itself.
    pub excerpt: Vec<Piece>,
    /// The states that its cards are in.
    pub states: Vec<State>,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they were looked for.
    pub found: bool,
}

/// The words of a course, and where they stand.
#[derive(Clone, Debug, Default)]
pub struct Index {
    questions: Vec<QuestionId>,
    /// For each word the questions that have it, with its weight there.
    terms: BTreeMap<String, Vec<(u32, f32)>>,
}

impl Index {
    /// The words of a course.
    #[must_use]
    pub fn of(course: &Course) -> Self {
        let mut index = Self::default();
        for (sheet, question) in course.questions() {
            let number = index.questions.len() as u32;
            index.questions.push(question.id.clone());
            for (field, text) in fields(sheet, question) {
                for word in words(&text) {
                    index.note(word.folded, number, field.weight());
                }
            }
        }
        index
    }

    fn note(&mut self, term: String, question: u32, weight: f32) {
        let places = self.terms.entry(term).or_default();
        match places.last_mut() {
            Some((last, sum)) if *last == question => *sum += weight,
            _ => places.push((question, weight)),
        }
    }

    /// What a query finds `today` in the course that the index was made of.
    #[must_use]
    pub fn search(
        &self,
        course: &Course,
        progress: &Progress,
        today: Day,
        query: &Query,
    ) -> Results {
        let wanted = self.wanted(&query.words);
        let kept = self.kept(course, progress, today, query, &wanted);
        let hits = kept.iter().skip(query.skip).take(query.most);
        Results {
            total: kept.len(),
            hits: hits
                .map(|(sheet, question)| Hit::new(sheet, question, progress, today, &wanted))
                .collect(),
        }
    }

    /// Every question that a query finds `today`, the best first, whatever part of them it asks for.
    #[must_use]
    pub fn questions(
        &self,
        course: &Course,
        progress: &Progress,
        today: Day,
        query: &Query,
    ) -> Vec<QuestionId> {
        let wanted = self.wanted(&query.words);
        let kept = self.kept(course, progress, today, query, &wanted);
        let ids = kept.into_iter().map(|(_, question)| question.id.clone());
        ids.collect()
    }

    fn kept<'a>(
        &self,
        course: &'a Course,
        progress: &Progress,
        today: Day,
        query: &Query,
        wanted: &[String],
    ) -> Vec<(&'a Sheet, &'a Question)> {
        let found = self.ranked(wanted).into_iter();
        let found = found.filter_map(|number| course.question(&self.questions[number]));
        found
            .filter(|(sheet, question)| query.keeps(sheet, question, progress, today))
            .collect()
    }

    /// The words to look for. A name that the course does not have is looked for by its parts.
    fn wanted(&self, text: &str) -> Vec<String> {
        let mut wanted: Vec<String> = Vec::new();
        let mut add = |term: String| {
            if !wanted.contains(&term) {
                wanted.push(term);
            }
        };
        let mut words = words(text).into_iter().peekable();
        while let Some(whole) = words.next() {
            let mut parts = Vec::new();
            while let Some(part) = words.next_if(|part| part.is_part) {
                parts.push(part.folded);
            }
            if parts.is_empty() || self.starting(&whole.folded).next().is_some() {
                add(whole.folded);
            } else {
                parts.into_iter().for_each(&mut add);
            }
        }
        wanted
    }

    /// The terms that begin with `start`.
    fn starting(&self, start: &str) -> impl Iterator<Item = (&String, &Vec<(u32, f32)>)> {
        let from = self.terms.range(start.to_owned()..);
        from.take_while(move |(term, _)| term.starts_with(start))
    }

    /// The questions that have the most of these words, the best first.
    fn ranked(&self, wanted: &[String]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.questions.len()).collect();
        if wanted.is_empty() {
            return order;
        }
        // How many of the words a question has, and how well they fit.
        let mut scores = vec![(0_u32, 0.0_f32); self.questions.len()];
        for start in wanted {
            let mut best = vec![0.0_f32; self.questions.len()];
            for (term, places) in self.starting(start) {
                let rarity = (1.0 + self.questions.len() as f32 / places.len() as f32).ln();
                let fit = if term == start { 1.0 } else { 0.6 };
                for &(question, weight) in places {
                    let often = weight / (weight + 4.0);
                    let best = &mut best[question as usize];
                    *best = best.max(often * rarity * fit);
                }
            }
            for ((count, score), best) in scores.iter_mut().zip(best) {
                *count += u32::from(best > 0.0);
                *score += best;
            }
        }
        let most = scores.iter().map(|(count, _)| *count).max().unwrap_or(0);
        order.retain(|&question| most > 0 && scores[question].0 == most);
        // Stable, so that equals keep the order of the course.
        order.sort_by(|&one, &other| scores[other].1.total_cmp(&scores[one].1));
        order
    }
}

impl Hit {
    fn new(
        sheet: &Sheet,
        question: &Question,
        progress: &Progress,
        today: Day,
        wanted: &[String],
    ) -> Self {
        let texts = fields(sheet, question);
        let stem = texts.iter().find(|(field, _)| *field == Field::Stem);
        let stem = stem.map_or("", |(_, text)| text);
        let stem = text::marked(stem, wanted);
        let is_found = |pieces: &[Piece]| pieces.iter().any(|piece| piece.found);
        let excerpt = if wanted.is_empty() || is_found(&stem) {
            Vec::new()
        } else {
            let others = texts.iter().filter(|(field, _)| *field != Field::Stem);
            let excerpts = others.map(|(_, text)| text::excerpt(text, wanted));
            excerpts
                .into_iter()
                .find(|pieces| is_found(pieces))
                .unwrap_or_default()
        };
        Self {
            question: question.id.clone(),
            sheet: sheet.id.clone(),
            title: sheet.about.title.clone(),
            kind: Kind::of(question),
            stem,
            excerpt,
            states: State::of(question, progress, today),
        }
    }
}
