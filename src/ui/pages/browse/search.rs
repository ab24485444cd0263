//! What goes on in a search: what is looked for, what was found, what is open, and what was done to it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::course::{CardId, ContentHash, QuestionId};
use crate::door::{ReadAnswer, ReadAsk};
use crate::study::search::{Choices, Query, Results};
use crate::study::{Entry, EntryKind};
use crate::ui::library::{CourseReader, UNEXPECTED};
use crate::ui::study::{Study, draft, undoing};

/// How many questions stand on the screen at once.
pub const A_PAGE: usize = 25;

/// One search. A copy is the same search.
#[derive(Clone, Copy, Debug)]
pub struct Search {
    pub study: Study,
    reader: CourseReader,
    /// What it can be narrowed down to; none until the reader has said it.
    pub choices: RwSignal<Option<Choices>>,
    pub query: RwSignal<Query>,
    /// What was found, or why nothing can be; none until the reader has said it.
    pub found: RwSignal<Option<Result<Results, String>>>,
    /// The question that is open.
    pub open: RwSignal<Option<QuestionId>>,
    /// What was done last, in words.
    pub said: RwSignal<&'static str>,
    /// The entries of what was done last.
    pub done: RwSignal<Vec<Entry>>,
}

impl Search {
    /// Looks for everything, and keeps up with what is looked for and known.
    pub fn begin(study: Study, reader: CourseReader) -> Self {
        let first = Query {
            most: A_PAGE,
            ..Query::default()
        };
        let search = Self {
            study,
            reader,
            choices: RwSignal::new(None),
            query: RwSignal::new(first),
            found: RwSignal::new(None),
            open: RwSignal::new(None),
            said: RwSignal::new(""),
            done: RwSignal::new(Vec::new()),
        };
        spawn_local(async move {
            if let Ok(ReadAnswer::Choices(choices)) = reader.ask(&ReadAsk::Choices).await {
                let _ = search.choices.try_set(Some(*choices));
            }
        });
        search.keep_up();
        search
    }

    /// Looks for something else, from the first page on.
    pub fn narrow(self, change: impl FnOnce(&mut Query)) {
        self.query.update(|query| {
            change(query);
            query.skip = 0;
        });
    }

    /// Opens a question, or closes it.
    pub fn turn(self, question: &QuestionId) {
        self.open.update(|open| {
            *open = (open.as_ref() != Some(question)).then(|| question.clone());
        });
    }

    fn keep_up(self) {
        // Counts the searches, because only what the last one finds is shown. The log only grows, so its length names it.
        let asked = StoredValue::new((0_u32, None));
        Effect::new(move || {
            let query = self.query.get();
            let Some(entries) = self.entries() else {
                return;
            };
            let (own, told) = asked.get_value();
            let own = own + 1;
            let known = Some((entries, self.study.options.get()));
            let is_known = told == known;
            asked.set_value((own, known));
            spawn_local(async move {
                let sought = self.study.sought(query, is_known).await;
                let found = match self.reader.ask(&ReadAsk::Search(sought)).await {
                    Ok(ReadAnswer::Found(results)) => Ok(*results),
                    Ok(_) => Err(UNEXPECTED.to_owned()),
                    Err(why) => Err(why),
                };
                if asked.try_get_value().is_some_and(|(last, _)| last == own) {
                    self.found.set(Some(found));
                }
            });
        });
    }

    fn entries(self) -> Option<usize> {
        self.study
            .progress
            .with(|progress| progress.as_ref().map(|progress| progress.log().len()))
    }

    /// Sits down to all that was found.
    pub fn review(self) {
        let query = self.query.get_untracked();
        self.study
            .sit_down(self.reader, query, move |why| self.tell(why));
    }

    /// Does the same to several cards of one question.
    pub fn act(
        self,
        cards: Vec<CardId>,
        content_hash: &ContentHash,
        kind: &EntryKind,
        said: &'static str,
    ) {
        self.tell(said);
        for card in cards {
            let draft = draft(card, content_hash.clone(), kind.clone());
            self.study.record(draft, move |entry| {
                let _ = self.done.try_update(|done| done.push(entry));
            });
        }
    }

    /// Takes back what was done last.
    pub fn take_back(self) {
        let done = self.done.get_untracked();
        self.tell("Taken back.");
        for entry in done {
            self.study.record(undoing(entry), |_| {});
        }
    }

    fn tell(self, said: &'static str) {
        self.done.set(Vec::new());
        self.said.set(said);
    }
}
