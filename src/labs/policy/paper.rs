//! What is laid on the bench: a request, a policy, a list of grants, each as the text of a scenario's file.

use serde::{Deserialize, Serialize};

use crate::course::{Exhibit, ExhibitKind};
use crate::policy::PolicyType;

/// One text of a scenario, without its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What it is.
    pub kind: ExhibitKind,
    /// Where in the organization it is attached, if it is an organization's policy.
    #[serde(default)]
    pub level: String,
    /// Its name; empty where it has none.
    #[serde(default)]
    pub name: String,
    /// The JSON.
    pub text: String,
}

impl From<&Exhibit> for Paper {
    fn from(exhibit: &Exhibit) -> Self {
        Self {
            kind: exhibit.kind,
            level: exhibit.level.clone(),
            name: exhibit.name.clone(),
            text: exhibit.text.clone(),
        }
    }
}

impl Paper {
    pub(super) fn new(kind: ExhibitKind, text: &str) -> Self {
        Self {
            kind,
            level: String::new(),
            name: String::new(),
            text: text.to_owned(),
        }
    }
}

/// What lies on the bench before a scenario is set out.
pub(super) fn first() -> [Paper; 2] {
    [
        Paper::new(
            ExhibitKind::Request,
            r#"{
  "principal": "arn:aws:iam::111122223333:user/alice",
  "action": "s3:GetObject",
  "resource": {"resource": "arn:aws:s3:::notes/home/alice/friday.txt", "accountId": "111122223333"},
  "context": {"aws:username": "alice"}
}"#,
        ),
        Paper::new(
            ExhibitKind::Policy(PolicyType::Identity),
            r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": "s3:*Object",
    "Resource": "arn:aws:s3:::notes/home/${aws:username}/*"
  }
}
"#,
        ),
    ]
}
