//! Break what is stored: one bit of one part.

use leptos::prelude::*;

use crate::labs::envelope::{Envelope, Flip, Part, Step, View};
use crate::ui::lab::LabLink;

/// A form that flips one bit.
#[component]
pub fn BreakIt(lab: LabLink<Envelope>, view: Signal<View>) -> impl IntoView {
    let part = RwSignal::new(Part::Ciphertext);
    let byte = RwSignal::new(0_usize);
    let bit = RwSignal::new(0_u8);
    let last = move || {
        let breakable = view.with(|view| view.breakable.clone());
        let bytes = breakable
            .iter()
            .find(|breakable| breakable.part == part.get())
            .map_or(0, |breakable| breakable.bytes);
        bytes.saturating_sub(1)
    };
    let choices = Part::ALL.map(|choice| {
        view! { <option value=choice.name() selected=choice == Part::Ciphertext>{choice.name()}</option> }
    });
    let choose = move |name: String| {
        if let Some(chosen) = Part::ALL.into_iter().find(|part| part.name() == name) {
            part.set(chosen);
            byte.set(0);
        }
    };
    let flip = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        lab.take(Step::Flip(Flip {
            part: part.get(),
            byte: byte.get().min(last()),
            bit: bit.get(),
        }));
    };
    view! {
        <h2>"Break it"</h2>
        <p class="soft">"Flip one bit of what lies in S3, or change the context above. Then unwrap and decrypt, and see who refuses."</p>
        <form class="inputs" on:submit=flip>
            <p>
                <label for="part">"Part"</label>
                <select id="part" on:change:target=move |event| choose(event.target().value())>{choices}</select>
            </p>
            <p>
                <label for="byte">{move || format!("Byte, 0 to {}", last())}</label>
                <input id="byte" type="number" min="0" max=last prop:value=move || byte.get().to_string()
                    on:input:target=move |event| byte.set(event.target().value().parse().unwrap_or(0)) />
            </p>
            <p>
                <label for="bit">"Bit, 0 to 7"</label>
                <input id="bit" type="number" min="0" max="7" prop:value=move || bit.get().to_string()
                    on:input:target=move |event| bit.set(event.target().value().parse().unwrap_or(0).min(7)) />
            </p>
            <p><button>"Flip this bit"</button></p>
        </form>
    }
}
