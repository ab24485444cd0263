//! The lab that compares S3's encryption modes.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::door::LabKind;
use crate::labs::sse::{Cell, Column, KeyChoice, Method, Question, Step, Verdict, View};
use crate::ui::call::{call, calls};
use crate::ui::chip::chips;
use crate::ui::controls::{Button, Field};
use crate::ui::keys::{Shortcut, use_shortcuts};
use crate::ui::lab::{LabLink, lab_bar, use_lab};
use crate::ui::pages::heading;
use crate::ui::task::task;

/// One object put in six ways, side by side.
#[component]
pub fn SsePage() -> impl IntoView {
    let lab = use_lab(LabKind::Sse);
    let requests = Requests::new();
    use_shortcuts([
        Shortcut::new("p", "put the objects", move || lab.take(Step::Put)),
        Shortcut::new("u", "take the last step back", move || lab.undo()),
    ]);
    view! {
        {heading("S3 encryption modes")}
        <p class="lede">
            "The same object, put in six ways. Who made the key, who keeps it and what KMS was asked is read off the requests, the trail and the disk. Who can read it is found by trying."
        </p>
        {task(lab)}
        {lab_bar(lab)}
        {lab.bench(move || bench(lab, requests))}
    }
}

fn bench(lab: LabLink, requests: Requests) -> AnyView {
    view! {
        {inputs(lab)}
        {part(lab, move |view| actions(lab, view))}
        {part(lab, move |view| modes(view, requests))}
        {requests.dialog(lab)}
    }
    .into_any()
}

fn part(lab: LabLink, draw: impl Fn(&View) -> AnyView + Send + 'static) -> AnyView {
    lab.drawn(move |view| view.sse().map(&draw))
}

/// What is put, how often, and under which key.
fn inputs(lab: LabLink) -> AnyView {
    let text = lab.text(|view| view.sse().map(|view| view.text.clone()));
    let objects = lab.text(|view| view.sse().map(|view| view.objects.to_string()));
    let put = move |count: String| lab.take(Step::Objects(count.parse().unwrap_or(1)));
    view! {
        <div class="inputs">
            {Field::text("text", "Your text", 1000, text).write(move |text| lab.take(Step::Write(text)))}
            {Field::number("objects", "Objects in each way, 1 to 5", (1, 5), objects).write(put)}
            <fieldset>
                <legend>"KMS key"</legend>
                {key(lab, KeyChoice::CustomerManaged, "own-key", "one of the account's own")}
                {key(lab, KeyChoice::AwsManaged, "managed-key", "aws/s3, which AWS manages")}
            </fieldset>
        </div>
    }
    .into_any()
}

fn key(lab: LabLink, choice: KeyChoice, id: &'static str, words: &'static str) -> AnyView {
    let is_chosen = lab.is(move |view| view.sse().is_some_and(|view| view.key == choice));
    view! {
        <label for=id>
            <input id=id type="radio" name="key" prop:checked=move || is_chosen.get()
                on:change=move |_| lab.take(Step::Key(choice)) />
            " " {words}
        </label>
    }
    .into_any()
}

fn actions(lab: LabLink, view: &View) -> AnyView {
    let later = |label, step: Step| {
        Button::new(label)
            .enabled(!view.columns.is_empty())
            .press(move || lab.take(step.clone()))
    };
    view! {
        <div class="row">
            {Button::new("Put it in every way").primary().press(move || lab.take(Step::Put))}
            {later("Disable the KMS key", Step::Disable)}
            {later("Enable it", Step::Enable)}
            {later("Let an hour pass", Step::Wait)}
        </div>
        <p role="status">{view.said.clone()}</p>
        {view.call.as_ref().map(call)}
    }
    .into_any()
}

/// A column a way, a row a question.
fn modes(view: &View, requests: Requests) -> AnyView {
    let modes = view.columns.iter().map(|column| {
        let name = column.method.name();
        let answers = column
            .cells
            .iter()
            .map(|cell| answer(column, cell, requests));
        view! {
            <section aria-label=name>
                <h2>{name}</h2>
                <dl>{answers.collect_view()}</dl>
            </section>
        }
        .into_any()
    });
    view! { <div class="modes" role="group" aria-label="Encryption modes side by side" tabindex="0">{modes.collect_view()}</div> }.into_any()
}

fn answer(column: &Column, cell: &Cell, requests: Requests) -> AnyView {
    let verdict = cell.verdict.map(|verdict| {
        let (class, words) = match verdict {
            Verdict::Reads => ("right", "✓ Reads it"),
            Verdict::Cannot => ("wrong", "✕ Cannot read it"),
        };
        view! { <p class="verdict"><b class=class>{words}</b></p> }.into_any()
    });
    // A verdict says by itself that it reads; how it came to that stays.
    let lines = cell.lines.iter().filter(|line| *line != "reads it");
    let lines = lines.map(|line| view! { <p>{line.clone()}</p> }.into_any());
    view! {
        <div>
            <dt>{cell.question.words()}</dt>
            <dd>
                {verdict}
                {lines.collect_view()}
                {chips(&cell.chips)}
                {(!cell.calls.is_empty()).then(|| behind(column, cell, requests))}
            </dd>
        </div>
    }
    .into_any()
}

/// Opens the requests behind an answer.
fn behind(column: &Column, cell: &Cell, requests: Requests) -> AnyView {
    let place = (column.method, cell.question);
    let count = match cell.calls.len() {
        1 => "1 request".to_owned(),
        count => format!("{count} requests"),
    };
    let about = format!("{count} behind {}", title(place));
    Button::new(count)
        .plain(about)
        .press(move || requests.open(place))
}

/// Where an answer stands.
type Place = (Method, Question);

/// The dialog that shows the requests behind one answer.
#[derive(Clone, Copy)]
struct Requests {
    of: RwSignal<Option<Place>>,
    dialog: NodeRef<Dialog>,
}

impl Requests {
    fn new() -> Self {
        Self {
            of: RwSignal::new(None),
            dialog: NodeRef::new(),
        }
    }

    fn open(self, place: Place) {
        self.of.set(Some(place));
        if let Some(dialog) = self.dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    }

    fn dialog(self, lab: LabLink) -> AnyView {
        let shown = part(lab, move |view| match self.of.get() {
            Some(place) => requests(view, place),
            None => ().into_any(),
        });
        view! {
            <dialog class="wide" node_ref=self.dialog aria-labelledby="requests">
                {shown}
                <form method="dialog"><button class="primary">"Close"</button></form>
            </dialog>
        }
        .into_any()
    }
}

fn requests(view: &View, place: Place) -> AnyView {
    let (method, question) = place;
    let mut columns = view.columns.iter();
    let column = columns.find(|column| column.method == method);
    let cell = column.and_then(|column| {
        let mut cells = column.cells.iter();
        Some((column, cells.find(|cell| cell.question == question)?))
    });
    let sent = cell.map(|(column, cell)| {
        let places = cell.calls.iter();
        calls(places.filter_map(|&place| column.calls.get(place)))
    });
    view! { <h2 id="requests">{title(place)}</h2> {sent} }.into_any()
}

fn title((method, question): Place) -> String {
    format!("{}: {}", method.name(), question.words())
}
