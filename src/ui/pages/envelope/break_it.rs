//! Break what is stored: one bit of one part.

use leptos::html::Input;
use leptos::prelude::*;

use crate::labs::envelope::{Flip, Part, Step};
use crate::ui::controls::drawn;
use crate::ui::lab::LabLink;

/// A form that flips one bit.
pub fn form(lab: LabLink) -> AnyView {
    let part = RwSignal::new(Part::Ciphertext);
    let (byte, bit) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let last = move || last_byte(lab, part.get());
    let options = Part::ALL.map(|choice| {
        view! { <option selected=choice == Part::Ciphertext>{choice.name()}</option> }.into_any()
    });
    let choose = move |name: String| {
        if let Some(chosen) = Part::ALL.into_iter().find(|part| part.name() == name) {
            part.set(chosen);
        }
    };
    let flip = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        lab.take(Step::Flip(Flip {
            part: part.get_untracked(),
            byte: number_in(byte, untrack(last)),
            bit: u8::try_from(number_in(bit, 7)).unwrap_or(0),
        }));
    };
    view! {
        <h2>"Break it"</h2>
        <p class="soft">"Flip one bit of what lies in S3, or change the context above. Then unwrap and decrypt, and see who refuses."</p>
        <form class="inputs" on:submit=flip>
            <p>
                <label for="part">"Part"</label>
                <select id="part" on:change:target=move |event| choose(event.target().value())>{options.into_iter().collect_view()}</select>
            </p>
            <p>
                <label for="byte">{drawn(move || format!("Byte, 0 to {}", last()).into_any())}</label>
                <input id="byte" type="number" min="0" max=move || last().to_string() value="0" node_ref=byte />
            </p>
            <p>
                <label for="bit">"Bit, 0 to 7"</label>
                <input id="bit" type="number" min="0" max="7" value="0" node_ref=bit />
            </p>
            <p><button>"Flip this bit"</button></p>
        </form>
    }
    .into_any()
}

/// The number of a part's last byte.
fn last_byte(lab: LabLink, part: Part) -> usize {
    let bytes = lab.see(|view| {
        let breakable = &view.envelope()?.breakable;
        let found = breakable.iter().find(|breakable| breakable.part == part);
        found.map(|breakable| breakable.bytes)
    });
    bytes.flatten().map_or(0, |bytes| bytes.saturating_sub(1))
}

/// The number that stands in a field, `most` at most; 0 where it is none.
fn number_in(field: NodeRef<Input>, most: usize) -> usize {
    let written = field.get_untracked().map(|field| field.value());
    let number = written.and_then(|written| written.parse().ok());
    number.unwrap_or(0).min(most)
}
