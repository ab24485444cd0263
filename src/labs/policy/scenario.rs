//! Ready scenarios, so that the bench is never empty.

use super::Field;

/// A request with its policies, and what it teaches.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// What it is called.
    pub title: &'static str,
    /// What happens and what to try.
    pub story: &'static str,
    principal: &'static str,
    action: &'static str,
    resource: &'static str,
    context: &'static str,
    identity: &'static str,
    resource_policy: &'static str,
    boundary: &'static str,
    service_control: &'static str,
}

impl Scenario {
    /// What stands in one text.
    #[must_use]
    pub fn text(&self, field: Field) -> &'static str {
        match field {
            Field::Principal => self.principal,
            Field::Action => self.action,
            Field::Resource => self.resource,
            Field::Owner => "111122223333",
            Field::Context => self.context,
            Field::IdentityPolicy => self.identity,
            Field::ResourcePolicy => self.resource_policy,
            Field::Boundary => self.boundary,
            Field::ServiceControl => self.service_control,
            Field::SessionPolicy | Field::ResourceControl => "",
        }
    }
}

const ALICE: &str = "arn:aws:iam::111122223333:user/alice";

const ALLOW_S3: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Notes",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::notes/*"
    }
  ]
}"#;

/// Every scenario; the first is set out when the bench opens.
pub const SCENARIOS: [Scenario; 4] = [
    Scenario {
        title: "An upload that names no encryption",
        story: "The bucket denies uploads that do not ask for SSE-KMS. This one asks for nothing: the condition key is missing, and a negated operator matches a missing key. Put \"s3:x-amz-server-side-encryption\": \"aws:kms\" into the context and see the Deny let go.",
        principal: ALICE,
        action: "s3:PutObject",
        resource: "arn:aws:s3:::notes/friday.txt",
        context: "{}",
        identity: ALLOW_S3,
        resource_policy: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlySseKms",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::notes/*",
      "Condition": {
        "StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}
      }
    }
  ]
}"#,
        boundary: "",
        service_control: "",
    },
    Scenario {
        title: "A folder of one's own",
        story: "One policy for everyone: the variable stands for whoever asks. Change the user name in the context, or the Version to 2008-10-17, where ${aws:username} is plain text.",
        principal: ALICE,
        action: "s3:GetObject",
        resource: "arn:aws:s3:::notes/home/alice/friday.txt",
        context: "{\"aws:username\": \"alice\"}",
        identity: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": "s3:*Object",
    "Resource": "arn:aws:s3:::notes/home/${aws:username}/*"
  }
}"#,
        resource_policy: "",
        boundary: "",
        service_control: "",
    },
    Scenario {
        title: "A key that trusts its account",
        story: "The key policy names only the account, which passes the decision on to identity policies. Remove it and nobody decrypts, whatever IAM says. Name Alice herself in it and the identity policy is needed no more.",
        principal: ALICE,
        action: "kms:Decrypt",
        resource: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        context: "{\"kms:EncryptionContext:department\": \"Finance\"}",
        identity: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": "kms:Decrypt",
    "Resource": "*",
    "Condition": {"StringEquals": {"kms:EncryptionContext:department": "Finance"}}
  }
}"#,
        resource_policy: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Sid": "Enable IAM User Permissions",
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
    "Action": "kms:*",
    "Resource": "*"
  }
}"#,
        boundary: "",
        service_control: "",
    },
    Scenario {
        title: "Allowed, bounded, outvoted",
        story: "The role's policy allows everything, the boundary allows S3, and the organization allows only what happens in Ireland. Change the Region in the context, then ask for ec2:RunInstances, and see who stands in the way each time.",
        principal: "arn:aws:sts::111122223333:assumed-role/Builder/alice",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::notes/friday.txt",
        context: "{\"aws:RequestedRegion\": \"us-east-1\"}",
        identity: r#"{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}
}"#,
        resource_policy: "",
        boundary: r#"{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
}"#,
        service_control: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": "*",
    "Resource": "*",
    "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}
  }
}"#,
    },
];
