//! For every mistake a request on which it shows, in the form of `cipherdeck policy evaluate`.

use serde_json::{Value, json};

use crate::policy::written::{self, Question};

use super::Mistake;

const ALICE: &str = "arn:aws:iam::111122223333:user/alice";
const BUILDER: &str = "arn:aws:sts::111122223333:assumed-role/Builder/alice";
const BUILDER_ROLE: &str = "arn:aws:iam::111122223333:role/Builder";
const STRANGER: &str = "arn:aws:iam::444455556666:user/eve";
const ACCOUNT: &str = "arn:aws:iam::111122223333:root";
const OBJECT: &str = "arn:aws:s3:::notes/friday.txt";
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

pub(super) fn example(mistake: Mistake) -> Question {
    let line = line(mistake).to_string();
    written::question(&line).expect("every example is tested")
}

fn line(mistake: Mistake) -> Value {
    match mistake {
        Mistake::FirstMatchWins => asked(ALICE).identity(json!([
            allow("s3:*", "*"),
            {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/*"}
        ])),
        Mistake::AllowOverridesDeny => asked(ALICE).identity(json!([
            {"Effect": "Deny", "Action": "s3:*", "Resource": "*"},
            allow("s3:GetObject", "arn:aws:s3:::notes/friday.txt")
        ])),
        Mistake::ResourcePolicyIgnoresBoundary => asked(BUILDER)
            .resource(allow_to(BUILDER_ROLE))
            .boundary(allow("ec2:*", "*")),
        Mistake::BoundaryLimitsEverything => asked(ALICE)
            .resource(allow_to(ALICE))
            .boundary(allow("ec2:*", "*")),
        Mistake::BoundaryGrants => asked(ALICE)
            .identity(allow("ec2:*", "*"))
            .boundary(allow("s3:*", "*")),
        Mistake::SessionPolicyAdds => asked(BUILDER)
            .identity(allow("ec2:*", "*"))
            .session(allow("s3:*", "*")),
        Mistake::OneSideSufficesAcrossAccounts => asked(STRANGER).resource(allow_to(STRANGER)),
        Mistake::ScpGrants => asked(ALICE).scp(&[allow("*", "*")]),
        Mistake::OneScpLevelSuffices => asked(ALICE)
            .identity(allow("s3:*", "*"))
            .scp(&[allow("*", "*"), allow("ec2:*", "*")]),
        Mistake::ManagementAccountIsLimited => asked(ALICE)
            .identity(allow("s3:*", "*"))
            .scp(&[allow("ec2:*", "*")])
            .with("managementAccount", json!("111122223333")),
        Mistake::IdentityPolicySufficesForKeys => asked(ALICE)
            .request("kms:Decrypt", KEY)
            .identity(allow("kms:Decrypt", "*")),
        Mistake::IdentityPolicySufficesForRoles => asked(ALICE)
            .request("sts:AssumeRole", BUILDER_ROLE)
            .identity(allow("sts:AssumeRole", BUILDER_ROLE))
            .with("resourcePolicy", document(json!({
                "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"
            }))),
        Mistake::AccountMeansRootUser => asked(ALICE)
            .request("kms:Decrypt", KEY)
            .identity(allow("kms:Decrypt", "*"))
            .resource(allow_to(ACCOUNT)),
        Mistake::MissingKeyMatches => {
            asked(ALICE).identity(allow_if(json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}})))
        }
        Mistake::MissingKeyNeverMatches => asked(ALICE)
            .request("s3:PutObject", OBJECT)
            .identity(allow("s3:*", "*"))
            .resource(json!({
                "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::notes/*",
                "Condition": {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}
            })),
        Mistake::NegatedListIsOr => asked(ALICE)
            .context("aws:RequestedRegion", json!("eu-west-1"))
            .identity(allow("s3:*", "*"))
            .scp(&[json!([
                allow("*", "*"),
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                 "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}}}
            ])]),
        Mistake::ForAllValuesNeedsValues => {
            asked(ALICE).identity(allow_if(json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}})))
        }
        Mistake::NullTrueMeansPresent => asked(ALICE)
            .context("aws:TokenIssueTime", json!("2026-11-01T09:00:00Z"))
            .identity(allow_if(json!({"Null": {"aws:TokenIssueTime": "true"}}))),
        Mistake::WildcardsInStringEquals => asked(ALICE)
            .context("aws:PrincipalTag/team", json!("blue-1"))
            .identity(allow_if(json!({"StringEquals": {"aws:PrincipalTag/team": "blue-*"}}))),
        Mistake::StringEqualsIgnoresCase => asked(ALICE)
            .context("aws:PrincipalTag/team", json!("Blue"))
            .identity(allow_if(json!({"StringEquals": {"aws:PrincipalTag/team": "blue"}}))),
        Mistake::VariablesInEveryVersion => asked(ALICE)
            .request("s3:GetObject", "arn:aws:s3:::notes/alice/friday.txt")
            .context("aws:username", json!("alice"))
            .with("identityPolicies", json!([{
                "Version": "2008-10-17",
                "Statement": allow("s3:GetObject", "arn:aws:s3:::notes/${aws:username}/*")
            }])),
        Mistake::NotActionDenies => asked(ALICE).request("iam:ListUsers", "*").identity(json!([
            {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"},
            allow("iam:ListUsers", "*")
        ])),
        Mistake::BucketCoversObjects => asked(ALICE).identity(allow("s3:GetObject", "arn:aws:s3:::notes")),
    }
    .0
}

/// A line in the making.
struct Line(Value);

fn asked(caller: &str) -> Line {
    let request = json!({"principal": caller, "context": {}});
    Line(json!({"request": request})).request("s3:GetObject", OBJECT)
}

impl Line {
    fn request(mut self, action: &str, resource: &str) -> Self {
        self.0["request"]["action"] = json!(action);
        self.0["request"]["resource"] = json!({"resource": resource, "accountId": "111122223333"});
        self
    }

    fn context(mut self, key: &str, value: Value) -> Self {
        self.0["request"]["context"][key] = value;
        self
    }

    fn with(mut self, member: &str, value: Value) -> Self {
        self.0[member] = value;
        self
    }

    fn identity(self, statements: Value) -> Self {
        self.with("identityPolicies", json!([document(statements)]))
    }

    fn boundary(self, statements: Value) -> Self {
        self.with("permissionBoundaries", json!([document(statements)]))
    }

    fn session(self, statements: Value) -> Self {
        self.with("sessionPolicy", document(statements))
    }

    fn resource(self, statements: Value) -> Self {
        self.with("resourcePolicy", document(statements))
    }

    /// One policy a level, the root first.
    fn scp(self, levels: &[Value]) -> Self {
        let ids = ["Root", "Workloads", "111122223333"];
        let levels = levels.iter().zip(ids).map(|(statements, id)| {
            json!({"orgIdentifier": id, "policies": [document(statements.clone())]})
        });
        let levels: Vec<Value> = levels.collect();
        self.with("serviceControlPolicies", json!(levels))
    }
}

fn document(statements: Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

fn allow(action: &str, resource: &str) -> Value {
    json!({"Effect": "Allow", "Action": action, "Resource": resource})
}

fn allow_if(condition: Value) -> Value {
    json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": condition})
}

fn allow_to(principal: &str) -> Value {
    json!({"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "*", "Resource": "*"})
}
