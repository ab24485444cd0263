//! The end of every build: the editor joins what Trunk made, and the service worker learns which files make up the program,
//! and by which content.

use crate::{
    editor,
    failure::{Context as _, Failure, Result},
    project,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha256, Sha384};
use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

/// Finishes the build that Trunk staged, or the one in the given folder, which has its editor.
pub fn run(arguments: &[String]) -> Result {
    match arguments {
        [] => {
            let staged = env::var_os("TRUNK_STAGING_DIR").map_or_else(project::dist, PathBuf::from);
            editor::bundle(&staged)?;
            finish(&staged)
        }
        [folder] => finish(Path::new(folder)),
        _ => Err(Failure::new("`finish` takes one folder")),
    }
}

fn finish(folder: &Path) -> Result {
    // GitHub Pages leaves out files whose names begin with `_` unless it is told that no Jekyll is here.
    write(&folder.join(".nojekyll"), "")?;

    let mut program = BTreeMap::new();
    collect(folder, "", &mut program)?;
    let source = fs::read_to_string(project::root().join("src/web/sw.js"))
        .context("could not read the service worker")?;
    write(&folder.join("sw.js"), &service_worker(&source, &program))
}

/// Every file of the program with its hash, `./` for the page itself. Content is no part of it.
fn collect(folder: &Path, prefix: &str, program: &mut BTreeMap<String, String>) -> Result {
    let entries = fs::read_dir(folder).context(format!("could not read `{}`", folder.display()))?;
    for entry in entries {
        let path = entry
            .context(format!("could not read `{}`", folder.display()))?
            .path();
        let name = path
            .file_name()
            .expect("an entry has a name")
            .to_string_lossy()
            .into_owned();
        let address = format!("{prefix}{name}");
        if path.is_dir() {
            if address != "content" {
                collect(&path, &format!("{address}/"), program)?;
            }
        } else if address != "sw.js" && !name.starts_with('.') && !name.ends_with(".txt") {
            let bytes = fs::read(&path).context(format!("could not read `{}`", path.display()))?;
            let address = if address == "index.html" {
                "./".to_owned()
            } else {
                address
            };
            program.insert(address, integrity(&bytes));
        }
    }
    Ok(())
}

// The form of https://www.w3.org/TR/sri-2/, which `fetch` checks by itself.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

fn service_worker(source: &str, program: &BTreeMap<String, String>) -> String {
    let entries: String = program
        .iter()
        .map(|(address, integrity)| format!("  \"{address}\": \"{integrity}\",\n"))
        .collect();
    let version = Sha256::digest(format!("{source}{entries}"));
    let version: String = version
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("const VERSION = \"{version}\";\nconst PROGRAM = {{\n{entries}}};\n{source}")
}

fn write(path: &Path, text: &str) -> Result {
    fs::write(path, text).context(format!("could not write `{}`", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files
            .iter()
            .map(|(address, text)| ((*address).to_owned(), integrity(text.as_bytes())))
            .collect()
    }

    fn version(script: &str) -> &str {
        script.lines().next().unwrap()
    }

    #[test]
    fn a_changed_file_is_a_new_version() {
        let before = service_worker("", &program(&[("./", "page"), ("a.css", "one")]));
        let after = service_worker("", &program(&[("./", "page"), ("a.css", "two")]));
        assert_ne!(version(&before), version(&after));
    }

    #[test]
    fn a_changed_service_worker_is_a_new_version() {
        let files = program(&[("./", "page")]);
        assert_ne!(
            version(&service_worker("a", &files)),
            version(&service_worker("b", &files))
        );
    }

    #[test]
    fn integrity_is_in_the_form_that_browsers_check() {
        // The example of https://www.w3.org/TR/sri-2/#integrity-metadata-description
        assert_eq!(
            integrity(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }
}
