//! The bench as a form: parts with fields, what is wrong with each text, what else could be laid down.

mod offers;
mod words;

use serde::{Deserialize, Serialize};

use crate::base::{Diagnostic, Lines, Place};
use crate::course::ExhibitKind;
use crate::policy::{PolicyType, validate};

use super::ask::{Asked, is_of_resource};
use super::case::{Case, KeyTexts, PolicyText};
use super::context;
use super::deed::{Change, Deed};
use super::field::{Field, FieldId};
use super::paper::Paper;

pub use words::Words;

/// The whole bench, part by part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FormView {
    /// Who wants what.
    pub request: PartView,
    /// Under which circumstances.
    pub context: PartView,
    /// The policies and grants, in the order in which they were laid down.
    pub policies: Vec<PartView>,
    /// What bears on few requests, and what else can be laid down.
    pub more: PartView,
    /// What the editors of its JSON offer.
    pub words: Words,
}

/// Fields that belong together, and what can be done with them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PartView {
    /// What it is called, unlike any other.
    pub title: String,
    /// Whether it is worth opening first.
    pub is_open: bool,
    /// Its fields, in order.
    pub fields: Vec<FieldView>,
    /// What can be done.
    pub acts: Vec<Act>,
}

impl FormView {
    /// Every part, in order.
    pub fn parts(&self) -> impl Iterator<Item = &PartView> {
        [&self.request, &self.context]
            .into_iter()
            .chain(&self.policies)
            .chain([&self.more])
    }

    /// What is called so, if it lies on the bench.
    #[must_use]
    pub fn part(&self, title: &str) -> Option<&PartView> {
        self.parts().find(|part| part.title == title)
    }

    /// One text, if it lies on the bench.
    #[must_use]
    pub fn field(&self, field: &FieldId) -> Option<&FieldView> {
        let mut fields = self.parts().flat_map(|part| &part.fields);
        fields.find(|view| view.field == *field)
    }
}

/// A text on the bench, with what is said about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldView {
    /// Which text.
    pub field: FieldId,
    /// What it is called.
    pub label: String,
    /// How it is written.
    pub form: Form,
    /// What stands there.
    pub text: String,
    /// What is wrong with it, in the order of the text.
    pub notes: Vec<Note>,
    /// What else there is to know: of a policy how long it is, of a condition key what it holds.
    pub about: String,
    /// What may be chosen instead of typing it.
    pub offers: Vec<String>,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// In one line.
    Line,
    /// In a line or more.
    Lines,
    /// As JSON.
    Json,
}

/// One thing that is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What is wrong, and where in bytes.
    pub finding: Diagnostic,
    /// The same as line and column, in JSON.
    pub place: Option<Place>,
}

/// Something that can be done with one press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// What the button says, unlike any other of its part.
    pub label: String,
    /// What it does.
    pub deed: Deed,
}

impl Act {
    pub(super) fn new(label: impl Into<String>, change: Change) -> Self {
        Self {
            label: label.into(),
            deed: change.into(),
        }
    }
}

pub(super) fn of(case: &Case, asked: &Asked, callers: &[String]) -> FormView {
    let former = Former {
        case,
        asked,
        callers,
    };
    let policies = case.policies.iter().enumerate();
    let policies = policies.map(|(number, policy)| former.policy(number, policy));
    let grants = case.grants.as_deref().map(|text| former.grants(text));
    FormView {
        request: former.request(),
        context: former.context(),
        policies: policies.chain(grants).collect(),
        more: former.more(),
        words: words::of(case),
    }
}

struct Former<'a> {
    case: &'a Case,
    asked: &'a Asked,
    /// Who can ask in the simulated account.
    callers: &'a [String],
}

impl Former<'_> {
    fn request(&self) -> PartView {
        let case = self.case;
        let mut fields = vec![
            FieldView {
                offers: offers::principals(case, self.callers),
                ..self.line(Field::Principal, "Principal", &case.principal)
            },
            FieldView {
                offers: offers::actions(&case.action),
                ..self.line(Field::Action, "Action", &case.action)
            },
        ];
        let is_one = case.resources.len() == 1;
        let mut acts = Vec::new();
        for (number, texts) in case.resources.iter().enumerate() {
            let which = if is_one {
                String::new()
            } else {
                format!(" {}", number + 1)
            };
            let resource = format!("Resource{which}");
            let account = format!("Account of the resource{which}");
            fields.push(FieldView {
                offers: offers::resources(case),
                ..self.line(Field::Resource(number), &resource, &texts.arn)
            });
            fields.push(self.line(Field::Account(number), &account, &texts.account));
            if !is_one {
                let label = format!("Remove resource{which}");
                acts.push(Act::new(label, Change::Remove(Field::Resource(number))));
            }
        }
        acts.push(Act::new("Add a resource", Change::AddResource));
        PartView {
            title: "The request".to_owned(),
            is_open: true,
            fields,
            acts,
        }
    }

    fn context(&self) -> PartView {
        let mut fields = Vec::new();
        let mut acts = Vec::new();
        for (number, texts) in self.case.keys.iter().enumerate() {
            let (key, value) = (
                format!("Key {}", number + 1),
                format!("Value {}", number + 1),
            );
            fields.push(FieldView {
                offers: offers::keys(self.case),
                ..self.line(Field::Key(number), &key, &texts.key)
            });
            fields.push(FieldView {
                form: Form::Lines,
                about: offers::about_key(texts),
                ..self.line(Field::Values(number), &value, &texts.values)
            });
            let name = texts.key.trim();
            let named_so = |other: &&KeyTexts| other.key.trim() == name;
            let is_alone = self.case.keys.iter().filter(named_so).count() == 1;
            let label = if is_alone && !name.is_empty() {
                format!("Remove {name}")
            } else {
                format!("Remove key {}", number + 1)
            };
            acts.push(Act::new(label, Change::Remove(Field::Key(number))));
        }
        for mentioned in context::missing(self.case) {
            let label = format!("Add {}", mentioned.key);
            acts.push(Act::new(
                label,
                Change::AddKey(mentioned.key, mentioned.value),
            ));
        }
        let blank = Change::AddKey(String::new(), String::new());
        acts.push(Act::new("Add a key", blank));
        PartView {
            title: "Its context".to_owned(),
            is_open: !self.case.keys.is_empty(),
            fields,
            acts,
        }
    }

    fn policy(&self, number: usize, policy: &PolicyText) -> PartView {
        let title = self.title(number, policy);
        let about = lower_first(&title);
        let mut fields = Vec::new();
        if is_attached(policy.kind) {
            let label = format!("Where the {about} is attached");
            fields.push(self.line(Field::Level(number), &label, &policy.level));
        }
        let label = format!("Name of the {about}");
        fields.push(self.line(Field::Name(number), &label, &policy.name));
        fields.push(self.document(number, &title, policy));
        PartView {
            acts: vec![Act::new(
                format!("Remove the {about}"),
                Change::Remove(Field::Policy(number)),
            )],
            title,
            is_open: true,
            fields,
        }
    }

    /// Its kind, told apart from others of its kind.
    fn title(&self, number: usize, policy: &PolicyText) -> String {
        let before = self.case.policies[..number].iter();
        let before = before.filter(|other| other.kind == policy.kind).count();
        match before {
            0 => title(policy.kind).to_owned(),
            before => format!("{} {}", title(policy.kind), before + 1),
        }
    }

    fn document(&self, number: usize, title: &str, policy: &PolicyText) -> FieldView {
        let kind = self.asked.policy_type(policy.kind);
        let is_there = !policy.text.trim().is_empty();
        let found = is_there.then(|| validate(&policy.text, kind));
        FieldView {
            form: Form::Json,
            notes: notes(&policy.text, found.unwrap_or_default(), Form::Json),
            about: offers::size(&policy.text, kind),
            ..self.line(Field::Policy(number), title, &policy.text)
        }
    }

    fn grants(&self, text: &str) -> PartView {
        let found = self.asked.problem(Field::Grants).into_iter().cloned();
        let field = FieldView {
            form: Form::Json,
            notes: notes(text, found.collect(), Form::Json),
            ..self.line(Field::Grants, "Grants", text)
        };
        PartView {
            title: "KMS grants".to_owned(),
            is_open: true,
            fields: vec![field],
            acts: vec![Act::new("Remove the grants", Change::Remove(Field::Grants))],
        }
    }

    /// What else bears on a request, and what else can be laid down.
    fn more(&self) -> PartView {
        let case = self.case;
        let has_policy = case
            .policies
            .iter()
            .any(|policy| is_of_resource(policy.kind));
        let kinds = PolicyType::ALL.into_iter().filter(|kind| match kind {
            // What kind a resource's policy is follows from the resource.
            PolicyType::Key | PolicyType::Trust => false,
            PolicyType::Resource => !has_policy,
            _ => true,
        });
        let mut acts: Vec<Act> = kinds
            .map(|kind| {
                let paper = Paper {
                    level: if is_attached(kind) { "Root" } else { "" }.to_owned(),
                    ..Paper::new(ExhibitKind::Policy(kind), blank(kind))
                };
                let label = format!("Add {}", with_article(&lower_first(title(kind))));
                Act::new(label, Change::Lay(paper))
            })
            .collect();
        if case.grants.is_none() {
            let paper = Paper::new(ExhibitKind::Grants, GRANTS);
            acts.push(Act::new("Add KMS grants", Change::Lay(paper)));
        }
        let fields = vec![
            self.line(
                Field::ManagementAccount,
                "Management account of the organization",
                &case.management_account,
            ),
            FieldView {
                offers: vec!["AWS".to_owned()],
                ..self.line(
                    Field::KeyManager,
                    "Who manages the KMS key, if not the account",
                    &case.key_manager,
                )
            },
        ];
        PartView {
            title: "More policies, and whose organization and key it is".to_owned(),
            is_open: fields.iter().any(|field| !field.text.is_empty()),
            fields,
            acts,
        }
    }

    fn line(&self, field: Field, label: &str, text: &str) -> FieldView {
        let found = self.asked.problem(field).into_iter().cloned().collect();
        FieldView {
            field: field.into(),
            label: label.to_owned(),
            form: Form::Line,
            text: text.to_owned(),
            notes: notes(text, found, Form::Line),
            about: String::new(),
            offers: Vec::new(),
        }
    }
}

fn notes(text: &str, found: Vec<Diagnostic>, form: Form) -> Vec<Note> {
    let lines = Lines::new(text);
    let note = |finding: Diagnostic| Note {
        place: (form == Form::Json).then(|| lines.place(finding.span.start)),
        finding,
    };
    found.into_iter().map(note).collect()
}

fn title(kind: PolicyType) -> &'static str {
    match kind {
        PolicyType::Identity => "Identity policy",
        PolicyType::Resource => "Resource policy",
        PolicyType::Key => "Key policy",
        PolicyType::Trust => "Trust policy",
        PolicyType::Boundary => "Permissions boundary",
        PolicyType::Session => "Session policy",
        PolicyType::Endpoint => "VPC endpoint policy",
        PolicyType::Scp => "Service control policy",
        PolicyType::Rcp => "Resource control policy",
    }
}

fn is_attached(kind: PolicyType) -> bool {
    matches!(kind, PolicyType::Scp | PolicyType::Rcp)
}

/// What a new policy begins as: legal, and of no harm.
fn blank(kind: PolicyType) -> &'static str {
    match kind {
        PolicyType::Resource | PolicyType::Key | PolicyType::Trust => {
            r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::notes/*"
    }
  ]
}
"#
        }
        PolicyType::Rcp => {
            r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    }
  ]
}
"#
        }
        PolicyType::Scp => {
            r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "*", "Resource": "*"}
  ]
}
"#
        }
        PolicyType::Endpoint => {
            r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
  ]
}
"#
        }
        PolicyType::Identity | PolicyType::Boundary | PolicyType::Session => {
            r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/*"}
  ]
}
"#
        }
    }
}

const GRANTS: &str = r#"[
  {
    "granteePrincipal": "arn:aws:iam::111122223333:role/Worker",
    "operations": ["Decrypt", "GenerateDataKey"],
    "constraints": {"encryptionContextSubset": {"department": "finance"}}
  }
]
"#;

fn lower_first(words: &str) -> String {
    if words.starts_with("VPC") || words.starts_with("KMS") {
        return words.to_owned();
    }
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

fn with_article(words: &str) -> String {
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {words}")
}
