//! Exams as the browser's store keeps them.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::unsaved::RETRY;
use super::{Saving, Study};
use crate::study::exam::Run;
use crate::ui::browser::{Word, now};

/// What happened in exams and is not saved yet.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    runs: Vec<Run>,
    is_being_saved: bool,
}

impl Study {
    /// The exams, the last that was begun at the end, with what is only in this tab.
    pub async fn exams(self) -> Vec<Run> {
        let kept = match self.store().await {
            Ok(store) => store.exams().await,
            Err(error) => Err(error),
        };
        // Why there is no store was said when it was opened.
        let mut runs = kept.unwrap_or_default();
        self.inner.with_value(|inner| {
            for run in &inner.exams.runs {
                add(&mut runs, run);
            }
        });
        runs
    }

    /// Saves an exam with what happened in it since it was saved last. What cannot be saved is tried again.
    pub fn keep_exam(self, run: &Run) {
        self.saving.set(Saving::Running);
        let mut is_being_saved = true;
        self.inner.update_value(|inner| {
            add(&mut inner.exams.runs, run);
            is_being_saved = inner.exams.is_being_saved;
            inner.exams.is_being_saved = true;
        });
        if !is_being_saved {
            spawn_local(self.keep_exams());
        }
    }

    /// Throws an exam away for good.
    pub async fn throw_exam_away(self, name: String) {
        self.inner
            .update_value(|inner| inner.exams.runs.retain(|run| run.name() != name));
        let result = match self.store().await {
            Ok(store) => store.throw_exam_away(name, now()).await,
            Err(error) => Err(error),
        };
        match result {
            Ok(()) => self.tell(&Word::Kept),
            Err(error) => self.complain(format!("The exam is still there: {error}."), false),
        }
    }

    async fn keep_exams(self) {
        loop {
            let next = self
                .inner
                .with_value(|inner| inner.exams.runs.first().cloned());
            let Some(run) = next else { break };
            let result = match self.store().await {
                Ok(store) => store.keep_exam(run.clone()).await,
                Err(error) => Err(error),
            };
            if let Err(error) = result {
                self.saving
                    .set(Saving::Waiting(run.events.len(), error.to_string()));
                self.complain(
                    format!("The exam is not saved yet: {error}. It is kept in this tab and tried again, so leave the tab open."),
                    false,
                );
                set_timeout(move || spawn_local(self.keep_exams()), RETRY);
                return;
            }
            self.inner.update_value(|inner| inner.exams.saved(&run));
        }
        self.inner
            .update_value(|inner| inner.exams.is_being_saved = false);
        self.tell(&Word::Kept);
        self.show_saving(None);
    }
}

impl Waiting {
    /// What came since `run` was sent to be saved waits on.
    fn saved(&mut self, run: &Run) {
        for waiting in &mut self.runs {
            if waiting.name() == run.name() {
                waiting.events.retain(|event| !run.events.contains(event));
            }
        }
        self.runs
            .retain(|waiting| waiting.name() != run.name() || !waiting.events.is_empty());
    }
}

fn add(runs: &mut Vec<Run>, run: &Run) {
    match runs.iter_mut().find(|known| known.name() == run.name()) {
        Some(known) => known.merge(run),
        None => runs.push(run.clone()),
    }
}
