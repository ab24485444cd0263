//! Wrong evaluators, each of one misconception.

use std::collections::HashSet;

use cipherdeck::labs::policy::mistake::{Mistake, disagreements};
use cipherdeck::policy::Decision::{self, Allowed, ExplicitlyDenied, ImplicitlyDenied};
use proptest::prelude::*;
use serde_json::json;

use super::laws::{asked, mutated};
use super::question::*;

fn decided(mistake: Mistake, question: &Question) -> Decision {
    mistake.decide(&question.request, &question.policies)
}

#[test]
fn every_mistake_shows_on_its_example() {
    let expected = [
        (Mistake::FirstMatchWins, ExplicitlyDenied, Allowed),
        (Mistake::AllowOverridesDeny, ExplicitlyDenied, Allowed),
        (
            Mistake::ResourcePolicyIgnoresBoundary,
            ImplicitlyDenied,
            Allowed,
        ),
        (Mistake::BoundaryLimitsEverything, Allowed, ImplicitlyDenied),
        (Mistake::BoundaryGrants, ImplicitlyDenied, Allowed),
        (Mistake::SessionPolicyAdds, ImplicitlyDenied, Allowed),
        (
            Mistake::OneSideSufficesAcrossAccounts,
            ImplicitlyDenied,
            Allowed,
        ),
        (Mistake::ScpGrants, ImplicitlyDenied, Allowed),
        (Mistake::OneScpLevelSuffices, ImplicitlyDenied, Allowed),
        (
            Mistake::ManagementAccountIsLimited,
            Allowed,
            ImplicitlyDenied,
        ),
        (
            Mistake::IdentityPolicySufficesForKeys,
            ImplicitlyDenied,
            Allowed,
        ),
        (
            Mistake::IdentityPolicySufficesForRoles,
            ImplicitlyDenied,
            Allowed,
        ),
        (Mistake::AccountMeansRootUser, Allowed, ImplicitlyDenied),
        (Mistake::MissingKeyMatches, ImplicitlyDenied, Allowed),
        (Mistake::MissingKeyNeverMatches, ExplicitlyDenied, Allowed),
        (Mistake::NegatedListIsOr, Allowed, ExplicitlyDenied),
        (Mistake::ForAllValuesNeedsValues, Allowed, ImplicitlyDenied),
        (Mistake::NullTrueMeansPresent, ImplicitlyDenied, Allowed),
        (Mistake::WildcardsInStringEquals, ImplicitlyDenied, Allowed),
        (Mistake::StringEqualsIgnoresCase, ImplicitlyDenied, Allowed),
        (Mistake::VariablesInEveryVersion, ImplicitlyDenied, Allowed),
        (Mistake::NotActionDenies, Allowed, ExplicitlyDenied),
        (Mistake::BucketCoversObjects, ImplicitlyDenied, Allowed),
    ];
    assert_eq!(expected.map(|(mistake, ..)| mistake), Mistake::ALL);
    for (mistake, right, wrong) in expected {
        let example = mistake.example();
        let example = Question {
            request: example.request,
            policies: example.policies,
        };
        assert_eq!(example.decision(), right, "{mistake:?}");
        assert_eq!(decided(mistake, &example), wrong, "{mistake:?}");
    }
}

#[test]
fn on_plain_requests_no_mistake_shows() {
    let requests = ["s3:GetObject", "s3:PutObject"].map(|action| question().action(action).request);
    let read =
        json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/*"});
    let policies = question().identity(read).policies;
    assert_eq!(disagreements(&requests, &policies), []);
}

#[test]
fn the_requests_on_which_mistakes_show_are_told_with_both_decisions() {
    let requests = ["s3:GetObject", "s3:PutObject"].map(|action| question().action(action).request);
    let policies = question()
        .identity(
            json!([allow_all(), {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}]),
        )
        .policies;
    let found: Vec<_> = disagreements(&requests, &policies)
        .into_iter()
        .map(|one| (one.mistake, one.request, one.right, one.wrong))
        .collect();
    assert_eq!(
        found,
        [
            (Mistake::FirstMatchWins, 1, ExplicitlyDenied, Allowed),
            (Mistake::AllowOverridesDeny, 1, ExplicitlyDenied, Allowed),
        ]
    );
}

#[test]
fn a_mistake_shows_where_it_is_made_and_nowhere_else() {
    let mistakes = |question: &Question| -> Vec<Mistake> {
        let found = disagreements(std::slice::from_ref(&question.request), &question.policies);
        found.into_iter().map(|one| one.mistake).collect()
    };
    let user_by_name = question().resource(resource_statement("Allow", json!({"AWS": ALICE})));
    assert_eq!(mistakes(&user_by_name), []);
    let everyone = resource_statement("Deny", json!({"AWS": [ROOT, ALICE]}));
    assert_eq!(mistakes(&question().resource(everyone)), []);
    let account = resource_statement("Deny", json!({"AWS": HOME}));
    let denied = question().identity(allow_all()).resource(account);
    assert_eq!(
        mistakes(&denied),
        [Mistake::AllowOverridesDeny, Mistake::AccountMeansRootUser]
    );
    assert_eq!(mistakes(&denied.by(ROOT)), []);
    let foreign = question()
        .by(OTHER)
        .identity(allow_all())
        .resource(resource_statement("Allow", json!({"AWS": OTHER})));
    assert_eq!(mistakes(&foreign), []);
    let whoami = question()
        .action("sts:GetCallerIdentity")
        .identity(deny_all());
    assert_eq!(mistakes(&whoami), []);
}

#[test]
fn of_several_resources_every_one_is_misread_by_itself() {
    let bucket = json!({"Effect": "Allow", "Action": "*", "Resource": ["arn:aws:s3:::notes", "arn:aws:s3:::drafts"]});
    let both = question()
        .and_on("arn:aws:s3:::drafts/b.txt", HOME)
        .identity(bucket);
    assert_eq!(decided(Mistake::BucketCoversObjects, &both), Allowed);
    let third = both.and_on("arn:aws:s3:::others/c.txt", HOME);
    assert_eq!(
        decided(Mistake::BucketCoversObjects, &third),
        ImplicitlyDenied
    );
    let mut none = question();
    none.request.resources.clear();
    assert_eq!(decided(Mistake::FirstMatchWins, &none), ImplicitlyDenied);
}

#[test]
fn every_mistake_has_words_of_its_own_and_a_page() {
    let mut names = HashSet::new();
    for mistake in Mistake::ALL {
        assert!(names.insert(mistake.name()), "{mistake:?}");
        for sentence in [mistake.belief(), mistake.truth()] {
            assert!(sentence.ends_with('.'), "{sentence}");
        }
        assert_ne!(mistake.belief(), mistake.truth());
        assert!(mistake.source().starts_with("https://docs.aws.amazon.com/"));
    }
    let saved = serde_json::to_string(&Mistake::ScpGrants).unwrap();
    assert_eq!(saved, "\"scp-grants\"");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_question_does_harm(asked in asked(), text in mutated()) {
        let _ = disagreements(std::slice::from_ref(&asked.request), &asked.policies);
        if let Ok(policy) = cipherdeck::policy::CompiledPolicy::parse(&text) {
            let mut asked = asked;
            asked.policies.resource = Some(policy.clone());
            asked.policies.boundaries.push(policy.clone());
            asked.policies.identity.push(policy);
            let _ = disagreements(std::slice::from_ref(&asked.request), &asked.policies);
        }
    }
}
