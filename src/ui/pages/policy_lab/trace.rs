//! What the engine found, to open and close.

use leptos::prelude::*;

use super::form::act;
use crate::labs::policy::{Branch, Mark};
use crate::ui::controls::Button;
use crate::ui::editor::reveal;
use crate::ui::lab::LabLink;
use crate::ui::text::sentence;

/// Branches under a heading; nothing where there are none.
pub fn tree(lab: LabLink, title: &'static str, branches: &[Branch]) -> AnyView {
    if branches.is_empty() {
        return ().into_any();
    }
    let branches = branches.iter().map(|each| branch(lab, each));
    view! {
        <h3>{title}</h3>
        <ul class="trace">{branches.collect_view()}</ul>
    }
    .into_any()
}

fn branch(lab: LabLink, of: &Branch) -> AnyView {
    let mark = of
        .mark
        .map(|mark| view! { " " <span class=class(mark)>{mark.word()}</span> }.into_any());
    let why = (!of.why.is_empty())
        .then(|| view! { <span class="soft small">": " {sentence(&of.why)}</span> }.into_any());
    let at = of.at.as_ref().map(|at| {
        let (field, span, place) = (at.field.clone(), at.span, at.place.to_string());
        let about = format!("{place}: show it in the text");
        let show = Button::new(place)
            .plain(about)
            .press(move || reveal(field.as_str(), span));
        view! { " " {show} }.into_any()
    });
    let act = of
        .act
        .as_ref()
        .map(|each| view! { " " {act(lab, each)} }.into_any());
    let line = view! { <span>{sentence(&of.title)}</span> {mark} {why} }.into_any();
    let source = of.source.clone().map(|source| {
        view! { <li class="small"><a href=source rel="noreferrer">"What AWS says of it"</a></li> }
            .into_any()
    });
    if of.children.is_empty() && source.is_none() {
        return view! { <li>{line} {at} {act}</li> }.into_any();
    }
    let children = of.children.iter().map(|child| branch(lab, child));
    view! {
        <li>
            <details open=of.is_open>
                <summary>{line}</summary>
                <ul>{children.collect_view()}{source}</ul>
            </details>
            {at} {act}
        </li>
    }
    .into_any()
}

/// The style of a mark.
pub fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Allows | Mark::Matches => "right",
        Mark::Denies | Mark::Unclear => "wrong",
        Mark::Silent | Mark::Differs | Mark::Idle | Mark::Unspecified => "soft",
    }
}
