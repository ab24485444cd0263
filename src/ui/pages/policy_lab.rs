//! The policy lab.

mod form;
mod prediction;
mod scenario;
mod trace;

use leptos::prelude::*;

use crate::door::LabKind;
use crate::labs::policy::{Answer, Comparison, Row, Step, View};
use crate::policy::Decision;
use crate::ui::controls::Button;
use crate::ui::keys::{Shortcut, use_shortcuts};
use crate::ui::lab::{LabLink, lab_bar, use_lab};
use crate::ui::pages::heading;
use crate::ui::text::sentence;

/// Policies and a request in; the decision and the way to it out.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let lab = use_lab(LabKind::Policy);
    use_shortcuts([Shortcut::new("u", "take the last change back", move || {
        lab.undo();
    })]);
    view! {
        {heading("Policy evaluation")}
        <p class="lede">
            "Policies and a request in; the decision out, with the clause that made it. Take a case and predict it, or write your own: the answer follows when you leave a field or press Ctrl and Enter in it."
        </p>
        {lab_bar(lab)}
        {lab.bench(move || bench(lab))}
    }
}

fn bench(lab: LabLink) -> AnyView {
    view! {
        {scenario::picker(lab)}
        {form::form(lab)}
        <h2>"The decision"</h2>
        <div aria-live="polite">{part(lab, decision)}</div>
        {prediction::ask(lab)}
        {part(lab, move |view| view.answer.as_ref().map(|answer| reasons(lab, answer)).into_any())}
        {scenario::note(lab)}
    }
    .into_any()
}

fn part(lab: LabLink, draw: impl Fn(&View) -> AnyView + Send + 'static) -> AnyView {
    lab.drawn(move |view| view.policy().map(&draw))
}

fn decision(view: &View) -> AnyView {
    let Some(answer) = &view.answer else {
        let waiting = if view.is_readable {
            "Hidden, until you have predicted it."
        } else {
            "Nothing is decided while a text cannot be read. What is wrong stands beneath it."
        };
        return view! { <p class="soft">{waiting}</p> }.into_any();
    };
    let class = if answer.decision.is_allowed() {
        "right"
    } else {
        "wrong"
    };
    view! {
        <p><span class=class>{word(answer.decision)} "."</span> " " {answer.headline.clone()}</p>
        {view.graded.as_ref().map(prediction::graded)}
    }
    .into_any()
}

/// A decision in words.
fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed => "Allowed",
        Decision::ImplicitlyDenied => "Implicitly denied",
        Decision::ExplicitlyDenied => "Explicitly denied",
    }
}

fn reasons(lab: LabLink, answer: &Answer) -> AnyView {
    let other = if answer.decision.is_allowed() {
        "What would deny it"
    } else {
        "What would allow it"
    };
    view! {
        {trace::tree(lab, "The way through the layers", &answer.path)}
        {trace::tree(lab, other, &answer.edits)}
        {trace::tree(lab, "Who would get it wrong", &answer.misreadings)}
        {comparison(&answer.comparison)}
        <p class="row">
            {Button::new("Keep these policies to compare").press(move || lab.take(Step::KeepPolicies))}
            {Button::new("Keep this request to compare").press(move || lab.take(Step::KeepRequest))}
            {Button::new("Hide, and predict").press(move || lab.take(Step::Hide))}
        </p>
    }
    .into_any()
}

/// Versions side by side, once there is something to compare.
fn comparison(comparison: &Comparison) -> AnyView {
    let Comparison { versions, rows } = comparison;
    if versions.len() < 2 && rows.len() < 2 {
        return ().into_any();
    }
    let heads = versions
        .iter()
        .map(|version| view! { <th scope="col">{version.clone()}</th> }.into_any());
    view! {
        <h3>"Compared"</h3>
        <div class="scroll" tabindex="0" role="group" aria-label="Requests against versions of the policies">
            <table>
                <thead><tr><th scope="col">"Request"</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(row: &Row) -> AnyView {
    let cells = row.cells.iter().map(|cell| {
        let words = cell.verdict.map(|(decision, _)| word(decision));
        let class = cell.is_changed.then_some("changed");
        view! { <td class=class>{words.unwrap_or("cannot be read")} {cell.is_changed.then_some(", changed")}</td> }
            .into_any()
    });
    view! { <tr><th scope="row">{sentence(&row.request)}</th>{cells.collect_view()}</tr> }
        .into_any()
}
