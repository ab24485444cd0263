//! The envelope encryption lab.

mod break_it;
mod every_bit;

use leptos::prelude::*;

use crate::door::LabKind;
use crate::labs::bench::Chip;
use crate::labs::envelope::{ContextPair, Stage, Step, View};
use crate::ui::call::calls;
use crate::ui::chip::chips;
use crate::ui::controls::{Button, Field, shown_while};
use crate::ui::keys::{Shortcut, cap, use_shortcuts};
use crate::ui::lab::{LabLink, lab_bar, use_lab};
use crate::ui::pages::heading;
use crate::ui::task::task;

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
    let lab = use_lab(LabKind::Envelope);
    use_shortcuts([
        Shortcut::new("ArrowRight", "the next step", move || go_on(lab)),
        Shortcut::new("u", "take the last step back", move || lab.undo()),
    ]);
    view! {
        {heading("Envelope encryption")}
        <p class="lede">
            "A data key encrypts your text here; a KMS key encrypts the data key there. Take the steps one at a time, or break one and see what refuses."
        </p>
        {task(lab)}
        {lab_bar(lab)}
        {lab.bench(move || bench(lab))}
    }
}

fn bench(lab: LabLink) -> AnyView {
    let can_break = lab.is(|view| {
        view.envelope()
            .is_some_and(|view| !view.breakable.is_empty())
    });
    let break_it = move || view! { {break_it::form(lab)} {every_bit::job(lab)} }.into_any();
    view! {
        {part(lab, story)}
        {inputs(lab)}
        {part(lab, places)}
        {part(lab, move |view| actions(lab, view))}
        <div class="split">
            <div aria-live="polite">{part(lab, outcome)}</div>
            <div>{part(lab, |view| calls(&view.calls))}</div>
        </div>
        {shown_while(can_break, break_it)}
    }
    .into_any()
}

fn part(lab: LabLink, draw: impl Fn(&View) -> AnyView + Send + 'static) -> AnyView {
    lab.drawn(move |view| view.envelope().map(&draw))
}

fn next(stage: Stage) -> Option<(Stage, Step, &'static str, &'static str)> {
    STORY.into_iter().find(|(to, ..)| *to > stage)
}

/// The next step, or a new story after the last.
fn go_on(lab: LabLink) {
    let stage = untrack(|| {
        lab.see(|view| view.envelope().map(|view| view.stage))
            .flatten()
    });
    match stage.map(next) {
        Some(Some((_, step, ..))) => lab.take(step),
        Some(None) => lab.reset(),
        None => {}
    }
}

/// Where the story stands.
fn story(view: &View) -> AnyView {
    let next = next(view.stage).map(|(to, ..)| to);
    let steps = STORY.into_iter().enumerate().map(|(number, (to, _, name, _))| {
        let class = (to <= view.stage).then_some("done");
        let current = (Some(to) == next).then_some("step");
        view! { <li class=class aria-current=current><b>{(number + 1).to_string()}</b><span>{name}</span></li> }.into_any()
    });
    view! { <ol class="steps">{steps.collect_view()}</ol> }.into_any()
}

/// What is encrypted, and under which context. The text is settled once it is encrypted; the context can still be changed,
/// to see what a wrong one does.
fn inputs(lab: LabLink) -> AnyView {
    let text = move |read: fn(&View) -> &str| {
        lab.text(move |view| view.envelope().map(|view| read(view).to_owned()))
    };
    let is_settled = lab.is(|view| {
        view.envelope()
            .is_some_and(|view| view.stage >= Stage::Encrypted)
    });
    let name = text(|view| &view.context.name);
    let value = text(|view| &view.context.value);
    let context = move |name, value| lab.take(Step::Context(ContextPair { name, value }));
    let fields = [
        Field::text("text", "Your text", 4096, text(|view| &view.text))
            .settled(is_settled)
            .write(move |text| lab.take(Step::Write(text))),
        Field::text("context-name", "Encryption context: name", 128, name)
            .write(move |name| context(name, value.get_untracked())),
        Field::text("context-value", "and value", 256, value)
            .write(move |value| context(name.get_untracked(), value)),
    ];
    view! { <div class="inputs">{fields.into_iter().collect_view()}</div> }.into_any()
}

/// What lies where.
fn places(view: &View) -> AnyView {
    view! {
        <div class="places">
            {place("Your browser", "you hold", &view.browser)}
            {place("KMS, us-east-1", "never leaves", &view.kms)}
            {place("S3", "whoever reads the object has", &view.s3)}
        </div>
    }
    .into_any()
}

fn place(name: &'static str, about: &'static str, held: &[Chip]) -> AnyView {
    view! {
        <section aria-label=name>
            <h2>{name}</h2>
            <p>{about}</p>
            {chips(held)}
        </section>
    }
    .into_any()
}

fn actions(lab: LabLink, view: &View) -> AnyView {
    let label = next(view.stage).map_or("Begin anew", |(.., label)| label);
    view! {
        <div class="row actions">
            {Button::new(label).primary().press(move || go_on(lab))}
            {Button::new("Put it back").enabled(view.is_broken).press(move || lab.take(Step::PutBack))}
            <span class="soft small hint">"or press " {cap("ArrowRight")} " for the next step, " {cap("?")} " for all keys"</span>
        </div>
    }
    .into_any()
}

fn outcome(view: &View) -> AnyView {
    let said = view.outcome.as_ref().map(|outcome| {
        let class = if outcome.is_refusal { "wrong" } else { "right" };
        view! { <p><span class=class>{outcome.head.clone()}</span> " " {outcome.body.clone()}</p> }
            .into_any()
    });
    said.into_any()
}
