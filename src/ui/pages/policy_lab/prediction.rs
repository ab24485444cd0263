//! A verdict and a reason, before the decision is shown.

use leptos::prelude::*;

use super::word;
use crate::labs::policy::{Graded, Prediction, Step};
use crate::policy::{DecidedBy, Decision};
use crate::ui::controls::{Button, drawn, select, shown_while};
use crate::ui::lab::LabLink;

const DECISIONS: [Decision; 3] = [
    Decision::Allowed,
    Decision::ImplicitlyDenied,
    Decision::ExplicitlyDenied,
];

const LAYERS: [(DecidedBy, &str); 9] = [
    (DecidedBy::Identity, "the identity policies"),
    (DecidedBy::Resource, "the resource's own policy"),
    (DecidedBy::Boundary, "the permissions boundary"),
    (DecidedBy::Session, "the session policy"),
    (DecidedBy::Scp, "a service control policy"),
    (DecidedBy::Rcp, "a resource control policy"),
    (DecidedBy::Endpoint, "the VPC endpoint's policy"),
    (DecidedBy::Grant, "a KMS grant"),
    (DecidedBy::Default, "the default: nobody grants it"),
];

/// Asks for a prediction while the decision is hidden.
pub fn ask(lab: LabLink) -> AnyView {
    let is_hidden = lab.is(|view| {
        view.policy()
            .is_some_and(|view| view.is_readable && view.answer.is_none())
    });
    shown_while(is_hidden, move || choices(lab))
}

fn choices(lab: LabLink) -> AnyView {
    let decision = RwSignal::new(None::<usize>);
    let layer = RwSignal::new(None::<usize>);
    let show = move || {
        let chosen = decision.get().zip(layer.get());
        let predict = move || {
            if let Some((decision, layer)) = chosen {
                lab.take(Step::Predict(Prediction {
                    decision: DECISIONS[decision],
                    decided_by: LAYERS[layer].0,
                }));
            }
        };
        Button::new("Show what happens")
            .primary()
            .enabled(chosen.is_some())
            .press(predict)
    };
    view! {
        <div class="inputs">
            {choice("verdict", "What will come of it?", decision, &DECISIONS.map(word))}
            {choice("reason", "What decides it?", layer, &LAYERS.map(|(_, words)| words))}
        </div>
        <p>{drawn(show)}</p>
    }
    .into_any()
}

fn choice(
    id: &str,
    label: &'static str,
    chosen: RwSignal<Option<usize>>,
    words: &[&str],
) -> AnyView {
    let choose = move |number| chosen.set(number);
    select(
        id.to_owned(),
        label.into_any(),
        words,
        chosen.into(),
        choose,
    )
}

/// The prediction beside what came of it.
pub fn graded(graded: &Graded) -> AnyView {
    let predicted = graded.predicted;
    let layer = LAYERS
        .iter()
        .find(|(layer, _)| *layer == predicted.decided_by);
    let said = format!(
        " You predicted: {}, by {}.",
        word(predicted.decision).to_lowercase(),
        layer.map_or("", |(_, words)| words)
    );
    let (class, verdict) = match (graded.is_right(), graded.is_decision_right()) {
        (true, _) => ("right", "Rightly predicted."),
        (_, true) => ("wrong", "The verdict is right, the reason is another."),
        _ => ("wrong", "Wrongly predicted."),
    };
    view! { <p><span class=class>{verdict}</span> {said}</p> }.into_any()
}
