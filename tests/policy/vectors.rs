//! The tables of AWS's pages, in our own words: what a condition comes to for which values.

use serde_json::{Value, json};

use super::question::*;

/// Conditions of one example, and for which contexts they match.
struct Table {
    page: &'static str,
    conditions: Value,
    rows: Vec<(Value, bool)>,
}

const OPERATORS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const MULTIPLE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html";
const SETS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html";
const SET_EXAMPLES: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-multi-valued-context-keys.html";
const SINGLE_EXAMPLES: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-single-valued-context-keys.html";
const VARIABLES: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html";

fn operators() -> Vec<Table> {
    let mail = "arn:aws:cloudfront::111122223333:distribution";
    vec![
        Table {
            page: OPERATORS,
            conditions: json!({"StringEquals": {"aws:PrincipalTag/job": "keeper"}}),
            rows: vec![
                (json!({"aws:PrincipalTag/job": "keeper"}), true),
                (json!({"aws:PrincipalTag/job": "runner"}), false),
                (json!({}), false),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"StringLike": {"s3:prefix": ["", "home/", "home/${aws:username}/"]}}),
            rows: vec![
                (
                    json!({"s3:prefix": "home/ana/", "aws:username": "ana"}),
                    true,
                ),
                (json!({"s3:prefix": "home/", "aws:username": "ana"}), true),
                (json!({"s3:prefix": "", "aws:username": "ana"}), true),
                (
                    json!({"s3:prefix": "home/ben/", "aws:username": "ana"}),
                    false,
                ),
                (json!({"s3:prefix": "home/ana/"}), false),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({
                "StringEqualsIgnoreCase": {"aws:RequestTag/stage": ["test", "store"]},
                "ForAnyValue:StringEquals": {"aws:TagKeys": "stage"}
            }),
            rows: vec![
                (
                    json!({"aws:TagKeys": ["stage"], "aws:RequestTag/stage": "test"}),
                    true,
                ),
                (
                    json!({"aws:TagKeys": ["stage", "cost"], "aws:RequestTag/stage": "Test"}),
                    true,
                ),
                (
                    json!({"aws:TagKeys": ["Stage"], "aws:RequestTag/Stage": "test"}),
                    false,
                ),
                (
                    json!({"aws:TagKeys": ["cost"], "aws:RequestTag/stage": "test"}),
                    false,
                ),
                (json!({"aws:RequestTag/stage": "store"}), false),
                (json!({"aws:TagKeys": ["stage"]}), false),
                (json!({}), false),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"NumericLessThanEquals": {"s3:max-keys": "10"}}),
            rows: vec![
                (json!({"s3:max-keys": "10"}), true),
                (json!({"s3:max-keys": 9}), true),
                (json!({"s3:max-keys": "11"}), false),
                (json!({}), false),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"DateGreaterThan": {"aws:TokenIssueTime": "2020-01-01T00:00:01Z"}}),
            rows: vec![
                (json!({"aws:TokenIssueTime": "2020-01-01T00:00:02Z"}), true),
                (json!({"aws:TokenIssueTime": "2020-01-01T00:00:01Z"}), false),
                (json!({"aws:TokenIssueTime": "2019-12-31"}), false),
                (json!({}), false),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"Bool": {"aws:SecureTransport": "false"}}),
            rows: vec![
                (json!({"aws:SecureTransport": "false"}), true),
                (json!({"aws:SecureTransport": false}), true),
                (json!({"aws:SecureTransport": "true"}), false),
                (json!({}), false),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"BinaryEquals": {"k:digest": "c2VhbGVkIGxldHRlcg=="}}),
            rows: vec![
                (json!({"k:digest": "c2VhbGVkIGxldHRlcg=="}), true),
                (json!({"k:digest": "AKIAIOSFODNN7EXAMPLE"}), false),
                (json!({}), false),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"]}}),
            rows: vec![
                (json!({"aws:SourceIp": "203.0.113.1"}), true),
                (json!({"aws:SourceIp": "2001:db8:1234:5678::1"}), true),
                (json!({"aws:SourceIp": "198.51.100.1"}), false),
                (json!({"aws:SourceIp": "2001:db8:1234:5679::1"}), false),
                (json!({}), false),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:news"}}),
            rows: vec![
                (
                    json!({"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:news"}),
                    true,
                ),
                (
                    json!({"aws:SourceArn": "arn:aws:sns:eu-west-1:444455556666:news"}),
                    false,
                ),
                (json!({}), false),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"ForAllValues:ArnLike": {"logs:LogGeneratingResourceArns": [
                format!("{mail}/team-*"), format!("{mail}/help*")
            ]}}),
            rows: vec![
                (
                    json!({"logs:LogGeneratingResourceArns": [format!("{mail}/team-1")]}),
                    true,
                ),
                (
                    json!({"logs:LogGeneratingResourceArns": [format!("{mail}/team-1"), format!("{mail}/helpdesk")]}),
                    true,
                ),
                (
                    json!({"logs:LogGeneratingResourceArns": [format!("{mail}/team-1"), format!("{mail}/admin")]}),
                    false,
                ),
                (
                    json!({"logs:LogGeneratingResourceArns": ["arn:aws:cloudfront::444455556666:distribution/team-1"]}),
                    false,
                ),
                (json!({}), true),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"StringLikeIfExists": {"ec2:InstanceType": ["t1.*", "t2.*", "m3.*"]}}),
            rows: vec![
                (json!({"ec2:InstanceType": "t1.micro"}), true),
                (json!({"ec2:InstanceType": "m2.micro"}), false),
                (json!({}), true),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"StringNotEqualsIfExists": {"ec2:InstanceType": "t1.micro"}}),
            rows: vec![
                (json!({"ec2:InstanceType": "t1.micro"}), false),
                (json!({"ec2:InstanceType": "m2.micro"}), true),
                (json!({}), true),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"Null": {"aws:TokenIssueTime": "false"}}),
            rows: vec![
                (json!({"aws:TokenIssueTime": "2026-11-22"}), true),
                (json!({}), false),
            ],
        },
        Table {
            page: OPERATORS,
            conditions: json!({"Null": {"aws:TokenIssueTime": "true"}}),
            rows: vec![
                (json!({"aws:TokenIssueTime": "2026-11-22"}), false),
                (json!({}), true),
            ],
        },
    ]
}

fn several_keys_and_values() -> Vec<Table> {
    let (ana, ben, eve) = (
        "arn:aws:iam::444455556666:user/ana",
        "arn:aws:iam::444455556666:user/ben",
        "arn:aws:iam::444455556666:user/eve",
    );
    let team = json!({"aws:PrincipalTag/team": ["money", "people", "law"], "aws:PrincipalTag/task": ["audit", "guard"]});
    let held = |team: Option<&str>, task: Option<&str>, who: &str| {
        let mut held = json!({"aws:PrincipalArn": who});
        if let Some(team) = team {
            held["aws:PrincipalTag/team"] = json!(team);
        }
        if let Some(task) = task {
            held["aws:PrincipalTag/task"] = json!(task);
        }
        held
    };
    vec![
        Table {
            page: MULTIPLE,
            conditions: json!({"StringEquals": team, "ArnLike": {"aws:PrincipalArn": [ana, ben]}}),
            rows: vec![
                (held(Some("law"), Some("audit"), ben), true),
                (held(Some("people"), Some("audit"), eve), false),
                (held(Some("people"), Some("payroll"), ben), false),
                (held(Some("people"), None, ben), false),
                (held(None, None, ben), false),
            ],
        },
        Table {
            page: MULTIPLE,
            conditions: json!({"StringEquals": team, "ArnNotLike": {"aws:PrincipalArn": [ana, ben]}}),
            rows: vec![
                (held(Some("law"), Some("audit"), eve), true),
                (held(Some("people"), Some("audit"), ben), false),
                (held(Some("people"), Some("payroll"), eve), false),
                (held(Some("people"), None, eve), false),
                (held(None, None, eve), false),
            ],
        },
        Table {
            page: SINGLE_EXAMPLES,
            conditions: json!({"StringEquals": {"aws:PrincipalTag/team": "money"}, "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
            rows: vec![
                (
                    json!({"aws:PrincipalTag/team": "money", "aws:SourceIp": "203.0.113.9"}),
                    true,
                ),
                (
                    json!({"aws:PrincipalTag/team": "law", "aws:SourceIp": "203.0.113.9"}),
                    false,
                ),
                (
                    json!({"aws:PrincipalTag/team": "money", "aws:SourceIp": "198.51.100.9"}),
                    false,
                ),
            ],
        },
        Table {
            page: VARIABLES,
            conditions: json!({"StringNotEquals": {"s3:ExistingObjectTag/team": "${aws:PrincipalTag/team}"}}),
            rows: vec![
                (
                    json!({"s3:ExistingObjectTag/team": "red", "aws:PrincipalTag/team": "red"}),
                    false,
                ),
                (
                    json!({"s3:ExistingObjectTag/team": "red", "aws:PrincipalTag/team": "blue"}),
                    true,
                ),
                (json!({"s3:ExistingObjectTag/team": "red"}), true),
                (json!({"aws:PrincipalTag/team": "red"}), true),
            ],
        },
    ]
}

/// Not among them: a table on `aws:ResourceOrgPaths` whose results contradict the text of its own page.
fn sets() -> Vec<Table> {
    let tags = |keys: &[&str]| json!({"aws:TagKeys": keys});
    vec![
        Table {
            page: SETS,
            conditions: json!({
                "ForAllValues:StringEquals": {"aws:TagKeys": ["stage", "cost"]}, "Null": {"aws:TagKeys": "false"}
            }),
            rows: vec![
                (tags(&["stage"]), true),
                (tags(&["cost"]), true),
                (tags(&["stage", "cost"]), true),
                (tags(&["stage", "team"]), false),
                (json!({}), false),
            ],
        },
        Table {
            page: SETS,
            conditions: json!({"ForAnyValue:StringEquals": {"aws:TagKeys": ["stage", "cost"]}}),
            rows: vec![
                (tags(&["stage"]), true),
                (tags(&["cost"]), true),
                (tags(&["stage", "cost"]), true),
                (tags(&["stage", "team"]), true),
                (tags(&["team"]), false),
                (json!({}), false),
            ],
        },
        Table {
            page: SET_EXAMPLES,
            conditions: json!({"ForAllValues:StringNotLike": {"aws:TagKeys": "a*"}}),
            rows: vec![
                (tags(&["a:law"]), false),
                (tags(&["a:people", "a:money"]), false),
                (tags(&["b:audit"]), true),
                (json!({}), true),
            ],
        },
        Table {
            page: SET_EXAMPLES,
            conditions: json!({"ForAllValues:StringNotLike": {"aws:TagKeys": ["a*", "b*"]}}),
            rows: vec![
                (tags(&["a:law"]), false),
                (tags(&["a:people", "b:audit"]), false),
                (tags(&["c:law"]), true),
                (json!({}), true),
            ],
        },
        Table {
            page: SET_EXAMPLES,
            conditions: json!({"ForAnyValue:StringEquals": {"aws:TagKeys": "web"}}),
            rows: vec![
                (tags(&["web"]), true),
                (tags(&["stage", "web", "test"]), true),
                (tags(&["stage", "test"]), false),
                (json!({}), false),
            ],
        },
    ]
}

fn holding(question: Question, context: &Value) -> Question {
    let mut question = question;
    question.request.context = serde_json::from_value(context.clone()).unwrap();
    question
}

/// An Allow under the conditions applies where they match, and so does a Deny.
fn assert_table(table: &Table) {
    for (context, matches) in &table.rows {
        let why = format!("{} {} with {context}", table.page, table.conditions);
        let allow = when(allow_all(), table.conditions.clone());
        let allowed = holding(question().identity(allow), context);
        assert_eq!(allowed.is_allowed(), *matches, "Allow: {why}");
        let deny = when(deny_all(), table.conditions.clone());
        let denied = holding(question().identity(allow_all()).identity(deny), context);
        assert_eq!(!denied.is_allowed(), *matches, "Deny: {why}");
    }
}

#[test]
fn condition_operators_match_as_their_page_shows() {
    operators().iter().for_each(assert_table);
}

#[test]
fn several_keys_and_values_match_as_their_page_shows() {
    several_keys_and_values().iter().for_each(assert_table);
}

#[test]
fn set_operators_match_as_their_pages_show() {
    sets().iter().for_each(assert_table);
}

#[test]
fn an_instance_type_stops_a_launch_that_needs_other_resources_unless_it_is_asked_for_if_it_exists()
{
    let launch = |operator: &str| {
        let small = json!({operator: {"ec2:InstanceType": ["t1.*", "t2.*", "m3.*"]}});
        let statement = json!({"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"});
        let asked = question()
            .action("ec2:RunInstances")
            .identity(when(statement, small));
        let image = asked.on("arn:aws:ec2:us-east-1::image/ami-1", HOME);
        image.is_allowed()
    };
    assert!(!launch("StringLike"));
    assert!(launch("StringLikeIfExists"));
}
