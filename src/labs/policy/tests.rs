mod links;
mod otherwise;
mod path;
mod scenarios;
mod texts;
mod verdict;

use crate::base::{Blob, Timestamp};
use crate::course::{ExhibitKind, ScenarioId};
use crate::labs::policy::deed::Change;
use crate::labs::policy::field::Field;
use crate::labs::policy::{Branch, FieldView, Paper, PolicyBench, Step, View};
use crate::labs::{Genesis, Lab as _, Recording, Session};
use crate::policy::{Decision, PolicyType};

fn genesis() -> Genesis {
    Genesis {
        seed: Blob(Vec::new()),
        at: Timestamp::from_millis(0),
    }
}

fn session(steps: &[Step]) -> Session<PolicyBench> {
    Session::replay(Recording {
        genesis: genesis(),
        steps: steps.to_vec(),
    })
}

fn after(steps: &[Step]) -> View {
    session(steps).lab().view()
}

fn write(field: Field, text: &str) -> Step {
    Step::Write(field.into(), text.to_owned())
}

fn policy(kind: PolicyType, level: &str, text: &str) -> Step {
    does(Change::Lay(Paper {
        kind: ExhibitKind::Policy(kind),
        level: level.to_owned(),
        name: String::new(),
        text: text.to_owned(),
    }))
}

fn does(change: Change) -> Step {
    Step::Do(change.into())
}

fn decision(view: &View) -> Decision {
    let answer = view.answer.as_ref();
    answer.expect("every text can be read").decision
}

fn field(view: &View, field: Field) -> &FieldView {
    view.form
        .field(&field.into())
        .unwrap_or_else(|| panic!("{field} lies on the bench"))
}

fn find<'a>(branches: &'a [Branch], title: &str) -> &'a Branch {
    fn search<'a>(branches: &'a [Branch], title: &str) -> Option<&'a Branch> {
        branches.iter().find_map(|branch| {
            (branch.title == title)
                .then_some(branch)
                .or_else(|| search(&branch.children, title))
        })
    }
    search(branches, title).unwrap_or_else(|| panic!("{title} is a branch"))
}

const ALLOW: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
const NOTHING: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}"#;

fn scenario() -> Option<ScenarioId> {
    Some("some-case".parse().unwrap())
}

fn request(text: &str) -> Paper {
    Paper::new(ExhibitKind::Request, text)
}

const REQUEST: &str = r#"{
  "principal": {"type": "Federated", "provider": "accounts.google.com"},
  "action": "ec2:RunInstances",
  "resource": [{"resource": "arn:aws:ec2:eu-west-1:111122223333:instance/*"}, {"resource": "*", "accountId": "444455556666"}],
  "context": {"aws:TagKeys": ["team"], "aws:RequestedRegion": "eu-west-1"},
  "managementAccount": "123456789012",
  "keyManager": "AWS"
}"#;
