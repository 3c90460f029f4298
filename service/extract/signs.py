"""What single lines show by their own form: dates, names, credits, notices, headings.

Every function takes a line's prose and looks at nothing around it.
"""

from __future__ import annotations

import re

from service.extract.words import AUXILIARIES, OPEN

MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_WEEKDAY = r"(?:Mon|Tues?|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?"
_CLOCK = r"(?:at\s+)?\d{1,2}(?:[:.]\d{2}){1,2}(?:\s*[ap]\.?m\.?)?(?:\s*\(?(?:[A-Z]{2,4}|Z)\)?)?|\d{1,2}\s*[ap]\.?m\.?(?:\s*[A-Z]{2,4})?"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{4}}-\d\d-\d\d(?:T[\d:.+Z-]+)?|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})(?:,?\s+\d{{4}})?"
_STAMP = r"(?:first\s+)?(?:published|posted|updated|last\s+updated|last\s+modified|modified|created|issued|date)\b\W*(?:on|at)?\W*"
_DATE_LINE = re.compile(
    rf"\W*(?:{_STAMP})?(?:{_CLOCK}\W+)?(?:{_WEEKDAY}\W{{1,3}})?{_DAY}(?:\W+(?:{_CLOCK}))?(?:\W+(?:{_STAMP})(?:{_CLOCK}\W+)?(?:{_WEEKDAY}\W{{1,3}})?{_DAY}(?:\W+(?:{_CLOCK}))?)?(?:\W+\d+\s+min(?:ute)?s?\s+read)?\W*",
    re.IGNORECASE,
)
_AGO = re.compile(r"\W*(?:(?:published|posted|updated)\W+)?(?:\d+|an?)\s+(?:min(?:ute)?|hour|day)s?\s+(?:ago|read)\W*", re.IGNORECASE)

_PARTICLE = r"(?:de|van|von|der|den|al|bin|ibn|la|le|di|da|dos|del|du|ter|y)"
_NAME_WORD = r"(?:[A-ZÀ-Þ][\w'’\-]*\.?|(?:Mc|Mac|O['’]|al-|el-)[A-Z][\w'’\-]*)"
NAME = rf"{_NAME_WORD}(?:\s+(?:{_NAME_WORD}|{_PARTICLE})){{1,4}}"
_BY = re.compile(r"\W*(?i:(?:(?:words|reported|written|text|story|report|interview|analysis|review|comment|opinion)\s+)?by)[:\s]\s*[A-ZÀ-Þ]")
_BARE_NAMES = re.compile(rf"{NAME}(?:(?:\s*,\s*|\s+and\s+|,\s+and\s+|\s*&\s*){NAME}){{0,4}}(?:\s*(?:[|•·–—/@,]|\s-\s|\bin\b|\bfor\b).{{2,60}})?\W*")
_TRADE = re.compile(r"\b(?:editor|correspondent|reporter|writer|columnist|bureau|staff|reuters|associated press|afp|bloomberg|news|in [A-Z]\w+)\b")

_CREDIT_WORD = r"(?:images?|photos?|photographs?|photography|pictures?|video|audio|credits?|(?:photo|image|picture) credits?|illustration|graphic|pic)"
_AGENCY = r"(?:REUTERS|Reuters|AFP|AP Photo|AP|Xinhua|Getty(?: Images)?|EPA(?:-EFE)?|PA(?: Wire| Media)?|Shutterstock|iStock|Alamy|Bloomberg|Handout|Anadolu|ZUMA|Rex|Unsplash|Flickr|Wikimedia)"
_CREDIT = re.compile(
    rf"\W*(?i:{_CREDIT_WORD}\s*(?:by\b|:|©|courtesy))"
    rf"|\W*{_AGENCY}\s*/|\W*{_AGENCY}\W*$|\W*(?:[\w.'’-]+[ ,]){{1,6}}/?\s?(?:/|via|for|-)\s?{_AGENCY}\b.{{0,40}}$|\W*[\w .'’-]{{2,50}}/\s?{_AGENCY}\b.{{0,40}}$"
    rf"|\W*(?i:courtesy)\b.{{2,100}}$|.{{0,120}}\b(?:via REUTERS|via AP|Getty Images|AP Photo|File Photo|Handout|Wikimedia Commons|CC[- ]BY(?:-SA)?)\b[\s\d.)]*$"
)
_TRAILING_CREDIT = re.compile(rf"(?:^|[\s.(\[])(?:(?i:image|photo|photograph|picture|video|audio|photo credit|credit|pic)s?:\s|Photo by\s)[^.]{{2,80}}\W*$|(?:^|[\s.(\[])\(?{_AGENCY}/\s?[A-ZÀ-Þ][\w'’-]+(?:[ /][A-ZÀ-Þ][\w'’.-]*){{0,5}}\W*$")
_CAPTION = re.compile(
    r"\W*(?:(?:file|stock|undated|handout|library|archive)\s+(?:photo|picture|image|photograph|pic)\b|pictured\b|(?:this\s+)?(?:photo|photograph|image|picture|combination)s?\s+(?:(?:taken|released|provided|obtained)\s+(?:by|on|in|from|via)|shows?)\b|L-R\b|left to right\b|clockwise\b)"
    r"|.{10,}\((?:left|right|centre|center|L|R|C|l|r|c|pictured|above|below)\)(?:.{0,200}\((?:right|R|r|left|L|l|C)\))?",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    rf"\b(?:is|are|can be) (?:seen|pictured|shown|displayed)\b|\b(?:in this|file|undated) (?:file )?(?:photo|picture|image|handout)|\((?:L|C|R|left|right|2nd L|2nd R)\)|,\s*{MONTH}\s+\d{{1,2}}(?:,\s*\d{{4}})?\W*$|\bon {MONTH}\s+\d{{1,2}}(?:,\s*\d{{4}})?\W*$|\b(?:photo|picture|image|sketch|map) (?:shows?|taken|released|provided)",
    re.IGNORECASE,
)

_NOTICE = re.compile(
    r"\W*(?:(?:please\s+)?(?:subscribe|sign up|unsubscribe|log in|register)\b(?!.*\bsaid\b)"
    r"|(?:read|see|watch|listen|find|view|hear)\b.{0,60}\b(?:here|below)\W*$|you can (?:listen to|follow|subscribe|sign up)\b|(?:read|see|watch|listen|learn|discover|find out)\s+(?:more|also|next|now|live|here|below|the (?:full|whole|entire)|to (?:the|our)|our|:)"
    r"|(?:read|related|see also|also|more|source|sources|tags?|topics?|categor(?:y|ies)|filed under|keywords|share|comments?|external links?|recommended|see|listen|watch|video)\s*[:|]"
    r"|(?:related|more (?:on|from|about|like)|most (?:read|popular|viewed)|you may also like|trending|recommended|further reading|coming up|don['’]t miss|in pictures|related (?:articles?|stories|coverage|links|topics?))\b(?!.{80})"
    r"|click (?:here|to|on|through)|tap (?:here|to)|swipe|scroll (?:down|to)|skip to|jump to|back to top|share this|share on|print this|email this|save (?:this )?article|leave a comment|join the (?:conversation|discussion)|view (?:comments|gallery|all)|load more|show more|advert(?:isement|ising)?\W*$|sponsored|promoted|this article (?:contains|includes) (?:affiliate|content)|we may earn|support (?:our|independent) journalism"
    r"|follow (?:us|me|him|her|them|@|.{2,60}\bon (?:twitter|facebook|instagram|x|bluesky|threads|mastodon|linkedin))|like (?:us|the page|our page)|find us on|join us on|tweet (?:us|@)"
    r"|(?:to )?contact (?:us|the|@|[A-Z])|get in touch|email (?:us|the author|:)|for (?:more|further|press|media) (?:information|details|enquiries|inquiries|news|stories|video)|media (?:contacts?|enquir|inquir)|press (?:contacts?|office\b)|notes? (?:to|for) editors|about (?:us|the author|the company|[A-Z]\w+\s*$)|visit (?:our|us|the website|www|https?)|download (?:our|the app)|send (?:us\b|tips|your)|do you have (?:a|any|more) (?:story|tip|information)|got a (?:story|tip)|have you been affected|if you (?:have been|are) affected|what do you think\?|let us know|write to us|letters to the editor"
    r"|anyone with (?:any )?information\b.*\b(?:call|contact|asked|urged|ring|phone|email|DM)\b|in lieu of flowers|.{0,80}\bcall (?:the )?(?:samaritans|crimestoppers)"
    r"|©|\(c\)\s*\d{4}|copyright\b|.{0,120}\ball rights reserved|.{0,100}\bmay not be (?:published|reproduced|republished)|published (?:by|under)\b.{0,60}\blicen[cs]e|this (?:work|article|story) is (?:licensed|published) under|(?:republished|reprinted|reproduced) (?:with|by|from|under)"
    r"|(?:(?:additional|further)\s+)?(?:reporting|writing|editing|compiled|edited|contributing|contributors?)(?:\s+and\s+(?:writing|editing))?(?:\s+by\b|\s*:)|.{2,80}\bcontributed (?:reporting|to this (?:report|story|article))|with (?:additional )?reporting (?:by|from)|with (?:files|agencies|input) from|—?\s*with agencies"
    r"|(?:\[?this|the|an earlier version of this|a previous version of this|an earlier version of the)\s*(?:article|story|post|piece|report|version|page|column|headline|transcript|interview)\b.{0,60}\b(?:(?:was|has been|have been|been|is being|will be) (?:updated|corrected|amended|revised|edited|first published|originally published|published|refiled|translated|adapted|removed|changed|condensed)|first appeared|originally appeared|misstated|incorrectly|corrects?|misidentified|refiled)"
    r"|(?:\(|\[)?(?:(?:correction|clarification|disclaimer|disclosure|ed\.)\b[^.]{0,20}[:.—]|editor['’]?s['’]? note\b.{0,120}\b(?:article|story|column|post|piece|version|report|appeared|published|series|interview|transcript)\b)|correction appended|\((?:refiles|updates|adds|corrects|recasts|repeats|writes through|removes)\b"
    r"|(?:video player|slideshow|play video|video\W*$|photo gallery|image gallery|gallery\W*$|full text|abstract|graphic|interactive|livestream|live updates|audio player|listen\W*$|media playback)\b(?!.{60})"
    r"|\(?\s*\$?1\s*=\s|(?:source|via|by)\s*:\s.{0,100}$|we are sorry|this (?:video|content|item) (?:is|has been) (?:restricted|not available|removed|unavailable)|cookies?\b.{0,80}$|(?:javascript|your browser)\b|enter your email|thank you for (?:reading|subscribing)|as published in\b|[\"“].{5,150}[\"”]\s*[—–-]+\s*.{2,60}\b\d{4}\W*$|page \w+ of the\b.{0,60}\bedition)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}|https?://\S|\bwww\.\w|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|co\.uk|org\.uk|gov|edu|info|eu|io|rs|ly|me|tv|news|ie|ca|de|fr|au)/\S|^\W*[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|co\.uk|news|info|eu|io)\W*$|pic\.twitter\.com|</?\w+[^>]*>", re.IGNORECASE)
_BIO = re.compile(
    rf"\W*(?:(?:Dr|Prof|Professor|Sir|Dame|Lord|The Rev|Rev)\.?\s+)?{NAME}(?:,? (?:and|&) {NAME})?(?:,.{{2,200}}?,)?\s+(?:is|are|was|has been|served|teaches|writes|covers|works|reports|leads)\b.{{0,160}}?\b(?:professor|lecturer|author|authors|editor|writer|columnist|fellow|director|reporter|correspondent|journalist|founder|co-founder|host|co-host|analyst|historian|novelist|contributor|researcher|chair|chairman|president|attorney|lawyer|economist|consultant|expert|member|governor|senator|critic|scholar|activist|producer|presenter|blogger|covers|teaches|writes|works|executive|minister|student|candidate|scientist|strategist|adviser|advisor)\b"
)
_ENDED = re.compile(r"[.!?…][\"”’'»)\]*_]*\s*$")
_HELD = re.compile(r"[:;,…][\"”’'»)\]*_]*\s*$")
_DASHED = re.compile(r"\s*[–—-]\s*[^–—]{2,60}\s*[–—-]\W*$")
_PRONOUNS = frozenset("i we he she it they you me us him them who what why how when where no not yes but and so or nothing never maybe perhaps really absolutely thanks sorry indeed enough wrong right well ok okay there here this that these those".split())


def is_ended(text: str) -> bool:
    """Whether the line ends as a sentence does, marks of quotation or brackets after it or not."""
    return bool(_ENDED.search(text))


def is_held(text: str) -> bool:
    """Whether the line ends with a comma, colon or semicolon: something follows."""
    return bool(_HELD.search(text))


def is_date_line(text: str) -> bool:
    """A line that only dates the article: "Posted 3 May 2024, 10:30 GMT", "5 hours ago"."""
    return len(text) < 120 and bool(_DATE_LINE.fullmatch(text) or _AGO.fullmatch(text))


def is_byline(text: str) -> bool:
    """A line that names the authors: "By Ann Lee and Bo Karr in Paris", "Ann Lee", "Ann Lee, Health editor"."""
    words = text.split()
    if len(words) > 30 or len(words) > 8 and is_ended(text) and not _BY.match(text):
        return False
    if _BY.match(text):
        return len(words) <= 25
    if not _BARE_NAMES.fullmatch(text) or is_ended(text) and len(words) > 4:
        return False
    return len(words) <= 4 or bool(_TRADE.search(text)) or bool(re.search(r",|\band\b|&|\|", text)) and len(words) <= 10


def is_signed(text: str) -> bool:
    """Whether the line begins with "By" and a name."""
    return bool(_BY.match(text)) and is_byline(text)


def is_credit(text: str) -> bool:
    """A line that says whose picture it is: "Photo: Ann Lee", "REUTERS/Ann Lee", "(Xinhua/Ann Lee)"."""
    return len(text.split()) <= 16 and bool(_CREDIT.match(text))


def is_credited(text: str) -> bool:
    """A caption with its credit at its end."""
    return len(text.split()) <= 70 and bool(_TRAILING_CREDIT.search(text))


def is_caption(text: str) -> bool:
    """A line that says it is about a picture: "FILE PHOTO: …", "Hale (left) and Day in March"."""
    return len(text.split()) <= 70 and bool(_CAPTION.match(text))


def is_description(text: str) -> bool:
    """A line that may be about a picture: "… is seen …, May 3, 2024"."""
    return len(text.split()) <= 70 and bool(_SHOWS.search(text))


def is_notice(text: str) -> bool:
    """A line about the article or the site: subscribe, read more, contact, copyright, corrections."""
    return len(text.split()) <= 60 and bool(_NOTICE.match(text))


def has_address(text: str) -> bool:
    """A short line that is, or ends with, a web or mail address, or markup."""
    found = list(_ADDRESS.finditer(text))
    if not found or len(text.split()) > 25:
        return False
    return len(text.split()) <= 8 or " " not in text[found[-1].start() :].strip(" )].")


def is_biography(text: str) -> bool:
    """A sentence about the author: "Ann Lee is a professor of law at …"."""
    return bool(_BIO.match(text))


def is_shouted(text: str) -> bool:
    """A short line in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and len(text.split()) <= 12 and all(c.isupper() for c in letters)


def is_dashed(text: str) -> bool:
    """A line between two dashes: "– Old hands –."."""
    return bool(_DASHED.fullmatch(text))


def is_signature(text: str) -> bool:
    """A line that is nothing but a name with a full stop: "Ann Lee."."""
    return len(text.split()) <= 4 and is_ended(text) and bool(_BARE_NAMES.fullmatch(text))


def is_label(text: str) -> bool:
    """A short line with no finite verb that ends like a sentence: "Red lines."."""
    words = [w.strip("\"“”‘’'.,:;!?()").lower().replace("’", "'") for w in text.split()]
    if not 0 < len(words) <= 5 or text.rstrip()[-1:] in "!?" or not text.lstrip("\"“‘'")[:1].isupper():
        return False
    if (text[0] in "\"“") != (text.rstrip(".")[-1:] in "\"”") or len(words[-1]) < 4 or any("." in w for w in words):
        return False
    return words[-1] not in OPEN and not any(_may_be_verb(words, i) for i in range(len(words)))


def _may_be_verb(words: list[str], place: int) -> bool:
    """Whether the word is, or by form and place could be, a finite verb or its subject pronoun."""
    word = words[place]
    if word in AUXILIARIES or word in _PRONOUNS or word.endswith("n't") or "'" in word and words[place + 1 : place + 2] in (["a"], ["the"], ["not"]):
        return True
    if 0 < place < len(words) - 1 and word.endswith("s") and not word.endswith(("ss", "'s")):
        return words[place + 1] not in ("of", "and", "for", "in", "on", "or", "to", "with", "from")
    return place > 0 and word.endswith("ed")
