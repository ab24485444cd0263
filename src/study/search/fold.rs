//! Words without letter case and accents.

/// A word of a text, or a part of one.
pub(super) struct Word {
    /// From this byte of the text.
    pub start: usize,
    /// Up to this one.
    pub end: usize,
    pub folded: String,
    /// Whether it is a part of the word before it: `Data` of `GenerateDataKey`.
    pub is_part: bool,
}

/// The words of a text, each followed by its parts where a capital begins one within.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let mut bounds = vec![start];
        let mut before = first;
        while let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphanumeric() || is_mark(*c)) {
            let next_is_small = || text[at + c.len_utf8()..].starts_with(char::is_lowercase);
            let begins_part = c.is_uppercase()
                && (before.is_lowercase() || (before.is_uppercase() && next_is_small()));
            if begins_part {
                bounds.push(at);
            }
            end = at + c.len_utf8();
            before = c;
        }
        words.push(word(text, start, end, false));
        if bounds.len() > 1 {
            let ends = bounds[1..].iter().copied().chain([end]);
            let parts = bounds.iter().zip(ends);
            words.extend(parts.map(|(&start, end)| word(text, start, end, true)));
        }
    }
    words
}

fn word(text: &str, start: usize, end: usize, is_part: bool) -> Word {
    Word {
        start,
        end,
        folded: fold(&text[start..end]),
        is_part,
    }
}

/// A mark that stands on the letter before it.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// In small letters and, in Latin script, without accents.
pub(super) fn fold(word: &str) -> String {
    let small = word.chars().flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(word.len());
    for c in small.filter(|c| !is_mark(*c)) {
        match plain(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded
}

/// The letters that a small Latin letter with an accent is written with on a plain keyboard.
///
/// The blocks Latin-1 Supplement and Latin Extended-A of Unicode (<https://www.unicode.org/charts/PDF/U0080.pdf>,
/// <https://www.unicode.org/charts/PDF/U0100.pdf>).
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whole_and_by_its_parts() {
        let told = |text| -> Vec<String> { words(text).into_iter().map(|w| w.folded).collect() };
        assert_eq!(
            told("kms:GenerateDataKey"),
            ["kms", "generatedatakey", "generate", "data", "key"]
        );
        assert_eq!(told("SSE-KMS, AES256"), ["sse", "kms", "aes256"]);
        assert_eq!(told("IAMUser"), ["iamuser", "iam", "user"]);
        assert_eq!(told(" … "), Vec::<String>::new());
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        for text in ["Schlüssel", "SCHLÜSSEL", "schlu\u{308}ssel", "schlussel"] {
            assert_eq!(fold(text), "schlussel", "{text}");
        }
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("İstanbul"), "istanbul");
        assert_eq!(fold("鍵"), "鍵");
    }
}
