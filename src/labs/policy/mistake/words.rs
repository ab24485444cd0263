//! What every mistake is called, what one believes who makes it, and what is true.

use super::Mistake;

pub(super) struct Words {
    pub(super) name: &'static str,
    pub(super) belief: &'static str,
    pub(super) truth: &'static str,
    /// The page of AWS's documentation, without its host.
    pub(super) page: &'static str,
}

const INTERPLAY: &str =
    "IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html";
const BOUNDARIES: &str = "IAM/latest/UserGuide/access_policies_boundaries.html";
const OPERATORS: &str = "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const SEVERAL: &str =
    "IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html";
const SCP_EVALUATION: &str =
    "organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html";

impl Mistake {
    pub(super) fn words(self) -> Words {
        let (name, belief, truth, page) = match self {
            Self::FirstMatchWins => (
                "First match wins",
                "A policy is read like the rules of a firewall: the first statement that matches decides, and what stands behind it is never reached.",
                "Every statement of every policy is read, in no order: one Deny that applies decides, wherever it stands.",
                INTERPLAY,
            ),
            Self::AllowOverridesDeny => (
                "Allow overrides Deny",
                "A statement that allows just this stands above one that denies it.",
                "An explicit Deny always wins; to let something through, the Deny itself must be narrowed.",
                INTERPLAY,
            ),
            Self::ResourcePolicyIgnoresBoundary => (
                "A resource policy ignores the boundary",
                "Whom the bucket's policy allows is not limited by a permissions boundary.",
                "That holds for a user or a session that is named itself; naming the role leaves its sessions their boundary and session policy.",
                "IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles",
            ),
            Self::BoundaryLimitsEverything => (
                "The boundary limits everything",
                "Nothing goes through that the permissions boundary does not allow, whoever allows it.",
                "Within an account, what a resource's policy grants to a user or a session by name is not limited by a boundary that merely says nothing.",
                BOUNDARIES,
            ),
            Self::BoundaryGrants => (
                "The boundary grants",
                "What the permissions boundary allows, its owner may do.",
                "A boundary only limits: an identity policy or a resource's policy must grant.",
                BOUNDARIES,
            ),
            Self::SessionPolicyAdds => (
                "A session policy adds",
                "A session policy gives the session more than the role has.",
                "A session may do what role and session policy both allow.",
                "IAM/latest/UserGuide/access_policies.html#policies_session",
            ),
            Self::OneSideSufficesAcrossAccounts => (
                "One side suffices across accounts",
                "Identity policy or resource policy: one of the two allows, also between accounts.",
                "Across accounts both sides must allow: the caller's account by an identity policy, the owner's by the resource's policy.",
                "IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html",
            ),
            Self::ScpGrants => (
                "An SCP grants",
                "What the organization's service control policies allow, its accounts may do.",
                "SCPs are a ceiling: they grant nothing, and a policy of the account must allow beneath them.",
                "organizations/latest/userguide/orgs_manage_policies_scps.html",
            ),
            Self::OneScpLevelSuffices => (
                "One SCP level suffices",
                "It is enough that root, unit or account has a service control policy that allows.",
                "Every level from the root down to the account needs an Allow of its own.",
                SCP_EVALUATION,
            ),
            Self::ManagementAccountIsLimited => (
                "SCPs limit the management account",
                "A service control policy at the root holds for every account of the organization.",
                "SCPs never limit the users, roles and root user of the management account.",
                "organizations/latest/userguide/orgs_manage_policies_scps.html",
            ),
            Self::IdentityPolicySufficesForKeys => (
                "IAM suffices for a KMS key",
                "An identity policy that allows `kms:Decrypt` suffices, as with a bucket of one's own.",
                "Identity policies work only where the key's own policy names the account; without that nobody gets in, not even the root user.",
                "kms/latest/developerguide/key-policy-default.html",
            ),
            Self::IdentityPolicySufficesForRoles => (
                "IAM suffices to assume a role",
                "An identity policy that allows `sts:AssumeRole` on a role suffices within one account.",
                "The role's trust policy must name the caller or its account; an identity policy alone never suffices.",
                "IAM/latest/UserGuide/access_policies-cross-account-resource-access.html",
            ),
            Self::AccountMeansRootUser => (
                "The account means its root user",
                "A principal that ends in `:root` is the root user and nobody else.",
                "It is the account, which may pass the right on to its users and roles by identity policies; a Deny on it hits all of them.",
                "IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts",
            ),
            Self::MissingKeyMatches => (
                "A missing key matches",
                "A condition on a key that the request does not carry is skipped.",
                "Under a plain operator a missing key does not match; only `IfExists`, negated operators and `ForAllValues` let it pass.",
                "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists",
            ),
            Self::MissingKeyNeverMatches => (
                "A missing key never matches",
                "A Deny with `StringNotEquals` lets a request alone that does not carry the key.",
                "A missing key differs from every value, so negated operators match it: such a Deny applies.",
                OPERATORS,
            ),
            Self::NegatedListIsOr => (
                "A negated list is an OR",
                "`StringNotEquals` with several values matches if the request differs from one of them.",
                "Under a negated operator the values are a NOR: the request must differ from all of them.",
                SEVERAL,
            ),
            Self::ForAllValuesNeedsValues => (
                "ForAllValues needs values",
                "`ForAllValues` matches only where the key is there.",
                "It is true of no values at all, so a request without the key passes; demand the key by `\"Null\": \"false\"` beside it.",
                "IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html#reference_policies_condition-multi-valued-context-keys",
            ),
            Self::NullTrueMeansPresent => (
                "Null true means that the key is there",
                "`\"Null\": {\"key\": \"true\"}` demands the key.",
                "`true` says that the key is null, that is, missing; `false` demands it.",
                "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null",
            ),
            Self::WildcardsInStringEquals => (
                "StringEquals knows wildcards",
                "`*` and `?` are wildcards in every condition.",
                "Under `StringEquals` they are plain characters; `StringLike` and the ARN operators know wildcards.",
                "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String",
            ),
            Self::StringEqualsIgnoresCase => (
                "StringEquals ignores case",
                "Values are compared as names of keys are: case does not matter.",
                "Names of keys do not tell case apart, values under `StringEquals` do; `StringEqualsIgnoreCase` does not.",
                "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String",
            ),
            Self::VariablesInEveryVersion => (
                "Variables in every version",
                "`${aws:username}` is filled in, whatever the policy's version.",
                "Only `2012-10-17` has variables; in `2008-10-17`, and where no version is written, they are plain text.",
                "IAM/latest/UserGuide/reference_policies_elements_version.html",
            ),
            Self::NotActionDenies => (
                "NotAction denies",
                "An Allow with `NotAction` denies what it lists.",
                "It merely does not allow it: another statement may.",
                "IAM/latest/UserGuide/reference_policies_elements_notaction.html",
            ),
            Self::BucketCoversObjects => (
                "A bucket's ARN covers its objects",
                "`arn:aws:s3:::bucket` stands for the bucket and everything in it.",
                "It is the bucket alone, for actions such as `s3:ListBucket`; objects are `arn:aws:s3:::bucket/*`.",
                "IAM/latest/UserGuide/reference_policies_elements_resource.html",
            ),
        };
        Words {
            name,
            belief,
            truth,
            page,
        }
    }
}
