//! JSON laid out for reading: two spaces a level, and what is short on one line.

/// A value to lay out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    /// JSON already, without line breaks.
    Raw(String),
    List(Vec<Item>),
    Object(Vec<(String, Item)>),
    /// A list or an object that never stands on one line.
    Open(Box<Item>),
}

/// Longer lines are broken, where they can be.
const WIDTH: usize = 100;

impl Item {
    pub(super) fn string(text: &str) -> Self {
        Self::Raw(serde_json::Value::from(text).to_string())
    }

    pub(super) fn open(self) -> Self {
        Self::Open(Box::new(self))
    }

    /// Laid out, the first line beginning behind `column` characters and the others behind `indent` blanks or more.
    pub(super) fn lay_out(&self, indent: usize, column: usize) -> String {
        match self {
            Self::Open(inside) => inside.broken(indent),
            _ => {
                let line = self.on_one_line();
                let fits = column + line.chars().count() <= WIDTH;
                if fits { line } else { self.broken(indent) }
            }
        }
    }

    pub(super) fn on_one_line(&self) -> String {
        match self {
            Self::Raw(text) => text.clone(),
            Self::Open(inside) => inside.on_one_line(),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::on_one_line).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, item)| named(name, &item.on_one_line()));
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn broken(&self, indent: usize) -> String {
        let within = indent + 2;
        let (brackets, lines): (_, Vec<String>) = match self {
            Self::Raw(text) => return text.clone(),
            Self::Open(inside) => return inside.broken(indent),
            Self::List(items) => {
                let lines = items.iter().map(|item| item.lay_out(within, within + 1));
                (["[", "]"], lines.collect())
            }
            Self::Object(members) => {
                let lines = members.iter().map(|(name, item)| {
                    let before = named(name, "").chars().count();
                    named(name, &item.lay_out(within, within + before + 1))
                });
                (["{", "}"], lines.collect())
            }
        };
        let [before, behind] = brackets;
        if lines.is_empty() {
            return format!("{before}{behind}");
        }
        let margin = " ".repeat(within);
        let lines = lines.join(&format!(",\n{margin}"));
        format!("{before}\n{margin}{lines}\n{}{behind}", " ".repeat(indent))
    }
}

fn named(name: &str, value: &str) -> String {
    format!("{}: {value}", serde_json::Value::from(name))
}
