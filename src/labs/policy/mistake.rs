//! Deliberately wrong evaluators, each of one misconception, to run beside the right one.
//!
//! None of them is a switch in the evaluator. Each misreads what the right one is given, or the trace that it gives,
//! and lets the right one decide what it takes that to mean.

mod clauses;
mod documents;
mod examples;
mod misreading;
mod words;

use serde::{Deserialize, Serialize};

use crate::policy::written::Question;
use crate::policy::{Decision, Evaluation, Policies, Request, Resource, evaluate};

/// A misconception about how policies are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mistake {
    /// The first statement that matches decides.
    FirstMatchWins,
    /// An Allow beats a Deny.
    AllowOverridesDeny,
    /// Whom a resource's policy allows, no boundary limits.
    ResourcePolicyIgnoresBoundary,
    /// A boundary limits whatever allows.
    BoundaryLimitsEverything,
    /// A boundary grants what it allows.
    BoundaryGrants,
    /// A session policy adds to what the role may do.
    SessionPolicyAdds,
    /// Across accounts one side suffices.
    OneSideSufficesAcrossAccounts,
    /// A service control policy grants what it allows.
    ScpGrants,
    /// One level whose service control policies allow suffices.
    OneScpLevelSuffices,
    /// Service control policies limit the management account.
    ManagementAccountIsLimited,
    /// An identity policy suffices for a KMS key.
    IdentityPolicySufficesForKeys,
    /// An identity policy suffices to assume a role.
    IdentityPolicySufficesForRoles,
    /// Naming an account means its root user.
    AccountMeansRootUser,
    /// A missing key matches.
    MissingKeyMatches,
    /// A missing key never matches.
    MissingKeyNeverMatches,
    /// Under a negated operator it is enough to differ from one of several values.
    NegatedListIsOr,
    /// `ForAllValues` fails where there are no values.
    ForAllValuesNeedsValues,
    /// `"Null": "true"` means that the key is there.
    NullTrueMeansPresent,
    /// `StringEquals` knows wildcards.
    WildcardsInStringEquals,
    /// `StringEquals` does not tell case apart.
    StringEqualsIgnoresCase,
    /// Variables are filled in whatever the version.
    VariablesInEveryVersion,
    /// `NotAction` denies what it lists.
    NotActionDenies,
    /// A bucket's ARN covers its objects.
    BucketCoversObjects,
}

impl Mistake {
    /// Every one, those about order and layers first.
    pub const ALL: [Self; 23] = [
        Self::FirstMatchWins,
        Self::AllowOverridesDeny,
        Self::ResourcePolicyIgnoresBoundary,
        Self::BoundaryLimitsEverything,
        Self::BoundaryGrants,
        Self::SessionPolicyAdds,
        Self::OneSideSufficesAcrossAccounts,
        Self::ScpGrants,
        Self::OneScpLevelSuffices,
        Self::ManagementAccountIsLimited,
        Self::IdentityPolicySufficesForKeys,
        Self::IdentityPolicySufficesForRoles,
        Self::AccountMeansRootUser,
        Self::MissingKeyMatches,
        Self::MissingKeyNeverMatches,
        Self::NegatedListIsOr,
        Self::ForAllValuesNeedsValues,
        Self::NullTrueMeansPresent,
        Self::WildcardsInStringEquals,
        Self::StringEqualsIgnoresCase,
        Self::VariablesInEveryVersion,
        Self::NotActionDenies,
        Self::BucketCoversObjects,
    ];

    /// What whoever makes the mistake would decide. Of several resources all must be allowed.
    #[must_use]
    pub fn decide(self, request: &Request, policies: &Policies) -> Decision {
        self.wrong(&branches(request, policies), policies)
    }

    fn wrong(self, branches: &[Branch], policies: &Policies) -> Decision {
        let decisions = branches
            .iter()
            .map(|branch| misreading::decide(self, branch, policies));
        worst(decisions)
    }

    /// A request with its policies on which the mistake shows.
    #[must_use]
    pub fn example(self) -> Question {
        examples::example(self)
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.words().name
    }

    /// What one believes who makes it, in one sentence.
    #[must_use]
    pub fn belief(self) -> &'static str {
        self.words().belief
    }

    /// What is true, in one sentence.
    #[must_use]
    pub fn truth(self) -> &'static str {
        self.words().truth
    }

    /// The page of AWS's documentation that says so.
    #[must_use]
    pub fn source(self) -> String {
        format!("https://docs.aws.amazon.com/{}", self.words().page)
    }
}

/// One resource of a request, rightly judged.
struct Branch {
    request: Request,
    right: Evaluation,
}

fn branches(request: &Request, policies: &Policies) -> Vec<Branch> {
    let branch = |resource: &Resource| {
        let request = Request {
            resources: vec![resource.clone()],
            ..request.clone()
        };
        Branch {
            right: evaluate(&request, policies),
            request,
        }
    };
    request.resources.iter().map(branch).collect()
}

fn worst(decisions: impl Iterator<Item = Decision>) -> Decision {
    let worst = decisions.min_by_key(|decision| match decision {
        Decision::ExplicitlyDenied => 0,
        Decision::ImplicitlyDenied => 1,
        Decision::Allowed => 2,
    });
    worst.unwrap_or(Decision::ImplicitlyDenied)
}

/// A mistake that shows on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// Which mistake.
    pub mistake: Mistake,
    /// Which request, counted from nought.
    pub request: usize,
    /// What is decided.
    pub right: Decision,
    /// What the mistaken would decide.
    pub wrong: Decision,
}

/// The mistakes that show on these requests, request by request.
#[must_use]
pub fn disagreements(requests: &[Request], policies: &Policies) -> Vec<Disagreement> {
    let of_one = |(number, request)| {
        let branches = branches(request, policies);
        let right = worst(branches.iter().map(|branch| branch.right.decision));
        let disagreement = move |mistake: Mistake| {
            let wrong = mistake.wrong(&branches, policies);
            (wrong != right).then_some(Disagreement {
                mistake,
                request: number,
                right,
                wrong,
            })
        };
        Mistake::ALL.into_iter().filter_map(disagreement)
    };
    requests.iter().enumerate().flat_map(of_one).collect()
}
