//! The trace, to open and close.

use leptos::prelude::*;

use crate::labs::policy::{Branch, Mark};
use crate::ui::text::sentence;

/// Every layer, in the order in which AWS documents the evaluation.
pub fn tree(layers: &[Branch]) -> AnyView {
    view! {
        <h3>"Why"</h3>
        <ul class="trace">{layers.iter().map(branch).collect_view()}</ul>
    }
    .into_any()
}

fn branch(branch: &Branch) -> AnyView {
    let line = view! {
        <span>{sentence(&branch.title)}</span> " "
        <span class=class(branch.mark)>{branch.mark.word()}</span>
        {(!branch.why.is_empty()).then(|| view! { <span class="soft small">": " {sentence(&branch.why)}</span> }.into_any())}
        {branch.place.map(|place| view! { " " <samp class="soft small">{place.to_string()}</samp> }.into_any())}
    }
    .into_any();
    if branch.children.is_empty() {
        return view! { <li>{line}</li> }.into_any();
    }
    let source = branch.source.clone().map(|source| {
        view! { <li class="small"><a href=source rel="noreferrer">"What AWS says of it"</a></li> }.into_any()
    });
    view! {
        <li>
            <details open=branch.is_open>
                <summary>{line}</summary>
                <ul>{branch.children.iter().map(self::branch).collect_view()}{source}</ul>
            </details>
        </li>
    }
    .into_any()
}

fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Allows | Mark::Matches => "right",
        Mark::Denies | Mark::Unclear => "wrong",
        Mark::Silent | Mark::Differs | Mark::Idle => "soft",
    }
}
