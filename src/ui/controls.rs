//! Buttons, fields and regions. Each is compiled once and not once a use, which keeps the page small.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::ui::text::sentence;

/// A part of a page that is drawn anew whenever something that it reads has changed. What stays the same stays in place.
pub fn drawn(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    region(Box::new(draw))
}

/// A part of a page that stands only while something holds.
pub fn shown_while(holds: Memo<bool>, draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    drawn(move || {
        if holds.get() {
            untrack(&draw)
        } else {
            ().into_any()
        }
    })
}

/// A list that follows its keys: a part is drawn once and stays in its place for as long as its key is there, with what is
/// being typed in it. A key that comes twice counts once.
pub fn each(
    keys: Memo<Vec<String>>,
    draw: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    draw_each(keys, Arc::new(draw))
}

fn draw_each(
    keys: Memo<Vec<String>>,
    draw: Arc<dyn Fn(String) -> AnyView + Send + Sync>,
) -> AnyView {
    let draw = move |key| draw(key);
    let unique = move || {
        let mut seen = HashSet::new();
        let mut keys = keys.get();
        keys.retain(|key| seen.insert(key.clone()));
        keys
    };
    view! { <For each=unique key=String::clone children=draw /> }.into_any()
}

fn region(draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || draw()).into_any()
}

/// A button, until it is known what it does.
#[derive(Clone, Debug)]
pub struct Button {
    label: String,
    about: Option<String>,
    class: Option<&'static str>,
    current: Option<&'static str>,
    is_disabled: bool,
}

impl Button {
    /// With this label.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            about: None,
            class: None,
            current: None,
            is_disabled: false,
        }
    }

    /// The one that most will want to press.
    pub fn primary(mut self) -> Self {
        self.class = Some("primary");
        self
    }

    /// One that looks like a link, and what it is about for who cannot see where it stands.
    pub fn plain(mut self, about: String) -> Self {
        self.class = Some("plain");
        self.about = Some(about);
        self
    }

    /// One of several steps: in the colours of `class`, and what it is for who cannot see them.
    pub fn step(mut self, class: &'static str, about: String, is_current: bool) -> Self {
        self.class = Some(class);
        self.about = Some(about);
        self.current = is_current.then_some("step");
        self
    }

    /// Whether it can be pressed now.
    pub fn enabled(mut self, is_enabled: bool) -> Self {
        self.is_disabled = !is_enabled;
        self
    }

    /// What it does.
    pub fn press(self, run: impl Fn() + 'static) -> AnyView {
        self.draw(Box::new(run))
    }

    fn draw(self, run: Box<dyn Fn()>) -> AnyView {
        view! { <button type="button" class=self.class aria-label=self.about aria-current=self.current disabled=self.is_disabled on:click=move |_| run()>{self.label}</button> }
            .into_any()
    }
}

/// A field of one line with its label, until it is known what becomes of what is written.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    id: &'static str,
    label: &'static str,
    holds: Holds,
    value: Memo<String>,
    is_settled: Signal<bool>,
}

/// What may be written in a field.
#[derive(Clone, Copy, Debug)]
enum Holds {
    /// So many characters at most.
    Text(u32),
    /// A number in this range, the ends among it.
    Number(u32, u32),
}

impl Field {
    /// For text of at most so many characters. A new value replaces what stands there.
    pub fn text(id: &'static str, label: &'static str, most: u32, value: Memo<String>) -> Self {
        Self {
            id,
            label,
            holds: Holds::Text(most),
            value,
            is_settled: false.into(),
        }
    }

    /// For a number from `least` to `most`.
    pub fn number(
        id: &'static str,
        label: &'static str,
        (least, most): (u32, u32),
        value: Memo<String>,
    ) -> Self {
        Self {
            holds: Holds::Number(least, most),
            ..Self::text(id, label, 0, value)
        }
    }

    /// While this holds it can only be read.
    pub fn settled(mut self, is_settled: Memo<bool>) -> Self {
        self.is_settled = is_settled.into();
        self
    }

    /// What becomes of what is written, once the field is left.
    pub fn write(self, write: impl Fn(String) + 'static) -> AnyView {
        self.draw(Box::new(write))
    }

    fn draw(self, write: Box<dyn Fn(String)>) -> AnyView {
        let Self {
            id,
            label,
            holds,
            value,
            is_settled,
        } = self;
        let (kind, length, least, most) = match holds {
            Holds::Text(length) => ("text", Some(length), None, None),
            Holds::Number(least, most) => ("number", None, Some(least), Some(most)),
        };
        let written = |number: Option<u32>| number.map(|number| number.to_string());
        view! {
            <p>
                <label for=id>{label}</label>
                <input id=id type=kind maxlength=written(length) min=written(least) max=written(most) readonly=is_settled
                    prop:value=move || value.get() on:change:target=move |event| write(event.target().value()) />
            </p>
        }
        .into_any()
    }
}

/// A choice of one of several words, told and chosen by their number. Before anything is chosen it says so.
pub fn select(
    id: String,
    label: AnyView,
    words: &[impl AsRef<str>],
    chosen: Signal<Option<usize>>,
    choose: impl Fn(Option<usize>) + 'static,
) -> AnyView {
    let words = words.iter().map(|words| words.as_ref().to_owned());
    draw_select(
        id,
        label,
        Some("Choose"),
        words.collect(),
        chosen,
        Box::new(choose),
    )
}

/// What a list is narrowed down to: one of several words, or any.
pub fn filter(
    id: &'static str,
    label: &'static str,
    words: Vec<String>,
    choose: impl Fn(Option<usize>) + 'static,
) -> AnyView {
    let chosen = RwSignal::new(None);
    let choose = move |place| {
        chosen.set(place);
        choose(place);
    };
    optional(id, label, "Any", words, chosen.into(), choose)
}

/// One of several words, told and chosen by their number, or `none` of them.
pub fn optional(
    id: &'static str,
    label: &'static str,
    none: &'static str,
    words: Vec<String>,
    chosen: Signal<Option<usize>>,
    choose: impl Fn(Option<usize>) + 'static,
) -> AnyView {
    let (id, label) = (id.to_owned(), label.into_any());
    draw_select(id, label, Some(none), words, chosen, Box::new(choose))
}

/// One of several words, which are told and chosen by their number. One of them always holds.
pub fn choice(
    id: String,
    label: &'static str,
    words: impl IntoIterator<Item = &'static str>,
    chosen: Signal<usize>,
    choose: impl Fn(usize) + 'static,
) -> AnyView {
    let words = words.into_iter().map(str::to_owned).collect();
    let chosen = Signal::derive(move || Some(chosen.get()));
    let choose = Box::new(move |place: Option<usize>| place.into_iter().for_each(&choose));
    draw_select(id, label.into_any(), None, words, chosen, choose)
}

/// A field of one line that says what is wrong with what is written in it; `write` keeps nothing of that.
pub fn checked(
    id: String,
    label: &'static str,
    kind: &'static str,
    value: Memo<String>,
    write: impl Fn(String) -> Result<(), String> + 'static,
) -> AnyView {
    draw_checked(id, label, kind, value, Box::new(write))
}

fn draw_checked(
    id: String,
    label: &'static str,
    kind: &'static str,
    value: Memo<String>,
    write: Box<dyn Fn(String) -> Result<(), String>>,
) -> AnyView {
    let wrong = RwSignal::new(None);
    let about = format!("{id}-wrong");
    let is_wrong = move || wrong.with(Option::is_some).then_some("true");
    let message = move || {
        let words = |why: String| sentence(&format!("Not kept: {why}."));
        wrong.get().map(words).into_any()
    };
    let is_number = (kind == "number").then_some("numeric");
    let kind = if is_number.is_some() { "text" } else { kind };
    view! {
        <p>
            <label for=id.clone()>{label}</label>
            <input id=id type=kind inputmode=is_number autocomplete="off" aria-invalid=is_wrong aria-describedby=about.clone()
                prop:value=move || value.get() on:change:target=move |event| wrong.set(write(event.target().value()).err()) />
            <span id=about class="wrong small" role="status">{drawn(message)}</span>
        </p>
    }
    .into_any()
}

fn draw_select(
    id: String,
    label: AnyView,
    none: Option<&'static str>,
    words: Vec<String>,
    chosen: Signal<Option<usize>>,
    choose: Box<dyn Fn(Option<usize>)>,
) -> AnyView {
    let option = |(number, words): (usize, String)| {
        view! { <option value=number.to_string() prop:selected=move || chosen.get() == Some(number)>{words}</option> }
            .into_any()
    };
    let options = words.into_iter().enumerate().map(option).collect_view();
    let none = none.map(|none| {
        view! { <option value="" prop:selected=move || chosen.get().is_none()>{none}</option> }
            .into_any()
    });
    view! {
        <p>
            <label for=id.clone()>{label}</label>
            <select id=id on:change:target=move |event| choose(event.target().value().parse().ok())>
                {none}
                {options}
            </select>
        </p>
    }
    .into_any()
}
