//! Accounts, their users and roles, and who holds which credentials.
//!
//! The calls of IAM and STS that make these are not simulated yet; principals are laid before the first request.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::base::{Arn, Blob};
use crate::crypto::entropy::Seed;
use crate::crypto::hash::sha256;
use crate::crypto::kdf::hkdf_sha256;
use crate::policy::{CompiledPolicy, ParsePrincipalError, Principal, RoleSession};

/// The account that every cloud begins with.
pub const ACCOUNT: &str = "111122223333";
/// The role that every cloud begins with. It may do everything in [`ACCOUNT`].
pub const ADMINISTRATOR: &str = "Administrator";

/// The name of a session of a role that is signed in to by its own ARN.
const SESSION: &str = "cipherdeck";

/// What signs requests.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// `AKIA…` for a user, `ASIA…` for a session.
    pub access_key_id: String,
    /// Never travels.
    pub secret_access_key: String,
    /// Travels along with the requests of a session.
    pub session_token: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials({}, …)", self.access_key_id)
    }
}

/// The policies of a user or role.
type Attached = Vec<CompiledPolicy>;

/// All accounts that the cloud knows, and all credentials it gave out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Accounts {
    secret: Seed,
    users: BTreeMap<Arn, Attached>,
    roles: BTreeMap<Arn, Attached>,
    issued: BTreeMap<String, Issued>,
}

/// Credentials and whose they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Issued {
    pub credentials: Credentials,
    pub principal: Principal,
}

impl Accounts {
    pub(super) fn new(seed: &Seed) -> Self {
        let mut accounts = Self {
            secret: Seed::from(hkdf_sha256(seed.as_bytes(), b"", b"cipherdeck credentials")),
            users: BTreeMap::new(),
            roles: BTreeMap::new(),
            issued: BTreeMap::new(),
        };
        accounts.add_role(ADMINISTRATOR, vec![administrator_access()]);
        accounts
    }

    /// Adds a user to [`ACCOUNT`], or gives it other policies, and returns its ARN.
    pub fn add_user(&mut self, name: &str, policies: Vec<CompiledPolicy>) -> Arn {
        let arn = iam(&format!("user/{name}"));
        self.users.insert(arn.clone(), policies);
        arn
    }

    /// Adds a role to [`ACCOUNT`], or gives it other policies, and returns its ARN.
    pub fn add_role(&mut self, name: &str, policies: Vec<CompiledPolicy>) -> Arn {
        let arn = Self::role(name);
        self.roles.insert(arn.clone(), policies);
        arn
    }

    /// The ARN of a role of [`ACCOUNT`].
    #[must_use]
    pub fn role(name: &str) -> Arn {
        iam(&format!("role/{name}"))
    }

    /// The ARN of the root user of [`ACCOUNT`].
    #[must_use]
    pub fn root_user() -> Arn {
        iam("root")
    }

    /// Everyone in [`ACCOUNT`] who can ask for something: its root user, its users, a session of each role.
    pub fn callers(&self) -> impl Iterator<Item = Arn> {
        let sessions = self.roles.keys().filter_map(|role| {
            let principal = role.to_string().parse().ok()?;
            in_session(principal).arn()
        });
        std::iter::once(Self::root_user())
            .chain(self.users.keys().cloned())
            .chain(sessions)
    }

    pub(super) fn sign_in(&mut self, principal: &Arn) -> Result<Credentials, ParsePrincipalError> {
        let principal = in_session(principal.to_string().parse()?);
        let name = principal.to_string();
        let secret = |purpose: &str| {
            let bytes: [u8; 30] =
                hkdf_sha256(self.secret.as_bytes(), name.as_bytes(), purpose.as_bytes());
            Blob(bytes.to_vec()).to_base64()
        };
        let is_session = matches!(
            principal,
            Principal::Role(_) | Principal::FederatedUser { .. }
        );
        let prefix = if is_session { "ASIA" } else { "AKIA" };
        let credentials = Credentials {
            access_key_id: unique_id(prefix, &secret("access key id")),
            secret_access_key: secret("secret access key"),
            session_token: is_session.then(|| secret("session token")),
        };
        let issued = Issued {
            credentials: credentials.clone(),
            principal,
        };
        self.issued
            .insert(credentials.access_key_id.clone(), issued);
        Ok(credentials)
    }

    pub(super) fn issued(&self, access_key_id: &str) -> Option<&Issued> {
        self.issued.get(access_key_id)
    }

    /// The policies of a caller: a user's own, or those of the role whose session it is.
    pub(super) fn identity_policies(&self, caller: &Principal) -> &[CompiledPolicy] {
        let policies = match caller {
            Principal::User { arn, .. } => self.users.get(arn),
            Principal::Role(session) => self.roles.get(&session.role_arn()),
            _ => None,
        };
        policies.map_or(&[], Vec::as_slice)
    }
}

/// `AROA…`, `AIDA…`, `AKIA…`: a prefix and sixteen characters that stand for `name`.
pub(super) fn unique_id(prefix: &str, name: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let digest = sha256(format!("{prefix} {name}").as_bytes());
    let letters = digest[..16].iter();
    let letters = letters.map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    prefix.chars().chain(letters).collect()
}

/// A role acts through a session.
fn in_session(principal: Principal) -> Principal {
    match principal {
        Principal::Role(role) => Principal::Role(RoleSession {
            session: role.session.or_else(|| Some(SESSION.to_owned())),
            ..role
        }),
        other => other,
    }
}

fn iam(resource: &str) -> Arn {
    Arn::aws("iam", "", ACCOUNT, resource)
}

/// The managed policy of that name.
fn administrator_access() -> CompiledPolicy {
    let document = json!({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
    });
    let policy = CompiledPolicy::parse(&document.to_string()).expect("it is a JSON object");
    policy.named("arn:aws:iam::aws:policy/AdministratorAccess")
}
