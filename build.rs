//! Names the build: the page talks to the modules in its workers only if they came from the same sources as itself.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let mut sources = vec![PathBuf::from("Cargo.lock")];
    files(Path::new("src"), &mut sources)?;
    sources.sort();

    let mut hasher = DefaultHasher::new();
    for source in &sources {
        source.hash(&mut hasher);
        fs::read(source)?.hash(&mut hasher);
    }
    println!("cargo::rustc-env=CIPHERDECK_BUILD={:016x}", hasher.finish());
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-changed=src");
    Ok(())
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
