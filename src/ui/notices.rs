//! What the learner should know on any page, at the foot of it: said once, closed by hand.

use leptos::ev::{Custom, Event};
use leptos::prelude::*;

use crate::ui::controls::{Button, drawn};

/// One notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// A sentence or two.
    pub text: String,
    /// Something is wrong, not only new.
    pub is_bad: bool,
    /// A button beside it.
    pub action: Option<(&'static str, Callback<()>)>,
}

/// The notices that stand now.
#[derive(Clone, Copy, Debug)]
pub struct Notices(RwSignal<Vec<Notice>>);

impl Notices {
    /// None yet; listens for what the service worker has to say.
    #[must_use]
    pub fn listen() -> Self {
        let notices = Self(RwSignal::new(Vec::new()));
        on_window("cipherdeck:update-ready", move || {
            notices.say(update_ready());
        });
        on_window("cipherdeck:offline-ready", move || {
            notices.say(Notice {
                text: "Ready to work offline: everything is now kept in this browser.".to_owned(),
                is_bad: false,
                action: None,
            });
        });
        notices
    }

    /// Adds a notice; one that stands already is not said twice.
    pub fn say(self, notice: Notice) {
        self.0.update(|notices| {
            if !notices.iter().any(|standing| standing.text == notice.text) {
                notices.push(notice);
            }
        });
    }

    /// Takes a notice away.
    pub fn close(self, text: &str) {
        self.0
            .update(|notices| notices.retain(|notice| notice.text != text));
    }
}

/// A newer build waits. It is taken only when the learner says so.
fn update_ready() -> Notice {
    Notice {
        text: "A newer Cipherdeck is ready. Reload when it suits you; your progress is kept."
            .to_owned(),
        is_bad: false,
        action: Some((
            "Reload now",
            Callback::new(|()| {
                let event = Event::new("cipherdeck:update-now").expect("the name is legal");
                let _ = window().dispatch_event(&event);
            }),
        )),
    }
}

fn on_window(name: &'static str, run: impl Fn() + 'static) {
    let listener = window_event_listener(Custom::<Event>::new(name), move |_| run());
    on_cleanup(move || listener.remove());
}

fn draw(notices: Notices, notice: &Notice) -> AnyView {
    let class = if notice.is_bad {
        "notice bad"
    } else {
        "notice"
    };
    let action = notice
        .action
        .map(|(label, run)| Button::new(label).primary().press(move || run.run(())));
    let text = notice.text.clone();
    view! {
        <p class=class>
            <span>{notice.text.clone()}</span>
            {action}
            {Button::new("Close").press(move || notices.close(&text))}
        </p>
    }
    .into_any()
}

/// Where notices stand; a screen reader says them when they come.
#[component]
pub fn NoticeBoard(notices: Notices) -> impl IntoView {
    view! {
        <div class="notices" role="status">
            {drawn(move || {
                let standing = notices.0.read();
                standing.iter().map(|notice| draw(notices, notice)).collect_view().into_any()
            })}
        </div>
    }
}
