//! Findings about roles that web identities assume. A provider that many share tells its users apart by claims, so a
//! trust policy that asks for none of them lets in everyone who has an account there.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html>

use crate::policy::document::Statement;
use crate::policy::operator::Operator;

use super::condition::demands;
use super::trust::means;
use super::{Check, principals};

/// Providers that many share, and the claims of which one must be asked for.
const SHARED: [(&str, &[&str]); 8] = [
    (
        "token.actions.githubusercontent.com",
        &["sub", "job_workflow_ref"],
    ),
    ("gitlab.com", &["sub"]),
    ("app.terraform.io", &["sub"]),
    ("agent.buildkite.com", &["sub"]),
    ("oidc.codefresh.io", &["sub"]),
    ("cognito-identity.amazonaws.com", &["aud"]),
    ("accounts.google.com", &["aud", "oaud", "sub"]),
    ("graph.facebook.com", &["app_id", "id"]),
];

impl Check {
    pub(super) fn web_identity(&mut self, statement: &Statement) {
        let Some(action) = means(statement, "sts:assumerolewithwebidentity") else {
            return;
        };
        let claims: Vec<(String, String)> = demanded(statement)
            .filter_map(|key| {
                let (provider, claim) = key.rsplit_once(':')?;
                Some((provider.to_owned(), claim.to_owned()))
            })
            .collect();
        for provider in principals(statement, "Federated").filter_map(provider) {
            let asked = |wanted: &[&str]| {
                claims.iter().any(|(host, claim)| {
                    *host == provider && (wanted.is_empty() || wanted.contains(&claim.as_str()))
                })
            };
            let wanted = SHARED
                .iter()
                .find(|(host, _)| *host == provider)
                .map_or(&[][..], |(_, wanted)| wanted);
            if !asked(&[]) {
                self.danger(
                    action.span,
                    "oidc-no-condition",
                    format!("every user of `{provider}` may assume the role"),
                    &format!("add conditions on `{provider}:sub` and `{provider}:aud`"),
                );
            } else if !asked(wanted) {
                self.danger(
                    action.span,
                    "oidc-no-subject",
                    format!("`{provider}` serves many, and none of the conditions says whose users are meant"),
                    &format!("add a condition on `{provider}:{}`", wanted[0]),
                );
            }
        }
        self.any_repository(statement);
    }

    /// Source: access-analyzer-reference-policy-checks, "Missing GitHub repo condition key"
    fn any_repository(&mut self, statement: &Statement) {
        let conditions = statement
            .condition
            .iter()
            .flat_map(|element| &element.value);
        let subjects = conditions.filter(|condition| {
            let key = "token.actions.githubusercontent.com:sub";
            condition.key.value.eq_ignore_ascii_case(key)
        });
        for value in subjects.flat_map(|condition| &condition.values.values) {
            let owner = value.value.split('/').next().unwrap_or_default();
            if owner.contains('*') {
                self.danger(
                    value.span,
                    "github-any-repository",
                    format!("`{}` means repositories of other owners too", value.value),
                    "name the owner and the repository: `repo:owner/repository:ref:refs/heads/main`",
                );
            }
        }
    }
}

/// The keys, in lower case, of the conditions that a request must bring.
fn demanded(statement: &Statement) -> impl Iterator<Item = String> + '_ {
    let conditions = statement
        .condition
        .iter()
        .flat_map(|element| &element.value);
    let demanded = conditions
        .filter(|condition| Operator::parse(&condition.operator.value).is_some_and(demands));
    demanded.map(|condition| condition.key.value.to_ascii_lowercase())
}

/// The address of a web identity provider, by which its claims are called; nothing for one of SAML.
fn provider(principal: &str) -> Option<String> {
    let address = match principal.split_once(":oidc-provider/") {
        Some((_, address)) => address,
        None if principal.starts_with("arn:") || principal == "*" => return None,
        None => principal,
    };
    Some(address.to_ascii_lowercase())
}
