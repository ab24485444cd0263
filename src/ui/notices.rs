//! What the learner should know on any page, at the foot of it: said once, closed by hand.

use leptos::ev::{Custom, Event};
use leptos::prelude::*;

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

    fn close(self, text: &str) {
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

/// Where notices stand; a screen reader says them when they come.
#[component]
pub fn NoticeBoard(notices: Notices) -> impl IntoView {
    view! {
        <div class="notices" role="status">
            <For each=move || notices.0.get() key=|notice| notice.text.clone() let:notice>
                <p class="notice" class:bad=notice.is_bad>
                    <span>{notice.text.clone()}</span>
                    {notice.action.map(|(label, run)| view! { <button class="primary" on:click=move |_| run.run(())>{label}</button> })}
                    <button on:click=move |_| notices.close(&notice.text)>"Close"</button>
                </p>
            </For>
        </div>
    }
}
