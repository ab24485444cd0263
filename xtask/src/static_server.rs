//! A plain static file server on loopback: files, types, 404. No rule that another host would not have.

use crate::failure::{Failure, Result};
use std::{
    fs::File,
    net::{Ipv4Addr, SocketAddr},
    path::{Component, Path, PathBuf},
    sync::Arc,
    thread,
};
use tiny_http::{Header, Method, Request, Response, Server};

/// Requests served at a time: a page loads a few dozen files.
const THREADS: usize = 4;

/// Serves `folder` at `http://127.0.0.1:port/` until the process ends.
pub fn serve(folder: &Path, port: u16) -> Result {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let server = Server::http(address).map_err(|error| {
        Failure::new(format!("port {port} cannot be used ({error}): another program may hold it; choose one with `--port N`"))
    })?;
    let server = Arc::new(server);
    for _ in 0..THREADS {
        let (server, folder) = (Arc::clone(&server), folder.to_owned());
        thread::spawn(move || {
            for request in server.incoming_requests() {
                answer(request, &folder);
            }
        });
    }
    Ok(())
}

fn answer(request: Request, folder: &Path) {
    let found = match request.method() {
        Method::Get | Method::Head => resolve(request.url(), folder),
        _ => None,
    };
    // The learner's browser may be gone by now; there is nobody to tell.
    let _ = match found.and_then(|path| File::open(&path).ok().map(|file| (path, file))) {
        Some((path, file)) => {
            let kind = header("Content-Type", content_type(&path));
            request.respond(
                Response::from_file(file)
                    .with_header(kind)
                    .with_header(header("Cache-Control", "no-cache")),
            )
        }
        None => request.respond(Response::from_string("not found\n").with_status_code(404)),
    };
}

/// The file that an address means: never one outside of `folder`.
fn resolve(url: &str, folder: &Path) -> Option<PathBuf> {
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_start_matches('/');
    let inside = Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let file = folder.join(path);
    match (inside, file.is_dir()) {
        (false, _) => None,
        (true, true) => Some(file.join("index.html")),
        (true, false) => Some(file),
    }
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        Some("md" | "toml" | "txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("the names and values here are plain ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_never_leaves_the_folder() {
        let folder = Path::new("/site");
        for url in [
            "/../etc/passwd",
            "/a/../../etc/passwd",
            "//etc/../../passwd",
        ] {
            assert_eq!(resolve(url, folder), None, "{url}");
        }
        assert_eq!(
            resolve("/a/b.css?x=1", folder),
            Some(PathBuf::from("/site/a/b.css"))
        );
    }
}
