//! The way to the decision, layer by layer.

use crate::labs::policy::Mark;
use crate::labs::policy::deed::Change;
use crate::labs::policy::field::Field;
use crate::policy::{Decision, PolicyType};

use super::{ALLOW, NOTHING, after, decision, does, field, find, policy, write};

#[test]
fn the_path_opens_at_the_layer_that_decided_and_points_into_its_text() {
    let view = after(&[write(Field::Resource(0), "arn:aws:s3:::notes/home/bob/x")]);
    let path = &view.answer.as_ref().unwrap().path;
    let open: Vec<_> = path.iter().filter(|layer| layer.is_open).collect();
    assert_eq!(open.len(), 1);
    let clause = find(path, "Resource");
    assert_eq!(clause.mark, Some(Mark::Differs));
    let at = clause.at.as_ref().unwrap();
    assert_eq!(
        (at.field.clone(), at.place.to_string().as_str()),
        (Field::Policy(0).into(), "6:5")
    );
    let filled = &clause.children[0].title;
    assert!(
        filled.ends_with("which is `arn:aws:s3:::notes/home/alice/*` here"),
        "{filled}"
    );
}

#[test]
fn what_aws_leaves_open_is_marked_with_the_reading_taken() {
    let condition = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NumericLessThan": {"s3:max-keys": "10"}}}}"#;
    let view = after(&[
        write(Field::Policy(0), condition),
        does(Change::AddKey("s3:max-keys".to_owned(), "many".to_owned())),
    ]);
    let path = &view.answer.as_ref().unwrap().path;
    let clause = find(path, "Condition NumericLessThan s3:max-keys");
    let open = clause.children.last().unwrap();
    assert_eq!(open.mark, Some(Mark::Unspecified));
    assert!(
        open.title.starts_with("AWS does not specify"),
        "{}",
        open.title
    );

    let view = after(&[write(Field::Policy(0), ALLOW)]);
    assert!(!format!("{:?}", view.answer).contains("Unspecified"));
}

#[test]
fn the_organization_is_a_tree_from_the_root_down() {
    let view = after(&[
        policy(PolicyType::Scp, "Root", ALLOW),
        policy(PolicyType::Scp, "Workloads", ALLOW),
        policy(PolicyType::Scp, "Workloads", NOTHING),
        policy(PolicyType::Scp, "111122223333", NOTHING),
    ]);
    assert_eq!(decision(&view), Decision::ImplicitlyDenied);
    let path = &view.answer.as_ref().unwrap().path;
    let root = find(path, "`Root`");
    assert_eq!(root.mark, Some(Mark::Allows));
    let unit = find(&root.children, "`Workloads`");
    assert_eq!(unit.mark, Some(Mark::Allows));
    let account = find(&unit.children, "`111122223333`");
    assert_eq!(account.mark, Some(Mark::Silent));
    assert!(account.why.starts_with("0 of "), "{}", account.why);
    assert!(
        root.why.ends_with("actions of `s3` are left here"),
        "{}",
        root.why
    );
}

#[test]
fn each_level_says_which_actions_of_the_service_it_leaves() {
    let reads = ALLOW.replace(
        "\"*\", \"Resource",
        "[\"s3:GetObject\", \"s3:GetObjectAcl\"], \"Resource",
    );
    let view = after(&[
        policy(PolicyType::Scp, "Root", &reads),
        policy(PolicyType::Scp, "Unit", ALLOW),
    ]);
    let path = &view.answer.as_ref().unwrap().path;
    let unit = find(path, "`Unit`");
    assert!(unit.why.starts_with("2 of "), "{}", unit.why);
    let left = find(&unit.children, "What is left");
    assert_eq!(left.children[0].title, "`GetObject`, `GetObjectAcl`");
}

#[test]
fn several_resources_have_a_branch_each() {
    let view = after(&[
        does(Change::AddResource),
        write(Field::Resource(1), "arn:aws:s3:::other/x"),
    ]);
    let path = &view.answer.as_ref().unwrap().path;
    let marks: Vec<_> = path.iter().map(|branch| branch.mark).collect();
    assert_eq!(marks, [Some(Mark::Allows), Some(Mark::Silent)]);
    let view = after(&[
        does(Change::AddResource),
        does(Change::Remove(Field::Resource(0))),
        does(Change::Remove(Field::Resource(0))),
    ]);
    assert_eq!(field(&view, Field::Resource(0)).text, "");
}
