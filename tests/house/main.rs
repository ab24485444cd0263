//! The house keeps its order: a room uses only the rooms below it, and only `ui` knows the browser.
//!
//! The code is parsed, and every path in it is followed to the room it ends in: through `crate`, `self` and `super`,
//! through renames, glob imports and re-exports, and into the arguments of macros.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod resolve;
mod source;

use resolve::{Place, resolve};
use source::House;
use std::{collections::BTreeMap, fs, path::Path};

/// Every room with the rooms it may use.
const ROOMS: [(&str, &[&str]); 11] = [
    ("base", &[]),
    ("crypto", &["base"]),
    ("policy", &["base"]),
    ("course", &["base", "crypto", "policy"]),
    ("study", &["base", "crypto", "policy", "course"]),
    ("store", &["base", "crypto", "policy", "course", "study"]),
    ("cloud", &["base", "crypto", "policy"]),
    ("client", &["base", "crypto", "policy", "cloud"]),
    (
        "labs",
        &["base", "crypto", "policy", "course", "cloud", "client"],
    ),
    (
        "door",
        &[
            "base", "crypto", "policy", "course", "study", "store", "cloud", "client", "labs",
        ],
    ),
    (
        "ui",
        &[
            "base", "crypto", "policy", "course", "study", "store", "cloud", "client", "labs",
            "door",
        ],
    ),
];

/// What only `ui` may know: the browser, and where time, entropy and storage come from.
const BROWSER_CRATES: [&str; 9] = [
    "getrandom",
    "gloo_storage",
    "indexed_db_futures",
    "js_sys",
    "leptos",
    "reactive_stores",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
];
const OUTSIDE_WORLD: [&str; 9] = [
    "std::env",
    "std::fs",
    "std::net::TcpListener",
    "std::net::TcpStream",
    "std::net::UdpSocket",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
];

#[test]
fn every_room_uses_only_the_rooms_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    read_rust_files(root, &root.join("src"), &mut files);
    // The binaries are no room: they are thin faces on the rooms.
    files.retain(|file, _| !file.starts_with("src/bin/"));

    let found = violations(&files);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_folder_of_the_source_is_a_known_room() {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    for entry in entries {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.trim_end_matches(".rs");
        let is_room = ROOMS.iter().any(|(room, _)| *room == name);
        assert!(
            is_room || ["lib", "bin", "web"].contains(&name),
            "`src/{name}` is no room of the house"
        );
    }
}

#[test]
fn a_path_through_the_crate_root_is_found() {
    assert_found(
        &[("policy.rs", "fn f() { let _ = crate::cloud::now(); }")],
        "src/policy.rs:1: `policy` uses `cloud`",
    );
}

#[test]
fn a_path_through_super_is_found() {
    assert_found(
        &[
            ("policy.rs", "mod a;"),
            ("policy/a.rs", "\nuse super::super::cloud::Cloud;"),
        ],
        "src/policy/a.rs:2: `policy` uses `cloud`",
    );
}

#[test]
fn a_path_through_an_inline_module_is_found() {
    assert_found(
        &[(
            "policy.rs",
            "mod a { mod b { type T = super::super::super::labs::T; } }",
        )],
        "`policy` uses `labs`",
    );
}

#[test]
fn a_renamed_root_is_found() {
    assert_found(
        &[(
            "crypto.rs",
            "use crate as house;\nfn f() { house::policy::evaluate(); }",
        )],
        "src/crypto.rs:2: `crypto` uses `policy`",
    );
}

#[test]
fn a_glob_of_the_root_is_found() {
    assert_found(
        &[("policy.rs", "use super::*;\nfn f(_: cloud::Cloud) {}")],
        "src/policy.rs:2: `policy` uses `cloud`",
    );
}

#[test]
fn a_re_export_by_the_root_is_found() {
    let files = [
        (
            "lib.rs",
            "pub mod policy; pub mod cloud; pub use cloud::Cloud as Sky;",
        ),
        ("policy.rs", "use crate::Sky;"),
    ];
    assert_found(&files, "`policy` uses `cloud`");
}

#[test]
fn a_glob_re_export_by_the_root_is_found() {
    let files = [
        ("lib.rs", "pub mod policy; pub mod cloud; pub use cloud::*;"),
        ("cloud.rs", "pub struct Cloud;"),
        ("policy.rs", "use crate::Cloud;"),
    ];
    assert_found(&files, "`policy` uses `cloud`");
}

#[test]
fn a_re_export_in_a_lower_room_is_found_where_it_is_made() {
    assert_found(
        &[
            ("base.rs", "pub use crate::crypto::seal;"),
            ("policy.rs", "use crate::base::seal;"),
        ],
        "src/base.rs:1: `base` uses `crypto`",
    );
    assert_found(
        &[
            ("base.rs", "pub use crate::crypto::seal;"),
            ("policy.rs", "use crate::base::seal;"),
        ],
        "src/policy.rs:1: `policy` uses `crypto`",
    );
}

#[test]
fn a_path_in_a_macro_is_found() {
    assert_found(
        &[(
            "policy.rs",
            "fn f() { println!(\"{}\", crate::cloud::now()); }",
        )],
        "`policy` uses `cloud`",
    );
}

#[test]
fn a_path_in_an_attribute_is_found() {
    assert_found(
        &[(
            "policy.rs",
            "#[serde(with = \"crate::cloud::time\")] struct S;",
        )],
        "`policy` uses `cloud`",
    );
}

#[test]
fn the_crates_own_name_is_found() {
    assert_found(
        &[("policy.rs", "fn f() { ::cipherdeck::cloud::now(); }")],
        "`policy` uses `cloud`",
    );
}

#[test]
fn a_trait_of_a_room_above_is_found() {
    assert_found(
        &[("policy.rs", "impl crate::cloud::Door for u8 {}")],
        "`policy` uses `cloud`",
    );
}

#[test]
fn the_browser_below_ui_is_found() {
    assert_found(
        &[("study.rs", "use web_sys::*;")],
        "src/study.rs:1: `study` uses `web_sys`",
    );
    assert_found(
        &[("study.rs", "use web_sys::window;")],
        "src/study.rs:1: `study` uses `web_sys`",
    );
    assert_found(
        &[("labs.rs", "fn f(view: leptos::View) {}")],
        "`labs` uses `leptos`",
    );
}

#[test]
fn the_clock_below_ui_is_found() {
    assert_found(
        &[("cloud.rs", "use std::time::SystemTime;")],
        "`cloud` uses `std::time::SystemTime`",
    );
    assert_found(
        &[(
            "cloud.rs",
            "use std::time;\nfn f() { time::Instant::now(); }",
        )],
        "`cloud` uses `std::time::Instant`",
    );
}

#[test]
fn a_module_from_elsewhere_is_refused() {
    assert_found(
        &[("policy.rs", "#[path = \"../cloud/secret.rs\"] mod secret;")],
        "`policy` takes a module from another place",
    );
    assert_found(
        &[("policy.rs", "include!(\"../cloud/secret.rs\");")],
        "`policy` takes a module from another place",
    );
}

#[test]
fn what_the_house_allows_is_not_refused() {
    let files = [
        (
            "lib.rs",
            "pub mod base; pub mod policy; pub mod cloud; pub mod ui;",
        ),
        ("base.rs", "pub struct Arn; pub mod cloud {}"),
        (
            "policy.rs",
            "use crate::base::Arn;\nmod cloud { use super::Arn; pub fn f(_: Arn) {} }\nfn g() { cloud::f(Arn); let base = std::time::Duration::ZERO; }",
        ),
        (
            "cloud.rs",
            "use crate::policy; fn f() { policy::g(); crate::base::cloud::f(); }",
        ),
        (
            "ui.rs",
            "use leptos::prelude::*; use crate::cloud::*; use std::fs;",
        ),
    ];
    assert_eq!(violations(&on_paper(&files)), Vec::<String>::new());
}

/// Every use of a room, a crate or a piece of the outside world that its room may not use.
fn violations(files: &BTreeMap<String, String>) -> Vec<String> {
    let house = House::parse(files);
    let mut found: Vec<String> = house
        .foreign_modules
        .iter()
        .map(|(place, room)| format!("{place}: `{room}` takes a module from another place"))
        .collect();
    for usage in &house.usages {
        let Some((room, allowed)) = ROOMS
            .iter()
            .find(|(room, _)| usage.module.first().is_some_and(|first| first == room))
        else {
            continue;
        };
        for place in resolve(&house, &usage.module, &usage.path) {
            let used = match place {
                Place::Room(used) => Some(used).filter(|used| {
                    used != room && is_room(used) && !allowed.contains(&used.as_str())
                }),
                Place::Outside(path) => Some(path).and_then(|path| forbidden_outside(room, &path)),
            };
            if let Some(used) = used {
                found.push(format!("{}: `{room}` uses `{used}`", usage.place));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn is_room(name: &str) -> bool {
    ROOMS.iter().any(|(room, _)| *room == name)
}

fn forbidden_outside(room: &str, path: &[String]) -> Option<String> {
    if room == "ui" {
        return None;
    }
    let first = path.first()?.as_str();
    if BROWSER_CRATES.contains(&first) {
        return Some(first.to_owned());
    }
    let written = path.join("::");
    let covers = |known: &&&str| written == ***known || written.starts_with(&format!("{known}::"));
    OUTSIDE_WORLD
        .iter()
        .find(covers)
        .map(|known| (*known).to_owned())
}

fn read_rust_files(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_rust_files(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn on_paper(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut house: BTreeMap<String, String> = files
        .iter()
        .map(|(name, text)| (format!("src/{name}"), (*text).to_owned()))
        .collect();
    let rooms: String = ROOMS
        .iter()
        .map(|(room, _)| format!("pub mod {room};"))
        .collect();
    house.entry("src/lib.rs".to_owned()).or_insert(rooms);
    for (room, _) in ROOMS {
        house.entry(format!("src/{room}.rs")).or_default();
    }
    house
}

fn assert_found(files: &[(&str, &str)], expected: &str) {
    let found = violations(&on_paper(files));
    assert!(
        found.iter().any(|violation| violation.contains(expected)),
        "expected {expected:?} among {found:?}"
    );
}
