//! The lab at work.

use crate::base::Blob;
use crate::client::{Answer, Client, KeyMetadata, ServerSideEncryption};
use crate::cloud::kms::EncryptionContext;
use crate::cloud::{ACCOUNT, Accounts, Cloud, ServiceError};
use crate::crypto::aead::{self, Key, Nonce};
use crate::crypto::entropy::{Entropy, Seed};
use crate::labs::bench::{Call, Chip, Kind};
use crate::labs::envelope::message::{Message, associated_data, open};
use crate::labs::envelope::view::{Breakable, ContextPair, Outcome, Part, Stage, View};
use crate::labs::envelope::{Flip, Step};
use crate::labs::{Finding, Genesis, Lab, Progress, Recording, Session};
use crate::policy::CompiledPolicy;

const REGION: &str = "us-east-1";
/// The role of the application that the learner plays.
const APPLICATION: &str = "app";
const BUCKET: &str = "envelope-lab";
const OBJECT: &str = "letter";

/// The bench: a cloud, an application in it, and what the application holds.
#[derive(Debug)]
pub struct Envelope {
    cloud: Cloud,
    administrator: Client,
    application: Client,
    entropy: Entropy,
    stage: Stage,
    text: String,
    context: ContextPair,
    key: Option<KeyMetadata>,
    data_key: Option<DataKey>,
    sealed: Option<Sealed>,
    stored: Option<Message>,
    flip: Option<Flip>,
    unwrapped: Option<Key>,
    decrypted: Option<String>,
    calls: Vec<Call>,
    outcome: Option<Outcome>,
}

/// What `GenerateDataKey` gave, and under which context.
#[derive(Debug)]
struct DataKey {
    /// None once it is wiped.
    plain: Option<Key>,
    wrapped: Vec<u8>,
    context: ContextPair,
}

/// The text's ciphertext, and under which context.
#[derive(Debug)]
struct Sealed {
    message: Message,
    context: ContextPair,
}

impl Lab for Envelope {
    type Step = Step;
    type View = View;

    fn begin(genesis: &Genesis) -> Self {
        let seed = genesis.seed();
        let mut cloud = Cloud::new(seed, genesis.at);
        let administrator = Accounts::role(crate::cloud::ADMINISTRATOR);
        let application = cloud.accounts_mut().add_role(
            APPLICATION,
            vec![
                CompiledPolicy::parse(&application_policy())
                    .expect("this lab writes its policies well"),
            ],
        );
        let mut sign_in = |role| {
            let credentials = cloud.sign_in(role).expect("a role can sign in");
            Client::new(credentials, REGION)
        };
        let (administrator, application) = (sign_in(&administrator), sign_in(&application));
        let bucket = administrator.create_bucket(&mut cloud, BUCKET);
        bucket
            .result
            .expect("an administrator may create a bucket in an empty cloud");
        Self {
            cloud,
            administrator,
            application,
            entropy: Entropy::new(Seed::from(crate::crypto::hash::sha256(&seed))),
            stage: Stage::Empty,
            text: "Invoice 4471, due Friday.".to_owned(),
            context: ContextPair {
                name: "department".to_owned(),
                value: "Finance".to_owned(),
            },
            key: None,
            data_key: None,
            sealed: None,
            stored: None,
            flip: None,
            unwrapped: None,
            decrypted: None,
            calls: Vec::new(),
            outcome: None,
        }
    }

    fn take(&mut self, step: &Step) {
        self.calls.clear();
        self.outcome = None;
        match step {
            Step::Write(text) => self.write(text),
            Step::Context(context) => self.set_context(context),
            Step::CreateKey => self.create_key(),
            Step::GenerateDataKey => self.generate_data_key(),
            Step::Encrypt => self.encrypt(),
            Step::Wipe => self.wipe(),
            Step::Store => self.store(),
            Step::Flip(flip) => self.break_bit(*flip),
            Step::PutBack => self.put_back(),
            Step::Unwrap => self.unwrap(),
            Step::Decrypt => self.decrypt(),
        }
    }

    fn view(&self) -> View {
        let breakable = self.stored.as_ref().map(|stored| {
            let part = |part| Breakable {
                part,
                bytes: stored.part(part).len(),
            };
            Part::ALL.map(part).to_vec()
        });
        View {
            stage: self.stage,
            text: self.text.clone(),
            context: self.context.clone(),
            browser: self.browser(),
            kms: self.kms(),
            s3: self.s3(),
            calls: self.calls.clone(),
            outcome: self.outcome.clone(),
            breakable: breakable.unwrap_or_default(),
            is_broken: self.is_broken(),
        }
    }
}

/// The steps.
impl Envelope {
    fn write(&mut self, text: &str) {
        if self.stage < Stage::Encrypted {
            text.clone_into(&mut self.text);
        } else {
            self.refuse(
                "Too late.",
                "The text is encrypted already. Reset, or undo, to encrypt another.",
            );
        }
    }

    fn set_context(&mut self, context: &ContextPair) {
        self.context = context.clone();
        self.step_back_to_stored();
    }

    fn create_key(&mut self) {
        if self.key.is_some() {
            return self.refuse("Not again.", "One key is enough for this bench.");
        }
        let policy = key_policy();
        let answer = self
            .administrator
            .create_key(&mut self.cloud, "Envelope lab", Some(&policy));
        if let Some(key) = self.received(answer) {
            self.succeed(
                Stage::KeyCreated,
                "A key stands.",
                "Its material was made inside KMS and never leaves it. Its policy lets the application ask for data keys and have them unwrapped, and nothing else.",
            );
            self.key = Some(key);
        }
    }

    fn generate_data_key(&mut self) {
        let Some(key) = self.key.clone() else {
            return self.refuse("No key yet.", "Create a KMS key first.");
        };
        if self.stage >= Stage::Encrypted {
            return self.refuse(
                "Not now.",
                "The text is encrypted under the data key you have. Reset to begin with another.",
            );
        }
        let context = self.context.clone();
        let answer =
            self.application
                .generate_data_key(&mut self.cloud, &key.arn, &kms_context(&context));
        if let Some(answer) = self.received(answer) {
            let plain =
                Key::try_from(answer.plaintext.0.as_slice()).expect("AES_256 asks for 32 bytes");
            self.data_key = Some(DataKey {
                plain: Some(plain),
                wrapped: answer.ciphertext_blob.0,
                context,
            });
            self.succeed(
                Stage::DataKeyHeld,
                "Two copies of one key.",
                "The plain one is for you to use now. The wrapped one only KMS can open, and only for someone whom the policy allows and who names the same context.",
            );
        }
    }

    fn encrypt(&mut self) {
        let held = self
            .data_key
            .as_ref()
            .and_then(|key| Some((key.plain.clone()?, key.wrapped.clone())));
        let Some((key, wrapped_key)) = held else {
            return self.refuse(
                "No data key here.",
                "Ask KMS for one first. A wiped one is gone.",
            );
        };
        if self.sealed.is_some() {
            return self.refuse("Not again.", "The text is encrypted already.");
        }
        let nonce = Nonce(self.entropy.bytes());
        let sealed = aead::seal(
            &key,
            nonce,
            self.text.as_bytes(),
            &associated_data(&self.context),
        );
        let message = Message {
            wrapped_key,
            sealed,
        };
        self.sealed = Some(Sealed {
            message,
            context: self.context.clone(),
        });
        self.succeed(
            Stage::Encrypted,
            "Encrypted, here.",
            "KMS saw neither the text nor its ciphertext. The tag vouches for ciphertext, nonce and context together.",
        );
    }

    fn wipe(&mut self) {
        match &mut self.data_key {
            Some(key) if key.plain.is_some() && self.sealed.is_some() => {
                key.plain = None;
                self.succeed(
                    Stage::Wiped,
                    "Gone from memory.",
                    "The bytes were overwritten. From here on nobody reads the text without asking KMS, and every such call is on the trail.",
                );
            }
            _ => self.refuse(
                "Nothing to wipe.",
                "There is no plain data key whose work is done.",
            ),
        }
    }

    fn store(&mut self) {
        let plain_is_here = self.data_key.as_ref().is_none_or(|key| key.plain.is_some());
        match self.sealed.as_ref().map(|sealed| sealed.message.clone()) {
            Some(_) if plain_is_here => {
                self.refuse(
                    "Wipe first.",
                    "A plain key beside its ciphertext is no encryption at all.",
                );
            }
            Some(message) => {
                if self.put(message) {
                    self.succeed(
                        Stage::Stored,
                        "Stored.",
                        "Wrapped key and ciphertext lie side by side in one object. Whoever may read the object, or takes the disk, has all of it and can read nothing.",
                    );
                }
            }
            None => self.refuse("Nothing to store.", "Encrypt the text first."),
        }
    }

    /// Puts the message into S3, in place of what lies there.
    fn put(&mut self, message: Message) -> bool {
        let answer = self.application.put_object(
            &mut self.cloud,
            BUCKET,
            OBJECT,
            &message.sealed.ciphertext,
            &ServerSideEncryption::BucketDefault,
            &message.metadata(),
        );
        let is_stored = self.received(answer).is_some();
        if is_stored {
            self.stored = Some(message);
        }
        is_stored
    }

    fn break_bit(&mut self, flip: Flip) {
        let Some(sealed) = self.sealed.as_ref().filter(|_| self.stored.is_some()) else {
            return self.refuse("Nothing to break.", "Store the message first.");
        };
        let broken = sealed.message.flipped(flip);
        if broken == sealed.message {
            return self.refuse("No such bit.", "The part is shorter than that.");
        }
        if !self.put(broken) {
            return;
        }
        self.flip = Some(flip);
        self.step_back_to_stored();
        self.outcome = Some(Outcome {
            is_refusal: false,
            head: "One bit is flipped.".to_owned(),
            body: format!(
                "Bit {} of byte {} of the {}. Nobody has noticed yet.",
                flip.bit,
                flip.byte,
                flip.part.name()
            ),
        });
    }

    fn put_back(&mut self) {
        let intact = self.sealed.as_ref().map(|sealed| sealed.message.clone());
        if let Some(intact) = intact.filter(|_| self.flip.is_some())
            && !self.put(intact)
        {
            return;
        }
        if let Some(key) = &self.data_key {
            self.context = key.context.clone();
        }
        self.flip = None;
        self.step_back_to_stored();
    }

    fn unwrap(&mut self) {
        if self.stored.is_none() {
            return self.refuse("Nothing is stored.", "Store the message first.");
        }
        let answer = self
            .application
            .get_object(&mut self.cloud, BUCKET, OBJECT, None);
        let Some(object) = self.received(answer) else {
            return;
        };
        let stored = Message::from_object(&object).expect("the object is as this lab put it");
        let answer = decrypt_data_key(&self.application, &mut self.cloud, &stored, &self.context);
        let refusal = answer.result.as_ref().err().cloned();
        if let Some(key) = self.received(answer) {
            self.unwrapped = Some(key);
            self.succeed(
                Stage::Unwrapped,
                "Unwrapped.",
                "KMS found the tag of the wrapped key intact under this context, and the policy allowed the call.",
            );
        } else if refusal.is_some_and(|error| error.code == "InvalidCiphertextException") {
            let why = self.why_kms_refuses();
            self.refuse("KMS refused.", &why);
        }
    }

    fn decrypt(&mut self) {
        let (Some(stored), Some(key)) = (&self.stored, &self.unwrapped) else {
            return self.refuse("No data key here.", "Have KMS unwrap it first.");
        };
        match open(key, &stored.sealed, &self.context) {
            Ok(text) => {
                self.decrypted = Some(String::from_utf8_lossy(&text).into_owned());
                self.succeed(
                    Stage::Decrypted,
                    "Readable again.",
                    "Key, nonce, ciphertext, tag and context are all what they were.",
                );
            }
            Err(_) => {
                let why = self.why_aead_refuses();
                self.refuse("AES-GCM refused.", &why);
            }
        }
    }

    fn succeed(&mut self, stage: Stage, head: &str, body: &str) {
        self.stage = stage;
        self.outcome = Some(Outcome {
            is_refusal: false,
            head: head.to_owned(),
            body: body.to_owned(),
        });
    }

    fn refuse(&mut self, head: &str, body: &str) {
        self.outcome = Some(Outcome {
            is_refusal: true,
            head: head.to_owned(),
            body: body.to_owned(),
        });
    }

    /// Shows the exchange; the answer, or its refusal said as the service said it.
    fn received<T>(&mut self, answer: Answer<T>) -> Option<T> {
        self.calls.push(Call::from(&answer.exchange));
        answer
            .result
            .map_err(|error| self.refuse("Refused.", &format!("{}: {}", error.code, error.message)))
            .ok()
    }

    /// What was unwrapped and read before a change says nothing about what is there now.
    fn step_back_to_stored(&mut self) {
        self.unwrapped = None;
        self.decrypted = None;
        self.stage = self.stage.min(Stage::Stored);
    }
}

/// Why something is refused, from what was changed.
impl Envelope {
    fn is_broken(&self) -> bool {
        let context_differs = self
            .data_key
            .as_ref()
            .is_some_and(|key| key.context != self.context);
        self.flip.is_some() || (self.stored.is_some() && context_differs)
    }

    fn why_kms_refuses(&self) -> String {
        let wrapped_under = self.data_key.as_ref().map(|key| &key.context);
        match (self.flip, wrapped_under) {
            (Some(Flip { part: Part::WrappedKey, .. }), _) => {
                "One bit of the wrapped key is not as KMS wrote it, so its tag does not match. The policy had allowed the call.".to_owned()
            }
            (_, Some(then)) if *then != self.context => format!(
                "The context is part of what was authenticated. At encryption it said {}; now it says {}, so the tag does not match. The policy had allowed the call.",
                then.readable(),
                self.context.readable()
            ),
            _ => "The wrapped key's tag does not match. The policy had allowed the call.".to_owned(),
        }
    }

    fn why_aead_refuses(&self) -> String {
        let sealed_under = self.sealed.as_ref().map(|sealed| &sealed.context);
        match (self.flip, sealed_under) {
            (Some(flip), _) => format!(
                "KMS gave the right key, but one bit of the {} was changed. The tag vouches for every bit, so nothing is decrypted: not even the part that was left alone.",
                flip.part.name()
            ),
            (None, Some(then)) if *then != self.context => format!(
                "The text was encrypted under {}, and now the context is {}.",
                then.readable(),
                self.context.readable()
            ),
            (None, _) => "The tag does not match.".to_owned(),
        }
    }
}

/// The places.
impl Envelope {
    fn browser(&self) -> Vec<Chip> {
        let text = Chip::text(
            Kind::Plaintext,
            "plaintext",
            crate::labs::bench::count_bytes(self.text.len()),
            &self.text,
        );
        let context = Chip::text(
            Kind::Context,
            "encryption context",
            "sent in the clear",
            self.context.readable(),
        );
        let mut chips = vec![text, context];
        if let Some(key) = &self.data_key {
            chips.push(match (&key.plain, &self.unwrapped) {
                (Some(plain), _) | (None, Some(plain)) => {
                    Chip::bytes(Kind::Key, "data key", plain.as_bytes())
                }
                (None, None) => Chip::gone(Kind::Key, "data key", "wiped"),
            });
            if self.stored.is_none() {
                chips.push(Chip::bytes(Kind::Key, "wrapped data key", &key.wrapped));
            }
        }
        if let (Some(sealed), None) = (&self.sealed, &self.stored) {
            chips.extend(message_chips(&sealed.message, None).into_iter().skip(1));
        }
        if let Some(text) = &self.decrypted {
            chips.push(Chip::text(Kind::Plaintext, "decrypted", "read back", text));
        }
        chips
    }

    fn kms(&self) -> Vec<Chip> {
        let chip = self.key.as_ref().map(|key| {
            let material = &key.current_key_material_id[..8];
            Chip::text(
                Kind::Key,
                "KMS key",
                &key.key_state,
                format!("{} · material {material}…", key.key_id),
            )
        });
        chip.into_iter().collect()
    }

    fn s3(&self) -> Vec<Chip> {
        self.stored
            .as_ref()
            .map_or_else(Vec::new, |stored| message_chips(stored, self.flip))
    }
}

fn message_chips(message: &Message, flip: Option<Flip>) -> Vec<Chip> {
    let chip = |part: Part| {
        let kind = match part {
            Part::WrappedKey => Kind::Key,
            Part::Nonce => Kind::Nonce,
            Part::Ciphertext => Kind::Ciphertext,
            Part::Tag => Kind::Tag,
        };
        let changed = flip.filter(|flip| flip.part == part).map(|flip| flip.byte);
        Chip::bytes(kind, part.name(), message.part(part)).with_changed(changed)
    };
    Part::ALL.map(chip).to_vec()
}

impl ContextPair {
    fn readable(&self) -> String {
        serde_json::to_string(&kms_context(self)).expect("a context is plain text")
    }
}

fn kms_context(context: &ContextPair) -> EncryptionContext {
    EncryptionContext::from_iter([(context.name.clone(), context.value.clone())])
}

/// Has KMS unwrap the data key of `message`.
fn decrypt_data_key(
    client: &Client,
    cloud: &mut Cloud,
    message: &Message,
    context: &ContextPair,
) -> Answer<Key> {
    let wrapped = Blob(message.wrapped_key.clone());
    let answer = client.decrypt(cloud, &wrapped, &kms_context(context));
    let key = |plaintext: Blob| {
        Key::try_from(plaintext.0.as_slice()).expect("what KMS wrapped here is a 32-byte key")
    };
    Answer {
        result: answer.result.map(|decrypted| key(decrypted.plaintext)),
        exchange: answer.exchange,
    }
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

fn key_policy() -> String {
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
                "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:role/{APPLICATION}")},
                "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
                "Resource": "*"
            }
        ]
    })
    .to_string()
}

/// Flips each bit of the stored message, one at a time, and tries to read the text each time.
pub fn flip_every_bit(recording: Recording<Step>, say: &mut dyn FnMut(Progress)) -> Finding {
    const SAY_EVERY: usize = 64;
    let session = Session::<Envelope>::replay(recording);
    let lab = session.lab();
    let mut finding = EveryBit::default();
    if let Some(sealed) = lab.sealed.as_ref().filter(|_| lab.stored.is_some()) {
        let total = sealed.message.bits().count();
        let mut cloud = lab.cloud.clone();
        for (done, flip) in sealed.message.bits().enumerate() {
            if done % SAY_EVERY == 0 {
                say(Progress { done, total });
            }
            finding.add(read(
                &lab.application,
                &mut cloud,
                &sealed.message.flipped(flip),
                &sealed.context,
            ));
        }
        say(Progress { done: total, total });
    }
    Finding::EveryBit {
        tried: finding.by_kms + finding.here + finding.read,
        refused_by_kms: finding.by_kms,
        refused_here: finding.here,
        read: finding.read,
    }
}

#[derive(Default)]
struct EveryBit {
    by_kms: usize,
    here: usize,
    read: usize,
}

impl EveryBit {
    fn add(&mut self, outcome: Result<(), Refusal>) {
        match outcome {
            Ok(()) => self.read += 1,
            Err(Refusal::Kms) => self.by_kms += 1,
            Err(Refusal::Aead) => self.here += 1,
        }
    }
}

enum Refusal {
    Kms,
    Aead,
}

fn read(
    client: &Client,
    cloud: &mut Cloud,
    message: &Message,
    context: &ContextPair,
) -> Result<(), Refusal> {
    let answer = decrypt_data_key(client, cloud, message, context);
    let key = answer.result.map_err(|_: ServiceError| Refusal::Kms)?;
    open(&key, &message.sealed, context).map_err(|_| Refusal::Aead)?;
    Ok(())
}
