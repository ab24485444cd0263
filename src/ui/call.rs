//! A signed request and what came of it, as every lab shows it.

use leptos::prelude::*;

use crate::labs::bench::Call;

/// The request, its answer, the decision and the trail.
#[component]
pub fn CallView(call: Call) -> impl IntoView {
    let sent = call
        .sent
        .into_iter()
        .map(|(name, value)| view! { <p>{name} " " <span class="soft">{value}</span></p> });
    let code = call
        .error
        .as_ref()
        .map(|(code, _)| view! { " " <b>{code.clone()}</b> });
    let message = call
        .error
        .map(|(_, message)| message)
        .filter(|message| !message.is_empty());
    let events = call.events.len();
    view! {
        <div class="call">
            <p><b>{call.action}</b> <span class="soft">" signed by "{call.signed_by}", "{call.at.rfc3339()}</span></p>
            {sent.collect_view()}
            <p>"→ "{call.status}{code}</p>
            {message.map(|message| view! { <p class="soft">{message}</p> })}
        </div>
        <dl class="facts small">
            {call.decision.map(|decision| view! { <dt>"decision"</dt><dd>{decision}</dd> })}
            <dt>"trail"</dt>
            <dd>
                <details>
                    <summary>{match events { 1 => "1 event".to_owned(), events => format!("{events} events") }}</summary>
                    {call.events.into_iter().map(|event| view! { <pre tabindex="0">{event}</pre> }).collect_view()}
                </details>
            </dd>
        </dl>
    }
}
