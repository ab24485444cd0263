//! The list of labs.

use leptos::prelude::*;

use crate::base::Route;
use crate::ui::pages::heading;

/// What there is to do, each with one sentence.
#[component]
pub fn Labs() -> impl IntoView {
    let lab = |route: Route, title: &'static str, about: &'static str| {
        view! { <li><p class="title"><a href=route.to_string()>{title}</a></p><p class="soft">{about}</p></li> }.into_any()
    };
    view! {
        {heading("Labs")}
        <p class="lede">
            "A simulated cloud runs in this browser: real AES-256-GCM, real signatures, real policies. Nothing you do in it leaves this tab."
        </p>
        <ul class="list">
            {lab(Route::Envelope, "Envelope encryption", "A data key encrypts your text here; a KMS key encrypts the data key there. Then break it.")}
            {lab(Route::Sse, "S3 encryption modes", "One object, every mode, side by side: who made the key, who holds it, who can read it.")}
            {lab(Route::Policy, "Policy evaluation", "Policies and a request in; the decision out, with the clause that made it.")}
        </ul>
    }
}
