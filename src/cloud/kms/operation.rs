//! The operations there are, and what the trail keeps of each.

use serde_json::{Map, Value};

use super::parameters::{Parameters, lower_camel, lower_first};
use super::{administration, alias, cryptography, data_key, policy};
use crate::cloud::call::Call;
use crate::cloud::http::HttpRequest;
use crate::cloud::{Cloud, ServiceError};

type Run = fn(&mut Cloud, &mut Call, &mut Parameters) -> Result<Option<Value>, ServiceError>;

/// An operation of KMS.
#[derive(Debug)]
pub struct Operation {
    /// As it stands behind `TrentService.`.
    pub name: &'static str,
    /// Whether the trail calls it a read.
    pub is_read_only: bool,
    pub(super) run: Run,
    /// Which members of the request go on the trail.
    logged: &'static [&'static str],
    pub(super) logs_response: bool,
}

/// Every operation there is yet.
pub static OPERATIONS: &[Operation] = &[
    write(
        "CancelKeyDeletion",
        administration::cancel_key_deletion,
        &["KeyId"],
    ),
    write(
        "CreateAlias",
        alias::create_alias,
        &["AliasName", "TargetKeyId"],
    ),
    Operation {
        logs_response: true,
        ..write(
            "CreateKey",
            administration::create_key,
            &[
                "BypassPolicyLockoutSafetyCheck",
                "CustomerMasterKeySpec",
                "Description",
                "KeySpec",
                "KeyUsage",
                "MultiRegion",
                "Origin",
                "Policy",
                "Tags",
            ],
        )
    },
    read(
        "Decrypt",
        cryptography::decrypt,
        &[
            "DryRun",
            "EncryptionAlgorithm",
            "EncryptionContext",
            "KeyId",
        ],
    ),
    read("DescribeKey", administration::describe_key, &["KeyId"]),
    write("DisableKey", administration::disable_key, &["KeyId"]),
    write("EnableKey", administration::enable_key, &["KeyId"]),
    read(
        "Encrypt",
        cryptography::encrypt,
        &[
            "DryRun",
            "EncryptionAlgorithm",
            "EncryptionContext",
            "KeyId",
        ],
    ),
    read(
        "GenerateDataKey",
        data_key::generate_data_key,
        &[
            "DryRun",
            "EncryptionContext",
            "KeyId",
            "KeySpec",
            "NumberOfBytes",
        ],
    ),
    read(
        "GenerateDataKeyWithoutPlaintext",
        data_key::generate_data_key_without_plaintext,
        &[
            "DryRun",
            "EncryptionContext",
            "KeyId",
            "KeySpec",
            "NumberOfBytes",
        ],
    ),
    read(
        "GenerateRandom",
        data_key::generate_random,
        &["NumberOfBytes"],
    ),
    read(
        "GetKeyPolicy",
        policy::get_key_policy,
        &["KeyId", "PolicyName"],
    ),
    read(
        "ListAliases",
        alias::list_aliases,
        &["KeyId", "Limit", "Marker"],
    ),
    read("ListKeys", administration::list_keys, &["Limit", "Marker"]),
    write(
        "PutKeyPolicy",
        policy::put_key_policy,
        &[
            "BypassPolicyLockoutSafetyCheck",
            "KeyId",
            "Policy",
            "PolicyName",
        ],
    ),
    read(
        "ReEncrypt",
        cryptography::re_encrypt,
        &[
            "DestinationEncryptionAlgorithm",
            "DestinationEncryptionContext",
            "DestinationKeyId",
            "DryRun",
            "SourceEncryptionAlgorithm",
            "SourceEncryptionContext",
            "SourceKeyId",
        ],
    ),
    Operation {
        logs_response: true,
        ..write(
            "ScheduleKeyDeletion",
            administration::schedule_key_deletion,
            &["KeyId", "PendingWindowInDays"],
        )
    },
];

const fn read(name: &'static str, run: Run, logged: &'static [&'static str]) -> Operation {
    Operation {
        name,
        is_read_only: true,
        run,
        logged,
        logs_response: false,
    }
}

const fn write(name: &'static str, run: Run, logged: &'static [&'static str]) -> Operation {
    Operation {
        is_read_only: false,
        ..read(name, run, logged)
    }
}

impl Operation {
    /// The members that go on the trail, in its spelling. The algorithm is there also where the request left it out.
    pub(super) fn logged_parameters(&self, members: &Map<String, Value>) -> Map<String, Value> {
        let present = self.logged.iter().filter_map(|&name| {
            let value = members.get(name).filter(|value| !value.is_null())?;
            // The keys of an encryption context are the caller's own words.
            let value = if name.ends_with("EncryptionContext") {
                value.clone()
            } else {
                lower_camel(value)
            };
            Some((lower_first(name), value))
        });
        let mut parameters: Map<String, Value> = present.collect();
        for name in self.logged {
            if name.ends_with("EncryptionAlgorithm") {
                let default = || Value::from(super::key::SYMMETRIC_DEFAULT);
                parameters.entry(lower_first(name)).or_insert_with(default);
            }
        }
        parameters
    }
}

/// The operation of that name.
pub(in crate::cloud) fn named(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name == name)
}

/// The operation that a request's `X-Amz-Target` names.
pub(super) fn of(request: &HttpRequest) -> Result<&'static Operation, ServiceError> {
    let target = request.headers.get("x-amz-target").unwrap_or_default();
    let operation = target.strip_prefix("TrentService.").and_then(named);
    operation.ok_or_else(|| {
        ServiceError::bad_request(
            "UnknownOperationException",
            format!("this KMS has no operation `{target}`"),
        )
    })
}
