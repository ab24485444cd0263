//! Where links lead, by their text alone.

use crate::base::{Location, Route};

/// A link into the course: a file, from the course's folder, and a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoursePath {
    /// The file, with `/` between its parts; the linking file itself for a link such as `#place`.
    pub path: String,
    /// What stands behind `#`, if anything.
    pub fragment: Option<String>,
}

/// Why a link leads to no file of the course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// A page of the web, or a mail address.
    Web,
    /// A page of the site, such as `#/labs`.
    Page(Route),
    /// The address of a page that the site does not have.
    NoPage,
    /// Above the course's folder, or an address of a kind that no link may have.
    Refused,
}

/// Where `target`, written in the file `from`, leads.
///
/// # Errors
/// [`Elsewhere`] where that is no file of the course.
pub fn resolve(from: &str, target: &str) -> Result<CoursePath, Elsewhere> {
    if target.starts_with("#/") {
        let page = Location::from(target).route;
        return Err(page.map_or(Elsewhere::NoPage, Elsewhere::Page));
    }
    if let Some(scheme) = scheme(target) {
        let is_web = ["https", "http", "mailto"].contains(&scheme.to_ascii_lowercase().as_str());
        return Err(if is_web {
            Elsewhere::Web
        } else {
            Elsewhere::Refused
        });
    }
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(percent_decoded(fragment))),
        None => (target, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    let path = if path.is_empty() {
        from.to_owned()
    } else {
        join(from, &percent_decoded(path)).ok_or(Elsewhere::Refused)?
    };
    Ok(CoursePath { path, fragment })
}

fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some(scheme)
}

/// `path` seen from the folder of the file `from`; nothing where it leaves the course.
fn join(from: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let digits = behind
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok());
        let decoded = digits.and_then(|two| crate::base::parse_hex(two).ok());
        match decoded.as_deref() {
            Some(&[byte]) if first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(from: &str, target: &str) -> Option<String> {
        resolve(from, target).ok().map(|resolved| resolved.path)
    }

    #[test]
    fn links_resolve_from_the_file_they_stand_in() {
        assert_eq!(path("a/b.md", "c.md").as_deref(), Some("a/c.md"));
        assert_eq!(path("a/b.md", "../c.md#x").as_deref(), Some("c.md"));
        assert_eq!(
            path("a/b.md", "./d/e%20f.png").as_deref(),
            Some("a/d/e f.png")
        );
        assert_eq!(path("a/b.md", "#x").as_deref(), Some("a/b.md"));
    }

    #[test]
    fn links_out_of_the_course_are_told_apart() {
        assert_eq!(resolve("a.md", "https://example.com"), Err(Elsewhere::Web));
        assert_eq!(
            resolve("a.md", "#/labs/envelope?play=W10"),
            Err(Elsewhere::Page(Route::Envelope))
        );
        assert_eq!(resolve("a.md", "#/labs/none"), Err(Elsewhere::NoPage));
        for refused in [
            "../x.md",
            "/x.md",
            "javascript:alert(1)",
            "data:text/html,x",
        ] {
            assert_eq!(
                resolve("a.md", refused),
                Err(Elsewhere::Refused),
                "{refused}"
            );
        }
    }
}
