//! Where a deck is brought from: files, a folder, or an address of this site.

use js_sys::Reflect;
use leptos::prelude::{document, window};
use web_sys::{File, FileList, Url};

use crate::course::Files;
use crate::ui::browser::{fetch, read_bytes};

/// No deck is larger, in bytes.
const LARGEST: f64 = 20_000_000.0;
/// What a deck is made of.
const KINDS: [&str; 4] = [".md", ".txt", ".tsv", ".csv"];

/// What was brought, and what it may be called.
#[derive(Clone, Debug)]
pub struct Brought {
    pub title: String,
    pub files: Files,
}

/// The files that were chosen; of a folder those that a deck is made of.
///
/// # Errors
/// One sentence where there are none, they are too large, or one cannot be read.
pub async fn from_files(list: &FileList) -> Result<Brought, String> {
    let all = (0..list.length()).filter_map(|place| list.get(place));
    let all: Vec<(String, File)> = all.map(|file| (path_of(&file), file)).collect();
    let title = all.first().map(|(path, _)| title_of(path));
    let fit: Vec<&(String, File)> = all.iter().filter(|(path, _)| is_fit(path)).collect();
    let Some(title) = title.filter(|_| !fit.is_empty()) else {
        return Err(
            "there is no file among them whose name ends with .md, .txt, .tsv or .csv".to_owned(),
        );
    };
    if fit.iter().map(|(_, file)| file.size()).sum::<f64>() > LARGEST {
        return Err("the files are larger than 20 MB together".to_owned());
    }
    let mut files = Files::new();
    for (path, file) in fit {
        let inside = path
            .split_once('/')
            .map_or(path.as_str(), |(_, inside)| inside);
        files.insert(inside.to_owned(), read_bytes(file).await?);
    }
    Ok(Brought { title, files })
}

/// The file at an address of this site.
///
/// # Errors
/// One sentence where it is another site's, or cannot be fetched.
pub async fn from_address(address: &str) -> Result<Brought, String> {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let Ok(url) = Url::new_with_base(address.trim(), &base) else {
        return Err(format!("`{address}` is no address"));
    };
    if Ok(url.origin()) != window().location().origin() {
        return Err(format!(
            "{} is another site, and this page asks nobody but its own; save the file and choose it",
            url.host()
        ));
    }
    let path = url.pathname();
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    if !is_fit(&name) {
        return Err("a deck's file ends with .md, .txt, .tsv or .csv".to_owned());
    }
    let bytes = fetch(&url.href()).await?;
    Ok(Brought {
        title: title_of(&name),
        files: Files::from([(name, bytes)]),
    })
}

/// With the folders that it was chosen with; its name alone where it was chosen by itself.
fn path_of(file: &File) -> String {
    let path = Reflect::get(file, &"webkitRelativePath".into()).ok();
    let path = path.and_then(|path| path.as_string());
    path.filter(|path| !path.is_empty())
        .unwrap_or_else(|| file.name())
}

/// Hidden files are none of a deck's.
fn is_fit(path: &str) -> bool {
    let lower = path.to_lowercase();
    let is_hidden = path.split('/').any(|part| part.starts_with('.'));
    !is_hidden && KINDS.iter().any(|kind| lower.ends_with(kind))
}

/// The folder's name, or the file's without its ending.
fn title_of(path: &str) -> String {
    match path.split_once('/') {
        Some((folder, _)) => folder.to_owned(),
        None => path
            .rsplit_once('.')
            .map_or(path, |(name, _)| name)
            .to_owned(),
    }
}
