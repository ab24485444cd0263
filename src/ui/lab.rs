//! What every lab's page does alike: open, take steps, undo, begin anew, share, and take up again after a crash.

use gloo_storage::{SessionStorage, Storage as _};
use leptos::prelude::*;

use crate::base::Location;
use crate::course::{LabId, ScenarioId};
use crate::door::{Answer, Ask, Beginning, LabAnswer, LabKind, Step, View};
use crate::labs::{Genesis, Kept};
use crate::ui::browser::{EngineLink, EngineState, copy, now, seed, site_name};
use crate::ui::controls::{Button, drawn, shown_while};

/// A lab behind the door, as its page sees it. A copy is the same lab.
#[derive(Clone, Copy, Debug)]
pub struct LabLink {
    kind: LabKind,
    engine: EngineLink,
    /// The lab as it stood last; nothing until the engine has first answered.
    now: RwSignal<Option<LabAnswer>>,
    /// What steps taken here have shown, and nobody has taken note of yet.
    pub news: RwSignal<Vec<News>>,
    /// Why the last ask came to nothing, in one sentence.
    trouble: RwSignal<Option<String>>,
    /// The life of the engine in which this lab is open.
    life: StoredValue<u32>,
}

/// How something is read off the bench.
pub type Read<T> = Box<dyn Fn(&View) -> T + Send + Sync>;

/// What a step has shown of the learner.
#[derive(Clone, Debug)]
pub enum News {
    /// A task is done.
    Done(LabId),
    /// A scenario was predicted as it was set out, rightly or not.
    Predicted(ScenarioId, bool),
}

/// Opens a lab: a new one for a task, the one of a shared link, else the one this tab had open, else a new one.
#[must_use]
pub fn use_lab(kind: LabKind) -> LabLink {
    let lab = LabLink {
        kind,
        engine: expect_context(),
        now: RwSignal::new(None),
        news: RwSignal::new(Vec::new()),
        trouble: RwSignal::new(None),
        life: StoredValue::new(0),
    };
    let location = expect_context::<Signal<Location>>();
    Effect::new(move || {
        let kept = || {
            SessionStorage::raw()
                .get_item(&lab.kept_as())
                .ok()
                .flatten()
        };
        let location = location.get();
        lab.open(match (location.task, location.play, kept()) {
            (None, Some(play), _) => Beginning::Shared(genesis(), play),
            (None, None, Some(kept)) => Beginning::Kept(Kept(kept)),
            _ => Beginning::New(genesis()),
        });
    });
    lab
}

impl LabLink {
    /// The bench, while the lab is open.
    pub fn bench(self, draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
        shown_while(self.is(|_| true), draw)
    }

    /// A part of the bench, drawn anew after every step.
    pub fn drawn(self, draw: impl Fn(&View) -> Option<AnyView> + Send + 'static) -> AnyView {
        drawn(move || self.see(|view| draw(view)).flatten().into_any())
    }

    /// A text on the bench, empty where there is none.
    pub fn text(
        self,
        read: impl Fn(&View) -> Option<String> + Send + Sync + 'static,
    ) -> Memo<String> {
        self.read(Box::new(move |view| read(view).unwrap_or_default()))
    }

    /// Whether something holds on the bench.
    pub fn is(self, read: impl Fn(&View) -> bool + Send + Sync + 'static) -> Memo<bool> {
        self.read(Box::new(read))
    }

    /// What there is to see, once there is something.
    pub fn see<T>(self, read: impl FnOnce(&View) -> T) -> Option<T> {
        self.now
            .with(|answer| answer.as_ref().map(|answer| read(&answer.view)))
    }

    /// Takes one step.
    pub fn take(self, step: impl Into<Step>) {
        self.go_on(Ask::Take(step.into()));
    }

    /// Takes the last step back.
    pub fn undo(self) {
        self.go_on(Ask::Undo(self.kind));
    }

    /// Begins anew, with new keys.
    pub fn reset(self) {
        self.trouble.set(None);
        self.open(Beginning::New(genesis()));
    }

    /// How the lab came to be, for a job that works on it.
    #[must_use]
    pub fn kept(self) -> Option<Kept> {
        self.now
            .with_untracked(|answer| answer.as_ref().map(|answer| answer.kept.clone()))
    }

    /// Something that is read off the bench; its default while there is none.
    pub fn read<T: Default + PartialEq + Send + Sync + 'static>(self, read: Read<T>) -> Memo<T> {
        Memo::new(move |_| self.see(&read).unwrap_or_default())
    }

    /// Where the lab stands, with what was done in it.
    fn link(self) -> String {
        let here = window().location().href().unwrap_or_default();
        let lab = here.split('?').next().unwrap_or_default();
        let play = self
            .now
            .with(|answer| answer.as_ref().map(|answer| answer.play.clone()));
        format!("{lab}?play={}", play.unwrap_or_default())
    }

    /// Its name in what the browser keeps.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.kind.name()
    }

    fn kept_as(self) -> String {
        format!("{}lab:{}", site_name(), self.name())
    }

    fn open(self, beginning: Beginning) {
        self.life.set_value(self.engine.life());
        let is_new = matches!(beginning, Beginning::New(_));
        self.engine
            .ask(Ask::Open(self.kind, beginning), move |answer| {
                let why = match answer {
                    Ok(Answer::Refused { why }) if !is_new => {
                        self.say(format!("This lab starts from the beginning: {why}."));
                        return self.open(Beginning::New(genesis()));
                    }
                    Ok(answer) => return self.hear(answer),
                    Err(why) => why,
                };
                SessionStorage::delete(self.kept_as());
                self.say(format!("The lab cannot be opened: {why}."));
            });
    }

    /// Asks the lab as it stands; an engine that was started anew meanwhile has it opened first.
    fn go_on(self, ask: Ask) {
        self.trouble.set(None);
        let is_open = self.engine.life() == self.life.get_value();
        if let Some(kept) = self.kept().filter(|_| !is_open) {
            self.open(Beginning::Kept(kept));
        }
        let is_step = matches!(ask, Ask::Take(_));
        self.engine.ask(ask, move |answer| match answer {
            Ok(answer) => {
                if let Answer::Lab(answer) = &answer
                    && is_step
                {
                    self.note_news(answer);
                }
                self.hear(answer);
            }
            Err(why) => self.recover(&why),
        });
    }

    /// What was done or predicted with this step, and not before it.
    fn note_news(self, after: &LabAnswer) {
        let known = self.now.try_with_untracked(|before| {
            let before = before.as_ref();
            let done = before.map(|before| before.done.clone());
            (done.unwrap_or_default(), before.and_then(predicted))
        });
        let Some((done, before)) = known else { return };
        let is_new = |task: &&LabId| !done.contains(task);
        let done = after.done.iter().filter(is_new).cloned().map(News::Done);
        let predicted = predicted(after).filter(|_| before.is_none());
        let predicted = predicted.map(|(scenario, is_right)| News::Predicted(scenario, is_right));
        let news: Vec<News> = done.chain(predicted).collect();
        if !news.is_empty() {
            self.news.update(|noted| noted.extend(news));
        }
    }

    fn hear(self, answer: Answer) {
        match answer {
            Answer::Lab(answer) => {
                // A full or missing session storage only means that a reload begins anew.
                let _ = SessionStorage::raw().set_item(&self.kept_as(), &answer.kept.0);
                let _ = self.now.try_set(Some(answer));
            }
            Answer::Refused { why } => {
                self.say(format!("The engine did not take this step: {why}."));
            }
            _ => self.say("The engine answered something else.".to_owned()),
        }
    }

    /// The engine died over a step: start another and take up the lab as it was before.
    fn recover(self, why: &str) {
        if self.now.is_disposed() {
            return;
        }
        if let Some(kept) = self.kept() {
            self.say(format!(
                "{why}. It was started again, and the last step was not taken."
            ));
            self.open(Beginning::Kept(kept));
        }
    }

    fn say(self, trouble: String) {
        let _ = self.trouble.try_set(Some(trouble));
    }
}

fn predicted(answer: &LabAnswer) -> Option<(ScenarioId, bool)> {
    let view = answer.view.policy()?;
    Some((view.scenario.clone()?, view.verdict?))
}

fn genesis() -> Genesis {
    Genesis {
        seed: seed(),
        at: now(),
    }
}

/// What every lab offers: undo, begin anew, share; and what went wrong, where something did.
pub fn lab_bar(lab: LabLink) -> AnyView {
    let is_shared = RwSignal::new(false);
    let share = move || {
        is_shared.set(true);
        copy(&untrack(|| lab.link()));
    };
    let buttons = move || {
        let can_undo = lab
            .now
            .with(|answer| answer.as_ref().is_some_and(|answer| answer.steps > 0));
        view! {
            {Button::new("Undo").enabled(can_undo).press(move || lab.undo())}
            {Button::new("Reset").press(move || lab.reset())}
            {Button::new("Share").press(share)}
        }
        .into_any()
    };
    let state = lab.engine.state();
    let waiting = move || match state.get() {
        _ if lab.now.with(Option::is_some) => ().into_any(),
        EngineState::Failed(why) => format!("The lab cannot run: {why}.").into_any(),
        _ => "Starting the simulated cloud…".into_any(),
    };
    let link = move || {
        is_shared.get().then(|| view! {
            "The link is copied. It holds the steps and never a key: whoever opens it takes them with keys of their own. "
            <a href=lab.link()>"The link itself"</a>
        }).into_any()
    };
    view! {
        <div class="row bar">{drawn(buttons)}</div>
        <p role="status" class="soft small">{drawn(waiting)}{drawn(link)}</p>
        <p role="alert" class="wrong">{drawn(move || lab.trouble.get().into_any())}</p>
    }
    .into_any()
}
