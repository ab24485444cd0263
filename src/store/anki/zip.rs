//! A zip file of files as they are, none compressed.
//!
//! Source: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>, sections 4.3.7, 4.3.12 and 4.3.16.

const VERSION: u16 = 20;
/// 1980-01-01, the first day that the form knows.
const DATE: u16 = 0x21;

/// The zip of these files, by name.
pub(super) fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = Zip::default();
    let mut directory = Zip::default();
    for (name, bytes) in files {
        let offset = zip.len();
        zip.long(0x0403_4b50);
        zip.entry(name, bytes);
        zip.bytes.extend(name.as_bytes());
        zip.bytes.extend(*bytes);

        directory.long(0x0201_4b50);
        directory.short(VERSION);
        directory.entry(name, bytes);
        // No comment, one disk, no attributes.
        directory.short(0);
        directory.short(0);
        directory.short(0);
        directory.long(0);
        directory.long(offset);
        directory.bytes.extend(name.as_bytes());
    }
    let (start, length) = (zip.len(), directory.len());
    zip.bytes.append(&mut directory.bytes);
    zip.long(0x0605_4b50);
    zip.short(0);
    zip.short(0);
    let count = u16::try_from(files.len()).expect("a handful of files");
    zip.short(count);
    zip.short(count);
    zip.long(length);
    zip.long(start);
    zip.short(0);
    zip.bytes
}

#[derive(Default)]
struct Zip {
    bytes: Vec<u8>,
}

impl Zip {
    fn len(&self) -> u32 {
        u32::try_from(self.bytes.len()).expect("a course is far below 4 GiB")
    }

    fn short(&mut self, value: u16) {
        self.bytes.extend(value.to_le_bytes());
    }

    fn long(&mut self, value: u32) {
        self.bytes.extend(value.to_le_bytes());
    }

    /// What local header and directory say alike of a file.
    fn entry(&mut self, name: &str, bytes: &[u8]) {
        let size = u32::try_from(bytes.len()).expect("a course is far below 4 GiB");
        self.short(VERSION);
        // Names are ASCII, nothing is compressed.
        self.short(0);
        self.short(0);
        self.short(0);
        self.short(DATE);
        self.long(crc32(bytes));
        self.long(size);
        self.long(size);
        self.short(u16::try_from(name.len()).expect("a name is short"));
        self.short(0);
    }
}

/// CRC-32 as in ISO 3309, with the table made on the way.
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let mut rest = byte as u32;
            let mut bit = 0;
            while bit < 8 {
                rest = (rest >> 1) ^ if rest & 1 == 1 { 0xedb8_8320 } else { 0 };
                bit += 1;
            }
            table[byte] = rest;
            byte += 1;
        }
        table
    };
    let step = |rest: u32, &byte: &u8| TABLE[usize::from(rest as u8 ^ byte)] ^ (rest >> 8);
    !bytes.iter().fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
