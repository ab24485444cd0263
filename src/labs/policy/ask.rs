//! From the bench's texts to a request and the policies that bear on it.

use crate::base::{AccountId, Arn, Diagnostic, Span};
use crate::policy::written;
use crate::policy::{
    CompiledPolicy, Context, Grant, KeyManager, Layer, Level, Policies, PolicyType, Principal,
    Request, Resource,
};

use super::case::{Case, FEDERATED, PolicyText};
use super::field::Field;

type Read<T> = Result<T, Diagnostic>;

/// Every text, read or not.
pub(super) struct Asked {
    principal: Read<Principal>,
    action: Read<String>,
    resources: Vec<(Read<String>, Read<Option<AccountId>>)>,
    context: Context,
    grant_tokens: Vec<String>,
    management_account: Read<Option<AccountId>>,
    key_manager: Read<KeyManager>,
    /// Nothing for an empty text, which is no policy.
    policies: Vec<(PolicyText, Option<Read<CompiledPolicy>>)>,
    grants: Read<Vec<Grant>>,
}

/// What is decided, and where on the bench its policies lie.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) request: Request,
    pub(super) policies: Policies,
    origins: Vec<Origin>,
}

#[derive(Debug)]
struct Origin {
    layer: Layer,
    level: Option<String>,
    /// Its place in its layer's or level's list.
    index: usize,
    /// Its number on the bench.
    number: usize,
}

pub(super) fn read(case: &Case) -> Asked {
    let policy = |policy: &PolicyText| {
        let is_there = !policy.text.trim().is_empty();
        let read = is_there.then(|| {
            let compiled = CompiledPolicy::parse(&policy.text);
            compiled.map(|compiled| match policy.name.as_str() {
                "" => compiled,
                name => compiled.named(name),
            })
        });
        (policy.clone(), read)
    };
    let resource =
        |texts: &super::case::ResourceTexts| (resource(&texts.arn), account(&texts.account));
    Asked {
        principal: principal(&case.principal),
        action: action(&case.action),
        resources: case.resources.iter().map(resource).collect(),
        context: context(case),
        grant_tokens: case.grant_tokens.clone(),
        management_account: account(&case.management_account),
        key_manager: key_manager(&case.key_manager),
        policies: case.policies.iter().map(policy).collect(),
        grants: case.grants.as_deref().map_or(Ok(Vec::new()), grants),
    }
}

impl Asked {
    /// What is wrong with a text that is no policy.
    pub(super) fn problem(&self, field: Field) -> Option<&Diagnostic> {
        match field {
            Field::Principal => self.principal.as_ref().err(),
            Field::Action => self.action.as_ref().err(),
            Field::Resource(number) => self.resources.get(number)?.0.as_ref().err(),
            Field::Account(number) => self.resources.get(number)?.1.as_ref().err(),
            Field::ManagementAccount => self.management_account.as_ref().err(),
            Field::KeyManager => self.key_manager.as_ref().err(),
            Field::Grants => self.grants.as_ref().err(),
            Field::Key(_)
            | Field::Values(_)
            | Field::Policy(_)
            | Field::Name(_)
            | Field::Level(_) => None,
        }
    }

    /// As what a policy is checked: one of a resource as what the request makes of the resource.
    pub(super) fn policy_type(&self, written: PolicyType) -> PolicyType {
        match (is_of_resource(written), self.request()) {
            (true, Some(request)) => request.resource_policy_type(),
            _ => written,
        }
    }

    /// The request and its policies, if every text can be read.
    pub(super) fn complete(&self) -> Option<Question> {
        let mut question = Question {
            request: self.request()?,
            policies: Policies {
                grants: self.grants.as_ref().ok()?.clone(),
                management_account: self.management_account.as_ref().ok()?.clone(),
                key_manager: *self.key_manager.as_ref().ok()?,
                ..Policies::default()
            },
            origins: Vec::new(),
        };
        for (number, (text, policy)) in self.policies.iter().enumerate() {
            match policy {
                Some(policy) => question.lay(number, text, policy.as_ref().ok()?.clone()),
                None => question.lay_nothing(text),
            }
        }
        Some(question)
    }

    fn request(&self) -> Option<Request> {
        let resources = self.resources.iter().map(|(arn, account)| {
            let resource = Resource::new(arn.as_ref().ok()?);
            Some(match account.as_ref().ok()? {
                Some(owner) => resource.owned_by(owner.clone()),
                None => resource,
            })
        });
        Some(Request {
            principal: self.principal.as_ref().ok()?.clone(),
            action: self.action.as_ref().ok()?.clone(),
            resources: resources.collect::<Option<_>>()?,
            context: self.context.clone(),
            grant_tokens: self.grant_tokens.clone(),
        })
    }
}

impl Question {
    /// Where on the bench the policy lies that stands there in a trace.
    pub(super) fn number(&self, layer: Layer, level: Option<&str>, index: usize) -> Option<usize> {
        let is_it = |origin: &&Origin| {
            (origin.layer, origin.level.as_deref(), origin.index) == (layer, level, index)
        };
        self.origins.iter().find(is_it).map(|origin| origin.number)
    }

    /// An empty text where an SCP could be is a place with nothing attached, which allows nothing.
    fn lay_nothing(&mut self, text: &PolicyText) {
        if text.kind == PolicyType::Scp {
            level(&mut self.policies.service_control, &text.level);
        }
    }

    fn lay(&mut self, number: usize, text: &PolicyText, policy: CompiledPolicy) {
        let policies = &mut self.policies;
        let (layer, list) = match text.kind {
            PolicyType::Identity => (Layer::Identity, &mut policies.identity),
            PolicyType::Boundary => (Layer::Boundary, &mut policies.boundaries),
            PolicyType::Session => (Layer::Session, &mut policies.session),
            PolicyType::Endpoint => (Layer::Endpoint, &mut policies.endpoint),
            PolicyType::Scp => (
                Layer::Scp,
                level(&mut policies.service_control, &text.level),
            ),
            PolicyType::Rcp => (
                Layer::Rcp,
                level(&mut policies.resource_control, &text.level),
            ),
            PolicyType::Resource | PolicyType::Key | PolicyType::Trust => {
                // A resource has one policy: the first that lies there.
                if policies.resource.is_none() {
                    policies.resource = Some(policy);
                    self.origins.push(Origin {
                        layer: Layer::Resource,
                        level: None,
                        index: 0,
                        number,
                    });
                }
                return;
            }
        };
        let is_attached = matches!(layer, Layer::Scp | Layer::Rcp);
        self.origins.push(Origin {
            layer,
            level: is_attached.then(|| text.level.clone()),
            index: list.len(),
            number,
        });
        list.push(policy);
    }
}

/// Whether a policy of this kind is a resource's own.
pub(super) fn is_of_resource(kind: PolicyType) -> bool {
    matches!(
        kind,
        PolicyType::Resource | PolicyType::Key | PolicyType::Trust
    )
}

/// What is attached at one place of the organization; places come in the order in which they are first named.
fn level<'a>(levels: &'a mut Vec<Level>, id: &str) -> &'a mut Vec<CompiledPolicy> {
    let at = levels.iter().position(|level| level.id == id);
    let at = at.unwrap_or_else(|| {
        levels.push(Level {
            id: id.to_owned(),
            policies: Vec::new(),
        });
        levels.len() - 1
    });
    &mut levels[at].policies
}

fn principal(text: &str) -> Read<Principal> {
    let text = text.trim();
    if let Some(provider) = text.strip_prefix(FEDERATED) {
        return Ok(Principal::Federated {
            provider: provider.trim().to_owned(),
        });
    }
    text.parse().map_err(|_| {
        wrong("nobody of this name makes requests").with_help(
            "write the ARN of a user, `assumed-role/role/session`, `federated-user/name` or `root`, a service such as `lambda.amazonaws.com`, `anonymous`, or `federated` and a provider",
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

fn account(text: &str) -> Read<Option<AccountId>> {
    match text.trim() {
        "" => Ok(None),
        digits => AccountId::new(digits).map(Some).ok_or_else(|| {
            wrong("an account is twelve digits")
                .with_help("leave it empty where it does not matter")
        }),
    }
}

fn key_manager(text: &str) -> Read<KeyManager> {
    match text.trim() {
        "" | "CUSTOMER" => Ok(KeyManager::Customer),
        "AWS" => Ok(KeyManager::Aws),
        _ => Err(wrong("a key is managed by the account or by AWS")
            .with_help("write `AWS`, or leave it empty")),
    }
}

/// Lines that were only begun say nothing yet.
fn context(case: &Case) -> Context {
    let named = case
        .keys
        .iter()
        .filter(|texts| !texts.key.trim().is_empty());
    named
        .map(|texts| (texts.key.trim(), texts.value()))
        .collect()
}

fn grants(text: &str) -> Read<Vec<Grant>> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    written::grants(text)
}

fn wrong(message: &str) -> Diagnostic {
    Diagnostic::error(Span::at(0), "request", message)
}
