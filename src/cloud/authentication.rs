//! Who sent the request, proved by its signature.

use std::time::Duration;

use super::ServiceError;
use super::accounts::Accounts;
use super::http::{Endpoint, HttpRequest, Service};
use super::signature::Signing;
use crate::base::{Timestamp, hex};
use crate::crypto::hash::sha256;
use crate::crypto::sigv4::{Authorization, ParseAuthorizationError, PathStyle, UNSIGNED_PAYLOAD};
use crate::policy::Principal;

/// How far a request's time may lie from the cloud's.
const TOLERANCE: Duration = Duration::from_mins(15);

/// Who a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Caller {
    pub principal: Principal,
    /// Of who signed; the anonymous do not.
    pub access_key_id: Option<String>,
}

/// Looks up who signed `request` and verifies that they did.
pub(super) fn authenticate(
    accounts: &Accounts,
    now: Timestamp,
    endpoint: &Endpoint,
    request: &HttpRequest,
) -> Result<Caller, ServiceError> {
    let refusals = Refusals(endpoint.service);
    let Some(header) = request.headers.get("authorization") else {
        return refusals.unsigned();
    };
    let authorization: Authorization = header
        .parse()
        .map_err(|error| refusals.incomplete_signature(error))?;
    let amz_date = request
        .headers
        .get("x-amz-date")
        .ok_or_else(|| refusals.missing_date())?;
    check_scope(&refusals, endpoint, &authorization, amz_date)?;
    check_age(&refusals, amz_date, now)?;

    let issued = accounts
        .issued(&authorization.access_key_id)
        .ok_or_else(|| refusals.unknown_access_key())?;
    let token = request.headers.get("x-amz-security-token");
    if token != issued.credentials.session_token.as_deref() {
        return Err(refusals.invalid_token());
    }
    check_signed_headers(&refusals, request, &authorization)?;
    check_payload(&refusals, request)?;
    let signing = Signing {
        credentials: &issued.credentials,
        endpoint,
        scope: &authorization.scope,
        signed_headers: &authorization.signed_headers,
        amz_date,
    };
    if authorization.signature != signing.signature_of(request) {
        return Err(refusals.wrong_signature());
    }
    Ok(Caller {
        principal: issued.principal.clone(),
        access_key_id: Some(authorization.access_key_id),
    })
}

fn check_scope(
    refusals: &Refusals,
    endpoint: &Endpoint,
    authorization: &Authorization,
    amz_date: &str,
) -> Result<(), ServiceError> {
    let scope = &authorization.scope;
    if !amz_date.starts_with(&scope.date) || scope.date.len() != 8 {
        return Err(refusals.wrong_scope("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP"));
    }
    if scope.region != endpoint.region {
        return Err(refusals.wrong_scope("Credential should be scoped to a valid region."));
    }
    let service = endpoint.service.prefix();
    if scope.service != service {
        return Err(refusals.wrong_scope(&format!(
            "Credential should be scoped to correct service: '{service}'."
        )));
    }
    Ok(())
}

fn check_age(refusals: &Refusals, amz_date: &str, now: Timestamp) -> Result<(), ServiceError> {
    let at = parse_amz_date(amz_date).ok_or_else(|| refusals.missing_date())?;
    let is_stale = now.since(at) > TOLERANCE;
    let is_early = at.since(now) > TOLERANCE;
    if is_stale || is_early {
        return Err(refusals.skewed(amz_date, now, is_stale));
    }
    Ok(())
}

/// Host and every `x-amz-` header have to be signed.
fn check_signed_headers(
    refusals: &Refusals,
    request: &HttpRequest,
    authorization: &Authorization,
) -> Result<(), ServiceError> {
    let signed = &authorization.signed_headers;
    let is_sorted = signed.is_sorted() && signed.iter().all(|name| *name == name.to_lowercase());
    let is_complete = request.headers.as_slice().iter().all(|(name, _)| {
        let name = name.to_lowercase();
        let must_be_signed = name == "host" || name.starts_with("x-amz-");
        !must_be_signed || signed.contains(&name)
    });
    if is_sorted && is_complete {
        Ok(())
    } else {
        Err(refusals.wrong_signature())
    }
}

fn check_payload(refusals: &Refusals, request: &HttpRequest) -> Result<(), ServiceError> {
    let Some(stated) = request.headers.get("x-amz-content-sha256") else {
        return refusals.missing_payload_hash();
    };
    let is_unsigned = stated == UNSIGNED_PAYLOAD && refusals.0 == Service::S3;
    if is_unsigned || stated == hex(&sha256(&request.body.0)) {
        return Ok(());
    }
    Err(refusals.wrong_payload_hash())
}

/// Reads `20150830T123600Z`.
fn parse_amz_date(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if date.len() != 8 || time.len() != 6 || !is_digits(date) || !is_digits(time) {
        return None;
    }
    let rfc3339 = format!(
        "{}-{}-{}T{}:{}:{}Z",
        &date[..4],
        &date[4..6],
        &date[6..],
        &time[..2],
        &time[2..4],
        &time[4..]
    );
    Timestamp::parse_rfc3339(&rfc3339).ok()
}

/// How a service words its refusals.
struct Refusals(Service);

impl Refusals {
    /// A refusal with the code of the JSON protocols, or that of S3.
    fn refuse(&self, json: &str, s3: (u16, &str), message: impl Into<String>) -> ServiceError {
        match self.0 {
            Service::Kms => ServiceError::bad_request(json, message),
            Service::S3 => ServiceError::new(s3.0, s3.1, message),
        }
    }

    /// S3 serves the anonymous, where a bucket policy lets them.
    fn unsigned(&self) -> Result<Caller, ServiceError> {
        match self.0 {
            Service::Kms => Err(ServiceError::bad_request(
                "MissingAuthenticationTokenException",
                "Missing Authentication Token",
            )),
            Service::S3 => Ok(Caller {
                principal: Principal::Anonymous,
                access_key_id: None,
            }),
        }
    }

    fn incomplete_signature(&self, error: ParseAuthorizationError) -> ServiceError {
        let s3 = (400, "AuthorizationHeaderMalformed");
        self.refuse("IncompleteSignatureException", s3, error.to_string())
    }

    fn missing_date(&self) -> ServiceError {
        self.refuse(
            "IncompleteSignatureException",
            (403, "AccessDenied"),
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
        )
    }

    fn wrong_scope(&self, message: &str) -> ServiceError {
        let s3 = (400, "AuthorizationHeaderMalformed");
        self.refuse("InvalidSignatureException", s3, message)
    }

    fn skewed(&self, amz_date: &str, now: Timestamp, is_stale: bool) -> ServiceError {
        let now_text = now.amz_date();
        let message = match (self.0, is_stale) {
            (Service::S3, _) => {
                "The difference between the request time and the current time is too large."
                    .to_owned()
            }
            (Service::Kms, true) => {
                let earliest = (now - TOLERANCE).amz_date();
                format!(
                    "Signature expired: {amz_date} is now earlier than {earliest} ({now_text} - 15 min.)"
                )
            }
            (Service::Kms, false) => {
                let latest = (now + TOLERANCE).amz_date();
                format!(
                    "Signature not yet current: {amz_date} is still later than {latest} ({now_text} + 15 min.)"
                )
            }
        };
        let s3 = (403, "RequestTimeTooSkewed");
        self.refuse("InvalidSignatureException", s3, message)
    }

    fn unknown_access_key(&self) -> ServiceError {
        match self.0 {
            Service::Kms => self.invalid_token(),
            Service::S3 => ServiceError::new(
                403,
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.",
            ),
        }
    }

    fn invalid_token(&self) -> ServiceError {
        match self.0 {
            Service::Kms => ServiceError::bad_request(
                "UnrecognizedClientException",
                "The security token included in the request is invalid.",
            ),
            Service::S3 => ServiceError::bad_request(
                "InvalidToken",
                "The provided token is malformed or otherwise invalid.",
            ),
        }
    }

    fn wrong_signature(&self) -> ServiceError {
        match self.0 {
            Service::Kms => ServiceError::bad_request(
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                 Access Key and signing method. Consult the service documentation for details.",
            ),
            Service::S3 => ServiceError::new(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and \
                 signing method.",
            ),
        }
    }

    /// Only S3 asks that the hash of the body is stated in a header.
    fn missing_payload_hash(&self) -> Result<(), ServiceError> {
        match self.0 {
            Service::Kms => Ok(()),
            Service::S3 => Err(ServiceError::bad_request(
                "InvalidRequest",
                "Missing required header for this request: x-amz-content-sha256",
            )),
        }
    }

    fn wrong_payload_hash(&self) -> ServiceError {
        match self.0 {
            Service::Kms => self.wrong_signature(),
            Service::S3 => ServiceError::bad_request(
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            ),
        }
    }
}

impl Service {
    /// How the path enters the signature.
    #[must_use]
    pub fn path_style(self) -> PathStyle {
        match self {
            Self::Kms => PathStyle::STANDARD,
            Self::S3 => PathStyle::S3,
        }
    }
}
