//! The long job: flip every bit, one at a time.

use leptos::prelude::*;

use crate::door::{Answer, Ask};
use crate::labs::{Finding, Job, Progress};
use crate::ui::browser::JobLink;
use crate::ui::controls::{Button, drawn};
use crate::ui::lab::LabLink;

#[derive(Clone, PartialEq)]
enum Work {
    Idle,
    Running(Progress),
    Done(Finding),
    Cancelled(Progress),
    Failed(String),
}

/// Starts the job, shows how far it is, cancels it.
pub fn job(lab: LabLink) -> AnyView {
    let work = RwSignal::new(Work::Idle);
    let link = StoredValue::new_local(None::<JobLink>);
    let start = move || {
        let Some(kept) = lab.kept() else {
            return;
        };
        work.set(Work::Running(Progress::default()));
        let started = JobLink::start(Ask::Run(Job::FlipEveryBit(kept)), move |answer| {
            let _ = work.try_set(match answer {
                Ok(Answer::Progress(progress)) => Work::Running(progress),
                Ok(Answer::Found(finding)) => Work::Done(finding),
                Ok(Answer::Refused { why }) | Err(why) => Work::Failed(why),
                Ok(_) => Work::Failed("the engine answered something else".to_owned()),
            });
        });
        match started {
            Ok(started) => link.set_value(Some(started)),
            Err(why) => work.set(Work::Failed(why)),
        }
    };
    let press = move || match work.get_untracked() {
        Work::Running(progress) => {
            link.set_value(None);
            work.set(Work::Cancelled(progress));
        }
        _ => start(),
    };
    view! {
        <h2>"And every other bit?"</h2>
        <p class="soft">"Flips each bit of everything stored, one after the other, and tries to read the text each time. It runs in a worker of its own, so the page stays free."</p>
        {drawn(move || controls(&work.read(), press))}
        <p aria-live="polite">{drawn(move || say(&work.read()).into_any())}</p>
    }
    .into_any()
}

fn controls(work: &Work, press: impl Fn() + 'static) -> AnyView {
    let (label, progress) = match work {
        Work::Running(Progress { done, total }) => (
            "Cancel",
            Some(view! {
                <progress max=total.to_string() value=done.to_string() aria-label="Bits tried"></progress>
            }.into_any()),
        ),
        _ => ("Flip every bit", None),
    };
    view! { <p>{Button::new(label).press(press)}</p> {progress} }.into_any()
}

fn say(work: &Work) -> String {
    match work {
        Work::Idle => String::new(),
        Work::Running(_) => "Running.".to_owned(),
        Work::Cancelled(Progress { done, total }) => {
            format!("Cancelled after {done} of {total} bits.")
        }
        Work::Failed(why) => format!("The job came to nothing: {why}."),
        Work::Done(Finding::EveryBit {
            tried,
            refused_by_kms,
            refused_here,
            read,
        }) => format!(
            "{tried} bits flipped. KMS refused {refused_by_kms}, your own AES-GCM refused {refused_here}, and {read} let the text be read."
        ),
    }
}
