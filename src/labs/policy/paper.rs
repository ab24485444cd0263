//! What is laid on the bench: a request, a policy, a list of grants, each as the text of a scenario's file.

use serde::{Deserialize, Serialize};

use crate::course::{Exhibit, ExhibitKind};
use crate::policy::written::{Asked, Question, grants_to_json};
use crate::policy::{CompiledPolicy, Policy, PolicyType};

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

/// A question that is read already, as papers.
pub(super) fn of(question: &Question) -> Vec<Paper> {
    let Question { request, policies } = question;
    let request = Asked {
        request: request.clone(),
        management_account: policies.management_account.clone(),
        key_manager: policies.key_manager,
    };
    let mut papers = vec![Paper::new(ExhibitKind::Request, &request.to_string())];
    let mut lay = |kind: PolicyType, level: &str, policies: &[CompiledPolicy]| {
        papers.extend(policies.iter().map(|policy| Paper {
            level: level.to_owned(),
            name: policy.name().unwrap_or_default().to_owned(),
            ..Paper::new(ExhibitKind::Policy(kind), &pretty(policy.source()))
        }));
    };
    lay(PolicyType::Identity, "", &policies.identity);
    lay(
        request.request.resource_policy_type(),
        "",
        policies.resource.as_slice(),
    );
    lay(PolicyType::Boundary, "", &policies.boundaries);
    lay(PolicyType::Session, "", &policies.session);
    lay(PolicyType::Endpoint, "", &policies.endpoint);
    for level in &policies.service_control {
        lay(PolicyType::Scp, &level.id, &level.policies);
    }
    for level in &policies.resource_control {
        lay(PolicyType::Rcp, &level.id, &level.policies);
    }
    if !policies.grants.is_empty() {
        let text = grants_to_json(&policies.grants);
        papers.push(Paper::new(ExhibitKind::Grants, &text));
    }
    papers
}

/// As one would write it; what is no policy stays as it is.
fn pretty(source: &str) -> String {
    match Policy::parse(source) {
        Ok(policy) if policy.problems.is_empty() => policy.to_string(),
        _ => source.to_owned(),
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
