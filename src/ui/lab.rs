//! What every lab's page does alike: open, take steps, undo, begin anew, share, and take up again after a crash.

use gloo_storage::{SessionStorage, Storage as _};
use leptos::prelude::*;

use crate::door::{LabAsk, Room};
use crate::labs::{Genesis, Recording};
use crate::ui::browser::{EngineLink, EngineState, now, seed, share, site_name};
use crate::ui::route::Location;

/// A lab behind the door, as its page sees it. A copy is the same lab.
pub struct LabLink<L: Room> {
    engine: EngineLink,
    /// What there is to see; nothing until the engine has first answered.
    pub view: RwSignal<Option<L::View>>,
    /// Why the last ask came to nothing, in one sentence.
    pub trouble: RwSignal<Option<String>>,
    recording: RwSignal<Option<Recording<L::Step>>>,
    /// The life of the engine in which this lab is open.
    life: StoredValue<u32>,
}

impl<L: Room> Clone for LabLink<L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<L: Room> Copy for LabLink<L> {}

impl<L: Room> std::fmt::Debug for LabLink<L> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct(L::NAME).finish_non_exhaustive()
    }
}

/// Opens a lab: the one of a shared link, else the one this tab had open, else a new one.
#[must_use]
pub fn use_lab<L: Room + 'static>() -> LabLink<L> {
    let lab = LabLink::<L> {
        engine: expect_context(),
        view: RwSignal::new(None),
        trouble: RwSignal::new(None),
        recording: RwSignal::new(None),
        life: StoredValue::new(0),
    };
    let location = expect_context::<Signal<Location>>();
    Effect::new(move || match location.get().play {
        Some(play) => match share::decode(&play) {
            Some(steps) => lab.open(steps),
            None => {
                lab.trouble.set(Some(
                    "This link is damaged, so the lab starts from the beginning.".to_owned(),
                ));
                lab.open(Vec::new());
            }
        },
        None => match SessionStorage::get::<Recording<L::Step>>(kept_as::<L>()) {
            Ok(recording) => lab.ask(LabAsk::Open(recording)),
            Err(_) => lab.open(Vec::new()),
        },
    });
    lab
}

impl<L: Room + 'static> LabLink<L> {
    /// What there is to see, for views that stand only while there is something.
    #[must_use]
    pub fn shown(self) -> Signal<L::View> {
        Signal::derive(move || {
            self.view
                .get()
                .expect("a bench stands only while its lab is open")
        })
    }

    /// Takes one step.
    pub fn take(self, step: L::Step) {
        self.go_on(LabAsk::Take(step));
    }

    /// Takes the last step back.
    pub fn undo(self) {
        self.go_on(LabAsk::Undo);
    }

    /// Begins anew, with new keys.
    pub fn reset(self) {
        self.trouble.set(None);
        self.open(Vec::new());
    }

    /// Whether there is a step to take back.
    #[must_use]
    pub fn can_undo(self) -> bool {
        self.recording.with(|recording| {
            recording
                .as_ref()
                .is_some_and(|recording| !recording.steps.is_empty())
        })
    }

    /// How the lab came to be, for a job that works on it.
    #[must_use]
    pub fn recording(self) -> Option<Recording<L::Step>> {
        self.recording.get_untracked()
    }

    /// The steps of this lab as they stand behind `?play=` in a link.
    #[must_use]
    pub fn play(self) -> String {
        self.recording.with(|recording| {
            share::encode(recording.as_ref().map_or(&[], |recording| &recording.steps))
        })
    }

    /// Where the lab stands, without what was done in it.
    fn address(self) -> String {
        let here = window().location().href().unwrap_or_default();
        here.split('?').next().unwrap_or_default().to_owned()
    }

    fn open(self, steps: Vec<L::Step>) {
        let genesis = Genesis {
            seed: seed(),
            at: now(),
        };
        self.ask(LabAsk::Open(Recording { genesis, steps }));
    }

    /// Asks the lab as it stands; an engine that was started anew meanwhile has it opened first.
    fn go_on(self, ask: LabAsk<L::Step>) {
        self.trouble.set(None);
        let is_open = self.engine.life() == self.life.get_value();
        if let Some(recording) = self.recording().filter(|_| !is_open) {
            self.ask(LabAsk::Open(recording));
        }
        self.ask(ask);
    }

    fn ask(self, ask: LabAsk<L::Step>) {
        let is_opening = matches!(ask, LabAsk::Open(_));
        if is_opening {
            self.life.set_value(self.engine.life());
        }
        self.engine
            .ask(L::ask(ask), move |answer| match answer.map(L::answer) {
                Ok(Some(answer)) => {
                    // A full or missing session storage only means that a reload begins anew.
                    let _ = SessionStorage::set(kept_as::<L>(), &answer.recording);
                    let _ = self.recording.try_set(Some(answer.recording));
                    let _ = self.view.try_set(Some(answer.view));
                }
                Ok(None) => {
                    let _ = self
                        .trouble
                        .try_set(Some("The engine did not take this step.".to_owned()));
                }
                Err(why) if is_opening => {
                    SessionStorage::delete(kept_as::<L>());
                    let _ = self
                        .trouble
                        .try_set(Some(format!("The lab cannot be opened: {why}.")));
                }
                Err(why) => self.recover(&why),
            });
    }

    /// The engine died over a step: start another and take up the lab as it was before.
    fn recover(self, why: &str) {
        let Some(recording) = self.recording.try_get_untracked().flatten() else {
            return;
        };
        let _ = self.trouble.try_set(Some(format!(
            "{why}. It was started again, and the last step was not taken."
        )));
        self.ask(LabAsk::Open(recording));
    }
}

fn kept_as<L: Room>() -> String {
    format!("{}lab:{}", site_name(), L::NAME)
}

/// What every lab offers: undo, begin anew, share; and what went wrong, where something did.
#[component]
pub fn LabBar<L: Room + 'static>(lab: LabLink<L>) -> impl IntoView {
    let is_shared = RwSignal::new(false);
    let link = move || format!("{}?play={}", lab.address(), lab.play());
    let share = move |_| {
        is_shared.set(true);
        let _ = window().navigator().clipboard().write_text(&link());
    };
    let state = lab.engine.state();
    let waiting = move || {
        lab.view.with(Option::is_none).then(|| match state.get() {
            EngineState::Failed(why) => format!("The lab cannot run: {why}."),
            _ => "Starting the simulated cloud…".to_owned(),
        })
    };
    view! {
        <div class="row bar">
            <button disabled=move || !lab.can_undo() on:click=move |_| lab.undo()>"Undo"</button>
            <button on:click=move |_| lab.reset()>"Reset"</button>
            <button on:click=share>"Share"</button>
        </div>
        <p role="status" class="soft small">
            {waiting}
            {move || is_shared.get().then(|| view! {
                "The link is copied. It holds the steps and never a key: whoever opens it takes them with keys of their own. "
                <a href=link>"The link itself"</a>
            })}
        </p>
        <p role="alert" class="wrong">{move || lab.trouble.get()}</p>
    }
}
