"""The key of an encrypted journal, and how a passphrase becomes one.

SQLCipher gets the finished key and the salt. The salt is the file's first 16 bytes, so there is no
side file to lose. Copying a file page by page keeps the salt, so one key opens a journal and all
backups made under the same passphrase.
"""

import os
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from moodlab.domain.errors import JournalUnusable, Refused
from moodlab.i18n import translate

KEY_BYTES = 32
SALT_BYTES = 16
PAGE_BYTES = 4096
LONGEST_PASSPHRASE = 1024

# 32 + 16 + 2 bytes are 80 letters of base32, without padding.
_CHECK_BYTES = 2
_CODE_LETTERS = 80
_GROUP = 4
_MISREAD = str.maketrans("018", "OIB")


class Key:
    """What SQLCipher needs to open a file: 32 bytes of key and the 16 bytes of its salt.

    A plain journal has none. Its repr shows no byte of it.
    """

    __slots__ = ("raw", "salt")

    def __init__(self, raw: bytes, salt: bytes) -> None:
        if len(raw) != KEY_BYTES or len(salt) != SALT_BYTES:
            raise ValueError("a key has 32 bytes and a salt of 16")
        self.raw = raw
        self.salt = salt

    def __repr__(self) -> str:
        return "Key()"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and (self.raw, self.salt) == (other.raw, other.salt)

    def __hash__(self) -> int:
        return hash((self.raw, self.salt))

    @property
    def spelled(self) -> str:
        """The raw key as SQLCipher's PRAGMA and ATTACH take it."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"

    @property
    def recovery_code(self) -> str:
        """The key as 20 groups of 4 letters and digits, for the recovery sheet."""
        from base64 import b32encode

        content = self.raw + self.salt
        text = b32encode(content + _check_bytes(content)).decode()
        return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))

    @classmethod
    def from_recovery_code(cls, text: str) -> "Key | None":
        """Return the key that a recovery code holds; None if the text is not a code.

        Accepts any case, spaces or hyphens, and 0 for O, 1 for I, 8 for B.
        """
        from base64 import b32decode

        letters = "".join(text.upper().replace("-", " ").split()).translate(_MISREAD)
        if len(letters) != _CODE_LETTERS:
            return None
        try:
            content = b32decode(letters)
        except ValueError:
            return None
        content, check = content[:-_CHECK_BYTES], content[-_CHECK_BYTES:]
        if check != _check_bytes(content):
            return None
        return cls(content[:KEY_BYTES], content[KEY_BYTES:])


class Profile(NamedTuple):
    """Numbered settings of Argon2id. Profiles are never changed; new ones are added."""

    number: int
    memory_kib: int
    passes: int
    lanes: int


# Opening tries them from the first to the last; a new passphrase takes the first that fits into
# memory. 64 MiB is for computers where 256 are not to be had.
PROFILES = (Profile(2, 256 * 1024, 3, 4), Profile(1, 64 * 1024, 3, 4))


class TooLittleMemory(JournalUnusable):
    """There was not enough memory to derive the key."""


def derive_key(passphrase: str, salt: bytes, profile: Profile) -> Key:
    """Derive the key of a passphrase and salt with Argon2id; it takes about 0.7 s on purpose.

    The passphrase is NFC-normalised, so that ü is the same from every keyboard. Raises
    TooLittleMemory.
    """
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    secret = unicodedata.normalize("NFC", passphrase).encode()
    try:
        raw = hash_secret_raw(
            secret, salt, profile.passes, profile.memory_kib, profile.lanes, KEY_BYTES, Type.ID
        )
    except (HashingError, MemoryError) as error:
        raise TooLittleMemory(
            translate(
                "security",
                "There is too little free memory to check the passphrase."
                " Close some programs and try again.",
            )
        ) from error
    return Key(raw, salt)


def make_key(passphrase: str) -> Key:
    """Return a new key for this passphrase, with a new random salt. Raises Refused."""
    refuse_unusable(passphrase)
    if any(unicodedata.category(letter) == "Cc" for letter in passphrase):
        raise Refused(
            translate(
                "security",
                "Use a passphrase of one line without tabs, so that you can type it.",
            )
        )
    salt = _new_salt()
    for profile in PROFILES[:-1]:
        try:
            return derive_key(passphrase, salt, profile)
        except TooLittleMemory:
            continue
    return derive_key(passphrase, salt, PROFILES[-1])


def refuse_unusable(passphrase: str) -> None:
    """Raise Refused for a passphrase that is empty, too long, or not text."""
    if not passphrase:
        raise Refused(translate("security", "Enter a passphrase. An empty one protects nothing."))
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise Refused(
            translate("security", "Use a passphrase of up to {most} characters.").format(
                most=LONGEST_PASSPHRASE
            )
        )
    try:
        passphrase.encode()
    except UnicodeEncodeError as error:
        raise Refused(
            translate("security", "The passphrase contains a character that can't be used.")
        ) from error


def possible_keys(secret: str, salt: bytes) -> Iterator[Key]:
    """Yield every key that a typed passphrase or recovery code may stand for, likeliest first.

    Raises TooLittleMemory at the end if one could not be derived.
    """
    code = Key.from_recovery_code(secret)
    if code is not None:
        yield code
    refusal = None
    for profile in PROFILES:
        try:
            yield derive_key(secret, salt, profile)
        except TooLittleMemory as error:
            refusal = error
    if refusal is not None:
        raise refusal


def belongs_to(secret: str, key: Key) -> bool:
    """Whether this passphrase or recovery code gives `key`. Slow."""
    return any(possible == key for possible in possible_keys(secret, key.salt))


def _check_bytes(content: bytes) -> bytes:
    from hashlib import sha256

    return sha256(content).digest()[:_CHECK_BYTES]


def _new_salt() -> bytes:
    """Return a random salt that no other kind of file begins with, because the file begins with it.

    Its two highest bits tell it from texts, archives and plain journals.
    """
    salt = os.urandom(SALT_BYTES)
    return bytes([0x80 | salt[0] & 0x3F]) + salt[1:]  # 10xxxxxx begins no UTF-8 text either
