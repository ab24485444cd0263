//! The lab at work.

use std::time::Duration;

use serde_json::json;

use super::evidence::column;
use super::trial::{BUCKET, Cast, Trial, Upload};
use super::{KeyChoice, Method, Step, Task, View};
use crate::client::Client;
use crate::cloud::s3::{Mode, Scheme};
use crate::cloud::{ADMINISTRATOR, Accounts, Cloud};
use crate::crypto::aead::Nonce;
use crate::crypto::entropy::{Entropy, Seed};
use crate::crypto::hash::sha256;
use crate::labs::bench::Call;
use crate::labs::{Genesis, Lab};
use crate::policy::CompiledPolicy;

const REGION: &str = "us-east-1";
pub(super) const MOST_OBJECTS: u8 = 5;
/// Characters of the text.
const LONGEST_TEXT: usize = 1000;

/// The lab: a cloud, everyone in it, and what was tried.
#[derive(Debug)]
pub struct Sse {
    cloud: Cloud,
    cast: Cast,
    entropy: Entropy,
    /// A key of the account's own.
    own_key: String,
    text: String,
    objects: u8,
    pub(super) key: KeyChoice,
    pub(super) trials: Vec<Trial>,
    said: String,
    pub(super) call: Option<Call>,
}

impl Lab for Sse {
    type Step = Step;
    type View = View;

    fn begin(genesis: &Genesis) -> Self {
        let seed = genesis.seed();
        let mut cloud = Cloud::new(seed, genesis.at);
        let mut entropy = Entropy::new(Seed::from(sha256(&seed)));
        let cast = cast(&mut cloud, &mut entropy);
        let own_key = furnish(&mut cloud, &cast.administrator);
        Self {
            cloud,
            cast,
            entropy,
            own_key,
            text: "Dear diary, the safe opens with 4471.".to_owned(),
            objects: 2,
            key: KeyChoice::CustomerManaged,
            trials: Vec::new(),
            said: String::new(),
            call: None,
        }
    }

    fn take(&mut self, step: &Step) {
        self.call = None;
        match step {
            Step::Write(text) => self.write(text),
            Step::Objects(objects) => self.set_objects(*objects),
            Step::Key(key) => self.choose_key(*key),
            Step::Put => self.put(),
            Step::Disable => self.switch("DisableKey"),
            Step::Enable => self.switch("EnableKey"),
            Step::Wait => self.wait(),
        }
    }

    fn view(&self) -> View {
        let columns = self.trials.iter().map(|trial| column(trial, &self.cloud));
        View {
            text: self.text.clone(),
            objects: self.objects,
            key: self.key,
            said: self.said.clone(),
            call: self.call.clone(),
            columns: columns.collect(),
        }
    }

    fn done(&self) -> Vec<&'static str> {
        let done = Task::ALL.into_iter().filter(|task| task.is_done(self));
        done.map(Task::name).collect()
    }
}

impl Sse {
    /// Has S3 encrypt one mode in another way, to see which answers that changes.
    pub fn replace_scheme(&mut self, mode: Mode, scheme: &'static dyn Scheme) {
        self.cloud.s3_mut().replace_scheme(mode, scheme);
    }

    fn write(&mut self, text: &str) {
        if text.is_empty() || text.chars().count() > LONGEST_TEXT {
            self.said = format!("The text has 1 to {LONGEST_TEXT} characters.");
        } else {
            text.clone_into(&mut self.text);
            self.begin_anew();
        }
    }

    fn set_objects(&mut self, objects: u8) {
        self.objects = objects.clamp(1, MOST_OBJECTS);
        self.begin_anew();
    }

    fn choose_key(&mut self, key: KeyChoice) {
        self.key = key;
        self.begin_anew();
    }

    /// What is on the table was put before the change.
    fn begin_anew(&mut self) {
        self.trials.clear();
        self.said = "Put the objects to see what becomes of them.".to_owned();
    }

    fn put(&mut self) {
        let Self {
            cloud,
            cast,
            entropy,
            ..
        } = self;
        let mut nonce = || Nonce(entropy.bytes());
        let key_id = match self.key {
            KeyChoice::CustomerManaged => Some(self.own_key.as_str()),
            KeyChoice::AwsManaged => None,
        };
        let mut put = |method| {
            let upload = Upload {
                method,
                text: &self.text,
                objects: self.objects,
                key_id,
            };
            Trial::put(cloud, cast, upload, &mut nonce)
        };
        self.trials = Method::ALL.map(&mut put).into();
        self.try_again();
        self.said = format!(
            "Put {} in each of {} ways, and everyone tried to read the first.",
            match self.objects {
                1 => "one object".to_owned(),
                objects => format!("{objects} objects"),
            },
            Method::ALL.len()
        );
    }

    fn try_again(&mut self) {
        for trial in &mut self.trials {
            trial.read(&mut self.cloud, &self.cast);
        }
    }

    /// Disables or enables the KMS key that is in use.
    fn switch(&mut self, operation: &str) {
        let key_id = match self.key {
            KeyChoice::CustomerManaged => Some(self.own_key.clone()),
            KeyChoice::AwsManaged => self.managed_key(),
        };
        let Some(key_id) = key_id else {
            "There is no aws/s3 key yet: S3 has it made with the first upload that needs it."
                .clone_into(&mut self.said);
            return;
        };
        let administrator = self.cast.administrator.clone();
        let body = json!({"KeyId": key_id});
        let exchange = administrator.kms(&mut self.cloud, operation, &body);
        self.said = match exchange.json() {
            Ok(_) => format!("{operation} is done, and everyone tried to read again."),
            Err(error) => format!("{operation} was refused: {}.", error.code),
        };
        self.call = Some(Call::from(&exchange));
        self.try_again();
    }

    fn managed_key(&mut self) -> Option<String> {
        let administrator = self.cast.administrator.clone();
        let body = json!({"KeyId": "alias/aws/s3"});
        let exchange = administrator.kms(&mut self.cloud, "DescribeKey", &body);
        let described = exchange.json().ok()?;
        Some(described["KeyMetadata"]["KeyId"].as_str()?.to_owned())
    }

    fn wait(&mut self) {
        self.cloud.advance(Duration::from_hours(1));
        self.try_again();
        "An hour passed, and everyone tried to read again.".clone_into(&mut self.said);
    }
}

fn cast(cloud: &mut Cloud, entropy: &mut Entropy) -> Cast {
    let read_s3 = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*",
    }});
    let use_both = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow",
        "Action": ["s3:PutObject", "s3:GetObject", "s3:ListBucket", "kms:GenerateDataKey", "kms:Decrypt"],
        "Resource": "*",
    }});
    let policy = |document: serde_json::Value| {
        vec![CompiledPolicy::parse(&document.to_string()).expect("it is a JSON object")]
    };
    let accounts = cloud.accounts_mut();
    let uploader = accounts.add_role("uploader", policy(use_both));
    let reader = accounts.add_role("reader", policy(read_s3));
    let mut sign_in = |role| {
        let credentials = cloud.sign_in(role).expect("a role can sign in");
        Client::new(credentials, REGION)
    };
    Cast {
        uploader: sign_in(&uploader),
        administrator: sign_in(&Accounts::role(ADMINISTRATOR)),
        reader: sign_in(&reader),
        customer_key: entropy.key(),
    }
}

/// Makes the bucket, lets SSE-C into it, and makes a key; returns the key's id.
fn furnish(cloud: &mut Cloud, administrator: &Client) -> String {
    let made = administrator.create_bucket(cloud, BUCKET);
    made.result.expect("the administrator may make a bucket");
    let let_in = administrator.allow_sse_c(cloud, BUCKET, true);
    let_in.result.expect("the administrator may set it up");
    let key = administrator.create_key(cloud, "Encryption modes lab", None);
    key.result.expect("the administrator may make a key").arn
}
