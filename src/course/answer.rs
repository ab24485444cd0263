//! The body of a question into the way it is answered.

use super::cloze::{has_blank, take_blanks};
use super::id::{OptionId, QuestionId};
use super::marker::{Declared, Marker};
use super::question::{Choice, QuestionKind, TypedAnswer};
use super::text::{Block, BlockKind, Inline, InlineKind, Item, collapse_spaces};
use super::text::{plain_blocks, plain_inlines};
use crate::base::{Diagnostic, Span};

/// Takes the answer out of `body` (and for a cloze out of `heading`); what is left is told before the answer.
pub(super) fn parse_kind(
    source: &str,
    question: &QuestionId,
    marker: &Marker,
    heading_span: Span,
    heading: &mut Vec<Inline>,
    body: &mut Vec<Block>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<QuestionKind> {
    let mut answer = Answer {
        heading: heading_span,
        body,
        diagnostics,
    };
    let declared = marker.declared;
    answer.check_lab(marker);
    let inferred = infer(source, heading, answer.body);
    let Some(kind) = declared.map(|(kind, _)| kind).or(inferred) else {
        let help = "write options as a task list, an order as a numbered list, pairs as a table of two columns, \
                    blanks as `{{answer}}` or an answer as a quote";
        let message = "the question has no answer";
        answer.refuse(heading_span, "missing-answer", message, Some(help));
        return None;
    };
    match kind {
        Declared::Single | Declared::Multiple => answer.options(declared),
        Declared::Order => answer.order(),
        Declared::Match => answer.pairs(),
        Declared::Basic => answer.basic(),
        Declared::Typed | Declared::TypedExact => answer.typed(kind == Declared::TypedExact),
        Declared::Lab => {
            let (lab, _) = marker.lab.clone()?;
            Some(QuestionKind::Lab { lab })
        }
        Declared::Cloze => {
            let found = answer.diagnostics.len();
            let blanks = take_blanks(source, question, heading, answer.body, answer.diagnostics);
            if blanks.is_empty() && answer.diagnostics.len() == found {
                let message = "the cloze has no blank";
                let help = "write one as `{{answer}}`";
                answer.refuse(heading_span, "no-blank", message, Some(help));
            }
            Some(QuestionKind::Cloze { blanks })
        }
    }
}

/// The first form of the list in the written form that the body has.
fn infer(source: &str, heading: &[Inline], body: &[Block]) -> Option<Declared> {
    let any = |test: &dyn Fn(&BlockKind) -> bool| body.iter().any(|block| test(&block.kind));
    if any(&is_task_list) {
        Some(Declared::Single)
    } else if has_blank(source, heading, body) {
        Some(Declared::Cloze)
    } else if any(&is_numbered_list) {
        Some(Declared::Order)
    } else if any(&is_pair_table) {
        Some(Declared::Match)
    } else if any(&is_plain_quote) {
        Some(Declared::Basic)
    } else {
        None
    }
}

fn is_task_list(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::List { items, .. } if items.iter().any(|item| item.ticked.is_some()))
}

fn is_numbered_list(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::List { first: Some(_), .. })
}

fn is_pair_table(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Table { header, .. } if header.len() == 2)
}

fn is_plain_quote(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Quote { alert: None, .. })
}

struct Answer<'a> {
    heading: Span,
    body: &'a mut Vec<Block>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Answer<'_> {
    fn refuse(&mut self, span: Span, code: &str, message: impl Into<String>, help: Option<&str>) {
        let finding = Diagnostic::error(span, code, message);
        self.diagnostics.push(match help {
            Some(help) => finding.with_help(help),
            None => finding,
        });
    }

    fn check_lab(&mut self, marker: &Marker) {
        let is_lab = marker
            .declared
            .is_some_and(|(kind, _)| kind == Declared::Lab);
        match &marker.lab {
            None if is_lab => {
                let message = "a hands-on question names its lab";
                self.refuse(marker.span, "missing-lab", message, Some("add `lab=ID`"));
            }
            Some((_, span)) if !is_lab => {
                let message = "`lab` goes with `type=lab`";
                self.refuse(*span, "unknown-value", message, None);
            }
            _ => {}
        }
    }

    fn take_all(&mut self, is_wanted: fn(&BlockKind) -> bool) -> Vec<Block> {
        let taken = self.body.extract_if(.., |block| is_wanted(&block.kind));
        taken.collect()
    }

    fn take_first(&mut self, is_wanted: fn(&BlockKind) -> bool) -> Option<Block> {
        let at = self.body.iter().position(|block| is_wanted(&block.kind))?;
        Some(self.body.remove(at))
    }

    fn options(&mut self, declared: Option<(Declared, Span)>) -> Option<QuestionKind> {
        let lists = self.take_all(is_task_list);
        let start = lists.first().map_or(self.heading, |list| list.span);
        let items = lists.into_iter().flat_map(|list| match list.kind {
            BlockKind::List { items, .. } => items,
            _ => Vec::new(),
        });
        let options: Vec<Choice> = items.filter_map(|item| self.option(item)).collect();
        self.refuse_twins(
            start,
            options.iter().map(|option| plain_blocks(&option.text)),
            "options",
        );
        let ticks = options.iter().filter(|option| option.right).count();
        if options.len() < 2 {
            self.refuse(
                start,
                "too-few-options",
                "the question has fewer than two options",
                None,
            );
        } else if ticks == 0 {
            let help = Some("tick what is right with `[x]`");
            self.refuse(start, "no-tick", "no option is ticked", help);
        } else if ticks == options.len() {
            self.refuse(start, "every-tick", "every option is ticked", None);
        }
        match declared {
            Some((Declared::Single, span)) if ticks > 1 => {
                let message =
                    format!("a question of type `single` has one tick, this one has {ticks}");
                self.refuse(span, "type-mismatch", message, None);
                None
            }
            Some((Declared::Multiple, _)) => Some(QuestionKind::Multiple { options }),
            _ if ticks > 1 => Some(QuestionKind::Multiple { options }),
            _ => Some(QuestionKind::Single { options }),
        }
    }

    fn option(&mut self, item: Item) -> Option<Choice> {
        let Some(right) = item.ticked else {
            let help = Some("write `- [ ]` or `- [x]`");
            self.refuse(item.span, "missing-box", "the option has no box", help);
            return None;
        };
        let (quotes, text): (Vec<Block>, Vec<Block>) = item
            .blocks
            .into_iter()
            .partition(|block| is_plain_quote(&block.kind));
        let words = plain_blocks(&text);
        if words.is_empty() {
            self.refuse(item.span, "empty-option", "the option has no words", None);
        }
        let reason: Vec<Block> = quotes.into_iter().flat_map(quoted).collect();
        if reason.is_empty() {
            let message = format!("the option `{}` has no reason", collapse_spaces(&words));
            let help = Some("quote it under the option: `  > because …`");
            self.refuse(item.span, "missing-reason", message, help);
        }
        Some(Choice {
            id: OptionId::of(&words),
            text,
            right,
            reason,
        })
    }

    fn order(&mut self) -> Option<QuestionKind> {
        let list = self.take_first(is_numbered_list);
        let start = list.as_ref().map_or(self.heading, |list| list.span);
        let items: Vec<Vec<Block>> = match list.map(|list| list.kind) {
            Some(BlockKind::List { items, .. }) => {
                items.into_iter().map(|item| item.blocks).collect()
            }
            _ => Vec::new(),
        };
        if items.len() < 2 {
            let message = "there are fewer than two items to put into order";
            self.refuse(
                start,
                "too-few-items",
                message,
                Some("write them as a numbered list"),
            );
        }
        self.refuse_twins(start, items.iter().map(|item| plain_blocks(item)), "items");
        Some(QuestionKind::Order { items })
    }

    fn pairs(&mut self) -> Option<QuestionKind> {
        let table = self.take_first(is_pair_table);
        let start = table.as_ref().map_or(self.heading, |table| table.span);
        let (header, rows) = match table.map(|table| table.kind) {
            Some(BlockKind::Table { header, rows, .. }) => (header, rows),
            _ => (vec![Vec::new(), Vec::new()], Vec::new()),
        };
        let pairs: Vec<[Vec<Inline>; 2]> = rows
            .into_iter()
            .filter_map(|row| row.try_into().ok())
            .collect();
        if pairs.len() < 2 {
            let message = "there are fewer than two pairs to match";
            let help = Some("write them as a table of two columns");
            self.refuse(start, "too-few-pairs", message, help);
        }
        let is_empty = |cell: &Vec<Inline>| plain_inlines(cell).trim().is_empty();
        if pairs.iter().flatten().any(is_empty) {
            self.refuse(start, "empty-pair", "a cell of the table is empty", None);
        }
        self.refuse_twins(
            start,
            pairs.iter().map(|pair| plain_inlines(&pair[0])),
            "pairs",
        );
        let header = header.try_into().ok()?;
        Some(QuestionKind::Match { header, pairs })
    }

    fn answer_quote(&mut self) -> Vec<Block> {
        let quotes = self.take_all(is_plain_quote);
        let answer: Vec<Block> = quotes.into_iter().flat_map(quoted).collect();
        if plain_blocks(&answer).is_empty() {
            let (message, help) = ("the question has no answer", "write it as a quote: `> …`");
            self.refuse(self.heading, "missing-answer", message, Some(help));
        }
        answer
    }

    fn basic(&mut self) -> Option<QuestionKind> {
        let answer = self.answer_quote();
        Some(QuestionKind::Basic { answer })
    }

    fn typed(&mut self, exact: bool) -> Option<QuestionKind> {
        let answer = self.answer_quote();
        let start = answer.first().map_or(self.heading, |block| block.span);
        let alternatives = alternatives(&answer);
        if !answer.is_empty()
            && alternatives
                .iter()
                .any(|alternative| alternative.is_empty())
        {
            self.refuse(start, "empty-alternative", "an alternative is empty", None);
        }
        Some(QuestionKind::Typed(TypedAnswer {
            alternatives,
            exact,
        }))
    }

    /// Two with the same words cannot be told apart, neither by the learner nor by their identity.
    fn refuse_twins(&mut self, span: Span, words: impl Iterator<Item = String>, what: &str) {
        let mut seen: Vec<String> = Vec::new();
        for words in words {
            let words = collapse_spaces(&words);
            if seen.contains(&words) {
                let message = format!("two {what} say `{words}`");
                self.refuse(span, "twins", message, None);
            }
            seen.push(words);
        }
    }
}

fn quoted(block: Block) -> Vec<Block> {
    match block.kind {
        BlockKind::Quote { blocks, .. } => blocks,
        _ => Vec::new(),
    }
}

/// Divides an answer at ` | `, code aside.
fn alternatives(answer: &[Block]) -> Vec<String> {
    let mut all = vec![String::new()];
    for (position, block) in answer.iter().enumerate() {
        if position > 0 {
            push(&mut all, " ");
        }
        match &block.kind {
            BlockKind::Paragraph(content) => divide(content, &mut all),
            BlockKind::Code { text, .. } => push(&mut all, text.trim_end_matches('\n')),
            _ => push(&mut all, &plain_blocks(std::slice::from_ref(block))),
        }
    }
    all.iter()
        .map(|alternative| alternative.trim().to_owned())
        .collect()
}

fn divide(content: &[Inline], all: &mut Vec<String>) {
    for inline in content {
        match &inline.kind {
            InlineKind::Text(words) => {
                let mut pieces = words.split(" | ");
                push(all, pieces.next().unwrap_or_default());
                all.extend(pieces.map(str::to_owned));
            }
            _ => push(all, &plain_inlines(std::slice::from_ref(inline))),
        }
    }
}

fn push(all: &mut [String], text: &str) {
    all.last_mut().expect("there is always one").push_str(text);
}
