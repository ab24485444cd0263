//! Bytes, coloured and named by what they are.

use leptos::prelude::*;

use crate::base::hex;
use crate::labs::bench::{Chip, Value};

/// How many bytes are drawn; the rest is counted. A megabyte of hex would freeze the page.
const SHOWN: usize = 256;

/// One thing at one place.
#[component]
pub fn ChipView(chip: Chip) -> impl IntoView {
    let is_gone = chip.value == Value::Gone;
    view! {
        <article class="chip fresh" class:gone=is_gone data-kind=chip.kind.word()>
            <header><b>{chip.label}</b><span>{chip.note}</span></header>
            <p class="bytes">{value(chip.value)}</p>
        </article>
    }
}

fn value(value: Value) -> AnyView {
    match value {
        Value::Text(text) => text.into_any(),
        Value::Gone => {
            view! { <span aria-label="nothing">"·· ·· ·· ·· ·· ·· ·· ··"</span> }.into_any()
        }
        Value::Bytes {
            bytes,
            changed: Some(at),
        } if at < bytes.0.len() => {
            let from = at.saturating_sub(SHOWN / 2) & !1;
            let to = (from + SHOWN).min(bytes.0.len());
            view! {
                {(from > 0).then_some("… ")}
                {pairs(&bytes.0[from..at], from)}
                <mark class="changed">{hex(&bytes.0[at..=at])}</mark>
                {(at % 2 == 1).then_some(" ")}
                {pairs(&bytes.0[at + 1..to], at + 1)}
                {(to < bytes.0.len()).then_some(" …")}
            }
            .into_any()
        }
        Value::Bytes { bytes, .. } => {
            let to = SHOWN.min(bytes.0.len());
            let more = if to < bytes.0.len() { " …" } else { "" };
            format!("{}{more}", pairs(&bytes.0[..to], 0)).into_any()
        }
    }
}

/// Hexadecimal in groups of two bytes, where the first byte is number `first` of the whole.
fn pairs(bytes: &[u8], first: usize) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for (at, byte) in bytes.iter().enumerate() {
        text.push_str(&hex(&[*byte]));
        if (first + at) % 2 == 1 && at + 1 < bytes.len() {
            text.push(' ');
        }
    }
    text
}
