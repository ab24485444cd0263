//! A request with its policies, put together in a line or two.

use cipherdeck::base::AccountId;
use cipherdeck::policy::{
    self, CompiledPolicy, Context, DecidedBy, Decision, Evaluation, Grant, KeyManager, Layer,
    LayerTrace, Level, Policies, Principal, Request, Resource, Verdict,
};
use serde_json::{Value, json};

pub const ALICE: &str = "arn:aws:iam::111122223333:user/alice";
pub const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/Reader/alice";
pub const ROLE: &str = "arn:aws:iam::111122223333:role/Reader";
pub const ROOT: &str = "arn:aws:iam::111122223333:root";
pub const FEDERATED: &str = "arn:aws:sts::111122223333:federated-user/bob";
pub const OTHER: &str = "arn:aws:iam::444455556666:user/eve";
pub const OBJECT: &str = "arn:aws:s3:::notes/a.txt";
pub const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
pub const HOME: &str = "111122223333";
pub const AWAY: &str = "444455556666";

pub const ALLOWED: Decision = Decision::Allowed;
pub const IMPLICIT: Decision = Decision::ImplicitlyDenied;
pub const EXPLICIT: Decision = Decision::ExplicitlyDenied;

pub fn assert_decided(question: &Question, decision: Decision, by: DecidedBy) {
    let verdict = question.verdict();
    assert_eq!(
        (verdict.decision, verdict.decided_by),
        (decision, by),
        "{}",
        question.headline()
    );
}

/// A request of Alice's for an object in her own account, until told otherwise.
#[derive(Clone, Debug)]
pub struct Question {
    pub request: Request,
    pub policies: Policies,
}

pub fn question() -> Question {
    Question {
        request: Request::new(
            principal(ALICE),
            "s3:GetObject",
            Resource::new(OBJECT).owned_by(account(HOME)),
        ),
        policies: Policies::default(),
    }
}

pub fn key_question() -> Question {
    question().action("kms:Decrypt").on(KEY, HOME)
}

pub fn principal(text: &str) -> Principal {
    text.parse().unwrap()
}

pub fn account(digits: &str) -> AccountId {
    AccountId::new(digits).unwrap()
}

/// A policy of one statement or several.
pub fn policy(statements: Value) -> CompiledPolicy {
    compiled(&json!({"Version": "2012-10-17", "Statement": statements}))
}

pub fn compiled(document: &Value) -> CompiledPolicy {
    CompiledPolicy::parse(&document.to_string()).unwrap()
}

pub fn allow_all() -> Value {
    json!({"Effect": "Allow", "Action": "*", "Resource": "*"})
}

pub fn deny_all() -> Value {
    json!({"Effect": "Deny", "Action": "*", "Resource": "*"})
}

/// An Allow of one thing that no question asks for.
pub fn allow_other() -> Value {
    json!({"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"})
}

/// The statement under these conditions.
pub fn when(mut statement: Value, conditions: Value) -> Value {
    statement["Condition"] = conditions;
    statement
}

/// An Allow or Deny of everything for `principal`, as a policy of a resource holds it.
pub fn resource_statement(effect: &str, principal: Value) -> Value {
    json!({"Effect": effect, "Principal": principal, "Action": "*", "Resource": "*"})
}

impl Question {
    pub fn by(mut self, caller: &str) -> Self {
        self.request.principal = principal(caller);
        self
    }

    pub fn anonymously(mut self) -> Self {
        self.request.principal = Principal::Anonymous;
        self
    }

    pub fn signed_in_at(mut self, provider: &str) -> Self {
        self.request.principal = Principal::Federated {
            provider: provider.to_owned(),
        };
        self
    }

    /// In a session that Alice has asked `GetFederationToken` for.
    pub fn federated_by_alice(mut self) -> Self {
        self = self.by(FEDERATED);
        if let Principal::FederatedUser { user, .. } = &mut self.request.principal {
            *user = Some(ALICE.parse().unwrap());
        }
        self
    }

    pub fn action(mut self, action: &str) -> Self {
        self.request.action = action.to_owned();
        self
    }

    pub fn on(mut self, arn: &str, owner: &str) -> Self {
        self.request.resources = vec![Resource::new(arn).owned_by(account(owner))];
        self
    }

    pub fn and_on(mut self, arn: &str, owner: &str) -> Self {
        self.request
            .resources
            .push(Resource::new(arn).owned_by(account(owner)));
        self
    }

    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.request.context = std::mem::take(&mut self.request.context).with(key, value);
        self
    }

    pub fn with_values(mut self, key: &str, values: &[&str]) -> Self {
        let context: Context = std::mem::take(&mut self.request.context);
        self.request.context = context.with_values(key, values.iter().copied());
        self
    }

    pub fn identity(mut self, statements: Value) -> Self {
        self.policies.identity.push(policy(statements));
        self
    }

    pub fn resource(mut self, statements: Value) -> Self {
        self.policies.resource = Some(policy(statements));
        self
    }

    pub fn boundary(mut self, statements: Value) -> Self {
        self.policies.boundaries.push(policy(statements));
        self
    }

    pub fn session(mut self, statements: Value) -> Self {
        self.policies.session.push(policy(statements));
        self
    }

    pub fn endpoint(mut self, statements: Value) -> Self {
        self.policies.endpoint.push(policy(statements));
        self
    }

    /// One more level of service control policies, below those given before.
    pub fn scp(mut self, policies: Vec<Value>) -> Self {
        self.policies.service_control.push(level(policies));
        self
    }

    pub fn rcp(mut self, policies: Vec<Value>) -> Self {
        self.policies.resource_control.push(level(policies));
        self
    }

    pub fn managed_by(mut self, account_id: &str) -> Self {
        self.policies.management_account = Some(account(account_id));
        self
    }

    pub fn aws_managed_key(mut self) -> Self {
        self.policies.key_manager = KeyManager::Aws;
        self
    }

    pub fn grant(mut self, grant: Value) -> Self {
        let grant: Grant = serde_json::from_value(grant).unwrap();
        self.policies.grants.push(grant);
        self
    }

    pub fn passing_token(mut self, token: &str) -> Self {
        self.request.grant_tokens.push(token.to_owned());
        self
    }

    pub fn evaluation(&self) -> Evaluation {
        policy::evaluate(&self.request, &self.policies)
    }

    /// How a layer judged the first resource.
    pub fn layer(&self, layer: Layer) -> LayerTrace {
        let trace = self.evaluation().trace.swap_remove(0);
        let mut layers = trace.layers.into_iter();
        layers.find(|found| found.layer == layer).unwrap()
    }

    /// The verdict, which is the same with and without a trace.
    pub fn verdict(&self) -> Verdict {
        let verdict = policy::decide(&self.request, &self.policies);
        assert_eq!(
            policy::evaluate(&self.request, &self.policies).verdict(),
            verdict
        );
        verdict
    }

    pub fn decision(&self) -> Decision {
        self.verdict().decision
    }

    pub fn is_allowed(&self) -> bool {
        self.decision().is_allowed()
    }

    pub fn headline(&self) -> String {
        policy::evaluate(&self.request, &self.policies).headline
    }
}

fn level(policies: Vec<Value>) -> Level {
    Level {
        id: "o-level".to_owned(),
        policies: policies.into_iter().map(policy).collect(),
    }
}
