//! Bytes, coloured and named by what they are.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

use crate::base::hex;
use crate::labs::bench::{Chip, Value};

/// How many bytes are drawn; the rest is counted. A megabyte of hex would freeze the page.
const SHOWN: usize = 256;

/// One thing at one place.
pub fn chip(chip: &Chip) -> AnyView {
    let class = match chip.value {
        Value::Gone => "chip fresh gone",
        _ => "chip fresh",
    };
    view! {
        <article class=class data-kind=chip.kind.word()>
            <header><b>{chip.label.clone()}</b><span>{chip.note.clone()}</span></header>
            <p class="bytes">{value(&chip.value)}</p>
        </article>
    }
    .into_any()
}

/// Several at one place. One that stays the same stays in place; one that changed arrives anew.
pub fn chips(several: &[Chip]) -> AnyView {
    let draw = |_, drawn: Chip| (|_| (), chip(&drawn));
    keyed(several.to_vec(), identity, draw).into_any()
}

fn identity(chip: &Chip) -> u64 {
    let mut hasher = DefaultHasher::new();
    chip.hash(&mut hasher);
    hasher.finish()
}

fn value(value: &Value) -> AnyView {
    match value {
        Value::Text(text) => text.clone().into_any(),
        Value::Gone => {
            view! { <span aria-label="nothing">"·· ·· ·· ·· ·· ·· ·· ··"</span> }.into_any()
        }
        Value::Bytes {
            bytes,
            changed: Some(at),
        } if *at < bytes.0.len() => {
            let at = *at;
            let from = at.saturating_sub(SHOWN / 2) & !1;
            let to = (from + SHOWN).min(bytes.0.len());
            let before = if from > 0 { "… " } else { "" };
            let gap = if at % 2 == 1 { " " } else { "" };
            let after = if to < bytes.0.len() { " …" } else { "" };
            view! {
                {format!("{before}{}", pairs(&bytes.0[from..at], from))}
                <mark class="changed">{hex(&bytes.0[at..=at])}</mark>
                {format!("{gap}{}{after}", pairs(&bytes.0[at + 1..to], at + 1))}
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
