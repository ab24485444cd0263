//! The simulated cloud: accounts, a clock, a trail, and one folder a service.
//!
//! [`Cloud::dispatch`] is the only door. A request is signed like a real one; what comes back is the response, the
//! decisions that led to it, and the events it left on the trail. The whole state is plain data, and the same seed and
//! the same requests give the same bytes.

mod accounts;
mod authentication;
mod authorization;
mod call;
mod error;
mod http;
pub mod kms;
pub mod s3;
mod save;
mod signature;
mod trail;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use accounts::{ACCOUNT, ADMINISTRATOR, Accounts, Credentials};
pub use authorization::Authorization;
pub use error::ServiceError;
pub use http::{Endpoint, Headers, HttpRequest, HttpResponse, Service};
pub use save::LoadError;
pub use signature::Signing;
pub use trail::{Event, EventResource, UserIdentity};

use crate::base::{Arn, Timestamp};
use crate::crypto::entropy::{Entropy, Seed};
use crate::policy;
use call::Call;

/// Everything there is: accounts and their principals, keys, buckets, the clock and the trail.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cloud {
    now: Timestamp,
    entropy: Entropy,
    accounts: Accounts,
    kms: kms::Kms,
    s3: s3::S3,
    trail: Vec<Event>,
}

/// What a request brought about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// What the caller sees.
    pub response: HttpResponse,
    /// Every authorisation on the way, in order. One request may need several: S3 asks KMS in its caller's name.
    pub authorizations: Vec<Authorization>,
    /// What the request left on the trail, in order.
    pub events: Vec<Event>,
}

impl Reply {
    /// The evaluation that settled the request: the one that denied it, or the first of those that allowed it.
    #[must_use]
    pub fn decision(&self) -> Option<&policy::Evaluation> {
        let denied = |authorization: &&Authorization| !authorization.is_allowed();
        let settling = self.authorizations.iter().find(denied);
        settling
            .or(self.authorizations.first())
            .map(|authorization| &authorization.evaluation)
    }
}

impl Cloud {
    /// A cloud with one account, [`ACCOUNT`], and in it one role, [`ADMINISTRATOR`].
    #[must_use]
    pub fn new(seed: impl Into<Seed>, at: Timestamp) -> Self {
        let seed = seed.into();
        let accounts = Accounts::new(&seed);
        let mut entropy = Entropy::new(seed);
        Self {
            now: at,
            accounts,
            kms: kms::Kms::default(),
            s3: s3::S3::new(&mut entropy),
            entropy,
            trail: Vec::new(),
        }
    }

    /// The cloud's own time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Everything that happened, oldest first.
    #[must_use]
    pub fn trail(&self) -> &[Event] {
        &self.trail
    }

    /// Who is there and what they may do. Labs lay their principals here before the first request.
    pub fn accounts_mut(&mut self) -> &mut Accounts {
        &mut self.accounts
    }

    /// From here on, KMS throttles requests beyond its quotas. A new cloud does not.
    pub fn enforce_quotas(&mut self) {
        self.kms.enforce_quotas();
    }

    /// What S3 has on its disks, for who looks at them without asking S3.
    #[must_use]
    pub fn s3(&self) -> &s3::S3 {
        &self.s3
    }

    /// S3 itself, to have a mode encrypt in another way.
    pub fn s3_mut(&mut self) -> &mut s3::S3 {
        &mut self.s3
    }

    /// Credentials for `principal`: a user, a root user, a role session, or a role, which gives a session of it.
    /// They are the same at every call. A principal that no account knows has no identity policies.
    ///
    /// # Errors
    /// [`ParsePrincipalError`](policy::ParsePrincipalError) where the ARN names nobody who could sign a request.
    pub fn sign_in(&mut self, principal: &Arn) -> Result<Credentials, policy::ParsePrincipalError> {
        self.accounts.sign_in(principal)
    }

    /// Answers one signed request.
    pub fn dispatch(&mut self, request: &HttpRequest) -> Reply {
        let from = self.trail.len();
        let request_id = self.unique_id();
        let (mut response, authorizations) = match Endpoint::of(request) {
            Some(endpoint) => self.serve(&endpoint, request, &request_id),
            None => (no_such_endpoint(request), Vec::new()),
        };
        response.headers.set("x-amzn-requestid", request_id);
        Reply {
            response,
            authorizations,
            events: self.trail[from..].to_vec(),
        }
    }

    /// Moves the clock and lets happen what falls due on the way. Returns the events it left on the trail.
    pub fn advance(&mut self, duration: Duration) -> Vec<Event> {
        let from = self.trail.len();
        let until = self.now + duration;
        kms::delete_what_is_due(self, until);
        self.now = until;
        self.trail[from..].to_vec()
    }

    fn serve(
        &mut self,
        endpoint: &Endpoint,
        request: &HttpRequest,
        request_id: &str,
    ) -> (HttpResponse, Vec<Authorization>) {
        let caller = authentication::authenticate(&self.accounts, self.now, endpoint, request);
        let mut call = match (caller, endpoint.service) {
            (Ok(caller), _) => Call::new(caller, endpoint, request, request_id),
            (Err(error), Service::Kms) => return (error.to_json_response(), Vec::new()),
            (Err(error), Service::S3) => {
                return (s3::refusal(request, &error, request_id), Vec::new());
            }
        };
        let response = match endpoint.service {
            Service::Kms => kms::serve(self, &mut call, request),
            Service::S3 => s3::serve(self, &mut call, request, request_id),
        };
        (response, call.authorizations)
    }

    fn unique_id(&mut self) -> String {
        let bytes = self.entropy.bytes();
        let id: Uuid = uuid::Builder::from_random_bytes(bytes).into_uuid();
        id.to_string()
    }
}

fn no_such_endpoint(request: &HttpRequest) -> HttpResponse {
    let host = request.headers.get("host").unwrap_or_default();
    let error = ServiceError::new(
        404,
        "UnknownEndpoint",
        format!("no service answers at `{host}`"),
    );
    error.to_json_response()
}
