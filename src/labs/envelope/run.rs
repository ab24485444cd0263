//! The lab at work.

use crate::client::{Answer, KeyMetadata, ServerSideEncryption};
use crate::crypto::aead::{self, Key, Nonce};
use crate::crypto::entropy::{Entropy, Seed};
use crate::crypto::hash::sha256;
use crate::labs::bench::Call;
use crate::labs::envelope::application::{BUCKET, OBJECT, World, key_policy, kms_context};
use crate::labs::envelope::message::{Message, associated_data, open};
use crate::labs::envelope::view::{Breakable, ContextPair, Outcome, Part, Stage, View};
use crate::labs::envelope::{Flip, Step, Task};
use crate::labs::{Genesis, Lab};

/// The bench: a cloud, an application in it, and what the application holds.
#[derive(Debug)]
pub struct Envelope {
    world: World,
    entropy: Entropy,
    pub(super) stage: Stage,
    pub(super) text: String,
    pub(super) context: ContextPair,
    pub(super) key: Option<KeyMetadata>,
    pub(super) data_key: Option<DataKey>,
    pub(super) sealed: Option<Sealed>,
    pub(super) stored: Option<Message>,
    pub(super) flip: Option<Flip>,
    pub(super) unwrapped: Option<Key>,
    pub(super) decrypted: Option<String>,
    /// Who found in the last step that something was changed.
    pub(super) refused_by: Option<Guard>,
    calls: Vec<Call>,
    outcome: Option<Outcome>,
}

/// What vouches for every bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    /// KMS, for the wrapped key.
    Kms,
    /// AES-GCM, for the text.
    AesGcm,
}

/// What `GenerateDataKey` gave, and under which context.
#[derive(Debug)]
pub(super) struct DataKey {
    /// None once it is wiped.
    pub plain: Option<Key>,
    pub wrapped: Vec<u8>,
    pub context: ContextPair,
}

/// The text's ciphertext, and under which context.
#[derive(Debug)]
pub(super) struct Sealed {
    pub message: Message,
    pub context: ContextPair,
}

impl Lab for Envelope {
    type Step = Step;
    type View = View;

    fn begin(genesis: &Genesis) -> Self {
        Self {
            world: World::begin(genesis),
            entropy: Entropy::new(Seed::from(sha256(&genesis.seed()))),
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
            refused_by: None,
            calls: Vec::new(),
            outcome: None,
        }
    }

    fn take(&mut self, step: &Step) {
        self.calls.clear();
        self.outcome = None;
        self.refused_by = None;
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

    fn done(&self) -> Vec<&'static str> {
        let done = Task::ALL.into_iter().filter(|task| task.is_done(self));
        done.map(Task::name).collect()
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
        let answer = self.world.administrator.create_key(
            &mut self.world.cloud,
            "Envelope lab",
            Some(&policy),
        );
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
        let answer = self.world.application.generate_data_key(
            &mut self.world.cloud,
            &key.arn,
            &kms_context(&context),
        );
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
        let answer = self.world.application.put_object(
            &mut self.world.cloud,
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
            .world
            .application
            .get_object(&mut self.world.cloud, BUCKET, OBJECT, None);
        let Some(object) = self.received(answer) else {
            return;
        };
        let stored = Message::from_object(&object).expect("the object is as this lab put it");
        let answer = self.world.unwrap(&stored, &self.context);
        let refusal = answer.result.as_ref().err().cloned();
        if let Some(key) = self.received(answer) {
            self.unwrapped = Some(key);
            self.succeed(
                Stage::Unwrapped,
                "Unwrapped.",
                "KMS found the tag of the wrapped key intact under this context, and the policy allowed the call.",
            );
        } else if refusal.is_some_and(|error| error.code == "InvalidCiphertextException") {
            self.refused_by = Some(Guard::Kms);
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
                self.refused_by = Some(Guard::AesGcm);
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

    /// What was stored before anything was broken, where it was, and under which context.
    pub(super) fn stored_intact(&self) -> Option<(&World, &Message, &ContextPair)> {
        let sealed = self.sealed.as_ref().filter(|_| self.stored.is_some())?;
        Some((&self.world, &sealed.message, &sealed.context))
    }
}
