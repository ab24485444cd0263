//! From the bench's texts to a request and the policies that bear on it.

use crate::base::{AccountId, Arn, Diagnostic, Span};
use crate::policy::{
    CompiledPolicy, Context, Level, Policies, PolicyType, Principal, Request, Resource,
};

use super::{Field, PolicyBench};

type Read<T> = Result<T, Diagnostic>;

/// Every text, read or not.
pub(super) struct Asked {
    principal: Read<Principal>,
    action: Read<String>,
    resource: Read<String>,
    owner: Read<Option<AccountId>>,
    context: Read<Context>,
    policies: Vec<(Field, Read<CompiledPolicy>)>,
}

pub(super) fn read(bench: &PolicyBench) -> Asked {
    let policy = |field: Field| {
        field.policy_type()?;
        let text = bench.text(field);
        let is_there = !text.trim().is_empty();
        is_there.then(|| (field, CompiledPolicy::parse(text)))
    };
    Asked {
        principal: principal(bench.text(Field::Principal)),
        action: action(bench.text(Field::Action)),
        resource: resource(bench.text(Field::Resource)),
        owner: owner(bench.text(Field::Owner)),
        context: context(bench.text(Field::Context)),
        policies: Field::ALL.into_iter().filter_map(policy).collect(),
    }
}

impl Asked {
    /// What is wrong with a text that is no policy.
    pub(super) fn problem(&self, field: Field) -> Option<&Diagnostic> {
        match field {
            Field::Principal => self.principal.as_ref().err(),
            Field::Action => self.action.as_ref().err(),
            Field::Resource => self.resource.as_ref().err(),
            Field::Owner => self.owner.as_ref().err(),
            Field::Context => self.context.as_ref().err(),
            _ => None,
        }
    }

    /// What kind of policy a text is; of a resource's policy that depends on what is asked of which resource.
    pub(super) fn policy_type(&self, field: Field) -> Option<PolicyType> {
        match (field, &self.request()) {
            (Field::ResourcePolicy, Some(request)) => Some(request.resource_policy_type()),
            _ => field.policy_type(),
        }
    }

    /// The request and its policies, if every text can be read.
    pub(super) fn complete(&self) -> Option<(Request, Policies)> {
        let request = self.request()?;
        let mut policies = Policies::default();
        for (field, policy) in &self.policies {
            let policy = policy.as_ref().ok()?.clone();
            match field {
                Field::IdentityPolicy => policies.identity.push(policy),
                Field::ResourcePolicy => policies.resource = Some(policy),
                Field::Boundary => policies.boundaries.push(policy),
                Field::SessionPolicy => policies.session.push(policy),
                Field::ServiceControl => policies.service_control.push(root(policy)),
                Field::ResourceControl => policies.resource_control.push(root(policy)),
                Field::Principal
                | Field::Action
                | Field::Resource
                | Field::Owner
                | Field::Context => {}
            }
        }
        Some((request, policies))
    }

    fn request(&self) -> Option<Request> {
        let resource = Resource::new(self.resource.as_ref().ok()?);
        let resource = match self.owner.as_ref().ok()? {
            Some(owner) => resource.owned_by(owner.clone()),
            None => resource,
        };
        let principal = self.principal.as_ref().ok()?.clone();
        let request = Request::new(principal, self.action.as_ref().ok()?, resource);
        Some(request.with_context(self.context.as_ref().ok()?.clone()))
    }
}

fn root(policy: CompiledPolicy) -> Level {
    Level {
        id: "Root".to_owned(),
        policies: vec![policy],
    }
}

fn principal(text: &str) -> Read<Principal> {
    text.trim().parse().map_err(|_| {
        wrong("nobody of this name makes requests").with_help(
            "write the ARN of a user, `assumed-role/role/session`, `federated-user/name` or `root`, a service such as `lambda.amazonaws.com`, or `anonymous`",
        )
    })
}

fn action(text: &str) -> Read<String> {
    let text = text.trim();
    let is_action = text
        .split_once(':')
        .is_some_and(|(service, name)| !service.is_empty() && !name.is_empty());
    if is_action && !text.contains(['*', '?', ' ']) {
        Ok(text.to_owned())
    } else {
        Err(wrong("an action is a service and a name")
            .with_help("write for example `s3:GetObject`"))
    }
}

fn resource(text: &str) -> Read<String> {
    let text = text.trim();
    if text == "*" || text.parse::<Arn>().is_ok() {
        Ok(text.to_owned())
    } else {
        Err(wrong(
            "a resource is an ARN, or `*` for actions without one",
        ))
    }
}

fn owner(text: &str) -> Read<Option<AccountId>> {
    match text.trim() {
        "" => Ok(None),
        digits => AccountId::new(digits).map(Some).ok_or_else(|| {
            wrong("an account is twelve digits")
                .with_help("leave it empty for the account in the ARN, or the caller's own")
        }),
    }
}

fn context(text: &str) -> Read<Context> {
    if text.trim().is_empty() {
        return Ok(Context::new());
    }
    serde_json::from_str(text).map_err(|error| {
        let line_start = text.match_indices('\n').nth(error.line().wrapping_sub(2)).map_or(0, |(at, _)| at + 1);
        let at = (line_start + error.column().saturating_sub(1)).min(text.len());
        let sentence = error.to_string();
        let sentence = sentence.split(" at line ").next().unwrap_or_default();
        Diagnostic::error(Span::at(at), "context", sentence)
            .with_help("write a JSON object of condition keys: strings, or lists of strings for multi-valued keys")
    })
}

fn wrong(message: &str) -> Diagnostic {
    Diagnostic::error(Span::at(0), "request", message)
}
