//! Requests and their policies as JSON writes them: a line of `cipherdeck policy evaluate`, a scenario's request, the
//! lab's text.
//!
//! Policies are taken as the text that stands there, so that their places and repeated keys survive.
//!
//! ```
//! use cipherdeck::policy::written;
//! let asked = written::request(
//!     r#"{"principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject",
//!         "resource": {"resource": "arn:aws:s3:::notes/a.txt", "accountId": "111122223333"}}"#,
//! ).expect("sound JSON");
//! assert_eq!(asked.request.action, "s3:GetObject");
//!
//! let problem = written::request(r#"{"principal": "alice"}"#).unwrap_err();
//! assert_eq!((problem.span.start, problem.span.end), (14, 21));
//! ```

mod asked;
mod print;
mod question;
mod reader;

use crate::base::{AccountId, Diagnostic};

use super::grant::Grant;
use super::layers::KeyManager;
use super::request::Request;
use reader::Reader;

pub use print::grants_to_json;
pub use question::{Question, question};

/// A request with what else must be known about the accounts and the key to decide it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Who wants what.
    pub request: Request,
    /// The organization's management account.
    pub management_account: Option<AccountId>,
    /// Who manages the KMS key.
    pub key_manager: KeyManager,
}

/// Reads a request: an object of `principal`, `action`, `resource` and, where needed, `context`, `managementAccount`
/// and `keyManager`.
///
/// # Errors
/// What is wrong with it, at its place in the text. A member of another name is an error too: it is misspelt.
pub fn request(json: &str) -> Result<Asked, Diagnostic> {
    let reader = Reader::new(json);
    reader.asked(reader.whole()?)
}

/// Reads a list of KMS grants, such as `[{"GranteePrincipal": "arn:…", "Operations": ["Decrypt"]}]`.
///
/// # Errors
/// What is wrong with it, at its place in the text.
pub fn grants(json: &str) -> Result<Vec<Grant>, Diagnostic> {
    let reader = Reader::new(json);
    reader.grants(reader.whole()?)
}
