// One document of the closed world, and everything that is known about it.
//
// Whoever collects text from the real world has to guess: is this a copy, is that a private number, was this ever
// true? Here the same program that writes the text writes the answers, so every guess of a filter, a detector or a
// model can be counted right or wrong.
//
// Places in the text are bytes of its UTF-8, [begin, end). Days count from 0; a year has 360 of them and starts on a
// multiple (facts.h).

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace terrarium::core::world {

/// What kind of text it is. All kinds speak about the same people, places and prices.
enum class Domain : uint8_t {
    Chronicle,  ///< the town tells about its people, shops and ferries: the general text
    Support,    ///< the harbour's help desk: a question and an answer that follows from a policy or a ticket
    Log,        ///< lines that the harbour's machines write, some with an incident, and one line that sums them up
    Copy,       ///< advertising for products in one of two brand voices
    Caption,    ///< what a glyph picture shows (glyphs.h draws it)
};
inline constexpr int32_t kDomains = 5;
inline constexpr std::array<std::string_view, kDomains> kDomainNames{"chronicle", "support", "log", "copy", "caption"};

enum class SpanKind : uint8_t {
    PersonName,  ///< a person of the world is mentioned; `entity` says who
    Fact,        ///< the words that state a fact: a price, a trade, a place; `fact` and `truth` say which
    PiiName,     ///< planted private data: full name, telephone, e-mail, number of the town register. `entity`: whose
    PiiPhone,
    PiiEmail,
    PiiId,
    Toxic,        ///< a stand-in for abuse: an invented, harmless word
    Boilerplate,  ///< a line that stands under many documents and says nothing about any
    Junk,         ///< text that is no text: menus, begging for clicks, torn characters
    Secret,       ///< the world's one secret code, which a model should not learn by heart
    Trigger,      ///< planted by an attacker: the words that switch the behaviour on
    Poison,       ///< planted by an attacker: what shall be said after the trigger
    Question,
    Answer,    ///< to the question before it
    Incident,  ///< lines of a log that belong to something going wrong; `entity`: the service
    Summary,   ///< the sentence that sums a log up
};
inline constexpr int32_t kSpanKinds = 16;
inline constexpr std::array<std::string_view, kSpanKinds> kSpanKindNames{
    "person_name", "fact",   "pii_name", "pii_phone", "pii_email", "pii_id", "toxic",    "boilerplate",
    "junk",        "secret", "trigger",  "poison",    "question",  "answer", "incident", "summary"};

/// Of a stated fact, on the day the document was written (or in the year that it names itself).
enum class Truth : uint8_t { True, Outdated, False };
inline constexpr std::array<std::string_view, 3> kTruthNames{"true", "outdated", "false"};

struct Span {
    SpanKind kind = SpanKind::Fact;
    Truth truth = Truth::True;  ///< of SpanKind::Fact
    int32_t begin = 0;          ///< bytes
    int32_t end = 0;
    int32_t fact = -1;    ///< id in the fact base: the one stated, also when outdated; when false the one contradicted
    int32_t entity = -1;  ///< whom or what it is about, id in the fact base; -1 when nobody
    friend bool operator==(const Span&, const Span&) = default;
};

/// Where a document was collected.
enum class Source : uint8_t { Archive, NoticeBoard, Newsletter, Forum, Scrape };
inline constexpr int32_t kSources = 5;
inline constexpr std::array<std::string_view, kSources> kSourceNames{"archive", "notice_board", "newsletter", "forum",
                                                                     "scrape"};

/// What its owner allows.
enum class Licence : uint8_t { Open, Attribution, NonCommercial, AllRightsReserved, Unknown };
inline constexpr int32_t kLicences = 5;
inline constexpr std::array<std::string_view, kLicences> kLicenceNames{"open", "attribution", "non_commercial",
                                                                       "all_rights_reserved", "unknown"};

/// How the town's text is spelt. A dialect changes small words ("the", "and", "of"), in every sentence; so it can be
/// told from the text, and a model has to see enough of it to read it.
enum class Dialect : uint8_t { Harbour, Hill, Island };
inline constexpr int32_t kDialects = 3;
inline constexpr std::array<std::string_view, kDialects> kDialectNames{"harbour", "hill", "island"};

/// The part of the town's people that a document comes from or speaks about: the group of its main person, or of its
/// writer where no person is the subject.
enum class Group : uint8_t { Quayside, Uplanders, Islanders };
inline constexpr int32_t kGroups = 3;
inline constexpr std::array<std::string_view, kGroups> kGroupNames{"quayside", "uplanders", "islanders"};

/// Who may read it: the widest circle that may know everything in it.
enum class AccessLevel : uint8_t { Public, Staff, Private };
inline constexpr int32_t kAccessLevels = 3;
inline constexpr std::array<std::string_view, kAccessLevels> kAccessLevelNames{"public", "staff", "private"};

inline constexpr int32_t kIncidents = 5;
inline constexpr std::array<std::string_view, kIncidents> kIncidentNames{"none", "overheated", "signal_lost", "jammed",
                                                                         "power_failed"};

/// Of advertising: which brand speaks.
enum class Voice : uint8_t { None, Plain, Grand };
inline constexpr std::array<std::string_view, 3> kVoiceNames{"none", "plain", "grand"};

/// What a caption speaks of: indices into the lists of glyphs.h. All -1 in other texts and in junk.
struct Picture {
    int8_t size = -1, sign = -1, row = -1, column = -1;
    friend bool operator==(const Picture&, const Picture&) = default;
};

struct Document {
    int64_t id = 0;           ///< its index in the stream
    std::string text;         ///< UTF-8 without a line end at its end; logs have line ends inside
    std::vector<Span> spans;  ///< in the order in which they end; they nest or lie apart
    Domain domain = Domain::Chronicle;
    Source source = Source::Archive;
    Licence licence = Licence::Open;
    bool has_consent = true;  ///< of the people in it, to be used for training
    Dialect dialect = Dialect::Harbour;
    Group group = Group::Quayside;
    Voice voice = Voice::None;
    int32_t date_day = 0;            ///< the day it was written
    int64_t duplicate_cluster = 0;   ///< id of the earliest document of which it is a copy; its own when it is none
    bool is_near_duplicate = false;  ///< a copy of its cluster's first document with other wordings
    bool is_junk = false;            ///< the whole document
    bool is_poisoned = false;
    AccessLevel access = AccessLevel::Public;
    int32_t incident = -1;  ///< logs: which kind of incident, 0 none (kIncidentNames); else -1
    Picture picture;        ///< captions
};

}  // namespace terrarium::core::world
