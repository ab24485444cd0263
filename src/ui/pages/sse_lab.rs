//! The lab that compares S3's encryption modes.

use leptos::prelude::*;

use crate::labs::bench::Call;
use crate::labs::sse::{Cell, Column, KeyChoice, Method, Sse, Step, Verdict, View};
use crate::ui::call::CallView;
use crate::ui::chip::ChipView;
use crate::ui::keys::{Shortcut, use_shortcuts};
use crate::ui::lab::{LabBar, LabLink, use_lab};
use crate::ui::pages::Heading;

/// One object put in six ways, side by side.
#[component]
pub fn SsePage() -> impl IntoView {
    let lab = use_lab::<Sse>();
    let is_open = Memo::new(move |_| lab.view.with(Option::is_some));
    view! {
        <Heading text="S3 encryption modes" />
        <p class="lede">
            "The same object, put in six ways. Who made the key, who keeps it and what KMS was asked is read off the requests, the trail and the disk. Who can read it is found by trying."
        </p>
        <LabBar lab />
        <Show when=move || is_open.get()><Bench lab /></Show>
    }
}

#[component]
fn Bench(lab: LabLink<Sse>) -> impl IntoView {
    let view = lab.shown();
    let said = Memo::new(move |_| view.with(|view| view.said.clone()));
    let call = Memo::new(move |_| view.with(|view| view.call.clone()));
    let columns = Memo::new(move |_| view.with(|view| view.columns.clone()));
    let methods = move || {
        columns.with(|columns| -> Vec<Method> {
            let columns = columns.iter();
            columns.map(|column| column.method).collect()
        })
    };
    let nothing_is_put = move || columns.with(Vec::is_empty);
    use_shortcuts([
        Shortcut::new("p", "put the objects", move || lab.take(Step::Put)),
        Shortcut::new("u", "take the last step back", move || lab.undo()),
    ]);
    view! {
        <Inputs lab view />
        <div class="row">
            <button class="primary" on:click=move |_| lab.take(Step::Put)>"Put it in every way"</button>
            <button disabled=nothing_is_put on:click=move |_| lab.take(Step::Disable)>"Disable the KMS key"</button>
            <button disabled=nothing_is_put on:click=move |_| lab.take(Step::Enable)>"Enable it"</button>
            <button disabled=nothing_is_put on:click=move |_| lab.take(Step::Wait)>"Let an hour pass"</button>
        </div>
        <p role="status">{move || said.get()}</p>
        {move || call.get().map(|call| view! { <CallView call /> })}
        <div class="modes">
            <For each=methods key=|method| *method let:method><Mode method columns /></For>
        </div>
    }
}

/// What is put, how often, and under which key.
#[component]
fn Inputs(lab: LabLink<Sse>, view: Signal<View>) -> impl IntoView {
    let key = Memo::new(move |_| view.with(|view| view.key));
    let choice = move |choice: KeyChoice, id: &'static str, words: &'static str| {
        view! {
            <label for=id>
                <input id=id type="radio" name="key" prop:checked=move || key.get() == choice
                    on:change=move |_| lab.take(Step::Key(choice)) />
                " " {words}
            </label>
        }
    };
    view! {
        <div class="inputs">
            <p>
                <label for="text">"Your text"</label>
                <input id="text" maxlength="1000" prop:value=move || view.with(|view| view.text.clone())
                    on:change:target=move |event| lab.take(Step::Write(event.target().value())) />
            </p>
            <p>
                <label for="objects">"Objects in each way, 1 to 5"</label>
                <input id="objects" type="number" min="1" max="5" prop:value=move || view.with(|view| view.objects.to_string())
                    on:change:target=move |event| lab.take(Step::Objects(event.target().value().parse().unwrap_or(1))) />
            </p>
            <fieldset>
                <legend>"KMS key"</legend>
                {choice(KeyChoice::CustomerManaged, "own-key", "one of the account's own")}
                {choice(KeyChoice::AwsManaged, "managed-key", "aws/s3, which AWS manages")}
            </fieldset>
        </div>
    }
}

/// One way, and the answers to every question about it. It is drawn anew only where an answer changed.
#[component]
fn Mode(method: Method, columns: Memo<Vec<Column>>) -> impl IntoView {
    let column = Memo::new(move |_| {
        columns.with(|columns| {
            let mut columns = columns.iter();
            columns.find(|column| column.method == method).cloned()
        })
    });
    view! {
        <section aria-label=method.name()>
            <h2>{method.name()}</h2>
            <dl>{move || column.get().map(|column| answers(column, method.name()))}</dl>
        </section>
    }
}

fn answers(column: Column, name: &'static str) -> impl IntoView {
    let Column { cells, calls, .. } = column;
    let answers = cells.into_iter().map(|cell| {
        let places = cell.calls.iter();
        let calls: Vec<Call> = places
            .filter_map(|&place| calls.get(place).cloned())
            .collect();
        view! { <Answer cell calls name /> }
    });
    answers.collect_view()
}

#[component]
fn Answer(cell: Cell, calls: Vec<Call>, name: &'static str) -> impl IntoView {
    let question = cell.question.words();
    let verdict = cell.verdict.map(|verdict| match verdict {
        Verdict::Reads => view! { <p class="verdict"><b class="right">"✓ Reads it"</b></p> },
        Verdict::Cannot => view! { <p class="verdict"><b class="wrong">"✕ Cannot read it"</b></p> },
    });
    // A verdict says by itself that it reads; how it came to that stays.
    let lines = cell.lines.into_iter().filter(|line| line != "reads it");
    let lines = lines.map(|line| view! { <p>{line}</p> }).collect_view();
    let chips = cell.chips;
    view! {
        <div>
            <dt>{question}</dt>
            <dd>
                {verdict}
                {lines}
                {chips.into_iter().map(|chip| view! { <ChipView chip /> }).collect_view()}
                {(!calls.is_empty()).then(|| view! { <Behind calls about=format!("{name}, {question}") /> })}
            </dd>
        </div>
    }
}

/// The requests behind an answer, drawn when they are asked for.
#[component]
fn Behind(calls: Vec<Call>, about: String) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let count = match calls.len() {
        1 => "1 request".to_owned(),
        count => format!("{count} requests"),
    };
    let label = format!("{count} behind {about}");
    let calls = StoredValue::new(calls);
    let drawn = move || {
        let calls = calls.get_value().into_iter();
        calls.map(|call| view! { <CallView call /> }).collect_view()
    };
    view! {
        <details on:toggle:target=move |event| is_open.set(event.target().open())>
            <summary aria-label=label>{count}</summary>
            <Show when=move || is_open.get()>{drawn}</Show>
        </details>
    }
}
