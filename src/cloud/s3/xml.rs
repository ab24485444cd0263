//! The little XML that S3 speaks.

use roxmltree::{Document, Node};

use crate::base::Blob;
use crate::cloud::ServiceError;
use crate::cloud::http::HttpResponse;

/// The namespace of S3's documents.
pub(super) const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// An element with text in it.
pub(super) fn element(name: &str, text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<{name}>{text}</{name}>")
}

/// An element with elements in it.
pub(super) fn parent(name: &str, children: &[String]) -> String {
    format!("<{name}>{}</{name}>", children.concat())
}

/// Makes `document` the body of a response.
pub(super) fn answer(response: &mut HttpResponse, document: &str) {
    response.headers.set("content-type", "application/xml");
    let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{document}");
    response.body = Blob(text.into_bytes());
}

/// Reads a body whose root is called `root`, and hands the root to `read`.
pub(super) fn read<T>(
    body: &[u8],
    root: &str,
    read: impl FnOnce(Node<'_, '_>) -> Option<T>,
) -> Result<T, ServiceError> {
    let malformed = || {
        ServiceError::bad_request(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema",
        )
    };
    let text = std::str::from_utf8(body).map_err(|_| malformed())?;
    let document = Document::parse(text).map_err(|_| malformed())?;
    let element = document.root_element();
    if element.tag_name().name() != root {
        return Err(malformed());
    }
    read(element).ok_or_else(malformed)
}

/// The child element of that name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children()
        .find(|child| child.tag_name().name() == name)
}

/// The text of the child element of that name.
pub(super) fn child_text(node: Node<'_, '_>, name: &str) -> Option<String> {
    let text = child(node, name)?.text().unwrap_or_default();
    Some(text.trim().to_owned())
}
