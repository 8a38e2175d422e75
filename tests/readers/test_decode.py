"""Bytes to text: nothing translated, nothing guessed in silence."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import EncodingError
from khabar.readers.decode import decode

CYRILLIC = "Войска заняли город на востоке страны, сообщил представитель армии."
CURLY = "The army’s spokesman said “no” to talks in Bogotá."

READ = [
    (b"plain", None, "plain", "utf-8"),
    ("Bogotá".encode(), None, "Bogotá", "utf-8"),
    (b"a\r\nb\rc\n", None, "a\r\nb\rc\n", "utf-8"),
    (codecs.BOM_UTF8 + b"plain", None, "plain", "utf-8"),
    (codecs.BOM_UTF16_LE + "Bogotá".encode("utf-16-le"), None, "Bogotá", "utf-16-le"),
    (codecs.BOM_UTF16_BE + "Bogotá".encode("utf-16-be"), None, "Bogotá", "utf-16-be"),
    (codecs.BOM_UTF32_LE + "Bogotá".encode("utf-32-le"), None, "Bogotá", "utf-32-le"),
    ("Bogotá".encode("latin-1"), "latin-1", "Bogotá", "iso8859-1"),
    (CYRILLIC.encode("koi8-r"), "koi8-r", CYRILLIC, "koi8-r"),
]


@pytest.mark.parametrize(("given_bytes", "declared", "text", "encoding"), READ)
def test_reads(given_bytes: bytes, declared: str | None, text: str, encoding: str) -> None:
    decoded = decode(given_bytes, declared=declared)
    assert (decoded.text, decoded.encoding, decoded.remark) == (text, encoding, None)


@pytest.mark.parametrize(("text", "encoding"), [(CURLY, "cp1252"), (CYRILLIC, "cp1251"), (CYRILLIC, "koi8_r")])
def test_a_guess_is_said_with_the_byte_that_made_it_one(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    decoded = decode(content)
    assert (decoded.text, decoded.encoding) == (text, encoding)
    byte = next(i for i, b in enumerate(content) if b > 127)
    assert decoded.remark is not None
    assert decoded.remark.startswith(f"byte {byte} (0x{content[byte]:02X}) is not valid UTF-8; read as {encoding}")


REFUSED = [
    (b"caf\xe9", "utf-8", 3, "byte 3 (0xE9) is not valid utf-8"),
    (b"caf\xc3", "ascii", 3, "byte 3 (0xC3)"),
    ("Bogotá, Bogotá".encode() + b" \xff", None, 17, "the rest is UTF-8"),
    (codecs.BOM_UTF16_LE + b"a\x00b", None, 4, "byte 4"),
    (b"ab\x00cd", None, 2, "NUL"),
    (b"\xe9\x00", None, 0, "NUL"),
    (b"a", "no-such", None, "no encoding is called 'no-such'"),
    (b"a", "hex", None, "hex"),
]


@pytest.mark.parametrize(("given_bytes", "declared", "byte", "words"), REFUSED)
def test_refuses_and_says_which_byte(given_bytes: bytes, declared: str | None, byte: int | None, words: str) -> None:
    with pytest.raises(EncodingError) as caught:
        decode(given_bytes, declared=declared)
    assert caught.value.byte == byte
    assert words in str(caught.value)


@given(st.text(alphabet=st.characters(exclude_characters="\x00\ufeff", exclude_categories=["Cs"])))
def test_what_was_written_in_utf8_is_read_as_it_was(text: str) -> None:
    assert decode(text.encode()).text == text
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_reason(given_bytes: bytes) -> None:
    try:
        text = decode(given_bytes).text
    except EncodingError:
        return
    assert "\x00" not in text
