//! A signed request and what came of it, as every lab shows it.

use leptos::prelude::*;

use crate::labs::bench::Call;

/// The request, its answer, the decision and the trail.
pub fn call(call: &Call) -> AnyView {
    let sent = call.sent.iter().map(|(name, value)| {
        view! { <p>{name.clone()} " " <span class="soft">{value.clone()}</span></p> }.into_any()
    });
    let error = call.error.as_ref();
    let code = error.map(|(code, _)| view! { " " <b>{code.clone()}</b> }.into_any());
    let message = error
        .map(|(_, message)| message.clone())
        .filter(|message| !message.is_empty());
    let decision = call.decision.clone();
    let events = call
        .events
        .iter()
        .map(|event| view! { <pre tabindex="0">{event.clone()}</pre> }.into_any());
    view! {
        <div class="call">
            <p><b>{call.action.clone()}</b> <span class="soft">" signed by "{call.signed_by.clone()}", "{call.at.rfc3339()}</span></p>
            {sent.collect_view()}
            <p>"→ "{call.status.to_string()}{code}</p>
            {message.map(|message| view! { <p class="soft">{message}</p> }.into_any())}
        </div>
        <dl class="facts small">
            {decision.map(|decision| view! { <dt>"decision"</dt><dd>{decision}</dd> }.into_any())}
            <dt>"trail"</dt>
            <dd>
                <details>
                    <summary>{match call.events.len() { 1 => "1 event".to_owned(), events => format!("{events} events") }}</summary>
                    {events.collect_view()}
                </details>
            </dd>
        </dl>
    }
    .into_any()
}

/// Several, one below the other.
pub fn calls<'a>(several: impl IntoIterator<Item = &'a Call>) -> AnyView {
    several.into_iter().map(call).collect_view().into_any()
}
