//! The page of AWS's documentation for what a layer says.

use crate::policy::decision::Layer;
use crate::policy::scope::{Accounts, Scope, Target};

pub(super) fn of(layer: Layer, scope: &Scope) -> &'static str {
    match (layer, scope.target, scope.accounts) {
        (Layer::Rcp, ..) => {
            "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_evaluation.html"
        }
        (Layer::Scp, ..) => {
            "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html"
        }
        (Layer::Endpoint, ..) => {
            "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"
        }
        (Layer::Resource, Target::Key | Target::Alias, Accounts::Cross) => {
            "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html"
        }
        (Layer::Resource, Target::Key, _) => {
            "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html"
        }
        (Layer::Resource, Target::Alias, _) => {
            "https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html"
        }
        (Layer::Grant, ..) => "https://docs.aws.amazon.com/kms/latest/developerguide/grants.html",
        (Layer::Resource | Layer::Identity, _, Accounts::Cross) => {
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html"
        }
        (Layer::Resource | Layer::Identity, ..) => {
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html"
        }
        (Layer::Boundary, ..) => {
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"
        }
        (Layer::Session, ..) => {
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session"
        }
    }
}
