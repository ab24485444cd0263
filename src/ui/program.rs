//! A program of the site: it draws some of its pages, and makes room for the other program when a page of that is wanted.
//!
//! So nobody who reviews has to load the labs. `src/web/boot.js` loads a program and says which one is shown.

use std::cell::{Cell, RefCell};

use any_spawner::Executor;
use leptos::ev::Custom;
use leptos::mount::mount_to;
use leptos::prelude::*;
use web_sys::CustomEvent;

use crate::ui::app::app;
use crate::ui::browser::EngineLink;
use crate::ui::library::{CourseReader, Library, load_library};
use crate::ui::notices::Notices;
use crate::ui::pages::Draw;
use crate::ui::settings::{Settings, keep_settings, read_settings, use_settings};
use crate::ui::study::Study;

/// What outlives a program's pages: what is being saved when they make room is saved all the same.
#[derive(Clone, Copy)]
pub struct Standing {
    pub settings: RwSignal<Settings>,
    pub engine: EngineLink,
    pub library: RwSignal<Library>,
    pub reader: CourseReader,
    pub notices: Notices,
    pub study: Study,
}

impl Standing {
    fn begin() -> Self {
        let settings = use_settings();
        let decks = RwSignal::new(None);
        let (library, reader) = load_library(decks);
        let notices = Notices::listen();
        let study = Study::open(library, decks, settings, notices);
        keep_settings(settings, move |words| study.keep_settings(words));
        Self {
            settings,
            engine: EngineLink::new(),
            library,
            reader,
            notices,
            study,
        }
    }
}

/// Begins the program `name`, whose pages `draw` knows. It fills the document whenever its name is said, and clears it when
/// another one's is.
pub fn run(name: &'static str, draw: Draw) {
    std::panic::set_hook(Box::new(|info| report_panic(&info.to_string())));
    // Before anything is drawn, and so in a task of its own: both in one would hold the page for too long.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let standing = owner.with(Standing::begin);
    // It stands as long as the program does.
    std::mem::forget(owner);
    let was_shown = Cell::new(false);
    let shown = RefCell::new(None);
    window_event_listener(
        Custom::<CustomEvent>::new("cipherdeck:show"),
        move |event| {
            shown.take();
            if event.detail().as_string().as_deref() != Some(name) {
                return;
            }
            let body = document().body().expect("a document has a body");
            body.set_inner_html("");
            if was_shown.replace(true) {
                // The other program may have set something meanwhile.
                standing.settings.set(read_settings());
                standing.study.read_decks();
            }
            shown.replace(Some(mount_to(body, move || app(standing, draw))));
        },
    );
}

/// A panic leaves the module unusable. The plain script that listens offers a reload and the review log as a file.
fn report_panic(message: &str) {
    tell("cipherdeck:panic", message);
}

/// Tells the scripts around the program something.
pub fn tell(name: &str, what: &str) {
    let detail = web_sys::CustomEventInit::new();
    detail.set_detail(&what.into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &detail) {
        let _ = window().dispatch_event(&event);
    }
}
