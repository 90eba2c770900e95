//! Config: a struct of which every wrong field is reported, not only the first.

use crate::{Error, Kind, Plain, Result, Word, string_repr};

/// Everything that is wrong with a configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Invalid config: {}", problems.join("; "))]
pub struct ConfigFault {
    problems: Vec<String>,
}

impl ConfigFault {
    /// One sentence a field that is wrong.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        Kind::Value
    }

    /// The code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "ERR_VALUE"
    }
}

/// Where a server listens, and whether it says more than usual; it does not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    host: String,
    port: u16,
    is_debug: bool,
}

impl Config {
    /// The fields, in the order in which they are checked, stored and shown.
    pub const FIELDS: [&'static str; 3] = ["host", "port", "debug"];

    /// A configuration.
    ///
    /// # Errors
    /// [`ConfigFault`] with every field that is wrong.
    pub fn new(host: String, port: i64, is_debug: bool) -> Result<Self> {
        let mut problems = Vec::new();
        let host = checked_host(host).map_err(|problem| problems.push(problem));
        let port = checked_port(port).map_err(|problem| problems.push(problem));
        match (host, port) {
            (Ok(host), Ok(port)) => Ok(Self {
                host,
                port,
                is_debug,
            }),
            _ => Err(ConfigFault { problems }.into()),
        }
    }

    /// A configuration of an object with `host`, `port` and, unless it is false, `debug`.
    ///
    /// # Errors
    /// A type error when `data` is no object, and [`ConfigFault`] with every field that is missing, wrongly typed,
    /// unacceptable, or unknown; the unknown ones in the order of their code points.
    pub fn from_data(data: &Plain) -> Result<Self> {
        let Plain::Object(fields) = data else {
            return Err(data.mismatch("data", Word::Object));
        };
        let mut problems = Vec::new();
        let field = |name| {
            fields
                .get(name)
                .ok_or_else(|| Error::missing(name).to_string())
        };
        let host = field("host")
            .and_then(|host| host.text("host").map_err(|error| error.to_string()))
            .and_then(|host| checked_host(host.to_owned()))
            .map_err(|problem| problems.push(problem));
        let port = field("port")
            .and_then(|port| match port {
                // Out of range is all that there is to say about it.
                Plain::Huge => Ok(0),
                port => port.integer("port").map_err(|error| error.to_string()),
            })
            .and_then(checked_port)
            .map_err(|problem| problems.push(problem));
        let is_debug = fields
            .get("debug")
            .map_or(Ok(false), |debug| debug.boolean("debug"))
            .map_err(|error| problems.push(error.to_string()));
        let mut unknown: Vec<_> = fields
            .keys()
            .filter(|key| !Self::FIELDS.contains(&key.as_str()))
            .collect();
        unknown.sort_unstable();
        problems.extend(unknown.into_iter().map(|field| {
            let field = field.clone();
            Error::UnknownField { field }.to_string()
        }));
        match (host, port, is_debug) {
            (Ok(host), Ok(port), Ok(is_debug)) if problems.is_empty() => Ok(Self {
                host,
                port,
                is_debug,
            }),
            _ => Err(ConfigFault { problems }.into()),
        }
    }

    /// Reads the JSON text of such an object.
    ///
    /// # Errors
    /// [`crate::DataFault::Json`], and as [`Config::from_data`].
    pub fn from_json_text(text: &str) -> Result<Self> {
        Self::from_data(&Plain::from_json(text)?).map_err(|error| error.about("JSON"))
    }

    /// The name or address of the host; not empty.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, 1 to 65535.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Whether to say more than usual.
    #[must_use]
    pub const fn is_debug(&self) -> bool {
        self.is_debug
    }

    /// The 32-bit FNV-1a hash of the host's UTF-8, the byte 0xFF, the 2 bytes of the port, lowest first, and 1 or 0.
    #[must_use]
    pub fn hash(&self) -> u32 {
        let host = self.host.bytes().chain([0xff]);
        crate::hash::fnv(
            host.chain(self.port.to_le_bytes())
                .chain([u8::from(self.is_debug)]),
        )
    }

    /// The text as Python's `repr` writes it: `Config(host='localhost', port=8080, debug=False)`.
    #[must_use]
    pub fn debug_text(&self) -> String {
        let debug = if self.is_debug { "True" } else { "False" };
        format!(
            "Config(host={}, port={}, debug={debug})",
            string_repr(&self.host),
            self.port
        )
    }

    /// The JSON text, without blanks.
    ///
    /// # Errors
    /// None: all that a configuration can hold is data.
    pub fn to_json_text(&self) -> Result<String> {
        let fields = [
            ("host", Plain::Text(self.host.clone())),
            ("port", Plain::Integer(self.port.into())),
            ("debug", Plain::Boolean(self.is_debug)),
        ];
        let fields = fields.map(|(key, value)| (key.to_owned(), value));
        Plain::Object(fields.into()).to_json()
    }
}

fn checked_host(host: String) -> std::result::Result<String, String> {
    if host.trim().is_empty() {
        return Err("host cannot be empty".to_owned());
    }
    Ok(host)
}

fn checked_port(port: i64) -> std::result::Result<u16, String> {
    u16::try_from(port)
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| "port must be between 1 and 65535".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named() {
        for (json, message) in [
            ("{}", "Invalid config: Missing 'host'; Missing 'port'"),
            (
                r#"{"z":1,"host":5,"a":2,"port":"x","debug":null}"#,
                "Invalid config: host must be a string, got an integer; port must be an integer, got a string; \
                 debug must be a boolean, got null; Unknown field 'a'; Unknown field 'z'",
            ),
            (
                r#"{"host":" ","port":65536}"#,
                "Invalid config: host cannot be empty; port must be between 1 and 65535",
            ),
            (
                r#"{"host":"h","port":0}"#,
                "Invalid config: port must be between 1 and 65535",
            ),
            (
                r#"{"host":"h","port":18446744073709551615}"#,
                "Invalid config: port must be between 1 and 65535",
            ),
            (
                r#"{"host":"h","port":1.5}"#,
                "Invalid config: port must be an integer, got a number",
            ),
            (
                r#"{"host":"h","port":1,"debug":0}"#,
                "Invalid config: debug must be a boolean, got an integer",
            ),
        ] {
            let error = Config::from_json_text(json).expect_err(json);
            assert_eq!(
                (error.to_string().as_str(), error.code()),
                (message, "ERR_VALUE")
            );
        }
        let error = Config::from_json_text("[]").expect_err("a list");
        assert_eq!(
            (error.to_string().as_str(), error.code()),
            ("JSON must be an object, got a list", "ERR_TYPE")
        );
    }

    #[test]
    fn a_port_is_between_1_and_65535() {
        for (port, valid) in [
            (i64::MIN, false),
            (0, false),
            (1, true),
            (65535, true),
            (65536, false),
        ] {
            assert_eq!(
                Config::new("h".into(), port, false).is_ok(),
                valid,
                "{port}"
            );
        }
    }

    #[test]
    fn json_is_read_as_it_is_written() {
        let config = Config::new("localhost".into(), 8080, true).expect("valid");
        let text = config.to_json_text().expect("data");
        assert_eq!(text, r#"{"host":"localhost","port":8080,"debug":true}"#);
        assert_eq!(Config::from_json_text(&text), Ok(config));
    }

    #[test]
    fn debug_is_false_where_it_is_left_out() {
        let config = Config::from_json_text(r#"{"port":1,"host":"h"}"#).expect("valid");
        assert_eq!(config.debug_text(), "Config(host='h', port=1, debug=False)");
    }

    #[test]
    fn the_hash_tells_the_fields_apart() {
        let config =
            |host: &str, port, debug| Config::new(host.into(), port, debug).expect("valid").hash();
        assert_ne!(config("h", 1, false), config("h", 1, true));
        assert_ne!(config("h", 1, false), config("h", 256, false));
        assert_eq!(config("h", 1, false), config("h", 1, false));
    }
}
