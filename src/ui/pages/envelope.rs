//! The envelope encryption lab.

mod break_it;
mod every_bit;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use leptos::prelude::*;

use crate::labs::bench::Chip;
use crate::labs::envelope::{ContextPair, Envelope, Outcome, Stage, Step, View};
use crate::ui::call::CallView;
use crate::ui::chip::ChipView;
use crate::ui::keys::{Shortcut, use_shortcuts};
use crate::ui::lab::{LabBar, LabLink, use_lab};
use crate::ui::pages::Heading;

/// The story's steps: what leads to which stage.
const STORY: [(Stage, Step, &str, &str); 7] = [
    (
        Stage::KeyCreated,
        Step::CreateKey,
        "Create a key",
        "Create a KMS key",
    ),
    (
        Stage::DataKeyHeld,
        Step::GenerateDataKey,
        "Ask for a data key",
        "Ask KMS for a data key",
    ),
    (
        Stage::Encrypted,
        Step::Encrypt,
        "Encrypt here",
        "Encrypt the text here",
    ),
    (
        Stage::Wiped,
        Step::Wipe,
        "Wipe the plain key",
        "Wipe the plain data key",
    ),
    (Stage::Stored, Step::Store, "Store", "Store it in S3"),
    (
        Stage::Unwrapped,
        Step::Unwrap,
        "Unwrap through KMS",
        "Unwrap the data key through KMS",
    ),
    (
        Stage::Decrypted,
        Step::Decrypt,
        "Decrypt here",
        "Decrypt the text here",
    ),
];

/// Seven steps, and ways to break them.
#[component]
pub fn EnvelopePage() -> impl IntoView {
    let lab = use_lab::<Envelope>();
    let is_open = Memo::new(move |_| lab.view.with(Option::is_some));
    view! {
        <Heading text="Envelope encryption" />
        <p class="lede">
            "A data key encrypts your text here; a KMS key encrypts the data key there. Take the steps one at a time, or break one and see what refuses."
        </p>
        <LabBar lab />
        <Show when=move || is_open.get()><Bench lab /></Show>
    }
}

#[component]
fn Bench(lab: LabLink<Envelope>) -> impl IntoView {
    let view = lab.shown();
    let stage = Memo::new(move |_| view.with(|view| view.stage));
    let next = move || STORY.into_iter().find(|(to, ..)| *to > stage.get());
    let go_on = move || match untrack(next) {
        Some((_, step, ..)) => lab.take(step),
        None => lab.reset(),
    };
    let label = move || next().map_or("Begin anew", |(.., label)| label);
    let can_break = Memo::new(move |_| view.with(|view| !view.breakable.is_empty()));
    let is_broken = Memo::new(move |_| view.with(|view| view.is_broken));
    let outcome = Memo::new(move |_| view.with(|view| view.outcome.clone()));
    let calls = Memo::new(move |_| view.with(|view| view.calls.clone()));
    use_shortcuts([
        Shortcut::new("ArrowRight", "the next step", go_on),
        Shortcut::new("u", "take the last step back", move || lab.undo()),
    ]);
    view! {
        <Story stage />
        <Inputs lab view />
        <div class="places">
            <Place name="Your browser" about="you hold" chips=Signal::derive(move || view.with(|view| view.browser.clone())) />
            <Place name="KMS, us-east-1" about="never leaves" chips=Signal::derive(move || view.with(|view| view.kms.clone())) />
            <Place name="S3" about="whoever reads the object has" chips=Signal::derive(move || view.with(|view| view.s3.clone())) />
        </div>
        <div class="row actions">
            <button class="primary" on:click=move |_| go_on()>{label}</button>
            <button disabled=move || !is_broken.get() on:click=move |_| lab.take(Step::PutBack)>"Put it back"</button>
            <span class="soft small hint">"or press " <kbd>"→"</kbd> " for the next step, " <kbd>"?"</kbd> " for all keys"</span>
        </div>
        <div class="split">
            <div aria-live="polite">{move || outcome.get().map(|outcome| view! { <OutcomeView outcome /> })}</div>
            <div>{move || calls.get().into_iter().map(|call| view! { <CallView call /> }).collect_view()}</div>
        </div>
        <Show when=move || can_break.get()>
            <break_it::BreakIt lab view />
            <every_bit::EveryBit lab />
        </Show>
    }
}

/// Where the story stands.
#[component]
fn Story(stage: Memo<Stage>) -> impl IntoView {
    let steps = STORY.into_iter().enumerate().map(|(number, (to, _, name, _))| {
        let is_done = move || to <= stage.get();
        let is_next = move || STORY.iter().find(|(to, ..)| *to > stage.get()).is_some_and(|(next, ..)| *next == to);
        view! {
            <li class:done=is_done aria-current=move || is_next().then_some("step")><b>{number + 1}</b><span>{name}</span></li>
        }
    });
    view! { <ol class="steps">{steps.collect_view()}</ol> }
}

/// What is encrypted, and under which context. The text is settled once it is encrypted; the context can still be changed,
/// to see what a wrong one does.
#[component]
fn Inputs(lab: LabLink<Envelope>, view: Signal<View>) -> impl IntoView {
    let is_settled = Memo::new(move |_| view.with(|view| view.stage >= Stage::Encrypted));
    let context = Memo::new(move |_| view.with(|view| view.context.clone()));
    let set_value = move |value: String| {
        let name = context.get_untracked().name;
        lab.take(Step::Context(ContextPair { name, value }));
    };
    let set_name = move |name: String| {
        let value = context.get_untracked().value;
        lab.take(Step::Context(ContextPair { name, value }));
    };
    view! {
        <div class="inputs">
            <p>
                <label for="text">"Your text"</label>
                <input id="text" maxlength="4096" prop:value=move || view.with(|view| view.text.clone()) readonly=move || is_settled.get()
                    on:change:target=move |event| lab.take(Step::Write(event.target().value())) />
            </p>
            <p>
                <label for="context-name">"Encryption context: name"</label>
                <input id="context-name" maxlength="128" prop:value=move || context.get().name on:change:target=move |event| set_name(event.target().value()) />
            </p>
            <p>
                <label for="context-value">"and value"</label>
                <input id="context-value" maxlength="256" prop:value=move || context.get().value on:change:target=move |event| set_value(event.target().value()) />
            </p>
        </div>
    }
}

#[component]
fn Place(name: &'static str, about: &'static str, chips: Signal<Vec<Chip>>) -> impl IntoView {
    view! {
        <section aria-label=name>
            <h2>{name}</h2>
            <p>{about}</p>
            <For each=move || chips.get() key=identity let:chip><ChipView chip /></For>
        </section>
    }
}

/// A chip that stays the same stays in place; one that changed arrives anew.
fn identity(chip: &Chip) -> u64 {
    let mut hasher = DefaultHasher::new();
    chip.hash(&mut hasher);
    hasher.finish()
}

#[component]
fn OutcomeView(outcome: Outcome) -> impl IntoView {
    let class = if outcome.is_refusal { "wrong" } else { "right" };
    view! { <p><span class=class>{outcome.head}</span> " " {outcome.body}</p> }
}
