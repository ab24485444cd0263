//! What the learner has come to a lab to do: asked for above the bench, and graded by what the lab has seen.

use gloo_storage::{SessionStorage, Storage as _};
use leptos::prelude::*;

use crate::base::{Location, Timestamp};
use crate::course::{Course, LabId, Question, QuestionKind};
use crate::study::Interval;
use crate::ui::browser::{now, site_name};
use crate::ui::controls::{Button, drawn};
use crate::ui::lab::{LabLink, News};
use crate::ui::library::Library;
use crate::ui::pages::comes_back;
use crate::ui::question::{Asked, explanation, words_below};
use crate::ui::study::Study;

/// How far a task is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Open,
    /// The lab has seen it done; and when it is to be done again, unless that was told on an earlier visit.
    Done(Option<Interval>),
    /// The learner wanted to be told.
    Told(Option<Interval>),
}

/// A task and how far it is. A copy is the same task.
#[derive(Clone, Copy, Debug)]
struct Task {
    lab: LabLink,
    study: Study,
    library: RwSignal<Library>,
    now: RwSignal<Option<(String, Stage)>>,
    since: StoredValue<Timestamp>,
}

/// The task that the address names, or that was open here before; nothing where there is none.
pub fn task(lab: LabLink) -> AnyView {
    let task = Task {
        lab,
        study: expect_context(),
        library: expect_context(),
        now: RwSignal::new(kept(lab)),
        since: StoredValue::new(now()),
    };
    task.begin_addressed();
    task.take_note();
    drawn(move || {
        let Library::Ready(loaded) = task.library.get() else {
            return ().into_any();
        };
        let shown = task.now.get().and_then(|(id, stage)| {
            let asked = asked(&loaded.course, &id)?;
            Some(view(task, &asked, &stage))
        });
        shown.into_any()
    })
}

impl Task {
    /// A reload finds the lab as it was left, so the address names the task no more.
    fn begin_addressed(self) {
        let location = expect_context::<Signal<Location>>();
        Effect::new(move || {
            let Location {
                route: Ok(route),
                task: Some(id),
                ..
            } = location.get()
            else {
                return;
            };
            self.since.set_value(now());
            self.lab.news.set(Vec::new());
            self.put(Some((id, Stage::Open)));
            let history = window().history();
            let here = route.to_string();
            let _ =
                history.map(|history| history.replace_state_with_url(&"".into(), "", Some(&here)));
        });
    }

    /// Grades the task when the lab has seen it done.
    fn take_note(self) {
        Effect::new(move || {
            let is_ready = matches!(&*self.library.read(), Library::Ready(_))
                && self.study.progress.with(Option::is_some);
            let is_done = |id: &str| {
                let is_it = |news: &News| matches!(news, News::Done(done) if done.as_str() == id);
                self.lab.news.with(|news| news.iter().any(is_it))
            };
            let open = self.now.get().filter(|(_, stage)| *stage == Stage::Open);
            let done = open.filter(|(id, _)| is_ready && is_done(id));
            if let Some((id, _)) = done {
                let interval = untrack(|| self.count(&id, true));
                self.put(Some((id, Stage::Done(interval))));
            }
        });
    }

    fn tell(self) {
        if let Some((id, _)) = self.now.get_untracked() {
            let interval = self.count(&id, false);
            self.put(Some((id, Stage::Told(interval))));
        }
    }

    fn count(self, id: &str, is_right: bool) -> Option<Interval> {
        let Library::Ready(loaded) = self.library.get_untracked() else {
            return None;
        };
        let question = question(&loaded.course, id)?;
        let card = question.cards().into_iter().next()?;
        let hash = question.content_hash.clone();
        self.study
            .count(card, hash, is_right, self.since.get_value())
    }

    fn put(self, task: Option<(String, Stage)>) {
        let name = kept_as(self.lab);
        match &task {
            Some((id, stage)) => {
                let word = match stage {
                    Stage::Open => "open",
                    Stage::Done(_) => "done",
                    Stage::Told(_) => "told",
                };
                // A full or missing storage only means that a reload forgets the task.
                let _ = SessionStorage::raw().set_item(&name, &format!("{word} {id}"));
            }
            None => SessionStorage::delete(&name),
        }
        self.now.set(task);
    }
}

fn view(task: Task, asked: &Asked, stage: &Stage) -> AnyView {
    let leave = move |label| Button::new(label).press(move || task.put(None));
    let back = |interval: Option<Interval>| {
        interval.map(|interval| format!(" It comes back {}.", comes_back(interval)))
    };
    let rest = match *stage {
        Stage::Open => view! {
            <p class="row">
                {Button::new("Tell me how").press(move || task.tell())}
                {leave("Not now")}
            </p>
        }
        .into_any(),
        Stage::Done(interval) => view! {
            <p role="status"><span class="right">"Done"</span> "." {back(interval)}</p>
            {explanation(asked)}
            <p>{leave("Close")}</p>
        }
        .into_any(),
        Stage::Told(interval) => view! {
            {explanation(asked)}
            <p role="status">"Do it now, while you know how." {back(interval)}</p>
            <p>{leave("Close")}</p>
        }
        .into_any(),
    };
    view! { <section aria-label="Your task">{words_below(asked)} {rest}</section> <hr /> }
        .into_any()
}

fn question<'a>(course: &'a Course, id: &str) -> Option<&'a Question> {
    let is_it = |lab: &LabId| lab.as_str() == id;
    let mut all = course.questions().map(|(_, question)| question);
    all.find(|question| matches!(&question.kind, QuestionKind::Lab { lab } if is_it(lab)))
}

fn asked(course: &Course, id: &str) -> Option<Asked> {
    let card = question(course, id)?.cards().into_iter().next()?;
    Asked::new(card, course, "")
}

fn kept(lab: LabLink) -> Option<(String, Stage)> {
    let kept = SessionStorage::raw().get_item(&kept_as(lab));
    let kept = kept.ok().flatten()?;
    let (word, id) = kept.split_once(' ')?;
    let stage = match word {
        "open" => Stage::Open,
        "done" => Stage::Done(None),
        _ => Stage::Told(None),
    };
    Some((id.to_owned(), stage))
}

fn kept_as(lab: LabLink) -> String {
    format!("{}task:{}", site_name(), lab.name())
}
