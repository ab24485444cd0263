//! The long job: flip every bit, one at a time.

use leptos::prelude::*;

use crate::door::{Answer, Ask};
use crate::labs::envelope::Envelope;
use crate::labs::{Finding, Job, Progress};
use crate::ui::browser::JobLink;
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
#[component]
pub fn EveryBit(lab: LabLink<Envelope>) -> impl IntoView {
    let work = RwSignal::new(Work::Idle);
    let job = StoredValue::new_local(None::<JobLink>);
    let start = move || {
        let Some(recording) = lab.recording() else {
            return;
        };
        work.set(Work::Running(Progress::default()));
        let link = JobLink::start(Ask::Run(Job::FlipEveryBit(recording)), move |answer| {
            let _ = work.try_set(match answer {
                Ok(Answer::Progress(progress)) => Work::Running(progress),
                Ok(Answer::Found(finding)) => Work::Done(finding),
                Ok(_) => Work::Failed("the engine answered something else".to_owned()),
                Err(why) => Work::Failed(why),
            });
        });
        match link {
            Ok(link) => job.set_value(Some(link)),
            Err(why) => work.set(Work::Failed(why)),
        }
    };
    let cancel = move |progress: Progress| {
        job.set_value(None);
        work.set(Work::Cancelled(progress));
    };
    let press = move |_| match work.get_untracked() {
        Work::Running(progress) => cancel(progress),
        _ => start(),
    };
    let label = move || {
        if matches!(work.get(), Work::Running(_)) {
            "Cancel"
        } else {
            "Flip every bit"
        }
    };
    let progress = move || match work.get() {
        Work::Running(Progress { done, total }) => Some(view! {
            <progress max=total.to_string() value=done.to_string() aria-label="Bits tried"></progress>
        }),
        _ => None,
    };
    view! {
        <h2>"And every other bit?"</h2>
        <p class="soft">"Flips each bit of everything stored, one after the other, and tries to read the text each time. It runs in a worker of its own, so the page stays free."</p>
        <p><button on:click=press>{label}</button></p>
        {progress}
        <p aria-live="polite">{move || say(&work.get())}</p>
    }
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
