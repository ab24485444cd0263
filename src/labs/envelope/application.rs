//! The application that the learner plays: who it is in the simulated cloud, and what it may do there.

use crate::base::Blob;
use crate::client::{Answer, Client};
use crate::cloud::kms::EncryptionContext;
use crate::cloud::{ACCOUNT, ADMINISTRATOR, Accounts, Cloud};
use crate::crypto::aead::Key;
use crate::labs::Genesis;
use crate::labs::envelope::ContextPair;
use crate::labs::envelope::message::Message;
use crate::policy::CompiledPolicy;

/// Where it keeps its message.
pub(super) const BUCKET: &str = "envelope-lab";
pub(super) const OBJECT: &str = "letter";
const REGION: &str = "us-east-1";
const ROLE: &str = "app";

/// A cloud, an administrator who makes keys, and the application.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub cloud: Cloud,
    pub administrator: Client,
    pub application: Client,
}

impl World {
    /// An empty bucket, and nobody has asked for anything yet.
    pub fn begin(genesis: &Genesis) -> Self {
        let mut cloud = Cloud::new(genesis.seed(), genesis.at);
        let policy = CompiledPolicy::parse(&application_policy());
        let policies = vec![policy.expect("this lab writes its policies well")];
        let roles = [
            Accounts::role(ADMINISTRATOR),
            cloud.accounts_mut().add_role(ROLE, policies),
        ];
        let [administrator, application] = roles.map(|role| {
            let credentials = cloud.sign_in(&role).expect("a role can sign in");
            Client::new(credentials, REGION)
        });
        let bucket = administrator.create_bucket(&mut cloud, BUCKET);
        bucket
            .result
            .expect("an administrator may create a bucket in an empty cloud");
        Self {
            cloud,
            administrator,
            application,
        }
    }

    /// Has KMS unwrap the data key of `message`.
    pub fn unwrap(&mut self, message: &Message, context: &ContextPair) -> Answer<Key> {
        let wrapped = Blob(message.wrapped_key.clone());
        let context = kms_context(context);
        let answer = self
            .application
            .decrypt(&mut self.cloud, &wrapped, &context);
        let key = |plaintext: Blob| {
            Key::try_from(plaintext.0.as_slice()).expect("what KMS wrapped here is a 32-byte key")
        };
        Answer {
            result: answer.result.map(|decrypted| key(decrypted.plaintext)),
            exchange: answer.exchange,
        }
    }
}

impl ContextPair {
    /// As JSON, the way it is sent.
    pub(super) fn readable(&self) -> String {
        serde_json::to_string(&kms_context(self)).expect("a context is plain text")
    }
}

/// The context as KMS takes it.
pub(super) fn kms_context(context: &ContextPair) -> EncryptionContext {
    EncryptionContext::from_iter([(context.name.clone(), context.value.clone())])
}

fn application_policy() -> String {
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": {
            "Sid": "KeepLetters",
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": format!("arn:aws:s3:::{BUCKET}/*")
        }
    })
    .to_string()
}

/// The policy of the key: the account may delegate, and the application may use it.
pub(super) fn key_policy() -> String {
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Let the account delegate by IAM policies",
                "Effect": "Allow",
                "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:root")},
                "Action": "kms:*",
                "Resource": "*"
            },
            {
                "Sid": "Allow use of the key",
                "Effect": "Allow",
                "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:role/{ROLE}")},
                "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
                "Resource": "*"
            }
        ]
    })
    .to_string()
}
