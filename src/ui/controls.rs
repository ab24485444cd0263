//! Buttons, fields and regions. Each is compiled once and not once a use, which keeps the page small.

use leptos::prelude::*;

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
        "Choose",
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
    let choose = Box::new(move |place| {
        chosen.set(place);
        choose(place);
    });
    let (id, label) = (id.to_owned(), label.into_any());
    draw_select(id, label, "Any", words, chosen.into(), choose)
}

fn draw_select(
    id: String,
    label: AnyView,
    none: &'static str,
    words: Vec<String>,
    chosen: Signal<Option<usize>>,
    choose: Box<dyn Fn(Option<usize>)>,
) -> AnyView {
    let option = |(number, words): (usize, String)| {
        view! { <option value=number.to_string() prop:selected=move || chosen.get() == Some(number)>{words}</option> }
            .into_any()
    };
    let options = words.into_iter().enumerate().map(option).collect_view();
    view! {
        <p>
            <label for=id.clone()>{label}</label>
            <select id=id on:change:target=move |event| choose(event.target().value().parse().ok())>
                <option value="" prop:selected=move || chosen.get().is_none()>{none}</option>
                {options}
            </select>
        </p>
    }
    .into_any()
}
