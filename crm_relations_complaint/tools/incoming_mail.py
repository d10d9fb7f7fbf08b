"""What the head of an e-mail tells about who wrote it: a person, or a machine."""

import re

ANSWERED, MADE, BY_HAND = "answered", "made", "by_hand"
BULK = {"bulk", "list", "junk", "auto_reply", "auto-reply"}
# What answers by itself says so by one of these.
REPLIES = ("auto-replied", "auto-notified")
ANSWERS = ("auto_reply", "auto-reply")
OF_ANSWERS = (
    *("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Autoresponse"),
    *("X-Autoreply-From", "X-Mail-Autoreply"),
)
# What some servers send without any of it: how the subject of an absence begins.
ABSENCES = re.compile(
    r"(?:auto(?:matic)?[ -]?(?:reply|response)|auto|oo[of]|vacation"
    r"|automatische antwort|abwesenheitsnotiz|réponse automatique"
    r"|respuesta automática|risposta automatica|resposta automática"
    r"|automatisch antwoord|automatiskt? svar|autosvar|automaattinen vastaus"
    r"|odpowiedź automatyczna|automatyczna odpowiedź|automatická odpoveď"
    r"|automatická odpověď|automatikus válasz|răspuns automat|otomatik yanıt"
    r"|автоматический ответ|автоответ|αυτόματη απάντηση|trả lời tự động"
    r"|自动(?:回复|答复)|自動(?:回覆|答覆|返信|応答)|자동 ?(?:회신|응답))\s*[:：]"
    r"|out of (?:the )?office\b",
    re.IGNORECASE,
)
# And how the text begins that mailboxes of China answer with.
AWAY = re.compile(r"这是来自\w{0,8}邮箱的(?:假期)?自动回复邮件")
PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|wg|fw|fwd|sv|tr|回复|答复|转发)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)


def get_origin(headers, text=""):
    """Return ``ANSWERED`` for what answers by itself (an absence, a machine that says
    thank you), ``MADE`` for what a machine or a list sends of its own, ``BY_HAND`` for
    the rest (RFC 3834, and what was usual before it).

    That a sender asks for no absences (X-Auto-Response-Suppress) says nothing of it.

    :param headers: has ``get(name)``, as an ``email.message.Message``
    :param text: how its text begins
    """
    submitted = _read(headers, "Auto-Submitted").split(";")[0].strip()
    precedence = _read(headers, "Precedence") or _read(headers, "X-Precedence")
    signs = (
        submitted in REPLIES,
        precedence in ANSWERS,
        _has(headers, *OF_ANSWERS),
        _reads_as_answered(headers, text),
    )
    if any(signs):
        return ANSWERED
    is_made = submitted not in ("", "no") or precedence in BULK
    return MADE if is_made or _has(headers, "List-Id") else BY_HAND


def _reads_as_answered(headers, text):
    """Return whether subject or text say so; a subject only of what is an answer, as
    people complain of automatic answers, too."""
    if AWAY.match(text.strip()):
        return True
    is_answer = _has(headers, "In-Reply-To", "References")
    return is_answer and bool(ABSENCES.match(_read(headers, "Subject")))


def _has(headers, *names):
    return any(_read(headers, name) not in ("", "no") for name in names)


def _read(headers, name):
    return str(headers.get(name) or "").strip().lower()


def strip_subject(subject):
    """Return the subject without ``Re:``, ``Fwd:`` and their like, on one line."""
    return PREFIX.sub("", " ".join((subject or "").split())).strip()
